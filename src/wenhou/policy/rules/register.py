"""Standing on the register, and disability in the words of the law."""

from wenhou.engine import household, person, rule
from wenhou.policy import law
from wenhou.policy.rules import people

__all__ = ["people"]


@rule(person)
def is_out(is_on_register, is_living):
    """不在低收入人口库的在世人员."""
    return ~is_on_register & is_living


@rule(household)
def is_household_out(on_register):
    """家庭不在低收入人口库."""
    return ~on_register


@rule(household)
def is_dibao_household(household_category):
    """在册低保家庭."""
    return household_category == "DB"


@rule(household)
def is_near_dibao_household(household_category):
    """在册低保边缘家庭."""
    return household_category == "BY"


@rule(person, law=law.DIBAO["8"])
def is_near_dibao_uncovered(is_near_dibao, is_near_dibao_household, is_dibao, is_living):
    """边缘家庭的在世成员，本人不在低保."""
    return (is_near_dibao | is_near_dibao_household) & ~is_dibao & is_living


@rule(person)
def is_aided(is_dibao, is_tekun, is_near_dibao, is_unavoidable_spending):
    """在册低保、特困、低保边缘或刚性支出困难."""
    return is_dibao | is_tekun | is_near_dibao | is_unavoidable_spending


@rule(person, law=law.DIBAO["8(一)"])
def is_gravely_disabled(is_severely_disabled, is_mentally_disabled_level_3):
    """残疾一二级，或智力、精神残疾三级."""
    return is_severely_disabled | is_mentally_disabled_level_3


@rule(person, law=law.SAFETY_NET["一(一)"])
def is_idle_and_severely_disabled(
    age, adult_age, is_severely_disabled, has_employer_insurance_6m, wages_6m, is_dibao, is_tekun, is_living
):
    """成年无业重度残疾人：残疾一二级，近6个月无单位参保且无工资所得，不在低保、特困."""
    idle = ~has_employer_insurance_6m & (wages_6m == 0)
    return (age >= adult_age) & is_severely_disabled & idle & ~is_dibao & ~is_tekun & is_living
