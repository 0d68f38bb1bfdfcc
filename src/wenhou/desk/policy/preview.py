"""What the form says while it is being filled: what holds now, how far the new value is from it, what to look at twice."""

from datetime import date
from typing import Any

from wenhou.base.errors import WenhouError
from wenhou.desk import reasons
from wenhou.desk.policy import form, office
from wenhou.policy import queries
from wenhou.policy.proposals import doubts, proposed
from wenhou.policy.standards import Row

NEEDED = {"name": "标准", "division": "地方", "value": "数值", "since": "起始日"}


def told(typed: dict[str, str], on: date) -> dict[str, Any]:
    """As far as it is written; what cannot be read is one sentence, and nothing is refused for it."""
    made: dict[str, Any] = {"lacking": "", "fault": "", "row": None, "warnings": []}
    lacking = [word for field, word in NEEDED.items() if not typed[field].strip()]
    try:
        held = _held(typed, on)
        if lacking:
            return {**made, **_now(held, typed), "lacking": "、".join(lacking)}
        row = proposed.sketch(form.content(typed))
    except WenhouError as fault:
        return {**made, **_now(None, {}), "fault": fault.message}
    return {
        **made,
        **_now(held, typed),
        "row": row,
        "shown": reasons.amount(row.value, row.unit),
        "change": change(row, held),
        "warnings": doubted(row, held, on),
    }


def _held(typed: dict[str, str], on: date) -> Row | None:
    """What holds there on the day the new value begins, or today while no day is written."""
    day = form.day(typed["since"], "起始日") or on
    return queries.in_force(typed["division"].strip(), day).get(typed["name"])


def _now(held: Row | None, typed: dict[str, str]) -> dict[str, Any]:
    return {
        "asked": bool(typed.get("name") and typed.get("division")),
        "held": held,
        "held_shown": reasons.amount(held.value, held.unit) if held else "",
        "held_place": office.place_names({held.division})[held.division] if held else "",
    }


def change(row: Row, held: Row | None) -> str:
    """'多75.00元/月，高10.9%'; 'the same' in its words; '' where there is nothing to compare with."""
    if held is None or isinstance(row.value, bool | str) or isinstance(held.value, bool | str):
        return ""
    more = row.value - held.value
    if not more:
        return "和现在一样"
    far = f"{'多' if more > 0 else '少'}{reasons.amount(abs(more), row.unit)}"
    if not held.value:
        return far
    tenths = (abs(more) * 1000 * 2 + abs(held.value)) // (2 * abs(held.value))
    return f"{far}，{'高' if more > 0 else '低'}{tenths // 10:,}.{tenths % 10}%"


def doubted(row: Row, held: Row | None, on: date) -> list[str]:
    """What the reader should look at twice; nobody is refused for it."""
    rows = [one for one in queries.rows() if one.name == row.name]
    names = office.place_names({one.division for one in rows})
    same = doubts.without_effect(row, rows, names)
    return [*doubts.warnings(row, held, on=on), *([same] if same else [])]
