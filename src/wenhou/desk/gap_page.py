"""Everything the page of one gap shows, gathered once; the acts show it again when they are refused."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from wenhou.base import clock
from wenhou.desk import access, family, frame, reasons, reveals, watched
from wenhou.desk.alert_rows import short
from wenhou.divisions import queries as divisions
from wenhou.monitoring.actions import alerts as limits
from wenhou.monitoring.gaps import explaining, queries
from wenhou.monitoring.gaps.enums import GapConclusion, GapKind, GapState
from wenhou.monitoring.gaps.readings import BY_CODE
from wenhou.monitoring.models import Gap, GapEvent, GapReview
from wenhou.monitoring.terms import Terms
from wenhou.staff import permits
from wenhou.staff.permits import Act
from wenhou.staff.queries import Scope
from wenhou.web import words

STATES = {
    GapState.OPEN: ("wait", "待核"),
    GapState.REVIEWED: ("doing", "核查中"),
    GapState.SNOOZED: ("wait", "暂缓"),
    GapState.CLOSED: ("done", "已结"),
}
DONE = {
    "opened": "比对发现缺口",
    "changed": "比对发现依据有变化",
    "cleared": "自动办结",
    "reviewed": "发起核查",
    "snoozed": "暂缓",
    "woken": "恢复办理",
    "closed": "办结",
}


def find(number: str, scope: Scope) -> Gap:
    """The gap, if the reader may see it; else a 404 that says no more. Its reviews and history come in the same question."""
    reviews = GapReview.objects.filter(gap=OuterRef("pk")).order_by("-id")
    events = GapEvent.objects.filter(gap=OuterRef("pk")).order_by("-at", "-id")
    shown = Gap.objects.filter(scope.q("division", "copy_division", wall="wall"), number=number).annotate(
        its_reviews=ArraySubquery(
            reviews.values(row=JSONObject(number="number", due_on="due_on", tree="tree"))
        ),
        its_events=ArraySubquery(
            events.values(
                row=JSONObject(kind="kind", at="at", note="note", detail="detail", by="by__full_name")
            )
        ),
    )
    found = shown.first()
    if found is None:
        raise Http404
    return found


def render(
    request: HttpRequest,
    gap: Gap,
    *,
    refusal: str = "",
    said: dict[str, str] | None = None,
    opened: str = "",
    shown: str = "",
    status: int = 200,
) -> HttpResponse:
    """The page. `said` is what was typed into the form `opened` when it was refused; `shown` what is uncovered."""
    scope, on = access.scope_of(request), clock.today()
    home = family.around(gap, scope, on=on)
    names = divisions.lookup({gap.division, *scope.divisions})  # the frame's too, in one question
    reviews = _reviews(gap)
    kind, word = STATES[GapState(gap.state)]
    context = {
        "gap": gap,
        "reading": BY_CODE[gap.item],
        "place": short(names[gap.division].partition(" ")[2] or names[gap.division]),
        "is_copy": not scope.covers(gap.division),
        "state_kind": kind,
        "state_word": word,
        "trees": _trees(gap, scope, home, reviews),
        "same": queries.alerts_that_say_the_same(gap, scope),
        "others": queries.others_of(gap, scope),
        "reviews": reviews,
        "history": _history(gap),
        "ended": _ended(gap),
        "family": home,
        "revealed": reveals.identity(gap.person) if shown == "identity" else None,
        "reveal_at": reverse("desk:gap_reveal", args=[gap.number]),
        "refusal": refusal,
        "said": defaultdict(str, said or {}),
        "opened": opened,
        **_doing(gap, scope),
    }
    return frame.page(request, "desk/gap.html", context, here="gaps", status=status)


def _trees(
    gap: Gap, scope: Scope, home: family.Family, reviews: Sequence[dict[str, Any]]
) -> list[tuple[str, Any]]:
    """What each tree says, and the tree, from the day's rows; where those are gone, what the latest review froze."""
    found = explaining.shown(gap, scope)
    if not found:
        found = [one["tree"] for one in reviews if one["tree"]][:1]
    people = {member.key: member.name_masked for member in home.members} | {gap.person: gap.name_masked}
    known = reasons.Known(watched.in_force(gap.division, gap.as_of), people, gap.as_of)
    return [(str(tree.get("label", "")), reasons.render(tree, known)) for tree in found]


def _doing(gap: Gap, scope: Scope) -> dict[str, Any]:
    today = clock.today()
    held = Terms.read(watched.in_force(gap.county, today), gap.county, today)
    return {
        "may": {act.name.lower(): permits.allows(scope, act, gap.division, wall=gap.wall) for act in Act},
        "closed": gap.state == GapState.CLOSED,
        "snoozed": gap.state == GapState.SNOOZED,
        "reviewed": gap.state == GapState.REVIEWED,
        "is_exit": gap.kind == GapKind.UNFOUNDED,
        "conclusions": GapConclusion.values,
        "shortest_note": limits.SHORTEST_NOTE,
        "last_snooze": today + timedelta(days=held.longest_snooze_days),
    }


def _reviews(gap: Gap) -> list[dict[str, Any]]:
    """Newest first: number, due_on, tree."""
    rows: list[dict[str, Any]] = gap.its_reviews  # type: ignore[attr-defined]
    return [row | {"due_on": date.fromisoformat(row["due_on"])} for row in rows]


def _history(gap: Gap) -> list[dict[str, str]]:
    """What happened, newest first."""
    rows: list[dict[str, Any]] = gap.its_events  # type: ignore[attr-defined]
    return [
        {"when": words.moment(datetime.fromisoformat(row["at"])), "what": _what(row), "note": row["note"]}
        for row in rows
    ]


def _ended(gap: Gap) -> str:
    """Why a comparison ended it; '' where people did, or nobody has."""
    return next((row["note"] for row in gap.its_events if row["kind"] == "cleared"), "")  # type: ignore[attr-defined]


def _what(event: dict[str, Any]) -> str:
    said = f"{event['by'] or ''}{DONE.get(event['kind'], event['kind'])}"
    return f"{said}：{event['detail']['conclusion']}" if event["detail"].get("conclusion") else said
