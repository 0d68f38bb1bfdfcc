"""Another threshold tried from a page: read from the address, tried on the last days, told by county."""

from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict

from wenhou.base.errors import WenhouError
from wenhou.desk import worth_page
from wenhou.desk.worth_page import Span
from wenhou.divisions import queries as divisions
from wenhou.engine.declared import Standard
from wenhou.monitoring.worth import backtest, limits
from wenhou.monitoring.worth.backtest import BackTest, Question
from wenhou.policy.commands import whatif
from wenhou.staff import permits
from wenhou.staff.permits import Act
from wenhou.staff.queries import Scope

COUNTY = 6


@dataclass(frozen=True)
class Trial:
    """The form as it was filled in, what came of it, and one sentence where nothing could."""

    standards: list[Standard]
    name: str = ""
    value: str = ""
    place: str = ""
    wrong: str = ""
    found: dict[str, Any] = field(default_factory=dict)


def may(scope: Scope) -> bool:
    """Whether somebody may try one at their first place: who may run the watch there, or propose a standard."""
    place = scope.divisions[0] if scope.divisions else ""
    return bool(place) and any(permits.allows(scope, act, place) for act in (Act.RUN, Act.PROPOSE_STANDARD))


def read(given: QueryDict, code: str, scope: Scope, span: Span) -> Trial:
    """Try what the address asks for; an address that asks for nothing gives the empty form."""
    own = backtest.thresholds(code)
    name, value = given.get("name", "").strip(), given.get("value", "").strip()
    asked = Trial(own, name, value, scope.divisions[0] if scope.divisions else "")
    if not may(scope):
        return Trial(own, wrong="您的岗位不能试门槛，请转给经办员或政策员。")
    if not (name and value):
        return asked
    try:
        found = backtest.compare(_question(asked, code, span), most=limits.PAGE_DAYS)
    except WenhouError as refusal:
        return Trial(own, name, value, asked.place, wrong=refusal.message)
    return Trial(own, name, value, asked.place, found=_told(found))


def _question(asked: Trial, code: str, span: Span) -> Question:
    tried = whatif.row(f"{asked.name}={asked.value}", asked.place[:COUNTY], span.since)
    return Question(code, tried, span.since, span.until, asked.place)


def _told(found: BackTest) -> dict[str, Any]:
    names = divisions.lookup({line.place for line in found.counties if line.place})
    settled = (
        ("照旧会报的", found.kept),
        ("不再报的", found.removed),
        ("新会报的（因别的指标去过）", found.added),
    )
    return {
        "days": found.days,
        "total": found.total,
        "unknown": found.unknown,
        "counties": [{"name": names.get(line.place, line.place), "line": line} for line in found.counties],
        "settled": [
            {"word": word, "subjects": one.subjects, **worth_page.share(one.precision)}
            for word, one in settled
        ],
    }
