"""What the learnt order is worth: visits until half of the newly found families are found, beside the deadline order and
the average of 200 shuffled lists, on a sandbox place whose visits are told by somebody who does not know the order.

    WENHOU_HOME=/somewhere/empty python -m benchmarks.worth [--residents 40000] [--seed 11] [--splits 11]

Half of the families are last season's, visited and concluded; the list of the other half is ordered by what they taught.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

AS_OF = date(2024, 11, 15)
DIVISION = "640104"
BAR = 0.5


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--residents", type=int, default=40_000)
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--splits", type=int, default=11)
    told = parser.parse_args()
    place = Path(os.environ["WENHOU_HOME"]) / "bench-place"
    build = ["sandbox", "build", str(place), "--division", DIVISION, "--residents", str(told.residents)]
    _wenhou(*build, "--seed", str(told.seed), "--as-of", AS_OF.isoformat())
    _wenhou("database", "migrate")
    _wenhou("exchange", "load", str(place / "deliveries"))
    _wenhou("watch", "run", "--as-of", AS_OF.isoformat(), "--on", AS_OF.isoformat())
    print(json.dumps(measure(place, told.residents, told.splits), ensure_ascii=False, indent=1))


def measure(place: Path, residents: int, splits: int) -> dict[str, Any]:
    """The same place halved in several ways; each half is written down, learnt from, counted and taken back."""
    from wenhou.site.cli import start_django

    start_django()
    from wenhou.sandbox import visits

    found = visits.find(place, visits.raised_here()).to_pylist()
    lines = [_split(found, seed) for seed in range(1, splits + 1)]
    ordered = [line for line in lines if "refused" not in line]
    return {
        "bar": f"visits to find half of the newly found families: at most {BAR} of the unordered list's",
        "median_ratio_to_shuffled": _median(ordered, "ratio_to_shuffled"),
        "median_ratio_to_deadline_order": _median(ordered, "ratio_to_deadline_order"),
        "splits_it_was_refused_in": splits - len(ordered),
        "residents": residents,
        "alerts_visited": len(found),
        "splits": lines,
    }


def _median(lines: list[dict[str, Any]], name: str) -> float | None:
    return round(statistics.median(line[name] for line in lines), 3) if lines else None


def _split(found: list[dict[str, Any]], seed: int) -> dict[str, Any]:
    from django.db import transaction

    with transaction.atomic():
        line = _tried(found, seed)
        transaction.set_rollback(True)
    return line


def _tried(found: list[dict[str, Any]], seed: int) -> dict[str, Any]:
    """Conclude one half, learn, order the other, count."""
    from wenhou.monitoring.actions import ordering
    from wenhou.monitoring.worth import learning
    from wenhou.sandbox import histories
    from wenhou.staff.actions import accounts
    from wenhou.staff.enums import Role

    visitor = accounts.open_account(
        username="worth", full_name="走访", password="bench-640104-2024", role=Role.COUNTY_OFFICER,
        division=DIVISION, since=AS_OF,
    )  # fmt: skip
    histories.conclude(found, histories.split(found, seed), by=visitor, on=AS_OF)
    try:
        learned = ordering.learn(on=AS_OF)
    except learning.TooFew as refusal:
        return {"split": seed, "refused": refusal.message}
    ordering.expect(on=AS_OF)
    needed = histories.needed(found, on=AS_OF)
    return {
        "split": seed,
        "ratio_to_shuffled": round(needed.by_benefit / needed.by_chance, 3),
        "ratio_to_deadline_order": round(needed.by_benefit / needed.by_deadline, 3),
        **asdict(needed),
        "learned_from": learned.size,
        "newly_helped": learned.helped,
        "brier": round(learned.brier, 4),
        "brier_of_one_chance_for_all": round(learned.base_brier, 4),
    }


def _wenhou(*words: str) -> None:
    subprocess.run(
        [sys.executable, "-m", "wenhou.site", *words, "--json"], stdout=subprocess.DEVNULL, check=True
    )


if __name__ == "__main__":
    main()
