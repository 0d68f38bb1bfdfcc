"""Class B: 收入与就业变化. What families receive; work, and what follows its end, stands in `b_jobs`."""

from wenhou.engine import greatest, household, month_of, months, person, rule, when
from wenhou.monitoring.indicators import known_property
from wenhou.monitoring.indicators.watch import watch
from wenhou.policy import law
from wenhou.policy.rules import verified

__all__ = ["known_property", "verified"]


@rule(household)
def has_single_person_dibao(members):
    """有成员单人保."""
    return members.is_single_person_dibao.any()


@watch(
    "B01",
    household,
    type="应退尽退",
    weight=25,
    headline="核算人均月收入{verified_income_per_head}、上一核算月{verified_income_per_head_before}，低保标准{dibao_standard}",
    basis=("verified_income_per_head", "verified_income_per_head_before"),
    law=(law.DIBAO["13"], law.DIBAO["31"], law.DIBAO["33"]),
    sources="DI26 DI11 DI12 DI13 DI16 DI22 DI38 DI40 SA-ARCH DI29 DI30 DI31 DI34 DI42",
    note="核算月的收入为其前12个完整月的月均（facts §2.1），连续2个核算月＝截至上一完整月与再前一月各算一次都达到；"
    "只计部门记录，申报收入不计；高龄津贴不在来源内，不计；公积金缴存（DI22）、医疗救助累计（DI31）、学籍（DI34）只作旁证；"
    "刚性支出只扣残疾、重病成员的医疗个人负担与康复，教育、生活不扣；就业致超标的先转渐退，只派核查，不自动停",
)
def verified_income_exceeds_line(
    is_dibao_household,
    has_single_person_dibao,
    verified_income_per_head,
    verified_income_per_head_before,
    exit_income_percent,
    dibao_standard,
):
    """核算人均收入超低保标准."""
    line = exit_income_percent * dibao_standard
    now, before = verified_income_per_head * 100 >= line, verified_income_per_head_before * 100 >= line
    return is_dibao_household & ~has_single_person_dibao & now & before


@rule(person)
def has_employee_pension_since_review(has_employee_pension, employee_pension_started_on, last_review_on):
    """最近核查月之后起发职工养老金."""
    return has_employee_pension & (employee_pension_started_on > month_of(last_review_on))


@rule(person)
def has_resident_pension_since_review(
    has_new_resident_pension, resident_pension_first_paid_on, last_review_on
):
    """最近核查月之后首发居民养老待遇."""
    return has_new_resident_pension & (resident_pension_first_paid_on > month_of(last_review_on))


@rule(person, unit="fen/month")
def new_employee_pension(has_employee_pension_since_review, employee_pension_latest):
    """核查后新领的职工养老金月额."""
    return when(has_employee_pension_since_review, employee_pension_latest, 0)


@rule(person, unit="fen/month")
def new_resident_pension(has_resident_pension_since_review, resident_pension_net_latest):
    """核查后新领的居民养老金月额（中央基础养老金不计）."""
    return when(has_resident_pension_since_review, resident_pension_net_latest, 0)


@watch(
    "B03",
    person,
    type="应调尽调",
    weight=15,
    headline="最近核查后新领[职工养老金{new_employee_pension}][居民养老金{new_resident_pension}]，档案没有该项",
    basis=("new_employee_pension", "new_resident_pension", "has_archived_pension"),
    law=(law.DIBAO["13"], law.DIBAO["31"], law.OWN["阈值"]),
    sources="DI11 DI12 SA-ARCH",
    note="“首发即报；差额≥50元/月才派单”读作差额达到才生成预警；档案没有该项，差额即最近一月的应计金额，中央基础养老金不计；"
    "居民养老待遇的首发看近12个月内，其前一月没有发放；档案该项＝收入项“养老金”",
)
def pension_is_new(
    is_on_register,
    is_living,
    new_employee_pension,
    new_resident_pension,
    new_pension_line,
    has_archived_pension,
):
    """新增领取养老金."""
    new = (new_employee_pension >= new_pension_line) | (new_resident_pension >= new_pension_line)
    return is_on_register & is_living & new & ~has_archived_pension


@watch(
    "B04",
    person,
    type="应调尽调",
    weight=15,
    headline="领取失业待遇，档案转移性收入没有失业金",
    basis=("unemployment_benefit_months", "has_archived_unemployment_benefit"),
    law=(law.DIBAO["13"], law.DIBAO["31"]),
    sources="DI16 SA-ARCH",
    note="“当月”＝上一完整月或扫描月；三种失业待遇都算；档案失业金＝收入项“失业保险金”",
)
def unemployment_benefit_is_uncounted(
    is_on_register,
    is_living,
    unemployment_benefit_months,
    uncounted_benefit_months,
    has_archived_unemployment_benefit,
):
    """领取失业保险金未计收入."""
    received = unemployment_benefit_months >= uncounted_benefit_months
    return is_on_register & is_living & received & ~has_archived_unemployment_benefit


@rule(person, unit="fen", screen=True)
def own_visible_income_3m(
    earnings_after_tax_3m,
    employee_pension_3m,
    resident_pension_net_3m,
    periodic_benefits_3m,
    unemployment_benefits_3m,
):
    """本人近3个月按月可见收入."""
    pensions = employee_pension_3m + resident_pension_net_3m
    return earnings_after_tax_3m + pensions + periodic_benefits_3m + unemployment_benefits_3m


@rule(person, unit="fen", screen=True)
def own_visible_income_4_15m(
    earnings_after_tax_4_15m,
    employee_pension_4_15m,
    resident_pension_net_4_15m,
    periodic_benefits_4_15m,
    unemployment_benefits_4_15m,
):
    """本人第4至15个月按月可见收入."""
    pensions = employee_pension_4_15m + resident_pension_net_4_15m
    return earnings_after_tax_4_15m + pensions + periodic_benefits_4_15m + unemployment_benefits_4_15m


@rule(household, unit="fen", screen=True)
def visible_income_3m(members):
    """家庭近3个月按月可见收入."""
    return members.where(members.is_living).own_visible_income_3m.sum()


@rule(household, unit="fen", screen=True)
def visible_income_4_15m(members):
    """家庭第4至15个月按月可见收入."""
    return members.where(members.is_living).own_visible_income_4_15m.sum()


@watch(
    "B09",
    household,
    type="主动发现",
    weight=30,
    headline="近3个月可见收入{visible_income_3m}，此前12个月{visible_income_4_15m}，月均下降{income_drop_percent}以上",
    basis=("visible_income_3m", "visible_income_4_15m"),
    law=(law.TIERED_AID["三(三)"], law.OWN["阈值"]),
    sources="DI26 DI10 DI11 DI02 SA-ARCH",
    note="月均可见收入＝EPCI各项中按月发放的（DI26税后、DI11、DI12减中央基础、DI13、DI16）；按年发放的DI38不摊入；"
    "此前12个月为0的不求降幅，不触发",
)
def income_has_dropped(
    is_household_out,
    visible_income_3m,
    visible_income_4_15m,
    income_drop_percent,
    has_low_visible_income,
):
    """家庭收入骤降."""
    lately = visible_income_3m * 4 * 100
    dropped = lately <= (100 - income_drop_percent) * visible_income_4_15m
    return is_household_out & (visible_income_4_15m > 0) & dropped & has_low_visible_income


@rule(household)
def is_below_dibao_without_known_money(
    reckoned_income_per_head, dibao_standard, has_known_money_above_dibao_limit
):
    """重算的人均月收入低于低保标准，没有查得货币财产超限."""
    return (reckoned_income_per_head < dibao_standard) & ~has_known_money_above_dibao_limit.fill(False)


@watch(
    "B10",
    household,
    type="应纳尽纳",
    weight=35,
    headline="低保边缘家庭重算人均月收入{reckoned_income_per_head}，低于低保标准{dibao_standard}，{state_of_money}",
    basis=("reckoned_income_per_head", "state_of_money"),
    law=(law.TIERED_AID["三(四)"], law.DIBAO["9"]),
    sources="DI26 DI11 DI12 DI38 SA-ARCH",
    note="重算PCI＝B01的部门记录，加档案里12个月内申报而部门看不到的务农、经营、零工、租金与其他转移收入，扣就业成本与刚性支出；"
    "ASSET_PC没有授权、银行未返回的标待核、不求值，已授权查明超限的不报；受理低保看档案“申请中”",
)
def near_dibao_income_below_line(is_near_dibao_household, is_below_dibao_without_known_money, members):
    """边缘家庭收入跌破低保线."""
    return is_near_dibao_household & is_below_dibao_without_known_money & ~members.is_applying.any()


@watch(
    "B11",
    household,
    type="应纳尽纳",
    weight=35,
    headline="防返贫监测户人均年收入{watched_income_per_head}，低于12个月农村低保标准（{dibao_rural}），未纳入低保、特困",
    basis=("watched_income_per_head",),
    law=(law.TIERED_AID["三(三)"],),
    sources="DI37 SA-ARCH",
    note="JC家庭由农业农村部门认定：看DI37监测中，脱贫户除外，不论本系统是否已登记；percap_income为年人均",
)
def watched_family_below_line(is_watched_household, watched_income_per_head, dibao_rural, members):
    """防返贫监测对象收入低于低保标准未纳入."""
    poor = watched_income_per_head < months(12) * dibao_rural
    covered = (members.is_dibao | members.is_tekun).any()
    return is_watched_household & poor & ~covered


@rule(person)
def has_own_income(employee_pension_12m, earnings_after_tax_12m):
    """近12个月有职工养老金或申报收入."""
    return (employee_pension_12m > 0) | (earnings_after_tax_12m > 0)


@rule(person, law=law.OWN["组合"])
def lives_on_resident_pension(
    age,
    pension_only_age,
    is_living,
    has_own_income,
    spouse,
    has_resident_pension,
    resident_pension_net_latest,
    dibao_standard,
):
    """年满70周岁，本人及配偶近12个月都没有职工养老金和申报收入，居民养老金（不含中央基础）低于低保标准."""
    spouse_earns = spouse.is_known() & spouse.is_living & spouse.has_own_income
    small = has_resident_pension & (resident_pension_net_latest < dibao_standard)
    return (age >= pension_only_age) & is_living & ~has_own_income & ~spouse_earns & small


@rule(household, unit="count")
def working_age_members(members, adult_age, elder_age):
    """18至59周岁的成员数."""
    of_age = (members.age >= adult_age) & (members.age < elder_age)
    return members.where(of_age & members.is_living).count()


@rule(household, unit="fen/month")
def largest_lone_pension(members):
    """仅靠居民养老金生活的老人的月养老金（最高）."""
    return members.where(members.lives_on_resident_pension).resident_pension_net_latest.max()


@watch(
    "B12",
    household,
    type="主动发现",
    weight=30,
    headline="70周岁以上老人只有居民养老金{largest_lone_pension}（不含中央基础），低于低保标准{dibao_standard}",
    basis=("largest_lone_pension", "working_age_members"),
    law=(law.DIBAO["13"], law.OWN["组合"]),
    sources="DI12 DI11 DI26 DI02 SA-ARCH",
    note="逐名老人看；“无DI11、无DI26”＝近12个月合计为0；DI12取近12个月最近一月；配偶看在世的，不论是否同户",
)
def old_person_lives_on_pension_alone(is_household_out, members, working_age_members):
    """仅靠居民养老金生活的高龄老人."""
    return is_household_out & members.lives_on_resident_pension.any() & (working_age_members == 0)


@rule(household, unit="date")
def family_grace_ended_on(members):
    """本户渐退期届满日（最近）."""
    return members.where(members.has_grace_ended).grace_ended_on.max()


@watch(
    "B13",
    household,
    type="应退尽退",
    weight=25,
    headline="渐退期{family_grace_ended_on}届满，仍在保",
    basis=("family_grace_ended_on",),
    law=(law.SAFETY_NET["一(三)渐退"], law.DIBAO["33"]),
    sources="SA-ARCH DI26",
    note="届满当日起；仍发放＝档案状态为在保；届满前15日的提醒不生成预警",
)
def grace_has_ended(members):
    """渐退期届满."""
    return members.has_grace_ended.any()


@rule(household, unit="fen")
def family_farm_income(members):
    """家庭惠农补贴与土地流转的年度合计."""
    return members.where(members.is_living).countable_farm_income.sum()


@rule(household, unit="fen")
def family_archived_farm_income(members):
    """档案核定的家庭惠农补贴与土地流转."""
    return members.where(members.is_living).archived_farm_income.sum()


@rule(household, unit="fen")
def farm_income_change(family_farm_income, family_archived_farm_income):
    """惠农补贴、土地流转与档案核定值之差（绝对值）."""
    more, less = (
        family_farm_income - family_archived_farm_income,
        family_archived_farm_income - family_farm_income,
    )
    return greatest(more, less)


@watch(
    "B17",
    household,
    type="应调尽调",
    weight=15,
    headline="惠农补贴、土地流转年度{family_farm_income}，档案核定{family_archived_farm_income}",
    basis=("farm_income_change", "family_farm_income", "family_archived_farm_income"),
    law=(law.DIBAO["13"], law.DIBAO["31"], law.OWN["阈值"]),
    sources="DI38 SA-ARCH",
    note="年度＝近12个月所及的两个公历年中本人有记录的较近一年；优抚、计生奖扶、救助、奖学、见义勇为类补贴先剔除；"
    "档案核定值＝成员收入项“惠农补贴”“土地流转租金”合计，没有该项为0",
)
def farm_income_has_changed(
    household_category,
    urban_rural,
    farm_income_change,
    farm_income_change_percent,
    dibao_standard,
    household_size,
):
    """惠农补贴土地流转等收入变化."""
    kept = household_category.isin(["DB", "BY"]) & (urban_rural == "农村")
    line = farm_income_change_percent * dibao_standard * months(12) * household_size
    return kept & (household_size > 0) & (farm_income_change * 100 >= line)
