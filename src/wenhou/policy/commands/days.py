"""A day as commands take it."""

from datetime import date

from wenhou.base.errors import Refused
from wenhou.policy.applications import days


def day(text: str) -> date:
    """The day. Raises Refused."""
    found = days.read(text)
    if found is None:
        raise Refused(f"“{text[:20]}”不是日期：历法上没有这样的一天；请写成 2025-10-15。")
    if not days.is_askable(found):
        raise Refused(f"“{text}”问得太远：只答{days.FIRST}年至{days.LAST}年；请核对年份。")
    return found
