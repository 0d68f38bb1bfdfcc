"""疑似同一人: records that may mean somebody, side by side with whom, for somebody to decide."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from wenhou.base import clock
from wenhou.base.errors import WenhouError
from wenhou.desk import access, frame, looks, reasons
from wenhou.desk import doubts as pairs
from wenhou.linkage import queries
from wenhou.linkage.actions import identities
from wenhou.linkage.models import IdentityDoubt, Mention
from wenhou.staff.queries import Scope
from wenhou.web import numbers

REASONS = ("入户看过户口本", "当面问过本人", "电话问过本人", "报送单位核对过原件", "派出所核对过")


@require_safe
def doubts(request: HttpRequest) -> HttpResponse:
    """The queue, the likeliest first."""
    scope, on = access.scope_of(request), clock.today()
    rows = [
        {
            "said": one,
            "title": pairs.title(one.mention),
            "likely": pairs.likely(one.bits),
            "source": reasons.contract_name(one.mention.source),
        }
        for one in queries.waiting(scope=scope)
    ]
    context = {"rows": rows, "counts": queries.counts(scope=scope, on=on), "most": queries.MOST_SHOWN}
    return frame.page(request, "desk/doubts.html", context, here="doubts")


@require_safe
def decided(request: HttpRequest) -> HttpResponse:
    """What was decided and taken back, by whom and why."""
    scope = access.scope_of(request)
    rows = [
        {"said": one, "title": pairs.title(one.mention), "source": reasons.contract_name(one.mention.source)}
        for one in queries.decided(scope=scope)
    ]
    return frame.page(request, "desk/doubts_decided.html", {"rows": rows}, here="doubts")


@require_safe
def doubt(request: HttpRequest, key: int) -> HttpResponse:
    """One record beside the people it may mean."""
    return _render(request, _find(key, access.scope_of(request)))


@require_POST
def decide(request: HttpRequest, key: int) -> HttpResponse:
    """They are one, or not; then the next record comes up."""
    scope = access.scope_of(request)
    doubts = _find(key, scope)
    found, person = doubts[0].mention, _person(request, doubts)
    same = request.POST.get("same", "")
    following = _beside(key, queries.queue(scope=scope))["next"]
    try:
        if same not in ("yes", "no"):
            return _refused(request, doubts, "请选择是不是同一人。", 409)
        identities.decide(
            mention=found,
            person=person,
            same=same == "yes",
            reason=request.POST.get("reason", ""),
            by=access.account_of(request),
            on=clock.today(),
        )
    except WenhouError as refusal:
        return _refused(request, doubts, refusal.message, looks.status(refusal))
    messages.success(request, _said(same == "yes", found), extra_tags="green")
    still = IdentityDoubt.objects.filter(scope.q("division"), mention=found, closed_on=None).exists()
    return redirect(reverse("desk:doubt", args=[found.pk]) if still else following or reverse("desk:doubts"))


@require_POST
def take_back(request: HttpRequest, key: int) -> HttpResponse:
    """The last word on a pair is taken back."""
    scope = access.scope_of(request)
    doubts = _find(key, scope)
    found, person = doubts[0].mention, _person(request, doubts)
    reason = request.POST.get("reason", "")
    try:
        identities.take_back(
            mention=found, person=person, reason=reason, by=access.account_of(request), on=clock.today()
        )
    except WenhouError as refusal:
        return _refused(request, doubts, refusal.message, looks.status(refusal))
    messages.success(request, "已撤回，记录会重新认人；已装入的行会撤出来。", extra_tags="green")
    return redirect("desk:doubt", key=found.pk)


def _said(same: bool, mention: Mention) -> str:
    if not same:
        return "已记下：不是同一人，以后不再提。"
    lines = mention.sightings.count()
    return f"已认定是同一人，{lines}行随后装入。" if lines else "已认定是同一人。"


def _find(key: int, scope: Scope) -> list[IdentityDoubt]:
    """A record beside those in sight whom it may mean; one that means nobody in sight is not there."""
    found = queries.candidates(mention=key, scope=scope)
    if not found:
        raise Http404
    return found


def _person(request: HttpRequest, doubts: list[IdentityDoubt]) -> int:
    """The candidate that was meant; anybody else is not there."""
    number = numbers.whole(request.POST.get("person", ""))
    if number not in {one.person for one in doubts}:
        raise Http404
    assert number is not None
    return number


def _beside(key: int, queue: list[int]) -> dict[str, str]:
    """The addresses of the records before and after in the queue; '' where there is none."""
    at = queue.index(key) if key in queue else -1
    before = queue[at - 1] if at > 0 else None
    after = next((other for other in queue[at + 1 :]), None)
    return {
        name: reverse("desk:doubt", args=[other]) if other is not None else ""
        for name, other in (("before", before), ("next", after))
    }


def _refused(request: HttpRequest, doubts: list[IdentityDoubt], why: str, status: int) -> HttpResponse:
    said = {name: request.POST.get(name, "") for name in ("person", "same", "reason")}
    return _render(request, doubts, refusal=why, said=said, status=status)


def _render(
    request: HttpRequest,
    doubts: list[IdentityDoubt],
    *,
    refusal: str = "",
    said: dict[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    scope, on = access.scope_of(request), clock.today()
    mention = doubts[0].mention
    history = queries.decisions(mention=mention)
    people = pairs.candidates(doubts, history, scope, on=on)
    if shown := [one.person for one in people if one.may_decide]:
        looks.keep(request, shown, page=f"doubt:{mention.pk}")
    queue = queries.queue(scope=scope)
    context: dict[str, Any] = {
        "mention": mention,
        "source": reasons.contract_name(mention.source),
        "title": pairs.title(mention),
        "people": people,
        "lines": pairs.lines(mention, scope),
        "reasons": REASONS,
        "shortest": identities.SHORTEST,
        "history": history,
        "waiting": len(queue),
        "refusal": refusal,
        "said": said or {},
        **_beside(mention.pk, queue),
    }
    return frame.page(request, "desk/doubt.html", context, here="doubts", status=status)
