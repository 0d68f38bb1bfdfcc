"""Class A: 人口身份与家庭结构变化."""

from wenhou.engine import days_after, full_years, household, months, months_after, person, rule, when
from wenhou.engine import on_day as day
from wenhou.monitoring.indicators.watch import watch
from wenhou.policy import law
from wenhou.policy.rules import family

__all__ = ["family"]


@rule(person, unit="date")
def lost_on(is_dead, died_on, declared_missing_on):
    """死亡日期；宣告失踪的取宣告日期."""
    return when(is_dead.fill(False), died_on, declared_missing_on)


@watch(
    "A01",
    person,
    type="应退尽退",
    weight=35,
    headline="{lost_on}死亡或被宣告失踪，仍为在保",
    basis=("lost_on", "is_dead", "is_declared_missing", "is_supported"),
    law=(law.TEKUN["24(一)"], law.SAFETY_NET["一(三)"]),
    sources="DI03 DI33 DI45 SA-ARCH",
    note="三源任一命中即报，最早日期为准；只派单核查，不自动停发",
)
def supported_person_has_died(is_dead, is_declared_missing, is_aided, is_supported):
    """在册对象死亡或被宣告失踪，仍为在保."""
    return (is_dead | is_declared_missing) & is_aided & is_supported


@watch(
    "A02",
    person,
    type="应退尽退",
    weight=45,
    headline="[{died_on}]死亡后仍发放{payments_after_death}，共{paid_after_death}",
    basis=("payments_after_death", "paid_after_death", "died_on"),
    law=(law.INTERIM_MEASURES["68"], law.OWN["口径"]),
    sources="DI03 DI45 SA-PAY",
    note="死亡次月起的成功发放；当月发放不追",
)
def paid_after_dying(payments_after_death):
    """死亡后仍有发放."""
    return payments_after_death > 0


@rule(person)
def is_death_unreviewed(
    has_recorded_death,
    recorded_death_on,
    death_review_months,
    has_adjustment_decided,
    last_adjustment_decided_on,
    as_of,
):
    """死亡满3个月，此后没有办结的增减停手续."""
    late = months_after(recorded_death_on, death_review_months) < as_of
    return (
        has_recorded_death
        & late
        & ~(has_adjustment_decided & (last_adjustment_decided_on > recorded_death_on))
    )


@rule(household, unit="date")
def unreviewed_death_on(members):
    """未复核的死亡日期（最早）."""
    return members.where(members.is_death_unreviewed).recorded_death_on.min()


@watch(
    "A03",
    household,
    type="应调尽调",
    weight=15,
    headline="成员{unreviewed_death_on}死亡，超过{death_review_months}未办结增减停",
    basis=("unreviewed_death_on",),
    law=(law.SAFETY_NET["一(三)"],),
    sources="DI03 DI45 SA-ARCH SA-CASE",
    note="死亡日期以公安登记和火化为准；死亡之后办结的任一增发、减发、停发即为已复核",
)
def member_death_not_reviewed(is_dibao_household, members):
    """低保家庭成员死亡后3个月内未核查办结增减停."""
    return is_dibao_household & members.is_death_unreviewed.any()


@rule(person)
def is_confined(is_dibao, is_in_prison, is_in_detox):
    """在押，或低保成员强制隔离戒毒执行中."""
    return is_in_prison | (is_dibao & is_in_detox)


@watch(
    "A04",
    person,
    type="应调尽调",
    weight=15,
    headline="[{prison_since}收监][{detox_since}强制隔离戒毒]，仍为在保",
    basis=("is_in_prison", "is_in_detox", "prison_since", "detox_since"),
    law=(law.DIBAO["7"], law.TEKUN["24(三)"]),
    sources="DI08 DI09 SA-ARCH",
    note="特困只看在押；监外执行、假释、社区矫正不触发",
)
def supported_person_is_confined(is_dibao, is_tekun, is_supported, is_confined):
    """在册低保、特困对象在监服刑，或低保对象被强制隔离戒毒."""
    return (is_dibao | is_tekun) & is_supported & is_confined


@rule(person, unit="date")
def confined_since(is_in_prison, prison_since, is_in_detox, detox_since):
    """收监或强制隔离戒毒的起始日期."""
    return when(is_in_prison.fill(False), prison_since, when(is_in_detox, detox_since, detox_since))


@rule(person)
def is_newly_confined(is_in_prison, prison_since, is_in_detox, detox_since, recent_custody_months, as_of):
    """近6个月新收监或新强制隔离戒毒."""
    first = months_after(day(as_of), -recent_custody_months)
    return (is_in_prison & (prison_since >= first)) | (is_in_detox & (detox_since >= first))


@rule(person)
def is_newly_confined_breadwinner(age, adult_age, is_elder, is_newly_confined):
    """18至59周岁，近6个月新收监或新强制隔离戒毒."""
    return (age >= adult_age) & ~is_elder & is_newly_confined


@rule(household, unit="date")
def breadwinner_confined_on(members):
    """劳动力收监或强制隔离戒毒日期（最近）."""
    return members.where(members.is_newly_confined_breadwinner).confined_since.max()


@rule(household, unit="count")
def dependants(members):
    """未成年、年满60周岁或残疾一二级的成员数."""
    kept = members.is_dependant & members.is_living & ~members.is_newly_confined_breadwinner
    return members.where(kept).count()


@watch(
    "A05",
    household,
    type="主动发现",
    weight=30,
    headline="劳动力{breadwinner_confined_on}入监或强戒，家有老幼残{dependants}人，可见人均月收入{visible_income_per_head}",
    basis=("breadwinner_confined_on", "dependants", "visible_income_per_head"),
    law=(law.TIERED_AID["三(三)"], law.OWN["阈值"]),
    sources="DI08 DI09 DI02 DI26 DI41 SA-ARCH",
    note="被收监者本人不算作被抚养、赡养人",
)
def breadwinner_is_confined(is_household_out, members, dependants, has_low_visible_income):
    """主要劳动力服刑、强制隔离戒毒，家庭失去支撑."""
    confined = members.is_newly_confined_breadwinner.any()
    return is_household_out & confined & (dependants > 0) & has_low_visible_income


@rule(person, law=law.CHILD_WITHOUT_CARE["认定情形"])
def parents_cannot_care(father, mother):
    """父母双方均无力抚养，或一方死亡、失踪而另一方无力抚养."""
    both = father.cannot_raise_child & mother.cannot_raise_child
    left_with_father = mother.is_gone & father.cannot_raise_child
    left_with_mother = father.is_gone & mother.cannot_raise_child
    return both | left_with_father | left_with_mother


@watch(
    "A06",
    person,
    type="主动发现",
    weight=50,
    headline="{age}，父母双方均无力抚养，未享受保障",
    basis=("age", "parents_cannot_care", "gets_child_without_care_allowance"),
    law=(law.CHILD_WITHOUT_CARE["认定情形"],),
    sources="DI01 DI02 DI03 DI08 DI09 DI32 DI41 DI46 SA-VISIT",
    note="失联以走访登记为据；被执行其他限制人身自由的措施没有数据来源；父母双亡的见A07",
    wall="minor",
)
def child_is_without_care(
    is_minor, parents_cannot_care, gets_orphan_allowance, gets_child_without_care_allowance, is_living
):
    """疑似事实无人抚养儿童未纳入保障."""
    covered = gets_orphan_allowance | gets_child_without_care_allowance
    return is_minor & is_living & parents_cannot_care & ~covered


@rule(person, law=law.ORPHANS["对象"])
def parents_are_dead(father, mother):
    """父母双方均有死亡记录."""
    return father.has_police_death & mother.has_police_death


@watch(
    "A07",
    person,
    type="主动发现",
    weight=60,
    headline="{age}，父母均有死亡登记，未享受孤儿保障",
    basis=("age", "parents_are_dead", "gets_orphan_allowance"),
    law=(law.ORPHANS["对象"],),
    sources="DI01 DI02 DI03 DI46",
    wall="minor",
)
def orphan_is_not_covered(is_minor, parents_are_dead, gets_orphan_allowance, is_living):
    """疑似孤儿未纳入保障."""
    return is_minor & is_living & parents_are_dead & ~gets_orphan_allowance


@rule(person, law=law.TEKUN["6"])
def has_tekun_income(tekun_income_12m, tekun_income_percent, dibao_standard):
    """本人月收入低于低保标准."""
    return tekun_income_12m * 100 < tekun_income_percent * dibao_standard * months(12)


@watch(
    "A08",
    person,
    type="应纳尽纳",
    weight=35,
    headline="{age}，无配偶、无有能力的成年子女，近12个月收入{tekun_income_12m}",
    basis=("age", "tekun_income_12m", "has_living_spouse", "has_able_child"),
    law=(law.TEKUN["4-8"],),
    sources="DI01 DI02 DI44 SA-ARCH DI11 DI12 DI26 DI40 DI46",
    note="义务人财产须另行核对，未授权不求值；义务人的特困、低保身份只看在册记录",
)
def elder_may_be_tekun(
    is_on_register, is_tekun, is_elder, has_living_spouse, has_able_child, has_tekun_income, is_living
):
    """在库老年人疑似符合特困条件，未纳入."""
    alone = ~has_living_spouse & ~has_able_child
    return is_on_register & ~is_tekun & is_elder & is_living & alone & has_tekun_income


@watch(
    "A09",
    person,
    type="应调尽调",
    weight=15,
    headline="{age}，认定时未成年，现已不在义务教育、普高、中职就读",
    basis=("age", "tekun_confirmed_on", "is_in_basic_schooling"),
    law=(law.TEKUN["24末款"],),
    sources="DI01 DI34 SA-ARCH",
    note="前30日预提醒不生成预警",
)
def tekun_minor_has_come_of_age(
    is_tekun, birth_date, tekun_confirmed_on, age, adult_age, is_in_basic_schooling, is_living
):
    """特困未成年人满18周岁，不再就读."""
    was_minor = full_years(birth_date, tekun_confirmed_on) < adult_age
    return is_tekun & is_living & was_minor & (age >= adult_age) & ~is_in_basic_schooling


@rule(person, law=law.TEKUN["24(五)"])
def has_married_since_tekun(has_married, last_married_on, tekun_confirmed_on, last_marital_event):
    """认定特困后登记结婚，且未离婚."""
    return has_married & (last_married_on > tekun_confirmed_on) & (last_marital_event == "结婚")


@rule(person, law=law.TEKUN["8"])
def has_earning_child(children, adult_age, capable_supporter_age, disposable_income):
    """有18至69周岁、非重残、年收入不低于人均可支配收入的在世子女."""
    of_age = (children.age >= adult_age) & (children.age < capable_supporter_age)
    able = children.is_living & ~children.is_severely_disabled
    return (of_age & able & (children.supporter_income_12m >= disposable_income)).any()


@watch(
    "A10",
    person,
    type="应退尽退",
    weight=25,
    headline="特困人员新增有履行能力的义务人[，{last_married_on}结婚]",
    basis=("has_married_since_tekun", "last_married_on", "has_earning_child", "last_marital_event"),
    law=(law.TEKUN["8"], law.TEKUN["24(五)"]),
    sources="DI02 DI44 DI26 DI11 DI01 DI41 SA-ARCH",
    note="子女年收入＝申报收入与职工养老金；可支配收入取特困人员所在地",
)
def tekun_person_has_supporter(is_tekun, has_married_since_tekun, has_earning_child, is_living):
    """特困人员新增有履行能力的义务人."""
    return is_tekun & is_living & (has_married_since_tekun | has_earning_child)


@rule(person)
def has_undeclared_marriage(
    has_married_outside_household, married_outside_household_on, last_review_on, marriage_notice_days, as_of
):
    """最近核查后结婚，配偶不在家庭成员中，已超过30日."""
    late = days_after(married_outside_household_on, marriage_notice_days) < as_of
    return has_married_outside_household & (married_outside_household_on > last_review_on) & late


@rule(household, unit="date")
def undeclared_marriage_on(members):
    """未申报的结婚日期（最近）."""
    return members.where(members.has_undeclared_marriage).married_outside_household_on.max()


@watch(
    "A11",
    household,
    type="应调尽调",
    weight=15,
    headline="成员{undeclared_marriage_on}结婚，超过{marriage_notice_days}未申报配偶",
    basis=("undeclared_marriage_on",),
    law=(law.DIBAO["30"], law.SAFETY_NET["五(五)"]),
    sources="DI44 SA-ARCH",
    note="超过3个月的，办理时按逾期告知",
)
def new_spouse_is_undeclared(household_category, members):
    """在册家庭成员新婚，配偶未申报."""
    return household_category.isin(["DB", "BY", "GX"]) & members.has_undeclared_marriage.any()


@rule(person)
def has_lost_spouse_since_review(
    has_divorced_within_household,
    divorced_within_household_on,
    last_review_on,
    spouse,
):
    """最近核查后离婚或配偶死亡，原配偶仍在家庭成员中."""
    divorced = has_divorced_within_household & (divorced_within_household_on > last_review_on)
    widowed = spouse.is_known() & spouse.has_police_death & (spouse.police_death_on > last_review_on)
    return divorced | (widowed & spouse.same_household())


@rule(person, unit="date")
def lost_spouse_on(has_divorced_within_household, divorced_within_household_on, spouse):
    """离婚或配偶死亡日期."""
    return when(
        has_divorced_within_household.fill(False), divorced_within_household_on, spouse.police_death_on
    )


@rule(household, unit="date")
def spouse_lost_on(members):
    """成员离婚或丧偶日期（最近）."""
    return members.where(members.has_lost_spouse_since_review).lost_spouse_on.max()


@watch(
    "A12",
    household,
    type="应调尽调",
    weight=15,
    headline="成员{spouse_lost_on}离婚或丧偶，原配偶仍在家庭成员中",
    basis=("spouse_lost_on",),
    law=(law.DIBAO["30"], law.DIBAO["31"]),
    sources="DI44 DI03 SA-ARCH",
)
def spouse_left_but_listed(on_register, members):
    """在册家庭离婚或丧偶，人口未调整."""
    return on_register & members.has_lost_spouse_since_review.any()


@rule(person)
def is_newly_single(
    has_divorced, last_divorced_on, last_marital_event, spouse, single_parent_window_months, as_of
):
    """近12个月离婚或丧偶."""
    first = months_after(day(as_of), -single_parent_window_months)
    divorced = has_divorced & (last_divorced_on >= first) & (last_marital_event == "离婚")
    return divorced | (spouse.is_known() & spouse.has_police_death & (spouse.police_death_on >= first))


@rule(household, unit="count")
def minors(members):
    """未成年人数."""
    return members.where(members.is_minor & members.is_living).count()


@watch(
    "A13",
    household,
    type="主动发现",
    weight=30,
    headline="近12个月离婚或丧偶，抚养未成年人{minors}名，可见人均月收入{visible_income_per_head}",
    basis=("minors", "visible_income_per_head"),
    law=(law.TIERED_AID["三(三)"], law.OWN["阈值"]),
    sources="DI44 DI03 DI02 DI26 SA-ARCH",
    note="离婚后又结婚的不算",
)
def single_parent_of_several(is_household_out, members, minors, single_parent_minors, has_low_visible_income):
    """单亲抚养多名未成年人."""
    single = members.is_newly_single.any()
    return is_household_out & single & (minors >= single_parent_minors) & has_low_visible_income


@rule(person)
def has_unlisted_newborn(has_newborn_outside_household, newborn_outside_household_on, newborn_months, as_of):
    """所生子女满3个月，不在家庭成员中."""
    return has_newborn_outside_household & (
        months_after(newborn_outside_household_on, newborn_months) <= as_of
    )


@rule(household, unit="date")
def unlisted_newborn_on(members):
    """未增保新生儿的出生日期（最近）."""
    return members.where(members.has_unlisted_newborn).newborn_outside_household_on.max()


@watch(
    "A14",
    household,
    type="应调尽调",
    weight=15,
    headline="{unlisted_newborn_on}出生的新生儿满{newborn_months}未增保",
    basis=("unlisted_newborn_on",),
    law=(law.DIBAO["31"], law.OWN["期限"]),
    sources="DI33 DI01 SA-ARCH",
)
def newborn_is_unlisted(is_dibao_household, members):
    """低保家庭新生儿未增保."""
    return is_dibao_household & members.has_unlisted_newborn.any()


@rule(person, unit="date")
def hukou_changed_on(has_hukou_moved_out, hukou_moved_out_on, hukou_moved_in_on):
    """户籍迁出本户籍县区的日期."""
    return when(has_hukou_moved_out.fill(False), hukou_moved_out_on, hukou_moved_in_on)


@rule(person)
def has_moved_away(
    is_on_register,
    hukou_county,
    register_county,
    has_hukou_moved_out,
    has_hukou_moved_in,
    hukou_changed_on,
    moved_away_days,
    as_of,
):
    """户籍县区与档案县区不同，迁移满30日."""
    moved = (has_hukou_moved_out | has_hukou_moved_in) & (
        days_after(hukou_changed_on, moved_away_days) <= as_of
    )
    return is_on_register & (hukou_county != register_county) & moved


@rule(household, unit="date")
def moved_away_on(members):
    """成员户籍迁出日期（最近）."""
    return members.where(members.has_moved_away).hukou_changed_on.max()


@watch(
    "A15",
    household,
    type="应调尽调",
    weight=15,
    headline="成员户籍{moved_away_on}迁出档案所在县区，满{moved_away_days}未转接",
    basis=("moved_away_on",),
    law=(law.DIBAO["4-5"], law.OWN["期限"]),
    sources="DI02 DI01 SA-ARCH",
    note="须有迁移记录；按居住证在居住地申请、户籍未变的不触发",
)
def hukou_left_the_county(on_register, members):
    """在册家庭成员户籍迁出救助地，未办理转接."""
    return on_register & members.has_moved_away.any()


@rule(person)
def is_long_away(
    is_dibao,
    is_tekun,
    is_near_dibao,
    has_permit_elsewhere,
    permit_elsewhere_since,
    permit_elsewhere_months,
    visits_missed_in_row,
    missed_visits,
    as_of,
):
    """低保、特困、边缘成员异县居住证满6个月，或连续2次走访未见."""
    permit = has_permit_elsewhere & (months_after(permit_elsewhere_since, permit_elsewhere_months) <= as_of)
    return (is_dibao | is_tekun | is_near_dibao) & (permit | (visits_missed_in_row >= missed_visits))


@rule(household, unit="date")
def away_since(members):
    """成员异县居住证登记日期（最早）."""
    return members.where(members.is_long_away).permit_elsewhere_since.min()


@rule(household, unit="times")
def longest_missed_visits(members):
    """连续未见本人的走访次数（最多）."""
    return members.where(members.is_long_away).visits_missed_in_row.max(empty=0)


@watch(
    "A16",
    household,
    type="应调尽调",
    weight=15,
    headline="成员长期不在救助地[，异县居住证自{away_since}][，连续走访未见{longest_missed_visits}]",
    basis=("away_since", "longest_missed_visits"),
    law=(law.DIBAO["15"], law.OWN["阈值"]),
    sources="DI04 SA-VISIT SA-ARCH",
)
def family_is_long_away(members):
    """人户分离，长期不在救助地."""
    return members.is_long_away.any()


@rule(person)
def may_be_asked_abroad(is_dibao, is_authorised):
    """低保成员，有有效授权书."""
    return is_dibao & is_authorised


@rule(person)
def is_often_abroad(may_be_asked_abroad, exits_abroad_12m, exits_abroad, days_abroad_12m, days_abroad):
    """已授权的低保成员短期内多次或长时间出境."""
    return may_be_asked_abroad & ((exits_abroad_12m >= exits_abroad) | (days_abroad_12m >= days_abroad))


@rule(household, unit="times")
def most_exits_abroad(members):
    """已授权成员近12个月出境最多的次数."""
    return members.where(members.may_be_asked_abroad).exits_abroad_12m.max(empty=0)


@rule(household, unit="days")
def longest_abroad(members):
    """已授权成员近12个月境外最长的天数."""
    return members.where(members.may_be_asked_abroad).days_abroad_12m.max(empty=0)


@watch(
    "A17",
    household,
    type="应退尽退",
    weight=25,
    headline="一名成员近12个月出境{most_exits_abroad}、境外{longest_abroad}，达到{exits_abroad}或{days_abroad}",
    basis=("most_exits_abroad", "longest_abroad"),
    law=(law.DIBAO["17"], law.OWN["阈值"]),
    sources="DI05 SA-ARCH SA-AUTH",
    note="逐人看，不把几名成员的次数、天数相加；只看有有效授权书的低保成员；就医、务工备案没有数据来源，核查时剔除",
)
def family_member_is_often_abroad(members):
    """在册低保家庭成员短期内多次或长时间出境."""
    return members.is_often_abroad.any()
