"""Which acts each role may do. One small table; the place an act reaches to is the post's own.

Seeing is `staff.queries.visible_to`; doing needs a post whose role permits the act at that place.
"""

from datetime import date
from enum import StrEnum

from wenhou.base import reader
from wenhou.base.errors import NotAllowed
from wenhou.staff.enums import Role
from wenhou.staff.models import Account
from wenhou.staff.queries import Scope, visible_to


class Act(StrEnum):
    """What somebody does, as the refusal names it."""

    DISPATCH = "派单"
    VISIT = "登记走访"
    CLOSE = "销号"
    SNOOZE = "暂缓"
    SET_ASIDE = "搁置指标"
    RUN = "运行监测"
    EXPORT = "导出"
    REVEAL = "查看完整信息"
    DELIVER = "接入数据"
    PROPOSE_STANDARD = "拟标准"
    APPROVE_STANDARD = "批标准"
    IDENTIFY = "认定是不是同一人"
    ANSWER_REQUEST = "办理个人信息请求"


_OFFICER = frozenset({Act.DISPATCH, Act.VISIT, Act.CLOSE, Act.SNOOZE, Act.EXPORT, Act.REVEAL, Act.IDENTIFY})

PERMITS: dict[str, frozenset[Act]] = {
    Role.VILLAGE_ASSISTANT: frozenset({Act.VISIT, Act.REVEAL}),
    Role.TOWN_OFFICER: _OFFICER,
    Role.COUNTY_OFFICER: _OFFICER | {Act.RUN, Act.SET_ASIDE, Act.ANSWER_REQUEST},
    Role.ANALYST: frozenset({Act.EXPORT}),
    Role.AUDITOR: frozenset({Act.EXPORT}),
    Role.EXCHANGE_OPERATOR: frozenset({Act.DELIVER, Act.RUN}),
    Role.POLICY_OFFICER: frozenset({Act.PROPOSE_STANDARD, Act.APPROVE_STANDARD, Act.EXPORT}),
}


def allows(scope: Scope, act: Act, place: str, *, wall: str = "") -> bool:
    """Whether a post in the scope permits the act at a place (12 digits, or a prefix; '' is everywhere), behind a wall too."""
    return any(
        act in PERMITS[post.role] and place.startswith(post.division) and (not wall or wall in post.matters)
        for post in scope.posts
    )


def require(account: Account, act: Act, place: str, *, on: date, wall: str = "") -> Scope:
    """The account's scope on a day, if one of its posts permits the act at the place, behind a wall too. Raises NotAllowed."""
    scope = visible_to(account, on=on)
    if allows(Scope(tuple(post for post in scope.posts if not post.lender)), act, place, wall=wall):
        return scope
    for post in scope.posts:
        if post.lender_id and allows(Scope((post,)), act, place, wall=wall):
            reader.on_behalf(f"受账号{post.lender_id}委托")
            return scope
    if not scope.covers(place) or not scope.opens(wall, place):
        raise NotAllowed(f"不能{act}：{scope.reason(place, wall)}。")
    raise NotAllowed(f"不能{act}：您在这个地方的岗位没有这项权限，请转给经办员。")
