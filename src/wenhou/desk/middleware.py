"""Refusals become pages."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from wenhou.base.errors import NotAllowed, WenhouError
from wenhou.desk.views import refusals


class Refusals:
    """A sentence for people raised anywhere in a view is shown as a page: 403 where not allowed, else 409."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, WenhouError) or request.path.startswith("/api/"):
            return None
        return refusals.refused(
            request, exception.message, status=403 if isinstance(exception, NotAllowed) else 409
        )
