"""Everything an alert's page shows, gathered once; the acts show the same page again when they are refused."""

from collections import defaultdict
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from wenhou.base import clock
from wenhou.desk import access, evidence, family, frame, history, reasons, reveals, watched
from wenhou.desk.alert_rows import working_days_left
from wenhou.divisions import queries as divisions
from wenhou.fieldwork import queries as fieldwork
from wenhou.monitoring import queries
from wenhou.monitoring.actions import alerts as acts
from wenhou.monitoring.enums import AlertState, Outcome
from wenhou.monitoring.models import Alert
from wenhou.monitoring.roster import RESPONSIBLE, Roster
from wenhou.staff import permits
from wenhou.staff.models import Post
from wenhou.staff.permits import Act
from wenhou.staff.queries import Scope, posts_at

STATES = {
    AlertState.WAITING: ("wait", "待派人"),
    AlertState.ASSIGNED: ("doing", "已派人，待核实"),
    AlertState.VERIFIED: ("doing", "已核实，待办结"),
    AlertState.SNOOZED: ("wait", "暂缓"),
    AlertState.CLOSED: ("done", "已办结"),
}


def find(number: str, scope: Scope) -> Alert:
    """The alert, if the reader may see it; else a 404 that says no more."""
    found = queries.alert(number, scope)
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
    visits = fieldwork.visits_for(acts.reference(alert), scope)
    names = divisions.lookup({code for code in (alert.division, alert.copy_division) if code})
    late = alert.due_on < on and alert.state not in (AlertState.CLOSED, AlertState.SNOOZED)
    home = family.around(alert, scope, on=on)
    people = {member.key: member.name_masked for member in home.members} | {alert.person: alert.name_masked}
    standards = watched.in_force(alert.division, alert.judgement.as_of)
    kind, word = STATES[AlertState(alert.state)]
    context = {
        "alert": alert,
        "indicator": watched.names().get(alert.indicator, ""),
        "place": names[alert.division].partition(" ")[2] or names[alert.division],
        "copy_place": names.get(alert.copy_division, ""),
        "is_copy": not scope.covers(alert.division),
        "state_kind": "late" if late and kind != "done" else kind,
        "state_word": word,
        "left": working_days_left(alert.due_on, on),
        "late": late,
        "tree": reasons.render(alert.judgement.tree, reasons.Known(standards, people)),
        "evidence": evidence.rows(alert.judgement.evidence, uncovered=shown == "evidence"),
        "others": queries.others_of(alert, scope),
        "names": watched.names(),
        "history": history.lines(alert, visits, on=on),
        "visits": visits,
        "family": home,
        "revealed": reveals.identity(alert.person) if shown == "identity" else None,
        "shown": shown,
        "refusal": refusal,
        "said": defaultdict(str, said or {}),
        "opened": opened or _first(alert),
        **_doing(alert, scope, visited=bool(visits)),
    }
    return frame.page(request, "desk/alert.html", context, here="alerts", status=status)


def _doing(alert: Alert, scope: Scope, *, visited: bool) -> dict[str, Any]:
    """What the reader may do here, and to whom the alert can be handed."""
    on = clock.today()
    may = {act.name.lower(): permits.allows(scope, act, alert.division) for act in Act}
    working = alert.state not in (AlertState.CLOSED, AlertState.SNOOZED)
    posts = _posts(alert) if may["dispatch"] and working else []
    first = Roster(on=on).responsible_for(alert.division) if posts else None
    return {
        "may": may,
        "working": working,
        "closed": alert.state == AlertState.CLOSED,
        "snoozed": alert.state == AlertState.SNOOZED,
        "posts": posts,
        "first_post": first.pk if first else None,
        "outcomes": [
            (
                value,
                "还没有走访记录，不能办结为“情况不属实”。" if value == Outcome.NOT_SO and not visited else "",
            )
            for value in Outcome.values
        ],
        "shortest_note": acts.SHORTEST_NOTE,
        "last_snooze": on + acts.LONGEST_SNOOZE,
    }


def _posts(alert: Alert) -> list[Post]:
    """Who can take the alert: posts down the tree, the nearest first."""
    on = clock.today()
    return [
        post
        for digits, role in RESPONSIBLE.items()
        for post in posts_at(alert.division[:digits], on=on, role=role)
    ]


def _first(alert: Alert) -> str:
    """The form that is open when the page comes: the next step."""
    return {
        AlertState.WAITING: "dispatch",
        AlertState.ASSIGNED: "visit",
        AlertState.VERIFIED: "close",
        AlertState.SNOOZED: "wake",
    }.get(AlertState(alert.state), "")
