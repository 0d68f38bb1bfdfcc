"""Several alerts at once: look first, then do. All of them or none."""

from datetime import date, timedelta

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from wenhou.base import clock
from wenhou.base.errors import Refused, WenhouError
from wenhou.desk import access, alert_export, frame, watched
from wenhou.desk.alert_filters import Chosen
from wenhou.divisions import queries as divisions
from wenhou.monitoring import terms
from wenhou.monitoring.actions import alerts as acts
from wenhou.monitoring.enums import AlertState
from wenhou.monitoring.models import Alert
from wenhou.monitoring.roster import Roster
from wenhou.staff import permits
from wenhou.staff.permits import Act
from wenhou.staff.queries import Scope

MOST = 200
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """The filtered list as a workbook."""
    scope, on = access.scope_of(request), clock.today()
    _may_export(scope)
    return _file(alert_export.workbook(Chosen.read(request.GET, scope).found(scope, on), on=on), on)


@require_POST
def bulk(request: HttpRequest) -> HttpResponse:
    """What would happen to the ticked alerts, before it does; an export is handed over at once."""
    scope, on = access.scope_of(request), clock.today()
    alerts = _ticked(request, scope)
    act = request.POST.get("act", "")
    if act == "export":
        _may_export(scope)
        found = alert_export.ticked([one.number for one in alerts], alert_export.visible(scope))
        return _file(alert_export.workbook(found, on=on), on)
    if act not in ("dispatch", "snooze"):
        raise Refused("没有说明要做什么。")
    return _preview(request, alerts, act)


@require_POST
def dispatch(request: HttpRequest) -> HttpResponse:
    """Each ticked alert goes to the post responsible for its place."""
    scope = access.scope_of(request)
    alerts = _ticked(request, scope)
    try:
        acts.dispatch_many(alerts, by=access.account_of(request), on=clock.today())
    except WenhouError as refusal:
        return _preview(request, alerts, "dispatch", refusal)
    messages.success(request, f"已派出{len(alerts)}条。")
    return redirect("desk:alerts")


@require_POST
def snooze(request: HttpRequest) -> HttpResponse:
    """The ticked alerts are set aside until one day, for one reason."""
    scope, on = access.scope_of(request), clock.today()
    alerts = _ticked(request, scope)
    try:
        until = date.fromisoformat(request.POST.get("until", ""))
    except ValueError:
        return _preview(request, alerts, "snooze", Refused("请选择暂缓到哪天。"))
    try:
        with transaction.atomic():
            for one in alerts:
                acts.snooze(
                    one,
                    until=until,
                    reason=request.POST.get("reason", ""),
                    by=access.account_of(request),
                    on=on,
                )
    except WenhouError as refusal:
        return _preview(request, alerts, "snooze", refusal)
    messages.success(request, f"已暂缓{len(alerts)}条，到{until.month}月{until.day}日重新提醒。")
    return redirect("desk:alerts")


def _ticked(request: HttpRequest, scope: Scope) -> list[Alert]:
    numbers = request.POST.getlist("number")
    if not numbers:
        raise Refused("没有选中任何一条，请先在列表里勾选。")
    if len(numbers) > MOST:
        raise Refused(f"一次最多办理{MOST}条。")
    found = alert_export.ticked(numbers, alert_export.visible(scope)).select_related("post__account")
    alerts = list(found.order_by("due_on", "-severity", "id"))
    if len(alerts) < len(set(numbers)):
        raise Http404  # somebody else's, or nobody's: the page does not say which
    return alerts


def _preview(
    request: HttpRequest, alerts: list[Alert], act: str, refusal: WenhouError | None = None
) -> HttpResponse:
    on = clock.today()
    roster = Roster(on=on) if act == "dispatch" else None
    places = divisions.lookup({one.division for one in alerts})
    scope = access.scope_of(request)
    lines = []
    for one in alerts:
        post = roster.responsible_for(one.division) if roster else None
        lines.append(
            {
                "alert": one,
                "place": places[one.division].partition(" ")[2] or places[one.division],
                "post": post,
                "why_not": _why_not(one, scope, act, has_post=bool(post) or roster is None),
            }
        )
    context = {
        "act": act,
        "lines": lines,
        "good": [line for line in lines if not line["why_not"]],
        "left_out": sum(1 for line in lines if line["why_not"]),
        "names": watched.names(),
        "refusal": refusal.message if refusal else "",
        "until": request.POST.get("until", ""),
        "reason": request.POST.get("reason", ""),
        "last_snooze": on + timedelta(days=terms.at("", on).longest_snooze_days),
    }
    return frame.page(request, "desk/bulk.html", context, here="alerts", status=409 if refusal else 200)


def _why_not(alert: Alert, scope: Scope, act: str, *, has_post: bool) -> str:
    wanted = Act.DISPATCH if act == "dispatch" else Act.SNOOZE
    if not permits.allows(scope, wanted, alert.division, wall=alert.wall):
        return "副本，由别处办理" if not scope.covers(alert.division) else f"您的岗位不能{wanted}"
    if alert.state in (AlertState.CLOSED, AlertState.SNOOZED):
        return "已办结" if alert.state == AlertState.CLOSED else "正在暂缓"
    return "" if has_post else "当地没有可接单的岗位"


def _may_export(scope: Scope) -> None:
    if not any(permits.allows(scope, Act.EXPORT, post.division) for post in scope.posts):
        raise Refused("您的岗位不能导出，请转给经办员。")


def _file(content: bytes, on: date) -> HttpResponse:
    response = HttpResponse(content, content_type=XLSX)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''%E9%A2%84%E8%AD%A6-{on:%Y%m%d}.xlsx"
    return response
