"""A tree of reasons: frozen, complete in itself, and the same after a journey through JSON."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from wenhou.engine import units
from wenhou.engine.nodes import Value
from wenhou.engine.units import Unit

YES, NO, UNKNOWN, KNOWN = "yes", "no", "unknown", "known"
UNTOLD = "untold"  # a part that speaks of two people at once: only its aggregate is a column
LEAVES = frozenset({"fact", "standard", "link"})


@dataclass(frozen=True)
class Reason:
    """One value and what it came of.

    kind: rule, fact, standard, link, value (written in the law), aggregate, person (one of a group), or the
    operator (and, or, not, >=, +, when…). answer: yes, no or unknown for a verdict, else known or unknown, or untold. value
    keeps its type (fen as int); shown is for reading. subject: ("person" | "household", key).
    """

    kind: str
    name: str
    label: str
    answer: str
    value: Value
    shown: str
    unit: Unit
    subject: tuple[str, int]
    law: str = ""
    sources: tuple[str, ...] = ()
    children: tuple["Reason", ...] = ()


@dataclass(frozen=True)
class Gap:
    """A fact, standard or link whose absence leaves a question open, and whose it is."""

    name: str
    label: str
    subject: tuple[str, int]


def gaps(reason: Reason) -> tuple[Gap, ...]:
    """What would have to be known: the unknowns behind an unknown, each once; nothing for a known answer."""
    return tuple(dict.fromkeys(_gaps(reason)))


def missing(reason: Reason) -> tuple[str, ...]:
    """Names of the unknown facts, standards and links behind an unknown."""
    return tuple(dict.fromkeys(gap.name for gap in gaps(reason)))


def _gaps(reason: Reason) -> Iterator[Gap]:
    if reason.answer not in (UNKNOWN, UNTOLD):
        return
    if reason.kind in LEAVES:
        yield Gap(reason.name, reason.label, reason.subject)
    for child in _decisive(reason):
        yield from _gaps(child)


def _decisive(reason: Reason) -> tuple[Reason, ...]:
    """Of a choice, the condition, or the branch it chose; of others, all parts."""
    if reason.kind != "when":
        return reason.children
    cond, then, otherwise = reason.children
    return {YES: (then,), NO: (otherwise,)}.get(cond.answer, (cond,))


def answer_of(value: Value, unit: Unit) -> str:
    if value is None:
        return UNKNOWN
    if unit == "bool":
        return YES if value else NO
    return KNOWN


def to_json(reason: Reason) -> dict[str, Any]:
    """Plain dicts, lists, strings, numbers and booleans; dates in ISO, decimals as text."""
    value = reason.value
    if isinstance(value, date):
        value = value.isoformat()
    elif isinstance(value, Decimal):
        value = str(value)
    return {
        "kind": reason.kind,
        "name": reason.name,
        "label": reason.label,
        "answer": reason.answer,
        "value": value,
        "shown": reason.shown,
        "unit": reason.unit,
        "subject": list(reason.subject),
        "law": reason.law,
        "sources": list(reason.sources),
        "children": [to_json(child) for child in reason.children],
    }


def from_json(data: dict[str, Any]) -> Reason:
    """The tree again, equal to what was written."""
    value = data["value"]
    if isinstance(value, str) and units.storage(data["unit"]) == "date":
        value = date.fromisoformat(value)
    elif isinstance(value, str) and units.storage(data["unit"]) in ("decimal", "int"):
        value = Decimal(value)
    entity, key = data["subject"]
    return Reason(
        kind=data["kind"],
        name=data["name"],
        label=data["label"],
        answer=data["answer"],
        value=value,
        shown=data["shown"],
        unit=data["unit"],
        subject=(entity, key),
        law=data["law"],
        sources=tuple(data["sources"]),
        children=tuple(from_json(child) for child in data["children"]),
    )
