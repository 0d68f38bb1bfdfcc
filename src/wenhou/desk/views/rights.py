"""What people ask about what is kept of them: the list by term, one request, and the copy that is given out."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from wenhou.base import clock
from wenhou.base.errors import NotAllowed, Refused, WenhouError
from wenhou.desk import access, frame, looks, reveals
from wenhou.desk.views import people, refusals
from wenhou.divisions import queries as divisions
from wenhou.staff import permits
from wenhou.staff.permits import Act
from wenhou.supervision.actions import requests
from wenhou.supervision.enums import Asker, RequestState, RightKind
from wenhou.supervision.models import PersonalRequest
from wenhou.supervision.personal import holdings, purposes

SHOWN_CLOSED_DAYS = 90
VERBS: dict[str, tuple[Callable[..., PersonalRequest], str, str]] = {
    "answer": (requests.answer, "said", "已答复，办结。"),
    "refuse": (
        requests.refuse,
        "because",
        "已写明不予办理的理由，办结。请把理由书面告知本人，并告知可以起诉。",
    ),
    "prolong": (requests.prolong, "because", "已延长。请把理由告知本人。"),
    "withdraw": (requests.withdraw, "said", "已记下本人撤回。"),
}
STATES = {
    RequestState.OPEN: "doing",
    RequestState.ANSWERED: "done",
    RequestState.REFUSED: "late",
    RequestState.WITHDRAWN: "unknown",
}


@require_safe
def rights(request: HttpRequest) -> HttpResponse:
    """Open ones by term, the most pressing first; then those closed lately."""
    scope, today = access.scope_of(request), clock.today()
    found = PersonalRequest.objects.filter(scope.q("division"))
    since = today - timedelta(days=SHOWN_CLOSED_DAYS)
    opened = list(found.filter(state=RequestState.OPEN).order_by("due_on", "number"))
    closed = list(found.filter(closed_on__gte=since).order_by("-closed_on", "-number"))
    names = divisions.lookup({one.division for one in (*opened, *closed)})
    context = {
        "opened": [_row(one, names) for one in opened],
        "closed": [_row(one, names) for one in closed],
        "days": SHOWN_CLOSED_DAYS,
    }
    return frame.page(request, "desk/rights.html", context, here="rights")


def _row(one: PersonalRequest, names: dict[str, str]) -> dict[str, Any]:
    left = (one.due_on - clock.today()).days
    return {
        "one": one,
        "place": names[one.division],
        "left": left,
        "late": f"已过{-left}天",
        "state": _state(one),
    }


def _state(one: PersonalRequest) -> tuple[str, str]:
    return STATES[RequestState(one.state)], one.get_state_display()


@require_POST
def take(request: HttpRequest, key: int) -> HttpResponse:
    """A request of this person is taken in, on their page."""
    people.seen(request, key)
    try:
        kind, asker = request.POST.get("kind", ""), request.POST.get("asker", "")
        if kind not in RightKind.values or asker not in Asker.values:
            raise Refused("请选择请求什么、由谁提出。")
        made = requests.take(
            kind=RightKind(kind),
            person=key,
            division=_place(request),
            asker=Asker(asker),
            shown=request.POST.get("shown", ""),
            wish=request.POST.get("wish", ""),
            by=access.account_of(request),
            on=clock.today(),
        )
    except WenhouError as refusal:
        return refusals.refused(request, refusal.message, status=looks.status(refusal))
    messages.success(request, f"已受理，{made.due_on:%Y年%-m月%-d日}前答复。", extra_tags="green")
    return redirect("desk:right", number=made.number)


def _place(request: HttpRequest) -> str:
    """The place of the reader's post that may answer: 12 digits."""
    for post in access.scope_of(request).posts:
        if Act.ANSWER_REQUEST in permits.PERMITS[post.role]:
            return post.division.ljust(12, "0")
    raise NotAllowed(f"不能{Act.ANSWER_REQUEST}：您的岗位没有这项权限，请转给县级经办员。")


@require_safe
def right(request: HttpRequest, number: str) -> HttpResponse:
    """One request."""
    return _page(request, _found(request, number))


def _found(request: HttpRequest, number: str) -> PersonalRequest:
    found = PersonalRequest.objects.filter(access.scope_of(request).q("division"), number=number)
    one = found.select_related("taken_by", "closed_by").first()
    if one is None:
        raise Http404
    return one


def _page(
    request: HttpRequest, one: PersonalRequest, *, refusal: WenhouError | None = None, verb: str = ""
) -> HttpResponse:
    scope = access.scope_of(request)
    context = {
        "one": one,
        "state": _state(one),
        "place": divisions.lookup({one.division})[one.division],
        "left": (one.due_on - clock.today()).days,
        "late": f"已过{(clock.today() - one.due_on).days}天",
        "may": permits.allows(scope, Act.ANSWER_REQUEST, one.division),
        "is_open": one.state == RequestState.OPEN,
        "gives_copy": one.kind in (RightKind.ACCESS, RightKind.COPY),
        "refusal": refusal,
        "opened": verb,
        "said": request.POST.get("said", ""),
        "shortest": requests.SHORTEST,
    }
    status = looks.status(refusal) if refusal else 200
    return frame.page(request, "desk/right.html", context, here="rights", status=status)


@require_POST
def act(request: HttpRequest, number: str, verb: str) -> HttpResponse:
    """Answer it, refuse it, prolong its term, or write down that it was withdrawn."""
    one = _found(request, number)
    if verb not in VERBS:
        raise Http404
    action, named, done = VERBS[verb]
    try:
        action(
            one.number,
            **{named: request.POST.get("said", "")},
            by=access.account_of(request),
            on=clock.today(),
        )
    except WenhouError as refusal:
        return _page(request, one, refusal=refusal, verb=verb)
    messages.success(request, done, extra_tags="green")
    return redirect("desk:right", number=one.number)


@require_POST
def copy(request: HttpRequest, number: str) -> HttpResponse:
    """What is kept of the person, to print and hand over. That it was opened is written down first."""
    one = _found(request, number)
    by, on = access.account_of(request), clock.today()
    try:
        permits.require(by, Act.ANSWER_REQUEST, one.division, on=on)
        if one.kind not in (RightKind.ACCESS, RightKind.COPY):
            raise Refused("这件请求不是查阅或复制，不出副本。")
        reveals.record(
            by=by,
            person=one.person,
            page=f"right:{one.number}",
            shown="identity",
            purpose="本人查阅、复制个人信息",
        )
    except WenhouError as refusal:
        return _page(request, one, refusal=refusal)
    context = {
        "one": one,
        "who": reveals.identity(one.person),
        "holdings": holdings.of(one.person, reader=access.scope_of(request), place=one.division),
        "on": on,
    }
    return render(request, "desk/right_copy.html", context)


@require_safe
@login_not_required
def notice(request: HttpRequest) -> HttpResponse:
    """What is kept of people, what for, and what they may ask: for everybody, without signing in (PIPL §17)."""
    return render(request, "desk/privacy.html", {"purposes": purposes.PURPOSES.values(), "on": clock.today()})
