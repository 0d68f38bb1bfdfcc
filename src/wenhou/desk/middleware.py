"""Refusals become pages."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, QueryDict, UnreadablePostError

from wenhou.base.errors import NotAllowed, WenhouError
from wenhou.desk.views import refusals


def _garbled(request: HttpRequest) -> bool:
    """Whether what was sent holds a NUL, which no name, note or number has and the database cannot keep."""
    try:
        said: tuple[QueryDict, ...] = (request.GET, request.POST)
    except UnreadablePostError:  # the sender hung up; whoever needs the form meets it again
        said = (request.GET,)
    texts = (text for query in said for name, told in query.lists() for text in (name, *told))
    return any("\0" in text for text in (request.path, *request.COOKIES.values(), *texts))


class Refusals:
    """A sentence for people raised anywhere in a view is shown as a page: 403 where not allowed, else 409; what cannot
    be text at all is answered before any view with 400.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path.startswith("/api/") and _garbled(request):
            return refusals.garbled(request)
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, WenhouError) or request.path.startswith("/api/"):
            return None
        return refusals.refused(
            request, exception.message, status=403 if isinstance(exception, NotAllowed) else 409
        )
