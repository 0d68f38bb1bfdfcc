"""Class D: 健康医疗与残疾."""

from wenhou.engine import days_after, greatest, household, months_after, person, rule, unknown, when
from wenhou.engine import on_day as day
from wenhou.monitoring.indicators.watch import watch
from wenhou.policy import law
from wenhou.policy.rules import family

__all__ = ["family"]


@watch(
    "D01",
    person,
    type="主动发现",
    weight=40,
    headline="自付{own_medical_cost}，达到{medical_oop_line}",
    basis=("own_medical_cost",),
    law=(law.NINGXIA_ILLNESS["自付门槛"],),
    sources="DI31 DI29 DI30 SA-ARCH",
    note="“2万元”是否含本数未见，取≥；近12个月为完整月",
)
def medical_cost_is_heavy(
    is_out, out_of_pocket_this_year, inpatient_self_paid_12m, outpatient_self_paid_12m, medical_oop_line
):
    """年度个人自付达到2万元."""
    this_year = out_of_pocket_this_year >= medical_oop_line
    stays = inpatient_self_paid_12m + outpatient_self_paid_12m >= medical_oop_line
    return is_out & (this_year | stays)


@watch(
    "D02",
    person,
    type="主动发现",
    weight=40,
    headline="自付{out_of_pocket_this_year}，达到农村人均可支配收入{rural_disposable_income}",
    basis=("out_of_pocket_this_year",),
    law=(law.YANGYUAN["自付比例"],),
    sources="DI31 DI01 SA-ARCH",
    note="农村居民＝农村户口；上年度数未载入时不知道",
)
def medical_cost_exceeds_rural_income(is_out, hukou_type, out_of_pocket_this_year, rural_disposable_income):
    """农村居民年度自付达到人均可支配收入."""
    return is_out & (hukou_type == "农村") & (out_of_pocket_this_year >= rural_disposable_income)


@rule(person)
def is_monitored_not_covered(
    is_relapse_watch,
    is_watched_by_agriculture,
    is_lifted_from_poverty,
    is_near_dibao,
    is_unavoidable_spending,
    is_dibao,
    is_tekun,
    is_living,
):
    """监测对象、脱贫人口、低保边缘或刚性支出困难，不在低保、特困."""
    watched = is_relapse_watch | is_watched_by_agriculture | is_lifted_from_poverty
    return (watched | is_near_dibao | is_unavoidable_spending) & ~is_dibao & ~is_tekun & is_living


@watch(
    "D03",
    person,
    type="应纳尽纳",
    weight=40,
    headline="自付{out_of_pocket_this_year}，达到农村人均可支配收入{rural_disposable_income}的{monitored_income_percent}",
    basis=("out_of_pocket_this_year",),
    law=(law.YANGYUAN["自付比例"],),
    sources="DI31 DI37 SA-ARCH",
    note="上年度数未载入时不知道",
)
def monitored_person_pays_half_income(
    is_monitored_not_covered, out_of_pocket_this_year, monitored_income_percent, rural_disposable_income
):
    """监测、脱贫、边缘人口年度自付达到人均可支配收入的五成."""
    line = monitored_income_percent * rural_disposable_income
    return is_monitored_not_covered & (out_of_pocket_this_year * 100 >= line)


@rule(person, unit="fen", law=law.MEDICAL_DATA_COOPERATION["单次住院"])
def own_single_stay_line(is_relapse_watch, single_stay_line, single_stay_line_monitored):
    """单次住院自付线（监测对象从低）."""
    return when(is_relapse_watch, single_stay_line_monitored, single_stay_line)


@watch(
    "D04",
    person,
    type="主动发现",
    weight=30,
    headline="单次住院自付{largest_stay_self_paid_12m}，达到{own_single_stay_line}",
    basis=("largest_stay_self_paid_12m",),
    law=(law.MEDICAL_DATA_COOPERATION["单次住院"],),
    sources="DI29 SA-ARCH",
)
def single_stay_is_costly(
    is_out, is_relapse_watch, largest_stay_self_paid_12m, own_single_stay_line, is_living
):
    """单次住院自付偏高."""
    return (is_out | is_relapse_watch) & is_living & (largest_stay_self_paid_12m >= own_single_stay_line)


@rule(household, unit="fen")
def family_out_of_pocket(members):
    """家庭成员本年度自付合计."""
    return members.out_of_pocket_this_year.sum()


@watch(
    "D05",
    household,
    type="主动发现",
    weight=30,
    headline="自付合计{family_out_of_pocket}，家庭近12个月可见收入{visible_income_12m}，达到{medical_share_percent}",
    basis=("family_out_of_pocket", "visible_income_12m"),
    law=(law.ILLNESS_SHARE["五成"],),
    sources="DI31 DI26 DI11 DI12 DI38 SA-ARCH DI02",
    note="年可见收入为0的标待核，不求比",
)
def medical_cost_takes_half_of_income(
    is_household_out,
    is_near_dibao_household,
    family_out_of_pocket,
    visible_income_12m,
    medical_share_percent,
):
    """自付占家庭年收入五成以上."""
    half = family_out_of_pocket * 100 >= medical_share_percent * visible_income_12m
    share = when(visible_income_12m > 0, half, unknown)
    return (is_household_out | is_near_dibao_household) & (family_out_of_pocket > 0) & share


@watch(
    "D06",
    person,
    type="应纳尽纳",
    weight=35,
    headline="低保边缘家庭重病患者，未单人保",
    basis=("has_serious_illness", "is_near_dibao_uncovered"),
    law=(law.DIBAO["8(二)"],),
    sources="DI32 DI30 DI29 SA-ARCH",
    note="重病＝大病专项、重特大疾病或罕见病在管",
)
def near_dibao_patient_is_uncovered(is_near_dibao_uncovered, has_serious_illness):
    """边缘家庭重病患者未单人保."""
    return is_near_dibao_uncovered & has_serious_illness


@rule(person, law=law.DIBAO["8(四)"])
def is_frail_elder(is_elder, self_care, has_dementia_record):
    """年满60周岁，有失能或失智记录."""
    return is_elder & (self_care.isin(["部分丧失", "完全丧失"]) | has_dementia_record)


@watch(
    "D07",
    person,
    type="应纳尽纳",
    weight=35,
    headline="低保边缘家庭成员符合单独申请条件，未单人保",
    basis=("is_gravely_disabled", "is_minor", "is_frail_elder"),
    law=(law.DIBAO["8(一)"], law.DIBAO["8(四)"]),
    sources="DI41 SA-ARCH",
    note="未成年人、失能失智老年人只在当地开启处（银川自2025-01-01暂定）",
)
def near_dibao_disabled_is_uncovered(
    is_near_dibao_uncovered,
    is_gravely_disabled,
    is_minor,
    is_frail_elder,
    single_person_minors_and_frail_elders,
):
    """边缘家庭重残人员未单人保."""
    local = single_person_minors_and_frail_elders & (is_minor | is_frail_elder)
    return is_near_dibao_uncovered & (is_gravely_disabled | local)


@watch(
    "D08",
    person,
    type="主动发现",
    weight=30,
    headline="{age}，残疾{disability_level}，近6个月无单位参保、无工资",
    basis=("disability_level", "wages_6m", "has_employer_insurance_6m"),
    law=(law.SAFETY_NET["一(一)"],),
    sources="DI41 DI10 DI14 DI26 SA-ARCH",
    note="无业看单位参保与工资所得，就业登记不作为否决",
)
def idle_disabled_adult_is_out(is_out, is_idle_and_severely_disabled):
    """成年无业重度残疾人未申请."""
    return is_out & is_idle_and_severely_disabled


@rule(person, law=law.SAFETY_NET["一(一)"])
def lives_on_old_parents_or_siblings(
    housemates, father, mother, adult_age, supporting_parent_age, other_adults_in_household
):
    """同户供养人仅为年满60周岁的父母或兄弟姐妹."""
    kin = housemates.where((housemates.age >= adult_age) & housemates.is_living)
    is_father = father.is_known() & housemates.are(father)
    is_mother = mother.is_known() & housemates.are(mother)
    parents = kin.where(is_father | is_mother)
    old = (parents.age >= supporting_parent_age).all()
    return (kin.count() > 0) & (other_adults_in_household == 0) & old


@watch(
    "D09",
    person,
    type="应纳尽纳",
    weight=35,
    headline="{age}，残疾{disability_level}，无业，靠年满60周岁父母或兄弟姐妹供养",
    basis=("disability_level", "wages_6m", "lives_on_old_parents_or_siblings"),
    law=(law.SAFETY_NET["一(一)"], law.BAOJI_EXEMPTION["满七十周岁"]),
    sources="DI41 DI02 DI10 DI26 SA-ARCH DI01",
    note="不限在库与否；宝鸡父母满70周岁的，给付全额豁免，办理时适用",
)
def disabled_person_lives_on_kin(is_idle_and_severely_disabled, lives_on_old_parents_or_siblings):
    """依靠老年父母或兄弟姐妹供养的重残人员."""
    return is_idle_and_severely_disabled & lives_on_old_parents_or_siblings


@rule(person, law=law.DISABILITY_ALLOWANCES["两项补贴"])
def lacks_living_allowance(
    is_dibao,
    is_disabled,
    gets_disability_living_allowance,
    disability_issued_on,
    allowance_grace_months,
    as_of,
):
    """低保持证残疾人发证满1个月，无困难残疾人生活补贴."""
    due = months_after(disability_issued_on, allowance_grace_months) <= as_of
    return is_dibao & is_disabled & ~gets_disability_living_allowance & due


@rule(person, law=law.DISABILITY_ALLOWANCES["两项补贴"])
def lacks_care_allowance(
    is_severely_disabled,
    gets_disability_care_allowance,
    severe_disability_issued_on,
    allowance_grace_months,
    as_of,
):
    """一二级残疾人发证满1个月，无重度残疾人护理补贴."""
    due = months_after(severe_disability_issued_on, allowance_grace_months) <= as_of
    return is_severely_disabled & ~gets_disability_care_allowance & due


@watch(
    "D10",
    person,
    type="救不够",
    weight=25,
    headline="残疾{disability_level}，应享残疾人补贴未享",
    basis=("disability_level", "lacks_living_allowance", "lacks_care_allowance"),
    law=(law.DISABILITY_ALLOWANCES["两项补贴"], law.TIERED_AID["三(三)"]),
    sources="DI41 DI46 SA-ARCH",
)
def disability_allowance_is_missing(is_tekun, lacks_living_allowance, lacks_care_allowance, is_living):
    """残疾人两项补贴应享未享."""
    return (lacks_living_allowance | lacks_care_allowance) & ~is_tekun & is_living


@rule(person, unit="date")
def disability_changed_on(
    has_disability_worsened,
    disability_worsened_on,
    has_disability_category_added,
    disability_category_added_on,
):
    """残疾等级加重或新增类别的日期（最近）."""
    both = greatest(disability_worsened_on, disability_category_added_on)
    added = when(has_disability_category_added.fill(False), disability_category_added_on, unknown)
    once = when(has_disability_worsened.fill(False), disability_worsened_on, added)
    return when(has_disability_worsened.fill(False) & has_disability_category_added.fill(False), both, once)


@watch(
    "D11",
    person,
    type="应调尽调",
    weight=15,
    headline="{disability_changed_on}残疾等级加重或新增类别，现为{disability_level}",
    basis=("disability_level", "disability_changed_on"),
    law=(law.DIBAO["27"],),
    sources="DI41 SA-ARCH",
    note="与本人上一版残疾人证比较",
)
def disability_has_worsened(
    is_on_register, has_disability_worsened, has_disability_category_added, is_living
):
    """在册残疾人残疾等级加重."""
    return is_on_register & is_living & (has_disability_worsened | has_disability_category_added)


@rule(household, unit="count")
def disabled_people(members):
    """持有效残疾人证的成员数."""
    return members.where(members.is_disabled & members.is_living).count()


@watch(
    "D12",
    household,
    type="主动发现",
    weight=30,
    headline="持证残疾人{disabled_people}名，可见人均月收入{visible_income_per_head}",
    basis=("disabled_people", "visible_income_per_head"),
    law=(law.SAFETY_NET["三(三)"], law.OWN["组合"]),
    sources="DI41 DI02 DI26 SA-ARCH",
)
def several_are_disabled(
    is_household_out, members, disabled_people, disabled_members, has_low_visible_income
):
    """一户多残."""
    severe = (members.is_severely_disabled & members.is_living).any()
    return is_household_out & (disabled_people >= disabled_members) & severe & has_low_visible_income


@watch(
    "D13",
    person,
    type="救不够",
    weight=25,
    headline="自付{out_of_pocket_this_year}，达到{registered_oop_line}，本年无支出型临时救助",
    basis=("out_of_pocket_this_year", "has_expenditure_relief_this_year"),
    law=(law.NINGXIA_RELIEF["支出型"], law.OWN["阈值"]),
    sources="DI31 SA-PAY SA-ARCH",
)
def relief_is_missing(
    is_aided, is_living, out_of_pocket_this_year, registered_oop_line, has_expenditure_relief_this_year
):
    """在册对象自付仍高未获临时救助."""
    return (
        is_aided
        & is_living
        & (out_of_pocket_this_year >= registered_oop_line)
        & ~has_expenditure_relief_this_year
    )


@watch(
    "D14",
    person,
    type="救不够",
    weight=25,
    headline="本年度基本医保未参保、未缴或中断",
    basis=("has_basic_insurance_this_year",),
    law=(law.TIERED_AID["四(二)1"],),
    sources="DI28 SA-ARCH",
    note="集中缴费期（至2月末）结束后；数据覆盖而无本年度记录的视为未参保",
)
def basic_insurance_is_missing(
    is_aided, is_relapse_watch, has_basic_insurance_this_year, enrolment_months, is_living, as_of
):
    """在册对象未参加基本医保."""
    closed = months_after(day(as_of.replace(year=as_of.year - 1, month=12, day=31)), enrolment_months) < as_of
    return (is_aided | is_relapse_watch) & is_living & ~has_basic_insurance_this_year & closed


@rule(person, unit="fen", law=law.NINGXIA_MEDICAL_AID["九类对象"])
def medical_aid_line(
    is_tekun,
    is_dibao,
    gets_orphan_allowance,
    is_near_dibao,
    is_unavoidable_spending,
    medical_aid_line_poorest,
    medical_aid_line_near,
    medical_aid_line_other,
):
    """医疗救助起付线（按对象类别）."""
    others = when(is_near_dibao | is_unavoidable_spending, medical_aid_line_near, medical_aid_line_other)
    return when(is_tekun | is_dibao | gets_orphan_allowance, medical_aid_line_poorest, others)


@watch(
    "D15",
    person,
    type="救不够",
    weight=25,
    headline="政策内负担{unaided_remainder}，超过起付线{medical_aid_line}，未获医疗救助",
    basis=("unaided_remainder",),
    law=(law.NINGXIA_MEDICAL_AID["九类对象"],),
    sources="DI29 DI30 DI31 DI28 SA-ARCH",
    note="因病致贫者取在册刚性支出困难；单次住院出院满30日、救助为0；已故者的费用由家属申请，不作预警",
)
def medical_aid_is_missing(is_aided, is_relapse_watch, is_living, unaided_remainder, medical_aid_line):
    """医疗救助应享未享."""
    return (is_aided | is_relapse_watch) & is_living & (unaided_remainder > medical_aid_line)


@watch(
    "D16",
    person,
    type="救不够",
    weight=25,
    headline="{unrecognised_chronic_discharge_on}出院，满{chronic_wait_days}未认定门诊慢特病",
    basis=("unrecognised_chronic_discharge_on",),
    law=(law.TIERED_AID["四(二)1"], law.OWN["期限"]),
    sources="DI29 DI32 DI30 SA-ARCH",
    note="诊断在门诊慢特病目录，同类目没有有效认定",
)
def chronic_illness_is_unrecognised(
    is_on_register,
    has_unrecognised_chronic_discharge,
    unrecognised_chronic_discharge_on,
    chronic_wait_days,
    is_living,
    as_of,
):
    """疑似慢特病未认定."""
    due = days_after(unrecognised_chronic_discharge_on, chronic_wait_days) <= as_of
    return is_on_register & is_living & has_unrecognised_chronic_discharge & due


@rule(person, unit="date")
def self_care_known_on(has_self_care_assessed, self_care_on, tekun_confirmed_on):
    """自理能力评定日期；未评定的取特困认定日期."""
    return when(has_self_care_assessed, self_care_on, tekun_confirmed_on)


@watch(
    "D17",
    person,
    type="救不够",
    weight=25,
    headline="{self_care_known_on}评定后[，{care_need_discharge_on}影响自理的住院出院][，{disability_worsened_on}残疾加重]",
    basis=("self_care_known_on", "care_need_discharge_on", "disability_worsened_on"),
    law=(law.TEKUN["21-23"], law.OWN["事件集"]),
    sources="DI41 DI29 DI32 SA-ARCH",
    note="事件后10个工作日内组织复核；未评定过的以特困认定日期为界",
)
def self_care_may_have_declined(
    is_tekun,
    self_care_known_on,
    has_care_need_discharge,
    care_need_discharge_on,
    has_disability_worsened,
    disability_worsened_on,
    is_living,
):
    """特困人员自理能力疑似下降."""
    stay = has_care_need_discharge & (care_need_discharge_on > self_care_known_on)
    worse = has_disability_worsened & (disability_worsened_on > self_care_known_on)
    return is_tekun & is_living & (stay | worse)
