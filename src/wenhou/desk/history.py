"""What happened to an alert, newest first, and what is to come."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from wenhou.monitoring.enums import AlertState
from wenhou.monitoring.models import Alert, AlertEvent
from wenhou.staff.models import Post
from wenhou.web import words


@dataclass(frozen=True)
class Line:
    """One line: when, what, in whose words; `next` while it has not happened."""

    when: str
    what: str
    note: str = ""
    next: bool = False


def lines(alert: Alert, events: Sequence[AlertEvent], posts: dict[int, Post]) -> list[Line]:
    """To come first, then what was done, latest first as given. `posts` are those the events name."""
    return [*_to_come(alert), *(_line(event, alert, posts) for event in events)]


def _to_come(alert: Alert) -> list[Line]:
    if alert.state == AlertState.CLOSED:
        return []
    if alert.state == AlertState.SNOOZED and alert.snoozed_until:
        return [Line(words.day(alert.snoozed_until), "暂缓到期，重新提醒", next=True)]
    step = {
        AlertState.WAITING: "派人上门",
        AlertState.ASSIGNED: "上门核实",
        AlertState.VERIFIED: "写明结果，办结",
    }[AlertState(alert.state)]
    return [Line(words.day(alert.due_on), "最迟答复", next=True), Line("还没有", step, next=True)]


def _line(event: AlertEvent, alert: Alert, posts: dict[int, Post]) -> Line:
    by = event.by.full_name if event.by else ""
    return Line(words.moment(event.at), _what(event, alert, by, posts), event.note)


def _what(event: AlertEvent, alert: Alert, by: str, posts: dict[int, Post]) -> str:
    detail: dict[str, Any] = event.detail
    post = posts.get(detail.get("post", 0))
    to = f"{post.account.full_name}（{post.get_role_display()}）" if post else ""
    match event.kind:
        case "dispatched":
            return f"{by or '系统'}派给{to}" if to else f"{by or '系统'}派出"
        case "visited":
            return f"{by}登记走访，{'见到本人' if detail.get('met') else '没有见到本人'}"
        case "snoozed":
            return f"{by}暂缓{_until(detail)}"
        case "woken" if by:
            return f"{by}提前恢复"
        case "returned":
            return "退回待派"
        case "aside":
            return f"{by}搁置这项指标{_until(detail) or '，直到依据变化'}"
        case "unaside":
            return f"{by}收回搁置"
        case "closed":
            return f"{by}办结：{detail.get('outcome', alert.outcome)}"
    return _of_a_run(event.kind, detail, alert)


def _of_a_run(kind: str, detail: dict[str, Any], alert: Alert) -> str:
    match kind:
        case "raised":
            return f"扫描算出{alert.indicator}，报出预警"
        case "woken":
            return "依据有变化，恢复办理" if "run" in detail else "暂缓到期，恢复"
        case "cleared":
            return "扫描发现原因已消失，自动销号"
        case "changed":
            return "扫描发现依据有变化"
    return kind


def _until(detail: dict[str, Any]) -> str:
    day = detail.get("until")
    return f"到{words.day(date.fromisoformat(day))}" if day else ""
