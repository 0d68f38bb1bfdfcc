"""What people do with an alert. Each act checks who may, then the state, then writes the row and its history."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from wenhou.base import clock
from wenhou.base.errors import Refused
from wenhou.fieldwork import queries as fieldwork
from wenhou.fieldwork.actions import visits
from wenhou.fieldwork.enums import Purpose
from wenhou.fieldwork.models import Visit
from wenhou.monitoring import terms
from wenhou.monitoring.actions import weighing
from wenhou.monitoring.enums import AlertState, Outcome
from wenhou.monitoring.models import Alert, AlertEvent
from wenhou.monitoring.roster import RESPONSIBLE, Roster
from wenhou.staff import permits
from wenhou.staff.models import Account, Post
from wenhou.staff.models.post import held
from wenhou.staff.permits import Act

SHORTEST_NOTE = 20  # characters of what was done, in words a colleague can follow
SHORTEST_REASON = 5
LONGEST_NOTE = 400  # what a line of history holds


def dispatch(alert: Alert, *, to_post: Post | None = None, by: Account, on: date) -> Alert:
    """Hand the alert to a post: the one given, else the deepest responsible one. Raises NotAllowed, Refused."""
    return dispatch_many([alert], to_post=to_post, by=by, on=on)[0]


def dispatch_many(
    alerts: Iterable[Alert], *, to_post: Post | None = None, by: Account, on: date
) -> list[Alert]:
    """Hand several alerts to one post, or each to the post responsible; all of them or none."""
    alerts = list(alerts)
    with transaction.atomic():
        _lock(alerts)
        roster = None if to_post else Roster(on=on)
        return [_dispatch(alert, to_post, roster, by, on) for alert in alerts]


def _lock(alerts: Iterable[Alert]) -> None:
    """In one order, whatever order each of two people chose theirs in: neither waits for a row that the other holds."""
    ids = [alert.pk for alert in alerts]
    list(Alert.objects.select_for_update(of=("self",)).filter(pk__in=ids).order_by("pk").values_list("pk"))


def _dispatch(alert: Alert, to_post: Post | None, roster: Roster | None, by: Account, on: date) -> Alert:
    kept = taken(alert, Act.DISPATCH, by, on)
    _need_state(kept, AlertState.WAITING, AlertState.ASSIGNED, AlertState.VERIFIED)
    post = to_post or (roster.responsible_for(kept.division, wall=kept.wall) if roster else None)
    if post is None:
        raise Refused(f"{kept.number} 所在地没有可接单的岗位，请先在人员管理中设置。")
    _check_post(kept, post, on)
    was = kept.post_id
    kept.post, kept.assigned_on = post, on
    if kept.state == AlertState.WAITING:
        kept.state = AlertState.ASSIGNED
    kept.save(update_fields=["post", "assigned_on", "state"])
    write(kept, "dispatched", by=by, on=on, post=post.pk, was=was)
    return kept


def _check_post(alert: Alert, post: Post, on: date) -> None:
    if not alert.division.startswith(post.division):
        raise Refused(f"{alert.number} 不在该岗位的辖区内，不能派给它。")
    if post.role not in RESPONSIBLE.values():
        raise Refused(f"{post.get_role_display()}不承办预警，请派给协理员或经办员。")
    if alert.wall and alert.wall not in post.matters:
        raise Refused(f"该岗位没有“{alert.get_wall_display()}”这一专门事项，请派给有的岗位。")
    if not Post.objects.filter(held(on), pk=post.pk).exists():
        raise Refused("该岗位今天无人任职，请另选一个岗位。")


def record_visit(
    alert: Alert,
    *,
    visited_on: date,
    met: bool,
    found: str,
    by: Account,
    on: date,
    visitors: int = 1,
    out_of_contact: bool = False,
    purpose: Purpose = Purpose.VERIFY,
) -> Visit:
    """Keep a visit made for the alert. Meeting the person verifies it. Raises NotAllowed, Refused."""
    with transaction.atomic():
        kept = taken(alert, Act.VISIT, by, on)
        _need_state(kept, AlertState.WAITING, AlertState.ASSIGNED, AlertState.VERIFIED)
        visit = visits.record(
            purpose=purpose,
            division=kept.division,
            household=kept.household,
            person=kept.person if kept.subject.startswith("p") else None,
            visited_on=visited_on,
            visitors=visitors,
            met=met,
            out_of_contact=out_of_contact,
            found=found,
            reference=reference(kept),
            wall=kept.wall,
            by=by,
            on=on,
        )
        if met:
            kept.state = AlertState.VERIFIED
            kept.save(update_fields=["state"])
        write(kept, "visited", by=by, on=on, note=visit.found[:400], visit=visit.number, met=met)
        return visit


def close(alert: Alert, *, outcome: Outcome, note: str, by: Account, on: date) -> Alert:
    """Close with what was done. 情况不属实 needs a visit on record. Raises NotAllowed, Refused."""
    with transaction.atomic():
        kept = taken(alert, Act.CLOSE, by, on)
        need_open(kept)
        _check_closing(kept, outcome, note)
        kept.state, kept.outcome, kept.closed_on = AlertState.CLOSED, outcome, on
        kept.snoozed_until = None
        kept.save(update_fields=["state", "outcome", "closed_on", "snoozed_until"])
        write(kept, "closed", by=by, on=on, note=note.strip(), outcome=outcome)
        weighing.again(kept, on=on)
        return kept


def _check_closing(alert: Alert, outcome: Outcome, note: str) -> None:
    if outcome not in Outcome.values:
        raise Refused("请选择处置结果。")
    if len(note.strip()) < SHORTEST_NOTE:
        raise Refused(f"请写明处置情况，至少{SHORTEST_NOTE}个字，便于以后的同事看懂。")
    if outcome == Outcome.NOT_SO and not fieldwork.has_visit(reference(alert)):
        raise Refused("认定“情况不属实”须先登记走访，请上门核实后再销号。")


def snooze(alert: Alert, *, until: date, reason: str, by: Account, on: date) -> Alert:
    """Set aside until a day, at most `longest_snooze_days` on, with a reason. Raises NotAllowed, Refused."""
    with transaction.atomic():
        kept = taken(alert, Act.SNOOZE, by, on)
        _need_state(kept, AlertState.WAITING, AlertState.ASSIGNED, AlertState.VERIFIED)
        longest = terms.at(kept.division, on).longest_snooze_days
        if not on < until <= on + timedelta(days=longest):
            raise Refused(f"暂缓须在今天之后、{longest}天以内。")
        if len(reason.strip()) < SHORTEST_REASON:
            raise Refused(f"请写明暂缓原因，至少{SHORTEST_REASON}个字。")
        was, kept.state, kept.snoozed_until = kept.state, AlertState.SNOOZED, until
        kept.save(update_fields=["state", "snoozed_until"])
        write(kept, "snoozed", by=by, on=on, note=reason.strip(), until=str(until), was=was)
        return kept


def wake(alert: Alert, *, by: Account, on: date, note: str = "") -> Alert:
    """Take a snoozed alert up again before its day. Raises NotAllowed, Refused."""
    with transaction.atomic():
        kept = taken(alert, Act.SNOOZE, by, on)
        _need_state(kept, AlertState.SNOOZED)
        wake_row(kept)
        write(kept, "woken", by=by, on=on, note=note.strip())
        return kept


def wake_row(alert: Alert) -> None:
    """Back to the state it was set aside in. Writes no history; the caller says who woke it."""
    slept = alert.events.filter(kind="snoozed").order_by("-id").first()
    alert.state = slept.detail["was"] if slept else AlertState.ASSIGNED
    alert.snoozed_until = None
    alert.save(update_fields=["state", "snoozed_until"])


def reference(alert: Alert) -> str:
    """How other rooms refer to an alert: 'alert:YJ2026000001'."""
    return f"alert:{alert.number}"


def moment(on: date) -> datetime:
    """The day of an act at the present hour, for history."""
    return datetime.combine(on, clock.now().timetz())


def taken(alert: Alert, act: Act, by: Account, on: date) -> Alert:
    """For other actions on alerts: the row locked and fresh, once the act is permitted at its place."""
    kept = Alert.objects.select_for_update().get(pk=alert.pk)
    permits.require(by, act, kept.division, on=on, wall=kept.wall)
    return kept


def need_open(alert: Alert) -> None:
    """Refuse what is closed."""
    if alert.state == AlertState.CLOSED:
        raise Refused(f"{alert.number} 已经销号，不能再办理。")


def _need_state(alert: Alert, *states: AlertState) -> None:
    need_open(alert)
    if alert.state not in states:
        raise Refused(f"{alert.number} 现为“{alert.state}”，不能这样办理。")


def write(alert: Alert, kind: str, *, by: Account | None, on: date, note: str = "", **detail: Any) -> None:
    """A line of history."""
    AlertEvent.objects.create(alert=alert, kind=kind, at=moment(on), by=by, note=note, detail=detail)
