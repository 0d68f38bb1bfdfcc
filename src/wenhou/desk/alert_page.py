"""Everything an alert's page shows, gathered once; the acts show the same page again when they are refused."""

from collections import defaultdict
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.db.models import BooleanField, Count, ExpressionWrapper, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, Length
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from wenhou.base import clock
from wenhou.base.errors import NotAllowed, Refused, WenhouError
from wenhou.desk import (
    access,
    also,
    evidence,
    family,
    frame,
    history,
    reasons,
    reveals,
    watched,
    weighed,
    worth_page,
)
from wenhou.desk.alert_rows import short, working_days_left
from wenhou.divisions import queries as divisions
from wenhou.monitoring import queries
from wenhou.monitoring.actions import alerts as acts
from wenhou.monitoring.enums import OPEN_STATES, AlertState, Outcome
from wenhou.monitoring.models import Alert, AlertEvent
from wenhou.monitoring.roster import RESPONSIBLE
from wenhou.staff import permits
from wenhou.staff.actions import submissions
from wenhou.staff.models import Post
from wenhou.staff.models.post import held
from wenhou.staff.permits import Act
from wenhou.staff.queries import Scope

STATES = {
    AlertState.WAITING: ("wait", "待派人"),
    AlertState.ASSIGNED: ("doing", "已派人，待核实"),
    AlertState.VERIFIED: ("doing", "已核实，待办结"),
    AlertState.SNOOZED: ("wait", "暂缓"),
    AlertState.CLOSED: ("done", "已办结"),
}


def find(number: str, scope: Scope) -> Alert:
    """The alert, if the reader may see it; else a 404 that says no more."""
    found = (
        Alert.objects.filter(scope.q("division", "copy_division", wall="wall"), number=number)
        .select_related(
            "judgement", "run", "post__account", "override__by", "override__ended_by", "expectation"
        )
        .first()
    )
    if found is None:
        raise Http404
    return found


def render(
    request: HttpRequest,
    alert: Alert,
    *,
    refusal: str = "",
    said: dict[str, str] | None = None,
    opened: str = "",
    shown: str = "",
    status: int = 200,
) -> HttpResponse:
    """The page. `said` is what was typed into the form `opened` when it was refused; `shown` what is uncovered."""
    scope, on = access.scope_of(request), clock.today()
    events = list(alert.events.select_related("by").order_by("-at", "-id"))
    posts = _posts(alert, events)
    names = divisions.lookup({code for code in (alert.division, alert.copy_division) if code})
    late = alert.due_on < on and alert.state not in (AlertState.CLOSED, AlertState.SNOOZED)
    kept = alert.judgement.evidence
    home = family.around(alert, scope, on=on, more=evidence.deliveries(kept))
    people = {member.key: member.name_masked for member in home.members} | {alert.person: alert.name_masked}
    standards = watched.in_force(alert.division, alert.judgement.as_of)
    kind, word = STATES[AlertState(alert.state)]
    terms = weighed.terms_of(alert, on)
    context = {
        "alert": alert,
        "indicator": watched.names().get(alert.indicator, ""),
        "place": short(names[alert.division].partition(" ")[2] or names[alert.division]),
        "copy_place": names.get(alert.copy_division, ""),
        "is_copy": not scope.covers(alert.division),
        "state_kind": "late" if late and kind != "done" else kind,
        "state_word": word,
        "left": working_days_left(alert.due_on, on),
        "late": late,
        "tree": reasons.render(alert.judgement.tree, reasons.Known(standards, people, alert.judgement.as_of)),
        "also": also.of(alert, scope),
        "expected": worth_page.expected(alert),
        "evidence": evidence.rows(
            kept, people | {alert.person: "本人"}, home.files, uncovered=shown == "evidence"
        ),
        "others": queries.others_of(alert, scope),
        "names": watched.names(),
        "weighed": weighed.of(alert, terms, watched.names()),
        "again": _again(events),
        "history": history.lines(alert, events, {post.pk: post for post in posts}),
        "family": home,
        "revealed": reveals.identity(alert.person) if shown == "identity" else None,
        "reveal_at": reverse("desk:alert_reveal", args=[alert.number]),
        "shown": shown,
        "refusal": refusal,
        "said": defaultdict(str, said or {}),
        "opened": opened or _first(alert),
        "last_snooze": on + timedelta(days=terms.longest_snooze_days),
        "last_aside": on + timedelta(days=terms.longest_override_days),
        **_doing(alert, scope, posts, visited=any(event.kind == "visited" for event in events)),
    }
    return frame.page(request, "desk/alert.html", context, here="alerts", status=status)


def answer(request: HttpRequest, found: Alert, form: str, act: Callable[[], str]) -> HttpResponse:
    """Do it and lead back to the page; refused, the page again with what was typed."""
    try:
        done = submissions.once(
            key=request.POST.get("once", ""), by=access.account_of(request), at=clock.instant(), act=act
        )
    except WenhouError as refusal:
        return refuse(request, found, form, refusal)
    messages.success(request, done)
    return redirect("desk:alert", number=found.number)


def refuse(request: HttpRequest, found: Alert, form: str, refusal: WenhouError) -> HttpResponse:
    """The page again, saying why nothing was done, with what was typed into the form."""
    return render(
        request,
        found,
        refusal=refusal.message,
        said={key: value for key, value in request.POST.items() if isinstance(value, str)},
        opened=form,
        status=403 if isinstance(refusal, NotAllowed) else 409,
    )


def day(text: str, what: str) -> date:
    """A day typed into a form. Raises Refused."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Refused(f"“{what}”要写成年月日，例如2026-04-20。") from None


def takers(alert: Alert) -> list[Post]:
    """The posts an alert is offered to."""
    return [post for post in _posts(alert, []) if post.takes]  # type: ignore[attr-defined]


def _again(events: list[AlertEvent]) -> dict[str, str] | None:
    """What was decided of an earlier alert that this one follows, and its number."""
    raised: dict[str, Any] = next((event.detail for event in events if event.kind == "raised"), {})
    return {"said": raised["again"], "number": raised["earlier"]} if "again" in raised else None


def _doing(alert: Alert, scope: Scope, posts: list[Post], *, visited: bool) -> dict[str, Any]:
    """What the reader may do here, and to whom the alert can be handed."""
    takers = [post for post in posts if post.takes]  # type: ignore[attr-defined]
    return {
        "may": {act.name.lower(): permits.allows(scope, act, alert.division, wall=alert.wall) for act in Act},
        "closed": alert.state == AlertState.CLOSED,
        "snoozed": alert.state == AlertState.SNOOZED,
        "posts": takers,
        "first_post": takers[0].pk if takers else None,
        "outcomes": [
            (
                value,
                "还没有走访记录，不能办结为“情况不属实”。" if value == Outcome.NOT_SO and not visited else "",
            )
            for value in Outcome.values
        ],
        "shortest_note": acts.SHORTEST_NOTE,
    }


def _posts(alert: Alert, events: list[AlertEvent]) -> list[Post]:
    """Who can take the alert, the deepest and least laden first as the roster has it, and whom its history names."""
    on = clock.today()
    can = Q(pk__in=())
    for digits, role in RESPONSIBLE.items():
        can |= Q(division=alert.division[:digits], role=role)
    can &= held(on)
    if alert.wall:
        can &= Q(matters__contains=[alert.wall])
    named = [event.detail["post"] for event in events if event.detail.get("post")]
    laden = Alert.objects.filter(state__in=OPEN_STATES, post=OuterRef("pk")).order_by().values("post")
    found = Post.objects.filter(can | Q(pk__in=named)).select_related("account")
    return list(
        found.annotate(
            takes=ExpressionWrapper(can, output_field=BooleanField()),
            load=Coalesce(Subquery(laden.annotate(number=Count("pk")).values("number")), 0),
        ).order_by(Length("division").desc(), "load", "pk")
    )


def _first(alert: Alert) -> str:
    """The form that is open when the page comes: the next step."""
    return {
        AlertState.WAITING: "dispatch",
        AlertState.ASSIGNED: "visit",
        AlertState.VERIFIED: "close",
        AlertState.SNOOZED: "wake",
    }.get(AlertState(alert.state), "")
