"""No answer of ours is without a sentence: what a framework refuses in English or in silence is said in Chinese, to people
as a page, to machines as JSON.
"""

import logging
import secrets
import sys
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from wenhou.api import refusals as machines
from wenhou.desk.views import refusals as people

log = logging.getLogger(__name__)
API = "/api/"


class InOurWords:
    """Stands outside of whatever refuses without asking us."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        is_machine = request.path.startswith(API)
        if is_machine and ("\0" in request.path or "%00" in request.META.get("QUERY_STRING", "")):
            return machines.said(400)
        response = self.get_response(request)
        if response.status_code < 400 or not isinstance(response, HttpResponse):
            return response
        if is_machine:
            return machines.in_our_words(response)
        return response if response.content else people.silent(request, response)


def unreadable(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: a host that is not ours, a form that is none, more fields than a form has."""
    return machines.said(400) if request.path.startswith(API) else people.unreadable(request)


def not_here(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404."""
    return machines.said(404) if request.path.startswith(API) else people.not_here(request, exception)


def broken(request: HttpRequest) -> HttpResponse:
    """500: a number to quote, the same as in the log; 503 where a database that is away or a full disk is the reason."""
    if not request.path.startswith(API):
        return people.broken(request)
    failure = sys.exc_info()[1]
    if isinstance(failure, Exception) and (told := people.passing(failure)):
        log.error("%s %s: %s", request.method, request.path, told[0])
        response = machines.said(503, "。".join(told))
        response["Retry-After"] = str(people.SOON)
        return response
    number = f"E-{secrets.token_hex(3).upper()}"
    log.error("%s %s %s", number, request.method, request.path, exc_info=sys.exc_info())
    return machines.said(500, f"{machines.SENTENCES[500][:-1]}，编号{number}。")
