"""Class B, work: insurance that begins or ends, unemployment, refusals, posts that run out."""

from wenhou.engine import days_after, household, month_of, months_after, person, rule
from wenhou.engine import on_day as day
from wenhou.monitoring.indicators import b_income
from wenhou.monitoring.indicators.watch import watch
from wenhou.policy import law

__all__ = ["b_income"]


@rule(person)
def is_of_working_age(age, adult_age, elder_age):
    """18至59周岁."""
    return (age >= adult_age) & (age < elder_age)


@watch(
    "B02",
    person,
    type="应调尽调",
    weight=15,
    headline="最近核查后自{employer_insured_since}起单位参保缴费，连续{employer_insured_months}",
    basis=("employer_insured_since",),
    law=(law.DIBAO["17"], law.DIBAO["31"], law.OWN["阈值"]),
    sources="DI10 SA-ARCH",
    note="连续＝到上一完整月为止不断；“最近核查日后”＝首月在核查当月之后，核查时已在缴的不是新增；单位职工身份，任一险种",
)
def employer_insurance_is_new(
    is_dibao,
    is_near_dibao,
    is_unavoidable_spending,
    is_living,
    employer_insured_months,
    employer_insured_since,
    new_insurance_months,
    last_review_on,
):
    """新增单位参保缴费."""
    registered = is_dibao | is_near_dibao | is_unavoidable_spending
    lasting = employer_insured_months >= new_insurance_months
    return registered & is_living & lasting & (employer_insured_since > last_review_on)


@watch(
    "B05",
    person,
    type="主动发现",
    weight=30,
    headline="失业保险待遇{unemployment_benefits_end}期满，未再就业，可见人均月收入{visible_income_per_head}",
    basis=("unemployment_benefits_end", "visible_income_per_head"),
    law=(law.SAFETY_NET["二(一)"], law.OWN["口径"]),
    sources="DI16 DI10 DI14 DI02 SA-ARCH",
    note="期满月取失业保险金、失业补助金各月所载的最晚；缴费只看单位职工与灵活就业，居民养老缴费不说明就业",
)
def benefits_ended_without_work(
    is_out,
    is_of_working_age,
    has_unemployment_benefits_end,
    unemployment_benefits_end,
    months_after_benefits,
    has_insurance_after_benefits,
    is_employed,
    has_low_visible_income,
    as_of,
):
    """失业保险待遇期满未再就业."""
    due = months_after(unemployment_benefits_end, months_after_benefits) == month_of(day(as_of))
    ended = has_unemployment_benefits_end & due & ~has_insurance_after_benefits & ~is_employed
    return is_out & is_of_working_age & ended & has_low_visible_income


@rule(person, law=law.INTERIM_MEASURES["42-44"])
def is_expected_to_work(is_of_working_age, is_severely_disabled, school_stage, is_living):
    """18至59周岁、非重残、非在读."""
    return is_of_working_age & ~is_severely_disabled & (school_stage == "无") & is_living


@rule(person)
def is_long_unemployed(
    is_registered_unemployed,
    registered_unemployed_since,
    jobless_months,
    is_employed,
    has_employer_insurance_3m,
    as_of,
):
    """登记失业满6个月，没有就业登记、单位参保."""
    long = months_after(registered_unemployed_since, jobless_months) <= as_of
    return is_registered_unemployed & long & ~is_employed & ~has_employer_insurance_3m


@rule(household, unit="count")
def members_expected_to_work(members):
    """有劳动年龄、非重残、非在读的成员数."""
    return members.where(members.is_expected_to_work).count()


@watch(
    "B06",
    household,
    type="主动发现",
    weight=30,
    headline="劳动年龄成员{members_expected_to_work}名全部登记失业满{jobless_months}",
    basis=("members_expected_to_work",),
    law=(law.INTERIM_MEASURES["43"], law.OWN["阈值"]),
    sources="DI15 DI14 DI10 DI02 DI34 DI41 SA-ARCH",
    note="登记失业而又有在岗登记或近3个月单位参保的，不作失业；在读＝任一学段在读",
)
def nobody_in_family_works(household_category, members, members_expected_to_work):
    """零就业家庭."""
    watched = household_category.isin(["OUT", "BY", "GX"])
    jobless = members.where(members.is_expected_to_work).is_long_unemployed.all()
    return watched & (members_expected_to_work > 0) & jobless


@rule(person)
def has_lost_work(
    is_living, has_employer_insurance_4_12m, has_employer_insurance_3m, is_registered_unemployed
):
    """停保满3个月（此前9个月内有单位参保），或登记失业."""
    stopped = has_employer_insurance_4_12m & ~has_employer_insurance_3m
    return is_living & (stopped | is_registered_unemployed)


@rule(household, unit="count")
def members_who_lost_work(members):
    """停保或登记失业的成员数."""
    return members.where(members.has_lost_work).count()


@watch(
    "B07",
    household,
    type="应纳尽纳",
    weight=35,
    headline="成员停保或登记失业{members_who_lost_work}名，重算人均月收入{reckoned_income_per_head}，低于{dibao_standard}，{state_of_money}",
    basis=(
        "members_who_lost_work",
        "reckoned_income_per_head",
        "has_known_barred_goods",
        "state_of_money",
    ),
    law=(law.SAFETY_NET["三(三)"], law.DIBAO["9"]),
    sources="DI15 DI10 DI26 DI06 DI07 DI39 DI17 DI19 SA-ARCH",
    note="停保＝近3个完整月没有、第4至12个月有单位职工缴费；重算PCI同B10，失业前12个月内的工资仍计；"
    "部门记录有汽车、大型农机具、两套大房的不报；货币财产没有授权、银行未返回的标待核、不求值，已授权查明超限的不报",
)
def lost_work_drops_income_below_line(
    household_category,
    members_who_lost_work,
    is_below_dibao_without_known_money,
    has_known_barred_goods,
):
    """低收入家庭成员新失业后收入跌破."""
    watched = household_category.isin(["BY", "GX", "JC"])
    fits = is_below_dibao_without_known_money & ~has_known_barred_goods.fill(False)
    return watched & (members_who_lost_work > 0) & fits


@watch(
    "B08",
    person,
    type="主动发现",
    weight=30,
    headline="近3个月没有收入、没有失业待遇，此前9个月申报收入{earnings_after_tax_4_12m}",
    basis=("earnings_after_tax_3m", "earnings_after_tax_4_12m"),
    law=(law.SAFETY_NET["二(一)"],),
    sources="DI10 DI14 DI26 DI16 DI15 SA-ARCH",
    note="4-12个月前＝第4至12个完整月；未参保以没有失业待遇为据，不看缴费；OUT即未纳入低保",
)
def uninsured_jobless_without_income(
    is_out,
    is_of_working_age,
    earnings_after_tax_3m,
    unemployment_benefits_3m,
    is_employed,
    earnings_after_tax_4_12m,
):
    """未参保失业连续3个月无收入."""
    nothing = (earnings_after_tax_3m == 0) & (unemployment_benefits_3m == 0)
    return is_out & is_of_working_age & nothing & ~is_employed & (earnings_after_tax_4_12m > 0)


@watch(
    "B14",
    person,
    type="应调尽调",
    weight=15,
    headline="连续拒绝介绍工作{refusals_in_row}，达到{work_refusals}",
    basis=("refusals_in_row",),
    law=(law.DIBAO["34"], law.INTERIM_MEASURES["45"]),
    sources="DI15 SA-ARCH",
    note="有就业能力＝档案登记有劳动能力；次数取现仍登记的失业登记所载；是否有正当理由须核查，减停只及本人",
)
def work_was_refused(is_dibao, is_able_to_work, is_living, refusals_in_row, work_refusals):
    """连续3次无正当理由拒绝介绍工作."""
    return is_dibao & is_able_to_work & is_living & (refusals_in_row >= work_refusals)


@rule(person)
def is_public_post_ending(has_latest_post_ending, public_post_ends_on, post_end_days, as_of):
    """在岗的公益性岗位30日内到期."""
    soon = (public_post_ends_on >= as_of) & (public_post_ends_on <= days_after(day(as_of), post_end_days))
    return has_latest_post_ending & soon


@watch(
    "B15",
    person,
    type="应纳尽纳",
    weight=35,
    headline="公益性岗位[{public_post_ends_on}]到期，没有新的就业登记",
    basis=("public_post_ends_on", "has_latest_post_expired"),
    law=(law.INTERIM_MEASURES["42-44"], law.OWN["期限"]),
    sources="DI14 SA-ARCH",
    note="“无新DI14”＝开始日最晚的就业登记就是该公益性岗位；期满的不限多久以前；更早开始的其他登记不算新",
)
def public_post_runs_out(
    is_near_dibao,
    is_unavoidable_spending,
    is_relapse_watch,
    is_living,
    is_public_post_ending,
    has_latest_post_expired,
):
    """公益性岗位到期收入中断."""
    registered = is_near_dibao | is_unavoidable_spending | is_relapse_watch
    return registered & is_living & (is_public_post_ending | has_latest_post_expired)


@watch(
    "B16",
    person,
    type="应退尽退",
    weight=25,
    headline="近3个月机关事业养老缴费{public_insurance_months_3m}，仍在低保",
    basis=("public_insurance_months_3m",),
    law=(law.SAFETY_NET["一(一)身份"], law.OWN["口径"]),
    sources="DI10 DI26 SA-ARCH",
    note="不得以身份直接认定：只派核查，不自动停；工资（DI26）核查时查看",
)
def dibao_member_has_public_insurance(
    is_dibao, is_living, public_insurance_months_3m, public_insurance_months
):
    """机关事业参保人员在保."""
    return is_dibao & is_living & (public_insurance_months_3m >= public_insurance_months)
