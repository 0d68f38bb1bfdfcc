"""The database is told who asks; refusals become pages."""

from collections.abc import Callable, Iterator

from django.http import (
    FileResponse,
    HttpRequest,
    HttpResponse,
    QueryDict,
    StreamingHttpResponse,
    UnreadablePostError,
)
from django.http.response import HttpResponseBase

from wenhou.base import reader
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


class Reader:
    """Whoever signs in, or sends a key, is whom the database is asked for; to the end of the answer and not beyond."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        # a path may hold what no text of the database can; it is refused further in
        reader.within(f"{request.method} {request.path}".replace("\0", ""))
        try:
            response = self.get_response(request)
        except BaseException:
            reader.take_back()
            raise
        if isinstance(response, StreamingHttpResponse) and not isinstance(response, FileResponse):
            response.streaming_content = _to_the_end(iter(response))
        else:
            reader.take_back()
        return response


def _to_the_end(pieces: Iterator[bytes]) -> Iterator[bytes]:
    try:
        yield from pieces
    finally:
        reader.take_back()


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
