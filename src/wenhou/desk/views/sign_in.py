"""In and out: a name and a password, then a code of the second factor."""

from typing import Any

from axes.handlers.proxy import AxesProxyHandler
from django.conf import settings
from django.contrib.auth import authenticate, login, logout
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.signals import user_login_failed
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from wenhou.base import clock, reader
from wenhou.base.identity import hide_numbers
from wenhou.desk import sessions
from wenhou.staff import passwords
from wenhou.staff.actions import factors
from wenhou.staff.models import Account

HALF = "half"
"""In a session: who has given the right password and not yet a code, where to, and until when (Unix seconds)."""
SECONDS_FOR_CODE = 300
LONGEST_NAME = 40
BACKEND = "wenhou.staff.backend.Accounts"


@login_not_required
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Name and password; then the code, or to where one was going."""
    goal = request.POST.get("next") or request.GET.get("next", "")
    if request.method == "GET":
        return _form(request, {"goal": goal})
    # No account is named by an identity number; typed here all the same, it is neither kept nor shown.
    username = hide_numbers(request.POST.get("username", "").strip()[:LONGEST_NAME])
    account = authenticate(request, username=username, password=request.POST.get("password", ""))
    if not isinstance(account, Account):
        wrong = "账号或密码不对。请核对后再试；连续五次不对，会锁住半小时。"
        return _form(request, {"goal": goal, "username": username, "wrong": wrong}, status=401)
    reader.ask_for(account.pk, on=clock.today())
    if account.factors.exists():
        until = int(clock.instant().timestamp()) + SECONDS_FOR_CODE
        request.session[HALF] = {"account": account.pk, "goal": goal, "until": until}
        return redirect("desk:second")
    return _let_in(request, account, goal)


@login_not_required
@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "POST"])
def second(request: HttpRequest) -> HttpResponse:
    """The code of an authenticator, or one from paper."""
    half = request.session.get(HALF) or {}
    account = _of_half(half)
    if account is None:
        request.session.pop(HALF, None)
        return redirect("desk:sign_in")
    if request.method == "GET":
        return render(request, "desk/second.html", {"account": account, "wrong": ""})
    named = {"username": account.username}
    if not AxesProxyHandler.is_allowed(request, named):
        return locked_out(request)
    if not factors.prove(account=account, code=request.POST.get("code", ""), at=clock.instant()):
        user_login_failed.send(sender=__name__, credentials=named, request=request)
        if not AxesProxyHandler.is_allowed(request, named):
            request.session.pop(HALF, None)
            return locked_out(request)
        wrong = "验证码不对。请用最新的六位数；用过的不能再用。"
        return render(request, "desk/second.html", {"account": account, "wrong": wrong}, status=401)
    request.session.pop(HALF, None)
    return _let_in(request, account, half["goal"])


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """The session ends."""
    logout(request)
    return redirect("desk:sign_in")


def locked_out(request: HttpRequest, *given: Any, **named: Any) -> HttpResponse:
    """Too many wrong passwords or codes."""
    wrong = "连续五次不对，这个账号已锁住半小时。不是您本人在试的话，请马上告诉管理员。"
    return _form(request, {"goal": "", "wrong": wrong, "locked": True}, status=429)


def _of_half(half: dict[str, Any]) -> Account | None:
    if half.get("until", 0) < clock.instant().timestamp():
        return None
    reader.ask_for(half["account"], on=clock.today())
    return Account.objects.filter(pk=half["account"], is_active=True).first()


def _let_in(request: HttpRequest, account: Account, goal: str) -> HttpResponse:
    login(request, account, backend=BACKEND)
    needs = settings.WENHOU_SECOND_FACTOR == "required" and not account.factors.exists()
    must = "desk:add_factor" if needs else "desk:password" if passwords.is_too_old(account) else ""
    if must:
        sessions.first(request, must)
    safe = url_has_allowed_host_and_scheme(goal, {request.get_host()}, require_https=request.is_secure())
    return redirect(goal if safe else resolve_url(must or "desk:alerts"))


def _form(request: HttpRequest, context: dict[str, Any], status: int = 200) -> HttpResponse:
    return render(
        request, "desk/sign_in.html", {"username": "", "wrong": "", "locked": False, **context}, status=status
    )
