"""Pages that say no: what is so, that nothing was lost, and the one way on."""

import errno
import logging
import secrets
import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from wenhou.desk import access, frame
from wenhou.divisions import queries as divisions

log = logging.getLogger(__name__)
FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
DISK_FULL, SOON = "53100", 10
"""PostgreSQL's word for a full disk; seconds after which a machine may ask again."""


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was too old or came from elsewhere."""
    return _blank(request, "页面打开得太久了", "刚才没有写入任何内容。请回到上一页，刷新后再试。", status=403)


def refused(request: HttpRequest, why: str, *, status: int) -> HttpResponse:
    """An action said no, with its own sentence."""
    return _blank(request, "这一步没有办成", f"{why}没有写入任何内容。", status=status)


def garbled(request: HttpRequest) -> HttpResponse:
    """What was sent holds characters that no text has. Asks neither session nor database: they may be garbled too."""
    context = {
        "what": "送来的内容里有认不出的字符",
        "why": "没有写入任何内容。请回到上一页，删掉从别处粘贴来的怪字符，再试一次。",
        "retry": "",
    }
    return render(request, "desk/refused.html", context, status=400)


def unreadable(request: HttpRequest) -> HttpResponse:
    """What no browser sends. Asks neither session nor database."""
    what, why = "这个请求读不懂", "没有写入任何内容。请从本系统的页面里重新操作；网址是手写的，请核对。"
    return render(request, "desk/refused.html", {"what": what, "why": why, "retry": ""}, status=400)


def too_many(request: HttpRequest, why: str) -> HttpResponse:
    """More than somebody may send. Asks neither session nor database."""
    context = {"what": "请求太多", "why": f"{why}没有写入任何内容。", "retry": ""}
    return render(request, "desk/refused.html", context, status=429)


SILENT = {
    403: ("没有权限", "这一步不向您开放。没有写入任何内容。"),
    405: ("这个网址不能这样用", "它只在页面的按钮里用，或者不收这种请求。没有写入任何内容。"),
}


def silent(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """A refusal without a word, with words."""
    what, why = SILENT.get(
        response.status_code, ("这个请求没有办成", "没有写入任何内容。请从页面里重新操作。")
    )
    told = render(
        request, "desk/refused.html", {"what": what, "why": why, "retry": ""}, status=response.status_code
    )
    for name in ("Allow", "Retry-After"):
        if name in response:
            told[name] = response[name]
    return told


def not_here(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Not within the reader's posts, or nowhere: the page does not say which."""
    if not request.user.is_authenticated:
        return _blank(request, "没有这个页面", "网址可能写错了，或者已经更换。", status=404)
    places = "、".join(divisions.lookup(access.scope_of(request).divisions).values())
    reach = f"您的岗位能看{places}。" if places else "您目前没有在任的岗位。"
    return _blank(request, "不在您的岗位范围内", f"{reach}要找的内容不在其中，或者编号写错了。", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """Something failed that should not: a number to quote, the same as in the log. What passes by itself, or when somebody
    makes room, is told as what it is (503)."""
    failure = sys.exc_info()[1]
    if isinstance(failure, Exception) and (said := passing(failure)):
        log.error("%s %s: %s", request.method, request.path, said[0])
        return _later(request, *said)
    number = f"E-{secrets.token_hex(3).upper()}"
    log.error("%s %s %s", number, request.method, request.path, exc_info=sys.exc_info())
    why = f"没有丢失任何记录。若再试仍不行，把编号{number}告诉管理员。"
    return _blank(request, "页面没有取到", why, status=500, retry=True)


def passing(failure: Exception) -> tuple[str, str] | None:
    """What is so and what to do, where the database is away or a disk is full; else None."""
    cause = getattr(failure.__cause__, "sqlstate", None) if isinstance(failure, OperationalError) else None
    if cause == DISK_FULL or (isinstance(failure, OSError) and failure.errno in FULL):
        return "服务器的磁盘满了", "这一次没有写入任何内容，请马上告诉运维，腾出地方后再试。"
    if isinstance(failure, OperationalError | InterfaceError):
        return "系统暂时连不上数据库", "请等一会儿再试。刚才提交的若已办成，再交同一页不会办两次。"
    return None


def _later(request: HttpRequest, what: str, why: str) -> HttpResponse:
    """Asks neither session nor database."""
    retry = request.get_full_path() if request.method == "GET" else ""
    response = render(request, "desk/refused.html", {"what": what, "why": why, "retry": retry}, status=503)
    response["Retry-After"] = str(SOON)
    return response


def _blank(request: HttpRequest, what: str, why: str, *, status: int, retry: bool = False) -> HttpResponse:
    context = {"what": what, "why": why, "retry": request.get_full_path() if retry else ""}
    if request.user.is_authenticated and status != 500:
        return frame.page(request, "desk/refused_within.html", context, status=status)
    return render(request, "desk/refused.html", context, status=status)
