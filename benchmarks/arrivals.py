"""P4: deliveries about 1 % of households, judged over those whom they touch, beside a run over everybody.

    WENHOU_HOME=/a/place/loaded python -m benchmarks.arrivals [--as-of 2024-11-15]

Rows come again with amounts a tenth higher, as a new month brings them, or all tripled, so that nearly every household has
an alert to write: of one contract; of six about the same households, that lie together, and that are drawn; and of six about
other households each. A run over everybody is also timed with as many alerts to write. After all, another must find nothing
to add. Prints JSON; processor seconds are this process's.
"""

import argparse
import json
import os
import time
from datetime import date
from typing import Any

SHARE = 100
ONE, MANY = "DI31", ["DI29", "DI30", "DI41", "DI10", "DI34", "SA-PAY"]
HIGHER, TRIPLED = 'cast("{0}" * 11 / 10 as bigint)', '"{0}" * 3 + 100000'
AMOUNTS = {"DI31": "oop_total", "DI29": "self_pay", "DI30": "self_pay", "SA-PAY": "amount"}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--as-of", type=date.fromisoformat, default=date(2024, 11, 15))
    print(json.dumps(measure(parser.parse_args().as_of), ensure_ascii=False))


def measure(as_of: date) -> dict[str, Any]:
    """Seconds of a run over everybody and of the arrivals, and what share of the former these are."""
    from wenhou.site.cli import start_django

    start_django()
    from wenhou.monitoring.actions import runs
    from wenhou.monitoring.arrivals import asking

    _send(ONE, as_of, f"household % {SHARE} = 6", TRIPLED)
    full, *_ = busy = _timed(lambda: runs.make_base(as_of=as_of, on=as_of))
    quiet, *whole = _timed(lambda: runs.make_base(as_of=as_of, on=as_of))
    told: dict[str, Any] = {
        "people": full.persons,
        "full": _said(quiet, *whole),
        "full_with_alerts": _said(*busy),
    }
    asking.warm(as_of=as_of)  # as a worker has
    for name, (sent, factor) in _sheaves(full.households).items():
        for contract, which in sent.items():
            _send(contract, as_of, which, factor)
        done, *used = _timed(lambda: runs.follow(as_of=as_of, on=as_of))
        share = [round(100 * one / all_, 1) for one, all_ in zip(used, whole, strict=True)]
        told[name] = {
            "percent_of_a_full_run": share[1],
            "percent_of_its_wall_time": share[0],
            **_said(done, *used),
        }
    again = runs.make_base(as_of=as_of, on=as_of)
    assert (again.raised, again.cleared) == (0, 0), "a run over everybody found something to add"
    return told


def _sheaves(households: int) -> dict[str, tuple[dict[str, str], str]]:
    """Contract → which of the households it is about, and what becomes of an amount."""
    together = f"household between 1000 and {1000 + households // SHARE}"
    each = {contract: f"household % {SHARE} = {number}" for number, contract in enumerate(MANY, start=9)}
    return {
        "one_contract": ({ONE: f"household % {SHARE} = 5"}, HIGHER),
        "one_contract_tripled": ({ONE: f"household % {SHARE} = 7"}, TRIPLED),
        "six_contracts_the_same_together": (dict.fromkeys(MANY, together), HIGHER),
        "six_contracts_the_same_drawn": (dict.fromkeys(MANY, f"household % {SHARE} = 8"), HIGHER),
        "six_contracts_others_each": (each, HIGHER),
    }


def _said(run: Any, seconds: float, processor_seconds: float) -> dict[str, Any]:
    return {
        "processor_seconds": processor_seconds,
        "seconds": seconds,
        "load_average": round(os.getloadavg()[0], 1),
        "kind": run.kind,
        "persons": run.persons,
        "households": run.households,
        "raised": run.raised,
        "cleared": run.cleared,
    }


def _timed(act: Any) -> tuple[Any, float, float]:
    """What it gives, seconds, and processor seconds of this process."""
    began, used = time.perf_counter(), time.process_time()
    done = act()
    return done, round(time.perf_counter() - began, 1), round(time.process_time() - used, 2)


def _send(contract: str, as_of: date, which: str, factor: str) -> None:
    """The rows of some households again, with another amount where the contract has one. which: SQL of a household."""
    from django.db.models import Max

    from wenhou.base import clock
    from wenhou.exchange import contracts
    from wenhou.lake import files, parquet, store
    from wenhou.lake.actions import parts
    from wenhou.lake.models import Part

    table = contracts.contract(contract).table
    delivery = (Part.objects.aggregate(last=Max("delivery"))["last"] or 0) + 1
    people = store.published("people", as_of)
    assert people is not None
    amount = AMOUNTS.get(contract)
    other = f'{factor.format(amount)} as "{amount}", ' if amount else ""
    query = (
        f"select * replace ({other}{delivery} as delivery) from {table.view} where id_no in (select person"
        f" from {parquet.file(people)} where {which})"
    )
    with store.connect() as connection, files.whole(files.facts_path(contract, delivery)) as temporary:
        store.views(connection, [table])
        rows = connection.sql(query)
        parquet.keep(rows, temporary)
    day = (as_of, as_of)
    parts.add(
        contract=contract,
        delivery=delivery,
        division="640104",
        period=day,
        mode="delta",
        rows=0,
        at=clock.now(),
    )


if __name__ == "__main__":
    main()
