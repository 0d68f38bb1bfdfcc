"""What can be seen of a household that applied: its supporters who live elsewhere are rows of it, and no members.

The watch, which knows no supporters, has the like in `income`.
"""

from wenhou.engine import household, person, rule
from wenhou.policy import law
from wenhou.policy.rules import income

__all__ = ["income"]


@rule(person)
def lives_here(is_living, is_supporter):
    """在世的本户成员（不住在一起的义务人不算）."""
    return is_living & ~is_supporter


@rule(household, unit="count")
def people_here(members):
    """本户人数（不含已死亡的和义务人）."""
    return members.where(members.lives_here).count()


@rule(household, unit="fen", law=law.DIBAO["13"], screen=True)
def seen_income_12m(members):
    """本户近12个月可见收入."""
    return members.where(members.lives_here).own_visible_income_12m.sum()


@rule(household, unit="fen/month", law=law.OWN["口径"], screen=True)
def seen_income_per_head(seen_income_12m, people_here):
    """本户可见人均月收入（舍至分，只用于筛查）."""
    return income.per_head(seen_income_12m, people_here)


@rule(household, law=law.OWN["阈值"], screen=True)
def has_low_seen_income(seen_income_12m, people_here, dibao_standard, near_dibao_percent):
    """本户可见人均月收入低于低保标准的1.5倍."""
    return income.is_low(seen_income_12m, people_here, dibao_standard, near_dibao_percent)
