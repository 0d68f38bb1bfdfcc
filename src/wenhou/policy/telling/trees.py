"""Reasons as plain data: every declared name of every subject told once, in full, and referred to wherever it decides.

A tree of hundreds of rules shares most of its parts; written out whole it would be many times as long. Facts carry how
and when they were told, standards their document.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from wenhou.engine.nodes import Value
from wenhou.engine.reasons import Reason
from wenhou.engine.units import Unit, scale, scaled, unscaled
from wenhou.policy.asking import weighing
from wenhou.policy.asking.question import Question
from wenhou.policy.telling import codes

NAMED = frozenset({"rule", "fact", "standard"})
Why = Literal["", "brief", "all"]
"""How much of the reasons is told: none, what decided, or everything that was read."""


def told(
    question: Question, reasons: Iterable[Reason], *, decisive: bool = False
) -> dict[str, dict[str, Any]]:
    """`name@whose` → the name told: kind, label, answer, value, shown, and what it came of.

    decisive: only what decided, without the parts that made no difference.
    """
    teller = _Teller(question, decisive)
    for reason in reasons:
        teller.refer(reason)
    return teller.found


def plain(value: Value) -> Any:
    """A value for JSON: dates in ISO, decimals as text."""
    return str(value) if isinstance(value, date | Decimal) else value


def whole(reason: Reason) -> tuple[Value, Unit]:
    """A value and its unit, whatever parts it was counted in: fen, and not hundredths of fen."""
    value, unit = reason.value, reason.unit
    if value is None or isinstance(value, bool | str | date | float):
        return value, scaled(unit, 1 / scale(unit)) if unit else unit
    return unscaled(value, unit)


def source(question: Question, reason: Reason) -> Mapping[str, Any]:
    """Of a fact: how it was told, its sources, and the day of the answer (the day asked about, where none is told)."""
    application = question.application
    asked = [application.asked[one] for one in reason.sources if application.asked.get(one) is not None]
    days = [day for day in asked if day is not None]
    return {
        "told": application.told(*reason.subject).origin(reason.name),
        "sources": list(reason.sources),
        "on": str(min(days) if days else application.as_of),
    }


class _Teller:
    """Tells names once."""

    def __init__(self, question: Question, decisive: bool) -> None:
        self._question, self._decisive = question, decisive
        self.found: dict[str, dict[str, Any]] = {}
        self._places: dict[int, str] = {}

    def refer(self, reason: Reason) -> str:
        """The place of a declared name, told where it is new."""
        place = self._places.get(id(reason))
        if place is None:
            whose = self._question.application.name_of(*reason.subject)
            place = self._places[id(reason)] = f"{reason.part.name}@{whose}"
            if place not in self.found:
                self.found[place] = {}
                self.found[place] |= self._name(reason)
        return place

    def _name(self, reason: Reason) -> dict[str, Any]:
        value, unit = whole(reason)
        known: dict[str, Any] = {
            "kind": reason.kind,
            "label": reason.label,
            "answer": reason.answer,
            "value": plain(value),
            "shown": codes.shown(reason),
            "unit": unit,
        }
        if reason.kind == "fact":
            return known | dict(source(self._question, reason))
        if reason.kind == "standard":
            return known | self._standard(reason.name)
        return known | {"law": reason.law, "because": self._because(reason)}

    def _because(self, reason: Reason) -> list[dict[str, Any]]:
        if not self._decisive:
            return [self._part(child) for child in reason.children]
        several = weighing.people(reason) if reason.kind == "aggregate" else weighing.decisive(reason)
        return [self._part(child) for child in several if child.kind != "value"]

    def _standard(self, name: str) -> dict[str, Any]:
        held = self._question.standards.get(name)
        if held is None:
            return {"basis": "标准缺失", "provisional": False, "overdue": False, "given": False}
        return {
            "basis": held.basis,
            "provisional": held.provisional,
            "overdue": held.overdue,
            "given": held.given,
        }

    def _part(self, reason: Reason) -> dict[str, Any]:
        if reason.kind in NAMED:
            return {"see": self.refer(reason)}
        part: dict[str, Any] = {
            "kind": reason.kind,
            "label": self._label(reason),
            "answer": reason.answer,
            "shown": codes.shown(reason),
        }
        if reason.children:
            part["because"] = self._because(reason)
        return part

    def _label(self, reason: Reason) -> str:
        if reason.kind == "person":
            return self._question.application.name_of(*reason.subject)
        return codes.label(reason)
