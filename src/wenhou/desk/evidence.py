"""The rows a judgement rested on, with the file each came in. Sensitive fields stay covered until somebody asks."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from wenhou.base.errors import Refused
from wenhou.desk.sources import Files
from wenhou.exchange import contracts

COVERED = "已遮蔽"
FIRST = 8
"""Cells shown at once; a register's row has thirty."""
_EMPTY = (None, "", "[]", "{}")


@dataclass(frozen=True)
class Row:
    """One row: who said it, what it says, where it stands in which file, and when that arrived."""

    who: str
    department: str
    title: str
    cells: tuple[tuple[str, str, bool], ...]
    """Label, text, whether covered."""
    more: tuple[tuple[str, str, bool], ...]
    delivery: int
    number: str
    line: int
    arrived: datetime | None
    is_near: bool
    """The file speaks for a place of the reader's, so that its page can be opened."""


def rows(
    kept: Iterable[Mapping[str, Any]], people: Mapping[int, str], files: Files, *, uncovered: bool = False
) -> list[Row]:
    """The evidence of a judgement, as it was frozen; `files` are those of `deliveries`. `people`: key → how a row calls them."""
    return [_row(row, people, files, uncovered) for row in kept]


def deliveries(kept: Iterable[Mapping[str, Any]]) -> set[int]:
    """The deliveries the rows came in."""
    return {int(row["delivery"]) for row in kept if row.get("delivery")}


def _row(row: Mapping[str, Any], people: Mapping[int, str], files: Files, uncovered: bool) -> Row:
    file = files.known.get(int(row.get("delivery") or 0))
    try:
        contract: contracts.Contract | None = contracts.contract(str(row.get("contract", "")))
    except Refused:
        contract = None
    cells = tuple(_cells(contract, row.get("fields") or {}, uncovered))
    return Row(
        who=people.get(int(row.get("person") or 0), "亲属"),
        department=contract.department if contract else str(row.get("contract", "")),
        title=contract.title if contract else "",
        cells=cells[:FIRST],
        more=cells[FIRST:],
        delivery=file.pk if file else 0,
        number=file.number if file else "",
        line=int(row.get("line") or 0),
        arrived=file.received_at if file else None,
        is_near=file is not None and files.scope.covers(file.division),
    )


def _cells(
    contract: contracts.Contract | None, fields: Mapping[str, Any], uncovered: bool
) -> Iterable[tuple[str, str, bool]]:
    known = {field.name: field for field in contract.fields} if contract else {}
    for name, said in fields.items():
        if said in _EMPTY:
            continue
        field = known.get(name)
        covered = not uncovered and (field is None or field.sensitive)
        yield (
            field.label if field else name,
            COVERED if covered else (field.text(said) if field else str(said)),
            covered,
        )
