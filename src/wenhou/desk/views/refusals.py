"""Pages that say no: what was refused, that nothing was lost, and the one way on."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was too old or came from elsewhere."""
    return render(
        request,
        "desk/refused.html",
        {"why": "页面打开太久，已经失效。请刷新后再试，刚才没有写入任何内容。"},
        status=403,
    )
