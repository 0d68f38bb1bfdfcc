"""Accounts and posts: proposed by the system administrator, approved by the security administrator, seen by the audit's."""

from collections import defaultdict
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wenhou.base import clock
from wenhou.base.errors import NotAllowed, Refused, WenhouError
from wenhou.desk import frame, staff_page
from wenhou.desk.access import account_of
from wenhou.divisions import codes
from wenhou.staff import passwords
from wenhou.staff.actions import accounts, posts
from wenhou.staff.enums import DUTIES, Matter, Role

SYSTEM, SECURITY, AUDIT = Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR


@require_safe
def staff(request: HttpRequest) -> HttpResponse:
    """Everybody at work here, and what waits."""
    scope = staff_page.scope_of(request)
    said = request.GET.get("q", "").strip()[:40]
    found = staff_page.people(scope, said=said)
    context = {
        "people": found,
        "waiting": staff_page.waiting(found),
        "said": said,
        "most": staff_page.MOST,
        **_duties(request),
    }
    return frame.page(request, "desk/staff.html", context, here="staff")


@require_safe
def person(request: HttpRequest, key: int) -> HttpResponse:
    """One account: posts, what was lent, and what its administrators may do."""
    return _person(request, key)


@never_cache
@sensitive_variables("password")
@require_http_methods(["GET", "HEAD", "POST"])
def open_account(request: HttpRequest) -> HttpResponse:
    """A new account with a post that waits for approval; its first password is shown once."""
    staff_page.scope_of(request, SYSTEM)
    refusal, status, given = "", 200, request.POST
    if request.method == "POST":
        password = passwords.invent()
        try:
            post = accounts.propose_account(
                username=given.get("username", "").strip()[:40],
                full_name=given.get("full_name", "").strip()[:50],
                password=password,
                **_asked(request),
            )
        except WenhouError as why:
            refusal, status = why.message, 403 if isinstance(why, NotAllowed) else 409
        else:
            context = {"post": post, "password": password}
            return frame.page(request, "desk/staff_opened.html", context, here="staff")
    context = {**_form(request), "refusal": refusal}
    return frame.page(request, "desk/staff_open.html", context, here="staff", status=status)


@require_POST
def propose(request: HttpRequest, key: int) -> HttpResponse:
    """Another post for somebody, which waits for approval."""
    account = staff_page.person(key, staff_page.scope_of(request)).account

    def act() -> str:
        posts.propose(account=account, **_asked(request))
        return "已拟好，等安全管理员批准后生效。"

    return _answer(request, key, act, opened="propose")


@require_POST
def approve(request: HttpRequest, key: int) -> HttpResponse:
    """The post opens what it opens, with the matters ticked."""
    post = staff_page.post(key, staff_page.scope_of(request))

    def act() -> str:
        matters = staff_page.matters_of(request.POST)
        done = posts.approve(post=post, matters=matters, by=account_of(request), on=clock.today())
        return f"已批准：{done.account.full_name}，{done.get_role_display()}，专门事项：{staff_page.told(done.matters)}。"

    return _answer(request, post.account_id, act)


@require_POST
def end(request: HttpRequest, key: int) -> HttpResponse:
    """The post opens nothing from now on."""
    post = staff_page.post(key, staff_page.scope_of(request))

    def act() -> str:
        posts.revoke(post=post, by=account_of(request), on=clock.today())
        return f"已收回{post.account.full_name}的{post.get_role_display()}，手上的预警退回待派。"

    return _answer(request, post.account_id, act)


@require_POST
def close(request: HttpRequest, key: int) -> HttpResponse:
    """Somebody leaves."""
    account = staff_page.person(key, staff_page.scope_of(request)).account

    def act() -> str:
        accounts.close(account=account, by=account_of(request), on=clock.today())
        return f"{account.full_name}的账号已关闭：岗位、委托、会话、第二道验证、保管的钥匙都已作废，手上的预警退回待派。"

    return _answer(request, key, act)


def _answer(request: HttpRequest, key: int, act: Callable[[], str], *, opened: str = "") -> HttpResponse:
    """Do it and lead back to the account; refused, its page again with what was typed."""
    try:
        done = act()
    except WenhouError as refusal:
        status = 403 if isinstance(refusal, NotAllowed) else 409
        return _person(request, key, refusal=refusal.message, opened=opened, status=status)
    messages.success(request, done)
    return redirect("desk:staff_account", key=key)


def _person(
    request: HttpRequest, key: int, *, refusal: str = "", opened: str = "", status: int = 200
) -> HttpResponse:
    scope = staff_page.scope_of(request)
    found = staff_page.person(key, scope)
    context = {
        **_form(request),
        "person": found,
        "lent": staff_page.lent(found.account),
        "refusal": refusal,
        "opened": opened,
        "may_close": scope.administers(SYSTEM)
        and found.account.is_active
        and found.account != account_of(request),
    }
    return frame.page(request, "desk/staff_account.html", context, here="staff", status=status)


def _duties(request: HttpRequest) -> dict[str, Any]:
    scope = staff_page.scope_of(request)
    return {
        "system": scope.administers(SYSTEM),
        "security": scope.administers(SECURITY),
        "matters": Matter.choices,
    }


def _form(request: HttpRequest) -> dict[str, Any]:
    said: defaultdict[str, str] = defaultdict(str, {name: str(told) for name, told in request.POST.items()})
    return {
        **_duties(request),
        "roles": [(role.value, role.label, role in DUTIES) for role in Role],
        "said": said,
        "ticked": request.POST.getlist("matter"),
        "today": clock.today(),
    }


def _asked(request: HttpRequest) -> dict[str, Any]:
    """The post that a form asks for. Raises Refused."""
    given = request.POST
    if given.get("role") not in Role.values:
        raise Refused("请选岗位。")
    division = given.get("division", "").strip()
    until = given.get("until", "")
    return {
        "role": Role(given["role"]),
        "division": codes.prefix(division) if codes.is_code(division) else division[:12],
        "since": staff_page.day(given.get("since", ""), "第一天"),
        "until": staff_page.day(until, "最后一天") if until else None,
        "matters": staff_page.matters_of(given),
        "by": account_of(request),
        "on": clock.today(),
    }
