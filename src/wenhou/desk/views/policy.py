"""The policy office: the standards as they came about, one standard, the sets that were published."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from wenhou.base import clock
from wenhou.desk import access, frame
from wenhou.desk.policy import office, proposal_page, rules, sets, steps
from wenhou.policy import queries
from wenhou.policy.actions import sets as acts
from wenhou.policy.judging import canonical
from wenhou.policy.models import PublishedSet
from wenhou.policy.proposals import proposed
from wenhou.staff.permits import PERMITS, Act
from wenhou.staff.queries import Scope

SHOWN = 12
LINES = 40  # more on demand


@require_safe
def policy(request: HttpRequest) -> HttpResponse:
    """Every standard at the reader's place over time; what is missing or overdue is said first."""
    scope, account, on = access.scope_of(request), access.account_of(request), clock.today()
    place = access.narrowed(scope, request.GET.get("place", "")) or next(iter(scope.divisions), "64")
    choices = office.places_to_choose(scope.divisions, place, on)
    lines = office.lines(queries.rows(), place, on, queries.titles())
    tab = request.GET.get("show", "") if request.GET.get("show", "") in office.TABS else ""
    text = request.GET.get("q", "")[:40]
    mine = proposal_page.visible(scope, account, limit=SHOWN)
    names = office.place_names({one.division for one in mine})
    found = [line for line in office.search(lines, text) if tab in line.kinds]
    most = len(found) if request.GET.get("all") else LINES
    context = {
        "lines": found[:most],
        "more": len(found[most:]),
        "tabs": [(key, word, sum(key in line.kinds for line in lines)) for key, word in office.TABS.items()],
        "tab": tab,
        "q": text,
        "place": place,
        "choices": choices,
        "overdue": [line for line in lines if line.overdue],
        "missing": [line for line in lines if line.row is None],
        "proposals": [proposal_page.line(one, names) for one in mine],
        "may_propose": may(scope, Act.PROPOSE_STANDARD),
        **_published(),
    }
    return frame.page(request, "desk/policy.html", context, here="policy")


def may(scope: Scope, act: Act) -> bool:
    """Whether one of the reader's posts permits an act somewhere."""
    return any(act in PERMITS[post.role] for post in scope.posts)


def _published() -> dict[str, Any]:
    last = queries.latest_set()
    current = canonical.digest(queries.current_content())
    return {"last": last, "unpublished": last is None or last.sha256 != current}


@require_safe
def standard(request: HttpRequest, name: str) -> HttpResponse:
    """One standard: its steps everywhere, its documents, the rules that stand on it."""
    scope, on = access.scope_of(request), clock.today()
    label = proposed.labels().get(name)
    if label is None:
        raise Http404
    rows = [row for row in queries.rows() if row.name == name]
    history = office.history(rows, on, queries.titles())
    ordered = [one["row"] for one in history]
    names = office.place_names({row.division for row in rows})
    context = {
        "name": name,
        "label": label,
        "unit": proposed.units().get(name, ""),
        "history": history,
        "picture": steps.chart(ordered, names, on) if rows else "",
        "small_picture": steps.chart(ordered, names, on, steps.PHONE) if rows else "",
        "overdue": [one for one in history if one["overdue"]],
        "users": rules.standing_on(name),
        "net": rules.neighbourhood(name),
        "may_propose": may(scope, Act.PROPOSE_STANDARD),
    }
    return frame.page(request, "desk/policy_standard.html", context, here="policy")


@require_safe
def published_sets(request: HttpRequest) -> HttpResponse:
    """Every set that was kept, newest first."""
    scope = access.scope_of(request)
    context = {
        "sets": PublishedSet.objects.select_related("by").defer("content").order_by("-number")[:200],
        "may_publish": may(scope, Act.APPROVE_STANDARD),
        **_published(),
    }
    return frame.page(request, "desk/policy_sets.html", context, here="policy")


@require_safe
def published_set(request: HttpRequest, number: int) -> HttpResponse:
    """One set, and what changed in it since another: the one before, unless asked otherwise."""
    access.scope_of(request)
    kept = PublishedSet.objects.select_related("by").filter(number=number).first()
    if kept is None:
        raise Http404
    earlier = PublishedSet.objects.filter(number__lt=number).order_by("-number")
    asked = request.GET.get("since", "")
    base = (
        earlier.filter(number=int(asked)).first() if asked.isdecimal() and len(asked) < 9 else earlier.first()
    )
    context = {
        "set": kept,
        "base": base,
        "earlier": list(earlier.values_list("number", flat=True)[:200]),
        "rows": len(sets.rows(kept)),
        "changes": sets.told(sets.changes(sets.rows(base), sets.rows(kept))) if base else [],
    }
    return frame.page(request, "desk/policy_set.html", context, here="policy")


@require_safe
def set_content(request: HttpRequest, number: int) -> HttpResponse:
    """The very bytes of a set."""
    access.scope_of(request)
    kept = PublishedSet.objects.filter(number=number).first()
    if kept is None:
        raise Http404
    response = HttpResponse(kept.content, content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="standards-{kept.number}.json"'
    return response


@require_POST
def publish(request: HttpRequest) -> HttpResponse:
    """Number the standards as they hold now."""
    made = acts.publish(
        by=access.account_of(request), on=clock.today(), note=request.POST.get("note", "")[:200]
    )
    messages.success(request, f"已发布第{made.number}版。")
    return redirect("desk:policy_set", number=made.number)
