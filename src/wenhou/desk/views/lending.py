"""One's own posts lent to a colleague, and taken back."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from wenhou.base import clock
from wenhou.base.errors import NotAllowed, Refused, WenhouError
from wenhou.desk import access, frame, staff_page
from wenhou.desk.access import account_of
from wenhou.divisions import queries as divisions
from wenhou.staff.actions import delegations
from wenhou.staff.enums import Matter
from wenhou.staff.models import Account, Delegation, Post


@require_http_methods(["GET", "HEAD", "POST"])
def lending(request: HttpRequest) -> HttpResponse:
    """What is lent and borrowed, and the form that lends."""
    refusal, status = "", 200
    if request.method == "POST":
        try:
            made = _lend(request)
        except WenhouError as why:
            refusal, status = why.message, 403 if isinstance(why, NotAllowed) else 409
        else:
            messages.success(request, f"已委托{made.borrower.full_name}，{made.until:%Y-%m-%d}以后自动停止。")
            return redirect("desk:lending")
    context = {
        "own": _own(request),
        "may_take_back": False,
        "lent": staff_page.lent(account_of(request)),
        "matters": _matters(request),
        "today": clock.today(),
        "refusal": refusal,
        "said": {
            name: str(request.POST.get(name, "")) for name in ("post", "to", "since", "until", "reason")
        },
        "ticked": request.POST.getlist("matter"),
        "shortest": delegations.SHORTEST_REASON,
    }
    return frame.page(request, "desk/lending.html", context, status=status)


@require_POST
def take_back(request: HttpRequest, key: int) -> HttpResponse:
    """It ends now."""
    found = Delegation.objects.select_related("borrower").filter(pk=key).first()
    scope = access.scope_of(request)
    if found is None or not (found.lender_id == account_of(request).pk or scope.duties):
        raise Http404
    delegations.take_back(delegation=found, by=account_of(request), on=clock.today())
    messages.success(request, f"已收回对{found.borrower.full_name}的委托。")
    return redirect("desk:staff_account", key=found.lender_id) if scope.duties else redirect("desk:lending")


def _own(request: HttpRequest) -> list[dict[str, Any]]:
    several = [post for post in access.scope_of(request).posts if not post.lender]
    names = divisions.lookup({post.division for post in several})
    return [
        {"post": post, "place": names[post.division], "matters": staff_page.told(post.matters)}
        for post in several
    ]


def _matters(request: HttpRequest) -> list[tuple[str, str]]:
    """Those that any post of one's own has: there is no more to lend."""
    own = {matter for post in access.scope_of(request).posts if not post.lender for matter in post.matters}
    return [(value, str(label)) for value, label in Matter.choices if value in own]


def _lend(request: HttpRequest) -> Delegation:
    given = request.POST
    to = Account.objects.filter(username=given.get("to", "").strip()[:40], is_active=True).first()
    if to is None:
        raise Refused("没有这个账号，请写同事的账号名。")
    key = given.get("post", "")
    post = (
        Post.objects.filter(pk=int(key)).first()
        if key.isascii() and key.isdigit() and len(key) < 19
        else None
    )
    if post is None:
        raise Refused("请选要委托的岗位。")
    return delegations.lend(
        post=post,
        to=to,
        matters=staff_page.matters_of(given),
        since=staff_page.day(given.get("since", ""), "第一天"),
        until=staff_page.day(given.get("until", ""), "最后一天"),
        reason=given.get("reason", ""),
        by=account_of(request),
        on=clock.today(),
    )
