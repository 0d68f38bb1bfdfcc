"""What the watch looks for: each indicator's law, its condition in words, its thresholds and worked examples."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from wenhou.base import clock
from wenhou.desk import access, frame, reasons, run_counts, watched
from wenhou.desk.alert_filters import Chosen
from wenhou.monitoring import queries
from wenhou.policy.law import Article


@require_safe
def indicators(request: HttpRequest) -> HttpResponse:
    """All of them, by category."""
    access.scope_of(request)
    groups = [
        {
            "label": label,
            "rules": [rule for code, rule in watched.declared().items() if code.startswith(letter)],
        }
        for letter, label in watched.categories().items()
    ]
    return frame.page(
        request, "desk/indicators.html", {"groups": groups, "total": len(watched.names())}, here="indicators"
    )


@require_safe
def indicator(request: HttpRequest, code: str) -> HttpResponse:
    """One of them."""
    scope, on = access.scope_of(request), clock.today()
    rule = watched.declared().get(code)
    if rule is None or rule.watch is None:
        raise Http404
    facts, standards, rules = watched.behind(rule, on)
    place = scope.divisions[0] if scope.divisions else "64"
    law = rule.versions[-1].law
    seen = (run for run in queries.runs(limit=50) if access.may_see_run(run, scope))
    told = (run for run in seen if code not in run_counts.hidden(scope, run.division))
    last = next((run for run in told if code in run.counts), None)
    context = {
        "rule": rule,
        "code": code,
        "watch": rule.watch,
        "articles": [one for one in law if isinstance(one, Article)] if isinstance(law, tuple) else [],
        "sources": [reasons.contract_name(source) for source in rule.watch.sources],
        "facts": [
            {"fact": fact, "sources": [reasons.contract_name(one) for one in fact.sources]} for fact in facts
        ],
        "thresholds": watched.thresholds(standards, place, on),
        "between": [one for one in rules if one.name != rule.name],
        "cases": watched.case_files(code),
        "open": Chosen(indicator=code).found(scope, on).count(),
        "last": last,
        "last_counts": last.counts[code] if last else {},
        "own": run_counts.own([last], scope)[last.pk].raised[code]
        if last and run_counts.is_wider(last, scope)
        else None,
    }
    return frame.page(request, "desk/indicator.html", context, here="indicators")
