"""In and out."""

from typing import Any

from django.contrib.auth import authenticate, login, logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from wenhou.base import clock, reader


@login_not_required
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Name and password; then to where one was going."""
    goal = request.POST.get("next") or request.GET.get("next", "")
    if request.method == "GET":
        return _form(request, {"goal": goal})
    username = request.POST.get("username", "").strip()
    account = authenticate(request, username=username, password=request.POST.get("password", ""))
    if account is None:
        wrong = "账号或密码不对。请核对后再试；连续五次不对，会锁住半小时。"
        return _form(request, {"goal": goal, "username": username, "wrong": wrong}, status=401)
    reader.ask_for(account.pk, on=clock.today())
    login(request, account)
    safe = url_has_allowed_host_and_scheme(goal, {request.get_host()}, require_https=request.is_secure())
    return redirect(goal if safe else resolve_url("desk:alerts"))


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """The session ends."""
    logout(request)
    return redirect("desk:sign_in")


def locked_out(request: HttpRequest, *given: Any, **named: Any) -> HttpResponse:
    """Too many wrong passwords."""
    wrong = "连续五次不对，这个账号已锁住半小时。不是您本人在试的话，请马上告诉管理员。"
    return _form(request, {"goal": "", "wrong": wrong, "locked": True}, status=429)


def _form(request: HttpRequest, context: dict[str, Any], status: int = 200) -> HttpResponse:
    return render(
        request, "desk/sign_in.html", {"username": "", "wrong": "", "locked": False, **context}, status=status
    )
