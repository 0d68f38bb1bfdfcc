"""农业农村局 YL37: households watched lest they fall back into poverty."""

from wenhou.engine import household, rule, years
from wenhou.policy.items import BY_CODE
from wenhou.policy.law import of_items
from wenhou.policy.rules import groups, means

__all__ = ["groups", "means"]


@rule(household, law=of_items.RELAPSE_WATCH["对象"])
def is_poor_and_at_risk(annual_income_per_head, relapse_watch_line, is_at_risk_of_relapse):
    """低于监测范围且有风险.

    人均年纯收入低于监测范围，且有返贫致贫风险。
    监测范围由农业农村部门定，未查到：没有当地数的不知道。
    """
    return (annual_income_per_head < relapse_watch_line * years(1)) & is_at_risk_of_relapse


@rule(household, law=of_items.RELAPSE_WATCH["对象"])
def is_in_sudden_hardship(has_emergency, has_spending_surge):
    """突发严重困难.

    遭遇急难或支出突增。
    """
    return has_emergency | has_spending_surge


@rule(household, law=BY_CODE["YL37"].basis, determines=True)
def item_yl37(urban_rural, members, is_poor_and_at_risk, is_in_sudden_hardship):
    """防止返贫监测对象认定与帮扶.

    由农业农村部门认定，已在监测的只引用。
    """
    watched = members.is_watched_for_relapse.any()
    return (urban_rural == "农村") & (watched | is_poor_and_at_risk | is_in_sudden_hardship)
