"""What the pages of 监测成效 show: figures as a clerk reads them, shares always with what they rest on."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest

from wenhou.base import clock
from wenhou.desk import access, alert_rows, run_counts, watched
from wenhou.monitoring import queries
from wenhou.monitoring.enums import AlertState, RunState
from wenhou.monitoring.models import Alert, Expectation, Learned, Run
from wenhou.monitoring.worth import features, health, limits
from wenhou.monitoring.worth.figures import CONFIRMED, Figures
from wenhou.monitoring.worth.health import Health
from wenhou.monitoring.worth.shares import Share
from wenhou.staff.queries import Scope

EARLIEST = date(2000, 1, 1)
SHARED = 2  # other indicators named beside one
CASES = 20
LEAST_WEIGHT = 0.05
MOST_WEIGHTS = 24  # features told on the page; all are in the command's answer
MARKS = {health.WRONG: "late", health.UNKNOWN: "unknown"}


@dataclass(frozen=True)
class Span:
    """The days asked about, and one sentence where what was asked could not be."""

    since: date
    until: date
    wrong: str = ""


def span(request: HttpRequest) -> Span:
    """`since` and `until` of the address; a year up to today where they are missing or cannot be."""
    today = clock.today()
    usual = Span(today - timedelta(days=limits.SPAN_DAYS), today)
    given = [request.GET.get(name, "").strip() for name in ("since", "until")]
    if not any(given):
        return usual
    try:
        first, last = (
            date.fromisoformat(text) if text else day for text, day in zip(given, _days(usual), strict=True)
        )
    except ValueError:
        return Span(*_days(usual), "日期要写成年月日，例如2024-10-01；下面是最近一年。")
    if not EARLIEST <= first <= last <= today:
        return Span(*_days(usual), "起日要在止日以前，止日不能晚于今天；下面是最近一年。")
    return Span(first, last)


def _days(span: Span) -> tuple[date, date]:
    return span.since, span.until


def percent(value: float | None) -> str:
    """'75%'; a dash of nothing."""
    return "—" if value is None else f"{value:.0%}"


def share(told: Share) -> dict[str, Any]:
    """A share with what it rests on; the interval as people say it."""
    sure = f"{percent(told.low)}到{percent(told.high)}" if told.whole else ""
    return {"part": told.part, "whole": told.whole, "percent": percent(told.value), "between": sure}


def days(told: tuple[int, int] | None) -> str:
    """'3天，九成在8天内'."""
    return f"{told[0]}天，九成在{told[1]}天内" if told else "—"


def rows(found: list[Health]) -> list[dict[str, Any]]:
    """The table, one category after the other."""
    return [
        {"label": label, "lines": [line(one) for one in found if one.code.startswith(letter)]}
        for letter, label in watched.categories().items()
    ]


def line(one: Health) -> dict[str, Any]:
    """One indicator's row."""
    return {
        "code": one.code,
        "name": one.name,
        "told": one.figures,
        "precision": share(one.figures.precision),
        "days": days(one.figures.days),
        "workdays": days(one.figures.workdays).replace("天", "个工作日"),
        "others": [{"code": code, **share(told)} for code, told in one.overlap.others[:SHARED]],
        "families": one.overlap.families,
        "unknown": percent(one.unknown.value) if one.unknown else "—",
        "marks": [(MARKS[mark], mark) for mark in one.marks if mark in MARKS],
        "silent": health.SILENT in one.marks,
    }


def runs(scope: Scope) -> list[Run]:
    """Finished runs whose totals the reader may know, latest first."""
    seen = [run for run in queries.runs(limit=50) if run.state == RunState.DONE]
    return [run for run in seen if access.may_see_run(run, scope) and not run_counts.is_wider(run, scope)]


def months(found: dict[date, Figures]) -> list[dict[str, Any]]:
    """One indicator's months, latest first."""
    return [
        {"month": f"{month.year}年{month.month}月", "told": told, "precision": share(told.precision)}
        for month, told in sorted(found.items(), reverse=True)
    ]


def cases(scope: Scope, code: str, asked: Span) -> list[dict[str, Any]]:
    """Alerts of one indicator that people concluded in the span, latest first."""
    found = Alert.objects.filter(
        scope.q("division", wall="wall"),
        indicator=code,
        state=AlertState.CLOSED,
        closed_on__range=(asked.since, asked.until),
    ).exclude(outcome="")
    return [
        {"alert": alert, "mark": "done" if alert.outcome in CONFIRMED else "wait"}
        for alert in found.order_by("-closed_on", "-id")[:CASES]
    ]


def expected(alert: Alert) -> dict[str, Any] | None:
    """Why an open alert stands where it does by expected benefit; None where nothing was set down."""
    found: Expectation | None = getattr(alert, "expectation", None)
    if found is None or alert.state == AlertState.CLOSED:
        return None
    return {"reasons": found.reasons, "said": alert_rows.chance(found.chance)}


def lesson(found: Learned) -> dict[str, Any]:
    """What was learnt, in words: the weightiest features, how far chances can be relied on, and by group."""
    weights = sorted(found.content["weights"].items(), key=lambda pair: -abs(pair[1]))
    return {
        "found": found,
        "weights": [
            {"word": features.word(name), "way": "靠前" if weight > 0 else "靠后", "weight": f"{weight:+.2f}"}
            for name, weight in weights[:MOST_WEIGHTS]
            if abs(weight) >= LEAST_WEIGHT
        ],
        "weighed": len(weights),
        "reliability": [
            _row(one) | {"from": percent(one["from"]), "to": percent(one["to"])} for one in found.reliability
        ],
        "groups": [_row(one) for one in found.groups],
        "better": percent(1 - found.brier / found.base_brier) if found.base_brier else "—",
    }


def _row(one: dict[str, Any]) -> dict[str, Any]:
    return one | {"told": percent(one["told"]), "seen": percent(one["seen"])}
