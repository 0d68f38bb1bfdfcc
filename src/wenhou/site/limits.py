"""Too many requests are answered with 429, a sentence and Retry-After: by address before anything else is done for them, by
account once it is known who asks. A source's key is counted where it is read (api.keys).
"""

import ipaddress
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from wenhou.api import refusals as machines
from wenhou.base import limits
from wenhou.base.errors import TooMany
from wenhou.desk.views import refusals as people
from wenhou.staff.models import Account

NEIGHBOURS = 64
"""Bits of an IPv6 address that one subscriber has no choice in."""


class ByAddress:
    """The addresses of machines."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        wait = limits.ADDRESSES.wait(address(request), settings.WENHOU_LIMIT_ADDRESS)
        return too_many(request, TooMany("这个网络地址", wait)) if wait else self.get_response(request)


class ByAccount:
    """The accounts of staff, from wherever they ask."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not isinstance(request.user, Account):
            return self.get_response(request)
        wait = limits.ACCOUNTS.wait(str(request.user.pk), settings.WENHOU_LIMIT_ACCOUNT)
        return too_many(request, TooMany("这个账号", wait)) if wait else self.get_response(request)


def too_many(request: HttpRequest, refusal: TooMany) -> HttpResponse:
    """429, to people as a page."""
    if request.path.startswith("/api/"):
        response = machines.said(429, refusal.message)
    else:
        response = people.too_many(request, refusal.message)
    response["Retry-After"] = str(refusal.seconds)
    return response


def address(request: HttpRequest) -> str:
    """Whose request it is: the nearest address that is not one of our own proxies; of IPv6 the network."""
    told = request.META.get("REMOTE_ADDR", "")
    before = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    while told in settings.WENHOU_PROXIES and before and before[-1].strip():
        told = before.pop().strip()
    try:
        known = ipaddress.ip_address(told)
    except ValueError:
        return request.META.get("REMOTE_ADDR", "")
    if known.version == 4:
        return str(known)
    return str(ipaddress.ip_network((int(known), NEIGHBOURS), strict=False))
