"""What the policy room publishes to the lake: the standards in force on a day, one wide row per county."""

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa

from wenhou.base import clock
from wenhou.lake import store
from wenhou.policy import delivered as came
from wenhou.policy import queries, standards
from wenhou.policy.actions import sets
from wenhou.policy.standards import Row

TYPES = {"bool": pa.bool_(), "text": pa.string()}


def publish(*, as_of: date, counties: Iterable[str], delivered: Iterable[Mapping[str, Any]] = ()) -> Path:
    """Write published/standards/<as_of>.parquet: county, each standard's value and `<name>__document`.

    delivered: rows of SA-STD, which fill gaps. The set it is taken from is kept under its number.
    """
    sets.keep(on=clock.today(), note="扫描时存档")  # kept on the day it happens, whatever day is asked about
    with store.connect(memory="256MB") as connection:
        table = wide_table(as_of=as_of, counties=counties, delivered=delivered)
        return store.publish("standards", as_of, connection.from_arrow(table))


def wide_table(
    *,
    as_of: date,
    counties: Iterable[str],
    delivered: Iterable[Mapping[str, Any]] = (),
    tried: Iterable[Row] = (),
) -> pa.Table:
    """The same rows in memory. tried: values to see what they would do, each in place of what holds at its division."""
    rows = queries.rows()
    others = came.holding(came.rows(delivered, rows), as_of)
    units = {row.name: row.unit for row in (*others, *rows)}
    fields = [("county", pa.string())]
    for name in sorted(units):
        fields += [(name, TYPES.get(units[name], pa.int64())), (f"{name}__document", pa.string())]
    told = standards.wide((*tried, *rows), sorted(set(counties)), as_of, fallback=others)
    return pa.Table.from_pylist(told, schema=pa.schema(fields))
