"""Many rows at once: from DuckDB into PostgreSQL by COPY, merged as dated rows, and out again as Arrow."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.csv as pa_csv
from psycopg import sql

_CHUNK = 50_000


@dataclass(frozen=True)
class Merged:
    """What became of the rows: new ones, ones that replaced another, ones whose source no longer has them."""

    added: int = 0
    changed: int = 0
    withdrawn: int = 0

    def __add__(self, other: "Merged") -> "Merged":
        return Merged(
            self.added + other.added, self.changed + other.changed, self.withdrawn + other.withdrawn
        )


@dataclass(frozen=True)
class Target:
    """A table of dated rows: what identifies a row, what of it may change, and what only follows from that."""

    table: str
    key: tuple[str, ...]
    values: tuple[str, ...]
    derived: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        return (*self.key, *self.values, *self.derived, "contract", "delivery", "line", "as_of")


def send(
    cursor: Any, name: str, columns: Mapping[str, str], relation: duckdb.DuckDBPyRelation | pa.Table
) -> None:
    """A temporary table of PostgreSQL with these columns (name → type), filled with the relation's rows."""
    declared = sql.SQL(", ").join(
        sql.SQL("{} {}").format(sql.Identifier(column), sql.SQL(kind)) for column, kind in columns.items()
    )
    cursor.execute(sql.SQL("drop table if exists pg_temp.{}").format(sql.Identifier(name)))
    cursor.execute(sql.SQL("create temp table {} ({})").format(sql.Identifier(name), declared))
    with cursor.copy(sql.SQL("copy {} from stdin (format csv)").format(sql.Identifier(name))) as copy:
        for batch in _batches(relation):
            copy.write(_csv(batch))
    cursor.execute(sql.SQL("analyze {}").format(sql.Identifier(name)))


def _batches(relation: duckdb.DuckDBPyRelation | pa.Table) -> Any:
    if isinstance(relation, pa.Table):
        return relation.to_batches(max_chunksize=_CHUNK)
    return relation.to_arrow_reader(_CHUNK)


def _csv(batch: pa.RecordBatch) -> bytes:
    sink = io.BytesIO()
    pa_csv.write_csv(batch, sink, pa_csv.WriteOptions(include_header=False))
    return sink.getvalue()


def fetch(cursor: Any, query: str, columns: Mapping[str, pa.DataType]) -> pa.Table:
    """A query's rows as Arrow, in the order of `columns`. The query has no parameters."""
    sink = io.BytesIO()
    with cursor.copy(f"copy ({query}) to stdout (format csv)") as copy:
        for block in copy:
            sink.write(block)
    if not sink.tell():
        return pa.schema(list(columns.items())).empty_table()
    sink.seek(0)
    return pa_csv.read_csv(
        sink,
        read_options=pa_csv.ReadOptions(column_names=list(columns)),
        parse_options=pa_csv.ParseOptions(newlines_in_values=True),
        convert_options=pa_csv.ConvertOptions(
            column_types=dict(columns),
            null_values=[""],
            true_values=["t"],
            false_values=["f"],
            strings_can_be_null=True,
            quoted_strings_can_be_null=False,
        ),
    )


def merge(
    cursor: Any,
    target: Target,
    incoming: str,
    *,
    contracts: Sequence[str],
    withdrawn_on: date,
    moment: datetime,
) -> Merged:
    """Bring a table of dated rows to what `incoming` says; nothing is overwritten.

    A row that says the same is left alone. One that says otherwise replaces the current one, which is marked
    superseded: true until the new one's as_of, or, with the same as_of, wrong all along. Current rows of these
    contracts that `incoming` lacks are marked superseded as of `withdrawn_on`.
    """
    parts = _parts(target, incoming)
    given = {"moment": moment, "contracts": list(contracts), "withdrawn_on": withdrawn_on}
    cursor.execute("drop table if exists pg_temp.differing")
    cursor.execute(DIFFERING.format(**parts))
    cursor.execute(SUPERSEDE.format(**parts), given)
    changed = cursor.rowcount
    cursor.execute(WITHDRAW.format(**parts), given)
    withdrawn = cursor.rowcount
    cursor.execute(ADD.format(**parts), given)
    return Merged(cursor.rowcount - changed, changed, withdrawn)


def _parts(target: Target, incoming: str) -> dict[str, sql.Composable]:
    def listed(names: Sequence[str], of: str = "") -> sql.Composable:
        return sql.SQL(", ").join(sql.Identifier(of, name) if of else sql.Identifier(name) for name in names)

    return {
        "table": sql.Identifier(target.table),
        "incoming": sql.Identifier(incoming),
        "current_key": listed(target.key, "held"),
        "incoming_key": listed(target.key, "told"),
        "current_values": listed(target.values, "held"),
        "incoming_values": listed(target.values, "told"),
        "columns": listed(target.columns),
        "told_columns": listed(target.columns, "told"),
    }


DIFFERING = sql.SQL(
    "create temp table differing as select told.*, held.id as held_id from {incoming} told"
    " left join {table} held on held.superseded_at is null and ({current_key}) = ({incoming_key})"
    " where held.id is null or row({current_values}) is distinct from row({incoming_values})"
)
SUPERSEDE = sql.SQL(
    "update {table} held set superseded_at = %(moment)s, replaced_on = greatest(told.as_of, held.as_of)"
    " from differing told where held.id = told.held_id"
)
WITHDRAW = sql.SQL(
    "update {table} held set superseded_at = %(moment)s,"
    " replaced_on = greatest(%(withdrawn_on)s::date, held.as_of)"
    " where held.superseded_at is null and held.contract = any(%(contracts)s)"
    " and not exists (select from {incoming} told where ({current_key}) = ({incoming_key}))"
)
ADD = sql.SQL(
    "insert into {table} ({columns}, recorded_at) select {told_columns}, %(moment)s from differing told"
)
