"""The rows a fact was made of: exactly its selection for a subject."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Any

import ibis
import pyarrow as pa

from wenhou.linkage.bases import bases
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
    wanted = {"person": sorted(set(persons)), "household": sorted(set(households))}
    found: list[Evidence] = []
    for name in sorted(set(facts) & set(FILLS)):
        fill = FILLS[name]
        keys = wanted[fill.reading.entity]
        if keys and fill.how != "told":
            by_day = [
                _found(sources, at, fill, those) for at, those in _looked_from(sources, as_of, fill, keys)
            ]
            found.extend(sorted(chain(*by_day), key=lambda row: (row.subject, row.delivery, row.line)))
    return found


def counted_until(
    sources: Sources, *, as_of: date, fact: str, persons: Iterable[int] = (), households: Iterable[int] = ()
) -> dict[int, date]:
    """Subject → the last day of the complete months a fact was counted up to, where a late file put it back."""
    fill = FILLS.get(fact)
    if fill is None or fill.how == "told":
        return {}
    keys = sorted(set(persons if fill.reading.entity == "person" else households))
    return {
        key: at.complete_months(1).last
        for at, those in _looked_from(sources, as_of, fill, keys)
        if at.behind
        for key in those
    }


def _looked_from(
    sources: Sources, as_of: date, fill: Fill, keys: list[int]
) -> Iterator[tuple[At, list[int]]]:
    """Subjects by the day their places are looked at from, as the fact was."""
    spoken = sources.spoken
    if not spoken.is_late(fill, as_of):
        yield At(as_of), keys
        return
    places = _places(sources, fill.reading.entity, keys)
    left, everywhere = set(keys), sorted({place for both in places.values() for place in both})
    for at, here in spoken.choice(fill, as_of, everywhere):
        those = {key for key in left if not here.isdisjoint(places.get(key, ()))}
        yield at, sorted(those)
        left -= those
    yield At(as_of), sorted(left)


def _places(sources: Sources, entity: str, keys: list[int]) -> dict[int, tuple[str, str]]:
    """Where each subject's records may be, as deep as sources speak."""
    base, depth = bases(sources, None)[0 if entity == "person" else 1], sources.spoken.depth
    asked = base.filter(base[entity].isin(keys))
    told = asked.select(
        key=asked[entity], place=asked.place.substr(0, depth), home=asked.home.substr(0, depth)
    )
    return {row["key"]: (row["place"], row["home"]) for row in told.to_pyarrow().to_pylist()}


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
