"""The law asked about one household, by machine: the document of `wenhou rules determine` as JSON, the same answer back.

Nothing is kept of what was asked. A key may ask about households within its division.
"""

from typing import Any

from django.http import HttpRequest
from ninja import Router

from wenhou.api.keys import KeyAuth
from wenhou.api.models import SourceKey
from wenhou.api.refusals import REFUSALS, Sentence
from wenhou.base.errors import NotAllowed, Refused
from wenhou.policy import answers
from wenhou.policy.applications import reader, strict
from wenhou.policy.applications.faults import ApplicationFault
from wenhou.policy.asking.determinations import determine
from wenhou.policy.telling import replies
from wenhou.policy.telling.trees import Why

WHY: dict[str, Why] = {"false": "", "0": "", "": "", "true": "brief", "1": "brief", "all": "all"}
MOST_TOLD = 20
"""People of whom every reason may be told in one answer, of some megabytes."""

router = Router(auth=KeyAuth(), tags=["认定"])


class Refusal(Sentence):
    """The same; faults: each thing to mend, where the document is at fault."""

    faults: list[str] = []


BODY = {
    "requestBody": {
        "required": True,
        "description": "一户：键和值见 docs/reference/household.md",
        "content": {"application/json": {"schema": {"type": "object", "additionalProperties": True}}},
    }
}


@router.post(
    "",
    response={200: dict[str, Any], **REFUSALS, 422: Refusal},
    summary="按规则认定一户",
    openapi_extra=BODY,
)
def ask(request: HttpRequest, why: str = "false") -> dict[str, Any]:
    """Body: one household as JSON, keys in Chinese or English. ?why=true brings what decided, ?why=all every reason."""
    told = WHY.get(why.lower())
    if told is None:
        raise Refused(
            "网址里的why读不懂：它只能是 true（起决定作用的理由）、all（全部理由）或 false；请改写。"
        )
    law = answers.declare()
    application = reader.read(strict.from_json(_body(request)), book=law)
    key: SourceKey = request.auth  # type: ignore[attr-defined]
    if told == "all" and len(application.people) > MOST_TOLD:
        raise Refused(f"why=all只答{MOST_TOLD}人以内的户：全部理由太长；请改用why=true，或用命令 --why-all。")
    if not application.place.startswith(key.division):
        raise NotAllowed(f"这把钥匙只能问{key.division}以内的家庭。")
    return replies.reply(determine(application, book=law), why=told)


@router.get("/menu", response={200: list[dict[str, str]], **REFUSALS}, summary="一类事一次办的43个事项")
def menu(request: HttpRequest) -> list[dict[str, str]]:
    """Codes, names, departments, for whom, and the name under which a package answers."""
    return replies.menu()


def _body(request: HttpRequest) -> bytes:
    """The body, unless it says it is larger than a household can be."""
    told = request.headers.get("content-length", "") or "0"
    if not (told.isascii() and told.isdigit()):
        raise Refused("请求头的Content-Length不是数：不知道正文有多长；请写正文的字节数。")
    if int(told) > strict.LIMIT:
        raise ApplicationFault((f"正文太大：一户不过几千字，上限{strict.LIMIT // 1024}KB；请只写这一户。",))
    return request.body
