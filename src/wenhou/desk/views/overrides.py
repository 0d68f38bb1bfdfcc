"""Indicators set aside for somebody: done on an alert's page, listed for whoever answers for the place, taken back."""

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from wenhou.base import clock
from wenhou.base.errors import NotAllowed, Refused, WenhouError
from wenhou.desk import access, alert_page, frame, watched
from wenhou.desk.alert_rows import short
from wenhou.divisions import queries as divisions
from wenhou.monitoring import queries
from wenhou.monitoring.actions import alerts as acts
from wenhou.monitoring.actions import overrides as actions
from wenhou.monitoring.models import Override
from wenhou.staff import permits
from wenhou.staff.permits import Act


@require_safe
def overrides(request: HttpRequest) -> HttpResponse:
    """Those in force within the reader's places, the longest-standing first, and those that ended lately."""
    return _list(request)


@require_POST
def set_aside(request: HttpRequest, number: str) -> HttpResponse:
    """Set the alert's indicator aside for whom it is about."""
    found = alert_page.find(number, access.scope_of(request))

    def act() -> str:
        made = actions.set_aside(
            found,
            reason=request.POST.get("reason", ""),
            until=_until(request),
            by=access.account_of(request),
            on=clock.today(),
        )
        return f"已搁置{found.indicator}：{_ends(made)}，不再报。"

    return alert_page.answer(request, found, "aside", act)


@require_POST
def take_back(request: HttpRequest, key: int) -> HttpResponse:
    """End one before its time."""
    scope = access.scope_of(request)
    found = Override.objects.filter(scope.q("division", wall="wall"), pk=key).select_related("alert").first()
    if found is None:
        raise Http404
    try:
        actions.take_back(
            found, reason=request.POST.get("reason", ""), by=access.account_of(request), on=clock.today()
        )
    except WenhouError as refusal:
        return _list(request, refusal=refusal, key=key)
    messages.success(request, "已收回。下一次扫描仍成立的，会重新报出。")
    return redirect("desk:overrides")


def _until(request: HttpRequest) -> date | None:
    how = request.POST.get("how", "")
    if how == "evidence":
        return None
    if how != "day":
        raise Refused("请选择搁置到哪天，还是直到依据变化。")
    return alert_page.day(request.POST.get("aside_until", ""), "搁置到哪天")


def _ends(one: Override) -> str:
    if one.until is None:
        return "依据变化之前"
    return f"{one.until.year}年{one.until.month}月{one.until.day}日之前，依据没有变化的"


def _list(request: HttpRequest, *, refusal: WenhouError | None = None, key: int = 0) -> HttpResponse:
    scope = access.scope_of(request)
    running, ended = queries.overrides(scope, on=clock.today())
    places = divisions.lookup({one.division for one in (*running, *ended)})
    context = {
        "running": [_line(one, places) for one in running],
        "ended": [_line(one, places) for one in ended],
        "may": any(permits.allows(scope, Act.SET_ASIDE, one.division, wall=one.wall) for one in running),
        "refusal": refusal.message if refusal else "",
        "opened": key,
        "said": request.POST.get("reason", ""),
        "shortest_note": acts.SHORTEST_NOTE,
    }
    status = 200 if refusal is None else 403 if isinstance(refusal, NotAllowed) else 409
    return frame.page(request, "desk/overrides.html", context, here="alerts", status=status)


def _line(one: Override, places: dict[str, str]) -> dict[str, object]:
    place = places[one.division].partition(" ")[2] or places[one.division]
    return {
        "one": one,
        "alert": one.alert,
        "name": watched.names().get(one.indicator, ""),
        "place": short(place),
        "ends": _ends(one),
    }
