"""What the fieldwork room publishes to the lake: visits, in the columns of SA-VISIT."""

from datetime import date
from pathlib import Path

import pyarrow as pa

from wenhou.fieldwork.models import Visit
from wenhou.lake import store

_SCHEMA = pa.schema(
    [
        ("visit_no", pa.string()),
        ("division_code", pa.string()),
        ("id_no", pa.int64()),
        ("purpose", pa.string()),
        ("visited_on", pa.date32()),
        ("met", pa.bool_()),
        ("out_of_contact", pa.bool_()),
        ("visitors", pa.int64()),
        ("county_level", pa.bool_()),
        ("delivery", pa.int64()),
        ("line", pa.int64()),
    ]
)
OWN = 0
"""Stands for the delivery in rows that no source delivered."""


def publish(*, as_of: date) -> Path:
    """Write published/visits/<as_of>.parquet: visits made until that day. Money and names are not in it."""
    made = Visit.objects.filter(visited_on__lte=as_of).order_by("person", "pk")
    told = made.values_list(
        "number",
        "division",
        "person",
        "purpose",
        "visited_on",
        "met",
        "out_of_contact",
        "visitors",
        "county_level",
        "pk",
    )
    rows = [(*row[:-1], OWN, row[-1]) for row in told.iterator()]
    table = pa.Table.from_pylist([dict(zip(_SCHEMA.names, row, strict=True)) for row in rows], schema=_SCHEMA)
    with store.connect(memory="256MB") as connection:
        return store.publish("visits", as_of, connection.from_arrow(table))
