"""A tree of reasons: frozen, complete in itself, and the same after a journey through JSON.

What a tree tells twice it holds once; answers and values are put into words when they are asked for.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from wenhou.engine import phrases, units
from wenhou.engine.nodes import Value
from wenhou.engine.units import Unit

YES, NO, UNKNOWN, KNOWN = "yes", "no", "unknown", "known"
LEAVES = frozenset({"fact", "standard", "link"})

Subject = tuple[str, int]


@dataclass(frozen=True)
class Part:
    """What a reason has in common with others of its kind: the part of a formula it tells, and how it is worded."""

    kind: str
    name: str
    label: str
    unit: Unit
    law: str = ""
    sources: tuple[str, ...] = ()

    def label_of(self, reason: "Reason") -> str:
        return self.label

    def answer_of(self, reason: "Reason") -> str:
        return answer_of(reason.value, self.unit)

    def shown(self, reason: "Reason") -> str:
        """The value in words; a comparison with both its sides."""
        if self.kind not in phrases.COMPARE:
            return phrases.shown(reason.value, self.unit)
        one, other = reason.children
        return phrases.compared(self.kind, one.value, other.value, one.unit or other.unit)


@dataclass(frozen=True)
class Stored(Part):
    """A part in the words in which it was once told."""

    answer: str = ""
    said: str = ""

    def answer_of(self, reason: "Reason") -> str:
        return self.answer

    def shown(self, reason: "Reason") -> str:
        return self.said


class Reason(NamedTuple):
    """One value and what it came of.

    kind: rule, fact, standard, link, value (written in the law), aggregate, person (one of a group), get, link_test,
    or the operator (and, or, not, >=, +, when…). answer: yes, no or unknown for a verdict, else known or unknown.
    value keeps its type (fen as int); shown is for reading. subject: ("person" | "household", key).
    """

    part: Part
    value: Value
    subject: Subject
    children: tuple["Reason", ...] = ()

    @property
    def kind(self) -> str:
        return self.part.kind

    @property
    def name(self) -> str:
        return self.part.name

    @property
    def label(self) -> str:
        return self.part.label_of(self)

    @property
    def answer(self) -> str:
        return self.part.answer_of(self)

    @property
    def shown(self) -> str:
        return self.part.shown(self)

    @property
    def unit(self) -> Unit:
        return self.part.unit

    @property
    def law(self) -> str:
        return self.part.law

    @property
    def sources(self) -> tuple[str, ...]:
        return self.part.sources

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Reason) and (self is other or to_json(self) == to_json(other))

    def __hash__(self) -> int:
        return hash((self.kind, self.name, self.subject))


def written(
    kind: str, name: str, label: str, answer: str, value: Value, shown: str, unit: Unit, subject: Subject,
    *, law: str = "", sources: tuple[str, ...] = (), children: tuple[Reason, ...] = (),
) -> Reason:  # fmt: skip
    """A reason with all its words given."""
    return Reason(Stored(kind, name, label, unit, law, sources, answer, shown), value, subject, children)


@dataclass(frozen=True)
class Gap:
    """A fact, standard or link whose absence leaves a question open, and whose it is."""

    name: str
    label: str
    subject: Subject


def gaps(reason: Reason) -> tuple[Gap, ...]:
    """What would have to be known: the unknowns behind an unknown, each once; nothing for a known answer."""
    return tuple(dict.fromkeys(_gaps(reason, set())))


def missing(reason: Reason) -> tuple[str, ...]:
    """Names of the unknown facts, standards and links behind an unknown."""
    return tuple(dict.fromkeys(gap.name for gap in gaps(reason)))


def _gaps(reason: Reason, seen: set[int]) -> Iterator[Gap]:
    if id(reason) in seen or reason.answer != UNKNOWN:
        return
    seen.add(id(reason))
    if reason.kind in LEAVES:
        yield _gap(reason)
    for child in _decisive(reason):
        if child.kind == "value" and child.answer == UNKNOWN:
            yield from _left_open(reason.children[0])
        else:
            yield from _gaps(child, seen)


def _gap(reason: Reason) -> Gap:
    return Gap(reason.name, reason.label, reason.subject)


def _decisive(reason: Reason) -> tuple[Reason, ...]:
    """Of a choice, the condition, or the branch it chose; of others, all parts."""
    if reason.kind != "when":
        return reason.children
    cond, then, otherwise = reason.children
    return {YES: (then,), NO: (otherwise,)}.get(cond.answer, (cond,))


def _left_open(cond: Reason) -> list[Gap]:
    """Where the law itself answers "unknown": what is unknown beneath its condition, else what the condition reads."""
    leaves = [one for one in _beneath(cond, set()) if one.kind in LEAVES]
    return [_gap(one) for one in leaves if one.answer == UNKNOWN] or [_gap(one) for one in leaves]


def _beneath(reason: Reason, seen: set[int]) -> Iterator[Reason]:
    if id(reason) not in seen:
        seen.add(id(reason))
        yield reason
        for child in reason.children:
            yield from _beneath(child, seen)


def answer_of(value: Value, unit: Unit) -> str:
    if value is None:
        return UNKNOWN
    if unit == "bool":
        return YES if value else NO
    return KNOWN


def to_json(reason: Reason, *, once: bool = False) -> dict[str, Any]:
    """Plain dicts, lists, strings, numbers and booleans; dates in ISO, decimals as text; amounts in their base unit.

    once: each rule of each subject is told in full where it first comes; later only its answer stands.
    """
    return _plain(reason, set() if once else None)


def _plain(reason: Reason, told: set[tuple[str, Subject]] | None) -> dict[str, Any]:
    part, children, value = reason.part, reason.children, reason.value
    if told is not None and part.kind == "rule":
        children = () if (part.name, reason.subject) in told else children
        told.add((part.name, reason.subject))
    unit = part.unit
    if unit is not None and value is not None and units.scale(unit) != 1:
        value, unit = units.unscaled(value, unit)  # type: ignore[arg-type]
    if isinstance(value, date):
        value = value.isoformat()
    elif isinstance(value, Decimal):
        value = str(value)
    return {
        "kind": part.kind,
        "name": part.name,
        "label": part.label_of(reason),
        "answer": part.answer_of(reason),
        "value": value,
        "shown": part.shown(reason),
        "unit": unit,
        "subject": list(reason.subject),
        "law": part.law,
        "sources": list(part.sources),
        "children": [_plain(child, told) for child in children],
    }


def from_json(data: dict[str, Any]) -> Reason:
    """The tree again, equal to what was written."""
    value, kept = data["value"], units.storage(data["unit"])
    if isinstance(value, str) and kept != "text":
        value = date.fromisoformat(value) if kept == "date" else Decimal(value)
    entity, key = data["subject"]
    return written(
        data["kind"], data["name"], data["label"], data["answer"], value, data["shown"], data["unit"],
        (entity, key), law=data["law"], sources=tuple(data["sources"]),
        children=tuple(from_json(child) for child in data["children"]),
    )  # fmt: skip
