"""The means test of benchmarks/peers/openfisca_means.py in our words: Parquet in, Arrow out.

python -m benchmarks.means FOLDER
"""

import json
import sys
import time
from datetime import date
from pathlib import Path
from typing import Any

STARTED = time.perf_counter()

import duckdb  # noqa: E402
import pyarrow as pa  # noqa: E402
import pyarrow.parquet as pq  # noqa: E402

from wenhou.engine import Book, ceil_div, ceil_to, greatest, household, months, person, plan, run, when  # noqa: E402
from wenhou.engine.backends.duckdb import DuckDB  # noqa: E402

INCOMES = ("wages", "business", "property", "transfers")


def declared() -> Book:
    book = Book()
    for name in (*INCOMES, "money"):
        book.fact(name, person, unit="fen", label=name)
    book.standard("line", unit="fen/month", label="line")

    @book.rule(household, unit="count")
    def family_size(members: Any) -> Any:
        """Members."""
        return members.count()

    @book.rule(household, unit="fen")
    def income_12m(members: Any) -> Any:
        """Income of twelve months."""
        several = [getattr(members, name).sum() for name in INCOMES]
        return greatest(several[0] + several[1] + several[2] + several[3], 0)

    @book.rule(household)
    def has_property_within_limits(members: Any, line: Any, family_size: Any) -> Any:
        """At most 36 months of the line."""
        return members.money.sum() <= months(36) * line * family_size

    @book.rule(household)
    def qualifies(income_12m: Any, line: Any, family_size: Any, has_property_within_limits: Any) -> Any:
        """Below the line."""
        return (income_12m < months(12) * line * family_size) & has_property_within_limits

    @book.rule(household, unit="fen/month")
    def top_up(qualifies: Any, income_12m: Any, line: Any, family_size: Any) -> Any:
        """What lacks, up to the yuan."""
        lacking = months(12) * line * family_size - income_12m
        return when(qualifies, ceil_to(ceil_div(lacking, months(12)), 100), 0)

    return book


def answered(folder: Path) -> pa.Table:
    with duckdb.connect(":memory:", config={"threads": 2}) as connection:
        tables = {}
        for name in ("persons", "households", "standards"):
            connection.execute(f"create view {name} as select * from read_parquet('{folder / name}.parquet')")
            tables[name] = name
        made = plan.make(as_of=date(2025, 10, 15), wanted=["qualifies", "top_up"], book=declared())
        batch = run.batch(made, tables, DuckDB(connection))
        return batch.arrow("households").select(["household", "qualifies", "top_up"])


def main() -> None:
    folder, ready = Path(sys.argv[1]), time.perf_counter()
    table = answered(folder)
    done = time.perf_counter()
    pq.write_table(table, folder / "wenhou.parquet")
    print(json.dumps({"seconds": done - ready, "with_imports": done - STARTED}))


if __name__ == "__main__":
    main()
