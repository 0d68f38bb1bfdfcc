"""Class F, third part: 政策落实与经办监督, families who left, were refused or were never taken up."""

from wenhou.engine import household, months_after, person, rule
from wenhou.engine import on_day as day
from wenhou.monitoring.indicators import d_health, known_property
from wenhou.monitoring.indicators.watch import watch
from wenhou.policy import law
from wenhou.policy.law import of_items
from wenhou.policy.rules import family, income, lines

__all__ = ["d_health", "family", "income", "known_property", "lines"]


@rule(person, law=of_items.IDENTIFICATION["监测范围"])
def has_left_support_lately(
    has_left_support, left_support_on, months_watched_after_exit, is_dibao, is_tekun, is_living, as_of
):
    """退出低保、特困不满2年，现不在低保、特困."""
    first = months_after(day(as_of), -months_watched_after_exit)
    return has_left_support & (left_support_on >= first) & ~is_dibao & ~is_tekun & is_living


@rule(person)
def is_unemployed_again(
    is_registered_unemployed, registered_unemployed_since, unemployed_again_months, as_of
):
    """登记失业满3个月."""
    since = months_after(registered_unemployed_since, unemployed_again_months)
    return is_registered_unemployed & (since <= as_of)


@rule(person)
def pays_half_of_rural_income(
    out_of_pocket_this_year, monitored_income_percent, rural_disposable_income, is_living
):
    """本年度自付达到农村人均可支配收入的五成."""
    line = monitored_income_percent * rural_disposable_income
    return is_living & (out_of_pocket_this_year > 0) & (out_of_pocket_this_year * 100 >= line)


@rule(household, unit="date")
def left_support_lately_on(members):
    """成员退出低保、特困的日期（最近）."""
    return members.where(members.has_left_support_lately).left_support_on.max()


@rule(household)
def is_hard_up_again(has_low_visible_income, members):
    """收入低、自付重或登记失业."""
    jobless = (members.is_unemployed_again & members.is_living).any()
    return has_low_visible_income | members.pays_half_of_rural_income.any() | jobless


@watch(
    "F13",
    household,
    type="应纳尽纳",
    weight=35,
    headline="{left_support_lately_on}退出低保、特困，再度困难，可见人均月收入{visible_income_per_head}",
    basis=("left_support_lately_on", "visible_income_per_head", "is_hard_up_again"),
    law=(of_items.IDENTIFICATION["监测范围"], law.OWN["阈值"]),
    sources="SA-ARCH DI31 DI15 DI26",
    note="PCI未重新核算，以可见人均月收入代；自付、登记失业看户内任一在世成员，不相加；退出日期当月同日满24个月的仍算；"
    "本人已重新纳入低保、特困的不看",
)
def family_is_hard_up_after_exit(members, is_hard_up_again):
    """退出不满两年再度困难."""
    return members.has_left_support_lately.any() & is_hard_up_again


@rule(household)
def is_refused_lately(has_been_refused, refused_on, watched_after_refusal_months, as_of):
    """近24个月申请不予确认."""
    return has_been_refused & (refused_on >= months_after(day(as_of), -watched_after_refusal_months))


@rule(household)
def has_heavy_visible_spending(
    visible_income_12m, household_size, disposable_income, family_out_of_pocket, spending_share_percent
):
    """可见收入低于人均可支配收入，医疗自付超过其规定比例."""
    poor = visible_income_12m < disposable_income * household_size
    return poor & (family_out_of_pocket * 100 > spending_share_percent * visible_income_12m)


@watch(
    "F14",
    household,
    type="应纳尽纳",
    weight=35,
    headline="{refused_on}不予确认，重算可见人均月收入{visible_income_per_head}、家庭自付{family_out_of_pocket}，{state_of_money}",
    basis=(
        "refused_on",
        "visible_income_per_head",
        "has_heavy_visible_spending",
        "has_known_barred_goods",
        "state_of_money",
    ),
    law=(of_items.IDENTIFICATION["监测范围"], law.OWN["期限"]),
    sources="SA-CASE DI31 DI26 DI41 DI06 DI07 DI39 DI17 DI19 SA-ARCH",
    note="重算以可见收入代核算收入：低于1.5倍低保标准即满足低保或边缘，医疗自付占比超规定且低于人均可支配收入即满足刚性；"
    "残疾本身不改变三类的条件；财产没有授权的标待核、不求值，部门记录有汽车、大型农机具、两套大房，或已授权查明超过边缘"
    "货币限额的不报；已纳入四类的不看",
)
def refused_family_may_qualify(
    is_refused_lately,
    household_category,
    has_low_visible_income,
    has_heavy_visible_spending,
    has_known_barred_goods,
    has_known_money_above_near_limit,
):
    """未获批申请家庭情况变化."""
    covered = household_category.isin(["DB", "TK", "BY", "GX"])
    qualifies = has_low_visible_income | has_heavy_visible_spending
    too_much = has_known_barred_goods.fill(False) | has_known_money_above_near_limit.fill(False)
    return is_refused_lately & ~covered & qualifies & ~too_much


@rule(household)
def is_watched_family(members):
    """户内有农业农村部门监测中的在世成员."""
    return (members.is_watched_by_agriculture & members.is_living).any()


@watch(
    "F15",
    household,
    type="应纳尽纳",
    weight=35,
    headline="农业农村部门监测中，户内无人在低收入人口库",
    basis=("is_watched_family",),
    law=(law.SAFETY_NET["三(三)"],),
    sources="DI37 SA-ARCH",
    note="监测中的三类监测对象，脱贫户不是；户内任一在世成员在监测中即为监测户；随数据到达比对，不等季度",
)
def watched_family_is_not_on_register(is_watched_family, members):
    """防返贫监测对象未衔接入库."""
    return is_watched_family & ~members.is_on_register.any()
