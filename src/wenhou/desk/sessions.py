"""How long a session lasts, and what must be done before it may be used."""

from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode

from wenhou.base import clock
from wenhou.staff.models import Account

BEGAN, LAST, MUST = "began", "last", "must"
"""In a session: when it began and when it was last used (Unix seconds), and the page that comes before any other."""
EVERY = 60
"""Seconds after which use is noted anew."""
ALWAYS = ("desk:sign_out", "desk:sign_in")


def begin(sender: object, request: HttpRequest, **named: object) -> None:
    """Somebody has just signed in (user_logged_in)."""
    request.session[BEGAN] = request.session[LAST] = int(clock.instant().timestamp())


def first(request: HttpRequest, route: str) -> None:
    """This is to be done before anything else."""
    request.session[MUST] = route


def done(request: HttpRequest) -> None:
    """What had to come first is done."""
    request.session.pop(MUST, None)


class Sessions:
    """Ends sessions that nobody used for a while, or that are too old; leads to what must come first."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not isinstance(request.user, Account):
            return self.get_response(request)
        over = _is_over(request)
        if over:
            logout(request)
            messages.info(request, over)
            goal = {"next": request.get_full_path()} if request.method == "GET" else {}
            return _to("desk:sign_in", request, goal)
        must = request.session.get(MUST)
        if must and request.path not in {reverse(route) for route in (must, *ALWAYS)}:
            return _to(must, request, {})
        return self.get_response(request)


def _is_over(request: HttpRequest) -> str:
    """Why the session ends, '' where it goes on."""
    now = int(clock.instant().timestamp())
    began, last = request.session.get(BEGAN, 0), request.session.get(LAST, 0)
    if now - began > timedelta(hours=settings.WENHOU_SESSION_HOURS).total_seconds():
        return f"登录已满{settings.WENHOU_SESSION_HOURS}小时，请重新登录。"
    if now - last > timedelta(minutes=settings.WENHOU_IDLE_MINUTES).total_seconds():
        return f"{settings.WENHOU_IDLE_MINUTES}分钟没有操作，已经退出，请重新登录。"
    if now - last > EVERY:
        request.session[LAST] = now
    return ""


def _to(route: str, request: HttpRequest, query: dict[str, str]) -> HttpResponse:
    """There; also from within a page that asked for a part of itself."""
    goal = reverse(route) + (f"?{urlencode(query)}" if query else "")
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": reverse(route)})
    return HttpResponseRedirect(goal)
