"""What else the same run answered about the same person or household, from the judgements it kept."""

from dataclasses import dataclass
from typing import Any

from wenhou.desk import watched
from wenhou.lake import door
from wenhou.monitoring.arrivals import bases
from wenhou.monitoring.indicators.watch import WALLS
from wenhou.monitoring.models import Alert
from wenhou.staff.queries import Scope
from wenhou.web import numbers


@dataclass(frozen=True)
class Also:
    """The other indicators: those answered yes, those not known, and how many were no."""

    told: tuple[tuple[str, str, str], ...]
    """Answer, code, name; yes before unknown."""
    no: int


def of(alert: Alert, scope: Scope) -> Also | None:
    """The other answers of the run that raised an alert, those behind a wall only where the reader may look behind it; None
    where its judgements are no longer kept. Raises NotAllowed."""
    entity, key = (
        ("household", alert.subject[1:]) if alert.subject.startswith("h") else ("person", alert.subject[1:])
    )
    number = numbers.whole(key)
    row = None if number is None else _row(alert, scope, entity, number)
    if row is None:
        return None
    rules = {rule.name: code for code, rule in watched.declared().items() if rule.entity == entity}
    hidden = {
        code for code, wall in WALLS.items() if not scope.opens(wall, alert.division, alert.copy_division)
    }
    answers = {
        rules[name]: answer
        for name, answer in row.items()
        if name in rules and rules[name] != alert.indicator and rules[name] not in hidden
    }
    names = watched.names()
    yes = [("yes", code, names[code]) for code, answer in sorted(answers.items()) if answer]
    unknown = [("unknown", code, names[code]) for code, answer in sorted(answers.items()) if answer is None]
    return Also((*yes, *unknown), sum(answer is False for answer in answers.values()))


def _row(alert: Alert, scope: Scope, entity: str, key: int) -> dict[str, Any] | None:
    """What its run answered about somebody, whether it asked them or left the answers of its base."""
    holder = bases.holder(alert.judgement.run_id, entity)
    if holder is None:
        return None
    with door.reading(scope, alert.division, alert.copy_division) as connection:
        told = f"select * from ({bases.answers(holder, entity)}) where {entity} = ?"
        rows = connection.execute(told, [key]).to_arrow_table().to_pylist()
    return rows[0] if rows else None
