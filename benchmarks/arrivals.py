"""P4: deliveries about 1 % of households, judged over those whom they touch, beside a run over everybody.

    WENHOU_HOME=/a/place/loaded python -m benchmarks.arrivals [--as-of 2024-11-15]

Rows come again with other amounts: of one contract, then of six at once. After each, a run over everybody must find nothing
to add. Prints JSON.
"""

import argparse
import json
import time
from datetime import date
from typing import Any

SHARE = 100
ONE, MANY = ["DI31"], ["DI29", "DI30", "DI41", "DI10", "DI34", "SA-PAY"]
AMOUNTS = {"DI31": "oop_total", "DI29": "self_pay", "DI30": "self_pay", "SA-PAY": "amount"}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--as-of", type=date.fromisoformat, default=date(2024, 11, 15))
    print(json.dumps(measure(parser.parse_args().as_of), ensure_ascii=False))


def measure(as_of: date) -> dict[str, Any]:
    """Seconds of a run over everybody and of the two arrivals, and what share of the former these are."""
    from wenhou.site.cli import start_django

    start_django()
    from wenhou.monitoring.actions import runs

    full, whole = _timed(lambda: runs.make_base(as_of=as_of, on=as_of))
    told: dict[str, Any] = {"full_seconds": whole, "people": full.persons}
    runs.follow(as_of=as_of, on=as_of)  # what a worker has read once
    for name, contracts in (("one_contract", ONE), ("six_contracts", MANY)):
        for number, contract in enumerate(contracts):
            _send(contract, as_of, 7 + number if name == "six_contracts" else 7)
        done, seconds = _timed(lambda: runs.follow(as_of=as_of, on=as_of))
        told[name] = {
            "percent_of_a_full_run": round(100 * seconds / whole, 1),
            "seconds": seconds,
            "kind": done.kind,
            "households": done.households,
            "raised": done.raised,
            "cleared": done.cleared,
        }
    again = runs.make_base(as_of=as_of, on=as_of)
    assert (again.raised, again.cleared) == (0, 0), "a run over everybody found something to add"
    return told


def _timed(act: Any) -> tuple[Any, float]:
    began = time.perf_counter()
    done = act()
    return done, round(time.perf_counter() - began, 1)


def _send(contract: str, as_of: date, chosen: int) -> None:
    """The rows of 1 % of households again, with another amount where the contract has one."""
    from django.db.models import Max

    from wenhou.base import clock
    from wenhou.exchange import contracts
    from wenhou.lake import files, store
    from wenhou.lake.actions import parts
    from wenhou.lake.models import Part

    table = contracts.contract(contract).table
    delivery = (Part.objects.aggregate(last=Max("delivery"))["last"] or 0) + 1
    people = store.published("people", as_of)
    assert people is not None
    amount = AMOUNTS.get(contract)
    other = f'"{amount}" * 3 + 100000 as "{amount}", ' if amount else ""
    query = (
        f"select * replace ({other}{delivery} as delivery) from {table.view} where id_no in (select person"
        f" from read_parquet({store.literal(str(people))}) where household % {SHARE} = {chosen})"
    )
    with store.connect() as connection, files.whole(files.facts_path(contract, delivery)) as temporary:
        store.views(connection, [table])
        rows = connection.sql(query)
        rows.write_parquet(str(temporary), compression="zstd")
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
