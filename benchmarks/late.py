"""What wrong numbers and late files cost: recall and precision by draw, and by each contract that may be late.

    WENHOU_HOME=/somewhere/empty python -m benchmarks.late [--residents 5000] [--seeds 12] [--alone all|none|DI03,DI10]

Draws: places with `--errors 0.02 --late 0.05`, a seed each, built, loaded, watched, scored and let go of. Alone: the place of
the first seed with no wrong numbers, each contract's newest file taken away and no other, beside the answers with every file
there; from what is lost then it is reckoned what every pair of late files costs (a draw is two of them). Prints JSON, the
worst first.
"""

import argparse
import itertools
import json
import os
import shutil
from collections import Counter
from collections.abc import Collection
from datetime import date
from pathlib import Path
from typing import Any

AS_OF = date(2024, 11, 15)
DIVISION = "640104"
ERRORS, LATE, BAR = 0.02, 0.05, 0.95
Miss = tuple[str, str]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--residents", type=int, default=5_000)
    parser.add_argument("--seeds", type=int, default=12)
    parser.add_argument("--alone", default="all")
    told = parser.parse_args()
    print(_printed(measure(told.residents, told.seeds, told.alone)))


def measure(residents: int, seeds: int, contracts: str) -> dict[str, Any]:
    """Every draw, then every contract alone, in one process over one database."""
    from wenhou.site.cli import start_django

    start_django()
    from django.core.management import call_command

    from wenhou.sandbox.faults import SPOILABLE

    call_command("migrate", verbosity=0)
    draws = [_line(score(residents, seed)) for seed in range(1, seeds + 1)]
    named = {"all": SPOILABLE, "none": ()}.get(contracts, tuple(contracts.split(",")))
    singles = alone(residents, named)
    recalls = sorted(line["recall"] for line in draws)
    return {
        "bar": f"recall at least {BAR}",
        "residents": residents,
        "draws_below": sum(recall < BAR for recall in recalls),
        "worst_draw": recalls[0] if recalls else None,
        "draws": _worst_first(draws),
        "pairs": _pairs(singles),
        "alone": _worst_first([_line(found) for found in singles.values()]),
    }


def score(residents: int, seed: int) -> dict[str, Any]:
    """What `watch score` says of a place, and which files were late."""
    from django.db import transaction

    from wenhou.linkage.actions import arrivals
    from wenhou.monitoring import score as scores
    from wenhou.monitoring.actions import runs
    from wenhou.sandbox import build

    folder = _emptied()
    place = {"division": DIVISION, "residents": residents, "seed": seed, "as_of": AS_OF}
    built = build.build(folder / "place", **place, errors=ERRORS, late=LATE)
    with transaction.atomic():
        _load(folder / "place" / "deliveries")
        arrivals.recognise_all(on=AS_OF)
        runs.run(as_of=AS_OF, by=None, on=AS_OF)
        found = scores.score(folder / "place" / "truth" / "truth.parquet")
        transaction.set_rollback(True)
    return {**found, "seed": seed, "late": built.late}


def alone(residents: int, contracts: Collection[str]) -> dict[str, dict[str, Any]]:
    """The same of one place for each contract without its newest file, beside what is found with all of them."""
    from django.db import transaction

    from wenhou.linkage.actions import arrivals
    from wenhou.sandbox import build

    if not contracts:
        return {}
    folder = _emptied()
    place = {"division": DIVISION, "residents": residents, "seed": 1, "as_of": AS_OF}
    build.build(folder / "place", **place, late=tuple(contracts))
    with transaction.atomic():
        _load(folder / "place" / "deliveries")
        newest = _load(folder / "place" / "late")
        arrivals.recognise_all(on=AS_OF)
        every = _yes()
        found = {contract: _without(contract, newest, every) for contract in contracts}
        transaction.set_rollback(True)
    return found


def _without(contract: str, newest: Collection[int], every: set[Miss]) -> dict[str, Any]:
    """Lost and won where a contract's newest file had not come."""
    from django.db import transaction

    from wenhou.lake.models import Part

    with transaction.atomic():
        gone = Part.objects.filter(contract=contract, delivery__in=newest)
        Part.objects.filter(superseded_by__in=gone.values("delivery")).update(superseded_by=None)
        gone.update(taken_back=True, superseded_by=0)
        now = _yes()
        transaction.set_rollback(True)
    lines = {"missed": every - now, "false_alerts": now - every}
    said = {name: [{"indicator": i, "subject": s} for i, s in found] for name, found in lines.items()}
    kept = len(every & now)
    shares = {"recall": round(kept / len(every), 6), "precision": round(kept / len(now), 6)}
    return {
        **said,
        **shares,
        "late": [contract],
        "seed": 1,
        "expected": len(every),
        "false": len(now - every),
    }


def _yes() -> set[Miss]:
    """Every indicator and subject that a run would raise."""
    from wenhou.monitoring import verdicts

    with verdicts.reached(as_of=AS_OF, division=None, engine="duckdb") as told:
        query = 'select {0} from "{1}" where "{2}"'
        return {
            (code, f"{rule.entity[0]}{row[0]}")
            for code, rule in told.watched().items()
            for row in told.connection.execute(
                query.format(
                    rule.entity, told.persons if rule.entity == "person" else told.households, rule.name
                )
            ).fetchall()
        }


def _emptied() -> Path:
    """A folder of its own for a place and its lake."""
    from django.conf import settings

    folder = Path(os.environ["WENHOU_HOME"]) / "bench-late"
    shutil.rmtree(folder, ignore_errors=True)
    settings.WENHOU_LAKE, settings.WENHOU_UPLOADS = folder / "lake", folder / "uploads"
    return folder


def _load(folder: Path) -> list[int]:
    from wenhou.exchange.actions import deliveries
    from wenhou.exchange.enums import Channel

    received = deliveries.receive(folder, by=None, channel=Channel.COMMAND, on=AS_OF)
    return [deliveries.load(delivery, on=AS_OF).pk for delivery in received]


def _line(found: dict[str, Any]) -> dict[str, Any]:
    said = {name: found[name] for name in ("seed", "recall", "precision", "expected", "false")}
    return {
        "late": " ".join(found["late"]),
        **said,
        "missed": _by_indicator(found["missed"]),
        "false_by": _by_indicator(found["false_alerts"]),
    }


def _printed(told: dict[str, Any]) -> str:
    """JSON with a line for every draw and every contract."""
    lines = [f" {json.dumps(name)}: {_several(value)}" for name, value in told.items()]
    return "{\n" + ",\n".join(lines) + "\n}"


def _several(value: Any) -> str:
    if not isinstance(value, list):
        return json.dumps(value, ensure_ascii=False)
    return "[\n" + ",\n".join(f"  {json.dumps(one, ensure_ascii=False)}" for one in value) + "\n ]"


def _by_indicator(lines: list[dict[str, str]]) -> str:
    return " ".join(f"{code} {count}" for code, count in Counter(x["indicator"] for x in lines).most_common())


def _worst_first(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(lines, key=lambda line: line["recall"])


def _pairs(singles: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """Recall of every pair, reckoned as if what either alone hides were all that both hide."""
    missed = {code: {(x["indicator"], x["subject"]) for x in one["missed"]} for code, one in singles.items()}
    pairs = {
        pair: 1 - len(missed[pair[0]] | missed[pair[1]]) / singles[pair[0]]["expected"]
        for pair in itertools.combinations(sorted(missed), 2)
    }
    worst = sorted(pairs, key=lambda pair: pairs[pair])[:10]
    return {
        "reckoned": len(pairs),
        "below": sum(recall < BAR for recall in pairs.values()),
        "worst": {" ".join(pair): round(pairs[pair], 4) for pair in worst},
    }


if __name__ == "__main__":
    main()
