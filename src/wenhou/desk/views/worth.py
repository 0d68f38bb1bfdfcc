"""监测成效: whether each indicator earns its place, by what became of its alerts within the reader's places."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from wenhou.base.errors import NotAllowed
from wenhou.desk import access, alert_order, frame, run_counts, watched, worth_page, worth_trial
from wenhou.monitoring.indicators.watch import WALLS
from wenhou.monitoring.models import Learned
from wenhou.monitoring.worth import figures, health, limits
from wenhou.staff.enums import Matter
from wenhou.staff.queries import Scope


@require_safe
def worth(request: HttpRequest) -> HttpResponse:
    """All indicators in one table."""
    scope, asked = access.scope_of(request), worth_page.span(request)
    found = health.of(scope, asked.since, asked.until, runs=worth_page.runs(scope))
    context = {
        "asked": asked,
        "groups": worth_page.rows(found),
        "total": len(found),
        "marked": [worth_page.line(one) for one in found if one.marks and one.marks != (health.SILENT,)],
        "silent": sum(health.SILENT in one.marks for one in found),
        "confidence": worth_page.percent(limits.CONFIDENCE),
        "wrong_below": worth_page.percent(limits.WRONG_BELOW),
        "unknown_above": worth_page.percent(limits.UNKNOWN_ABOVE),
    }
    return frame.page(request, "desk/worth.html", context, here="indicators")


@require_safe
def worth_of(request: HttpRequest, code: str) -> HttpResponse:
    """One indicator: its months, its thresholds, what its alerts came to."""
    scope, asked = access.scope_of(request), worth_page.span(request)
    rule = watched.declared().get(code)
    if rule is None:
        raise Http404
    _look_behind(scope, code)
    found = health.of(scope, asked.since, asked.until, runs=worth_page.runs(scope))
    place = scope.divisions[0] if scope.divisions else "64"
    _, standards, _ = watched.behind(rule, asked.until)
    context = {
        "asked": asked,
        "may_try": worth_trial.may(scope) and bool(standards),
        "line": next(worth_page.line(one) for one in found if one.code == code),
        "names": watched.names(),
        "months": worth_page.months(figures.by_month(scope, code, asked.since, asked.until)),
        "cases": worth_page.cases(scope, code, asked),
        "thresholds": watched.thresholds(standards, place, asked.until),
    }
    return frame.page(request, "desk/worth_of.html", context, here="indicators")


def _look_behind(scope: Scope, code: str) -> None:
    """Refuse what an indicator came to where it is behind a wall that no post of the reader has the matter for."""
    wall = WALLS.get(code, "")
    if not scope.knows(wall):
        raise NotAllowed(f"{code}的成效只给有“{Matter(wall).label}”这一专门事项的岗位看。")


@require_safe
def order(request: HttpRequest) -> HttpResponse:
    """How the order by expected benefit is learnt; how far it can be relied on, for who may know a region's totals."""
    wider = run_counts.knows_region(access.scope_of(request))
    found = Learned.objects.order_by("-pk").first()
    context = {
        "lesson": worth_page.lesson(found) if found else None,
        "wider": wider,
        "none": alert_order.NONE,
        "least": limits.LEAST_GROUP,
    }
    return frame.page(request, "desk/worth_order.html", context, here="indicators")


@require_http_methods(["GET", "HEAD", "POST"])
def backtest(request: HttpRequest, code: str) -> HttpResponse:
    """Another threshold of an indicator on its last days: asked for here, tried by a job, shown here."""
    rule = watched.declared().get(code)
    if rule is None:
        raise Http404
    _look_behind(access.scope_of(request), code)
    shown = worth_trial.ask(request, code) if request.method == "POST" else worth_trial.latest(request, code)
    if shown is None:
        return redirect(request.get_full_path())
    status = 200 if worth_trial.may(access.scope_of(request)) else 403
    context = {"code": code, "rule": rule, "shown": shown, "most": limits.PAGE_DAYS}
    return frame.page(request, "desk/worth_backtest.html", context, here="indicators", status=status)
