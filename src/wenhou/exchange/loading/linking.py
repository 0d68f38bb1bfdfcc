"""Held rows whose person was found: judged again with that person's number, and written as a part of their own."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb
import pyarrow as pa

from wenhou.exchange.contracts import Contract
from wenhou.exchange.loading import authorised, holding, keeping
from wenhou.exchange.loading.staging import Staging
from wenhou.exchange.models import Delivery
from wenhou.exchange.reading.batches import Batch
from wenhou.lake import files, parquet, vault
from wenhou.lake.models import Part
from wenhou.lake.schema import literal

_SCHEMA = pa.schema(
    {
        "line": pa.int64(),
        "person": pa.int64(),
        "number": pa.string(),
        "method": pa.string(),
        "bits": pa.float64(),
    }
)


@dataclass(frozen=True)
class Link:
    """A held row's person, and how that was found: `number`, `short`, `model` (with its bits) or `decided`."""

    line: int
    person: int
    method: str
    bits: float | None = None


def standing(connection: duckdb.DuckDBPyConnection, origin: int) -> dict[Link, int]:
    """Every link of a delivery's rows that stands → the part it stands in."""
    found: dict[Link, int] = {}
    for part in Part.objects.filter(origin=origin, taken_back=False):
        told = parquet.file(files.links_path(part.contract, part.delivery))
        rows = connection.execute(f"select line, person, method, bits from {told} order by line").fetchall()
        found |= {Link(*row): part.delivery for row in rows}
    return found


@dataclass(frozen=True)
class Written:
    """The files made, and how many rows the first of them has. `links`: line, field, person, method, bits."""

    facts: Path
    links: Path
    rows: int


def write(
    connection: duckdb.DuckDBPyConnection,
    contract: Contract,
    origin: Delivery,
    links: Sequence[Link],
    folder: Path,
) -> Written:
    """Write the rows of these links as a load does, with the delivery and line they came in, and the links themselves.

    Rows that break another promise, or whose person has not authorised them, are left out. Within a transaction: keys
    are given.
    """
    _tell(connection, links)
    _stage(connection, contract, origin.pk, {link.line for link in links})
    authorised.check(connection, contract, (origin.period_from, origin.period_to))
    keeping.number_people(connection, contract)
    written = Written(folder / "facts.parquet", folder / "links.parquet", _good(connection))
    superfluous = keeping.write(connection, contract, origin.pk, written.facts)
    told = (
        "select line, field, person, method, bits from linked join incoming using (line)"
        f" semi join (select line from {keeping.GOOD}) using (line) order by line"
    )
    parquet.write(connection, told, written.links)
    return replace(written, rows=written.rows - superfluous)


def _good(connection: duckdb.DuckDBPyConnection) -> int:
    found = connection.execute(f"select count(*) from {keeping.GOOD}").fetchone()
    return int(found[0]) if found else 0


def _tell(connection: duckdb.DuckDBPyConnection, links: Sequence[Link]) -> None:
    """Table `linked` (line, person, number, method, bits)."""
    numbers = vault.identity_of(link.person for link in links)
    rows = [
        {
            "line": link.line,
            "person": link.person,
            "number": numbers[link.person],
            "method": link.method,
            "bits": link.bits,
        }
        for link in links
        if link.person in numbers  # not of somebody erased since
    ]
    connection.register("links_told", pa.Table.from_pylist(rows, _SCHEMA))
    connection.execute("create table linked as from links_told")
    connection.unregister("links_told")


def _stage(
    connection: duckdb.DuckDBPyConnection, contract: Contract, delivery: int, lines: Collection[int]
) -> None:
    """Tables `incoming` and `staged`, the faulty number replaced by the person's."""
    names = [field.name for field in contract.fields]
    if lines:
        connection.execute(f"create table incoming as {holding.rows(contract, delivery, lines)}")
    else:
        columns = ", ".join(f'"{name}" varchar' for name in names)
        connection.execute(f"create table incoming (line bigint, field varchar, {columns})")
    persons = contract.table.person_columns
    told = [
        f'case when field = {literal(name)} then number else "{name}" end as "{name}"'
        if name in persons
        else f'"{name}"'
        for name in names
    ]
    rows = connection.execute(f"select line, {', '.join(told)} from incoming join linked using (line)")
    table = rows.to_arrow_table()
    Staging(connection, contract, tuple(names)).take(Batch(table, [], 1.0))
