"""The rows a fact was made of: exactly its selection for a subject."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import ibis
import pyarrow as pa

from wenhou.linkage.fills import FILLS
from wenhou.linkage.fills.at import At
from wenhou.linkage.fills.declare import OF_CONTRACT, Fill
from wenhou.linkage.sources import Sources

ASKED = "evidence_asked"


@dataclass(frozen=True)
class Evidence:
    """A row that a fact was made of. subject: the person's key, or the household's for a household fact.

    fields: the contract's own fields as the lake keeps them (person keys, fen, dates).
    """

    fact: str
    contract: str
    delivery: int
    line: int
    subject: int
    fields: dict[str, Any]


def evidence(
    sources: Sources,
    *,
    as_of: date,
    facts: Iterable[str],
    persons: Iterable[int] = (),
    households: Iterable[int] = (),
) -> list[Evidence]:
    """Exactly the rows that these facts of these subjects were made of, by fact, subject, delivery and line.

    On DuckDB. Cheap to ask again for other subjects of the same sources: the query of a fact is written once. What
    the registry tells (birth date, who lives together) has no rows here: registry.queries says its source.
    """
    at, wanted = At(as_of), {"person": sorted(set(persons)), "household": sorted(set(households))}
    found: list[Evidence] = []
    for name in sorted(set(facts) & set(FILLS)):
        fill = FILLS[name]
        keys = wanted[fill.reading.entity]
        if keys and fill.how != "told":
            found.extend(_found(sources, at, fill, keys))
    return found


def _found(sources: Sources, at: At, fill: Fill, keys: list[int]) -> list[Evidence]:
    written = sources.written
    if (fill.fact, at) not in written:
        written[fill.fact, at] = _query(sources, at, fill)
    query = written[fill.fact, at]
    if query is None:
        return []
    connection = sources.backend.con
    connection.register(ASKED, pa.table({"asked": pa.array(keys, pa.int64())}))
    rows = connection.execute(query).to_arrow_table().to_pylist()
    connection.unregister(ASKED)
    return [_row(fill, row) for row in rows]


def _row(fill: Fill, row: dict[str, Any]) -> Evidence:
    told = (row.pop("delivery"), row.pop("line"), row.pop("of_key"))
    contract = row.pop(OF_CONTRACT, fill.reading.contract)
    return Evidence(fill.fact, contract, *told, row)


def _query(sources: Sources, at: At, fill: Fill) -> str | None:
    """SQL that gives the rows of the subjects in table evidence_asked; None where a reading has no lines."""
    reading = fill.reading
    rows = reading.rows(sources, at)
    if "line" not in rows.columns:
        return None
    chosen = fill.selection(rows, at)
    rows = rows if chosen is None else rows.filter(chosen)
    told_by = reading.contracts if OF_CONTRACT in rows.columns else (reading.contract,)
    names = {name: None for contract in told_by for name in sources[contract].columns}
    fields = [name for name in (*names, OF_CONTRACT) if name in rows.columns]
    told = rows.select(*fields, of_key=rows[reading.key])
    asked = ibis.table({"asked": "int64"}, name=ASKED)
    told = told.semi_join(asked, told.of_key == asked.asked).order_by("of_key", "delivery", "line")
    return str(sources.backend.compile(told))
