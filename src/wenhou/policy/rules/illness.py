"""因病致贫重病患者: the line of what somebody paid, of which bills, and the limits of means nobody has published."""

from wenhou.engine import household, months, person, rule, unknown
from wenhou.policy import law
from wenhou.policy.rules import means, property

__all__ = ["means", "property"]


NINGXIA = "64"


@rule(person, law=law.OWN["口径"])
def has_paid_beyond_illness_line():
    """个人自付达到因病致贫门槛.

    2万元、3万元的门槛是宁夏的；他处没有查到，不知道。
    """
    return unknown


@rule(person, law=law.NINGXIA_ILLNESS["认定范围"], region=NINGXIA, name="has_paid_beyond_illness_line")
def has_paid_beyond_illness_line_in_ningxia(hospital_stays_self_paid_12m, medical_oop_line):
    """定点医院住院个人自付达到门槛."""
    return hospital_stays_self_paid_12m >= medical_oop_line


@rule(
    person,
    law=law.NINGXIA_ILLNESS["认定范围"],
    region=NINGXIA,
    since="2023-03-01",
    name="has_paid_beyond_illness_line",
)
def has_paid_beyond_widened_illness_line(
    out_of_pocket_this_year, inpatient_self_paid_12m, outpatient_self_paid_12m, medical_oop_line
):
    """年度个人自付达到门槛.

    定点医疗机构住院总费用与门诊慢特病。
    “2万元”取含本数；年度自付取本年度累计或近12个月住院、门诊慢特病合计，任一达到即是。起始日暂定2023-03-01。
    """
    bills = inpatient_self_paid_12m + outpatient_self_paid_12m
    return (out_of_pocket_this_year >= medical_oop_line) | (bills >= medical_oop_line)


@rule(household, law=law.NINGXIA_ILLNESS["收入财产"])
def is_income_within_illness_limit(
    family_income_12m_times_100,
    family_support_12m_times_100,
    family_support_12m_left_over,
    rigid_deduction_12m,
    illness_income_limit,
    family_size,
):
    """人均月收入不超过因病致贫限额.

    人均不先舍：按全家一年的数，连零头一起比。
    """
    income = family_income_12m_times_100 + family_support_12m_times_100 - rigid_deduction_12m * 100
    limit = months(12) * illness_income_limit * family_size * 100
    return (income < limit) | ((income == limit) & (family_support_12m_left_over == 0))


@rule(household, law=law.NINGXIA_ILLNESS["收入财产"])
def has_means_within_illness_limits(
    is_income_within_illness_limit, monetary_assets, illness_property_limit, family_size
):
    """收入财产符合因病致贫规定.

    限额未查到：没有当地限额的，至多是不知道。
    """
    return is_income_within_illness_limit & (monetary_assets <= illness_property_limit * family_size)


@rule(person, law=law.NINGXIA_ILLNESS["自付门槛"], determines=True)
def qualifies_for_illness_poverty(counts, has_paid_beyond_illness_line, has_means_within_illness_limits):
    """因病致贫重病患者.

    自付达到门槛且收入财产符合规定。
    """
    return counts & has_paid_beyond_illness_line & has_means_within_illness_limits
