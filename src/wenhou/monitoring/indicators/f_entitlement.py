"""Class F, second part: 政策落实与经办监督, what should have been paid, reviewed or ended."""

from wenhou.engine import household, month_of, months_after, person, rule, when
from wenhou.monitoring.indicators.watch import watch
from wenhou.policy import law
from wenhou.policy.law import of_items
from wenhou.policy.rules import family

__all__ = ["family"]


@watch(
    "F07",
    household,
    type="救不够",
    weight=40,
    headline="低保、特困已确认，{first_month_unpaid:月}应起发，当月没有成功发放",
    basis=("first_month_unpaid",),
    law=(law.DIBAO["21"], law.TEKUN["17"]),
    sources="SA-CASE SA-PAY",
    note="确认日取办件的决定日期；次月月末以后才判定，只看次月在近12个完整月内的；发放按收款人所在户、同一事项、"
    "同一月份；后来补发成功的不再报",
)
def first_month_is_unpaid(has_first_month_unpaid):
    """确认次月未发放."""
    return has_first_month_unpaid


@rule(household, unit="months", law=law.DIBAO["31"])
def registered_review_months(members, steady_review_months, unsteady_review_months):
    """核查周期（按档案登记的类别）."""
    return when(members.is_able_with_unsteady_income.any(), unsteady_review_months, steady_review_months)


@rule(person)
def is_review_overdue(is_dibao, is_tekun, last_review_on, registered_review_months, as_of):
    """低保、特困距上次核查超过周期."""
    return (is_dibao | is_tekun) & (months_after(last_review_on, registered_review_months) < as_of)


@rule(person, law=law.SPENDING["10"])
def is_spending_overdue(
    is_unavoidable_spending, spending_confirmed_on, is_spending_expired, spending_validity_months, as_of
):
    """刚性支出困难认定已过有效期，仍在册."""
    late = months_after(spending_confirmed_on, spending_validity_months) < as_of
    return is_unavoidable_spending & (is_spending_expired | late)


@rule(household, unit="date")
def overdue_review_on(members):
    """逾期未核查成员的上次核查日期（最早）."""
    return members.where(members.is_review_overdue).last_review_on.min()


@rule(household, unit="date")
def overdue_spending_confirmed_on(members):
    """过有效期的刚性支出困难认定日期（最早）."""
    return members.where(members.is_spending_overdue).spending_confirmed_on.min()


@watch(
    "F08",
    household,
    type="经办督办",
    weight=15,
    headline="[{overdue_review_on}核查后超过{registered_review_months}未核查]"
    "[刚性支出困难{overdue_spending_confirmed_on}认定，已过有效期]",
    basis=("overdue_review_on", "overdue_spending_confirmed_on"),
    law=(law.DIBAO["31"], law.SPENDING["10"]),
    sources="SA-ARCH",
    note="收入不固定且有劳动力＝档案中有低保C类成员的户；未核查过的自认定日期起算，任一成员逾期即报；"
    "刚性支出困难过了登记的有效期至，或认定满12个月，其一即逾期；到期前30日的提醒不生成预警",
)
def review_is_overdue(members):
    """定期核查或有效期逾期."""
    return members.is_review_overdue.any() | members.is_spending_overdue.any()


@rule(person, law=law.TEKUN["9"])
def has_child_allowance_beside_tekun(
    gets_orphan_allowance, gets_child_without_care_allowance, child_allowance_month, tekun_confirmed_on
):
    """享受特困的月份又领孤儿或事实无人抚养儿童保障."""
    gets = gets_orphan_allowance | gets_child_without_care_allowance
    return gets & (child_allowance_month > month_of(tekun_confirmed_on))


@rule(person, law=law.DISABILITY_ALLOWANCES["两项补贴"])
def has_disability_allowance_beside_tekun(
    gets_disability_living_allowance,
    gets_disability_care_allowance,
    disability_allowance_month,
    tekun_confirmed_on,
):
    """享受特困的月份又领残疾人两项补贴."""
    gets = gets_disability_living_allowance | gets_disability_care_allowance
    return gets & (disability_allowance_month > month_of(tekun_confirmed_on))


@watch(
    "F10",
    person,
    type="应退尽退",
    weight=25,
    headline="同月重复享受互斥待遇：特困与低保、儿童保障或残疾人两项补贴",
    basis=("enjoys_dibao", "has_child_allowance_beside_tekun", "has_disability_allowance_beside_tekun"),
    law=(law.TEKUN["9"], law.DISABILITY_ALLOWANCES["两项补贴"]),
    sources="SA-ARCH DI46 DI41",
    note="同月≥1月＝现在重复：享受＝在保且计入保障，家庭名单中不计入的不算；特困自认定次月起享受，津贴最近发放的月份"
    "在其后才算同月；两项补贴以民政发放记录为准，不看残疾人证",
)
def excluded_benefits_overlap(
    enjoys_dibao,
    enjoys_tekun,
    has_child_allowance_beside_tekun,
    has_disability_allowance_beside_tekun,
):
    """互斥待遇重复享受."""
    beside = has_child_allowance_beside_tekun | has_disability_allowance_beside_tekun
    return enjoys_tekun & (enjoys_dibao | beside)


@watch(
    "F11",
    person,
    type="应退尽退",
    weight=25,
    headline="同时在{supporting_counties}个县区在保",
    basis=("supporting_counties",),
    law=(law.DIBAO["4-5"],),
    sources="SA-ARCH",
    note="六类中状态为在保的都算，不问类别是否相同；只能看到送来档案的县区",
)
def is_supported_in_two_counties(supporting_counties):
    """跨区域重复在保."""
    return supporting_counties >= 2


@watch(
    "F12",
    household,
    type="救不够",
    weight=35,
    headline="{payment_failed_since}发放失败或退汇，超过{repayment_workdays}没有重发成功",
    basis=("payment_failed_since",),
    law=(law.DIBAO["25"], law.OWN["期限"]),
    sources="SA-PAY",
    note="状态失败、退汇都算；5个工作日自状态日期起算，当日不计，满后才报；同人同项同月后来成功的不再报",
)
def payment_has_failed(workdays_payment_failed, repayment_workdays):
    """发放失败退汇."""
    return workdays_payment_failed > repayment_workdays


@rule(person)
def was_owed_price_subsidy(
    enjoys_dibao,
    dibao_confirmed_on,
    enjoys_tekun,
    tekun_confirmed_on,
    gets_orphan_allowance,
    gets_child_without_care_allowance,
    child_allowance_since,
    price_month_unpaid,
):
    """联动启动月已是低保、特困、孤儿或事实无人抚养儿童."""
    gets = gets_orphan_allowance | gets_child_without_care_allowance
    poor = enjoys_dibao & (month_of(dibao_confirmed_on) < price_month_unpaid)
    tekun = enjoys_tekun & (month_of(tekun_confirmed_on) < price_month_unpaid)
    return poor | tekun | (gets & (child_allowance_since <= price_month_unpaid))


@watch(
    "F16",
    person,
    type="救不够",
    weight=25,
    headline="{price_month_unpaid:月}价格补贴联动启动，指数发布当月没有发放",
    basis=("price_month_unpaid",),
    law=(of_items.PRICE_LINKAGE["发放"], of_items.PRICE_LINKAGE["保障对象"]),
    sources="SA-ARCH SA-PAY SA-STD DI46",
    note="月份都是指数所属月，次月发布、次月末以后判定；只看近12个月；启动按省或地级市；低保、特困自认定次月起算在册，"
    "现仍享受的才看；孤儿、事实无人抚养儿童以民政发放记录为准；后来补发成功的不再报",
)
def price_subsidy_is_missing(has_price_month_unpaid, was_owed_price_subsidy, is_living):
    """价格临时补贴应发未发."""
    return has_price_month_unpaid & was_owed_price_subsidy & is_living
