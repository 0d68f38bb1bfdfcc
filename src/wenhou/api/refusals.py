"""What a machine is told where no door of ours has answered: JSON with one Chinese sentence, whatever went wrong."""

from typing import Any

from django.http import HttpResponse, JsonResponse
from ninja import Schema

SENTENCES = {
    400: "请求读不懂：请求头、表单或网址的写法不对。没有写入任何内容，请照接口说明改写后再发。",
    403: "没有权限。没有写入任何内容。",
    404: "没有这个接口，网址可能写错了。",
    405: "这个接口不收这种请求方法，请照接口说明改用别的方法。",
    413: "请求太大，没有收下。",
    429: "请求太多，没有处理，请稍后再试。",
    500: "系统出错了，这一次没有写入任何内容；请稍后再试，仍不行请告诉管理员。",
}


class Sentence(Schema):
    """One sentence on why not."""

    error: str


REFUSALS: dict[Any, Any] = dict.fromkeys((400, 401, 403, 404, 422, 429), Sentence)
"""What any door may answer, for its description."""
KEPT = ("Allow", "Retry-After", "WWW-Authenticate")


def said(status: int, sentence: str = "") -> HttpResponse:
    """The answer of this status; its usual sentence where none is given."""
    told = sentence or SENTENCES.get(status, SENTENCES[400 if status < 500 else 500])
    return JsonResponse({"error": told}, status=status, json_dumps_params={"ensure_ascii": False})


def in_our_words(response: HttpResponse) -> HttpResponse:
    """A refusal that somebody else wrote, in our words; every other answer as it is."""
    if response.status_code < 400 or response.get("Content-Type", "").startswith("application/json"):
        return response
    told = said(response.status_code)
    for name in KEPT:
        if name in response:
            told[name] = response[name]
    return told
