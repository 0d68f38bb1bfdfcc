"""Class C, continued: what is paid into funds, schools and insurance, and what supporters can pay."""

from wenhou.engine import (
    floor_div,
    greatest,
    household,
    months,
    person,
    quantity,
    rule,
    unknown,
    when,
)
from wenhou.engine.expr import Expr
from wenhou.engine.groups import Group, Linked
from wenhou.monitoring.indicators import c_assets
from wenhou.monitoring.indicators.c_assets import AUTHORISED, within_authorisation
from wenhou.monitoring.indicators.watch import watch
from wenhou.policy import law
from wenhou.policy.rules import bearers, kin

__all__ = ["bearers", "c_assets", "kin"]


@watch(
    "C12",
    person,
    type="应调尽调",
    weight=15,
    headline="[{last_review_on}核查后，]连续缴存公积金{provident_fund_months}",
    basis=("provident_fund_months",),
    law=(law.DIBAO["17"], law.OWN["阈值"]),
    sources="DI22 SA-ARCH",
    note=(
        "条件没有要求核查前未缴存，核查后连续缴存即报；只算核查日之后开始的整月，状态正常、缴存额大于零；"
        "最长的一段不必延续到现在"
    ),
)
def member_pays_into_fund(is_on_register, is_living, provident_fund_months, provident_fund_run):
    """新增住房公积金缴存."""
    return is_on_register & is_living & (provident_fund_months >= provident_fund_run)


@watch(
    "C13",
    household,
    type="应退尽退",
    weight=25,
    headline="{housing_fund_used_on}公积金购房提取或贷款，晚于最近核查日{household_reviewed_on}",
    basis=("has_used_housing_fund", "housing_fund_used_on"),
    law=(law.DIBAO["17"], law.OWN["口径"]),
    sources="DI23 SA-ARCH",
)
def family_used_housing_fund(on_register, has_used_housing_fund, housing_fund_used_on, household_reviewed_on):
    """公积金购房提取或贷款."""
    return on_register & has_used_housing_fund & (housing_fund_used_on > household_reviewed_on)


@rule(person, unit="fen")
def net_tuition(private_tuition, student_aid_two_terms):
    """民办、国际学校学年学费，扣学生资助."""
    return private_tuition - student_aid_two_terms


@rule(person, law=law.OWN["阈值"])
def attends_costly_school(private_tuition, net_tuition, costly_school_percent, disposable_income):
    """学年学费扣资助后达到人均可支配收入."""
    line = costly_school_percent * disposable_income
    return (private_tuition > 0) & (private_tuition * 100 >= line) & (net_tuition * 100 >= line)


@rule(household, unit="fen")
def costliest_tuition(members):
    """成员学年学费扣资助后最高的."""
    return members.where(members.attends_costly_school & members.is_living).net_tuition.max()


@watch(
    "C14",
    household,
    type="应退尽退",
    weight=25,
    headline="民办或国际学校学年学费（扣资助）{costliest_tuition}，达到人均可支配收入{disposable_income}",
    basis=("costliest_tuition",),
    law=(law.DIBAO["17"], law.NINGXIA_ANSWERS["财产"], law.OWN["阈值"]),
    sources="DI34 DI35 SA-ARCH",
    note=(
        "逐名学生看，不相加；资助取最近两个学期已发放的，含助学贷款；义务教育强制分流没有字段，分流学位学费由政府承担，"
        "实收学费达线的不视为分流；上年度可支配收入未载入时不知道"
    ),
)
def family_pays_costly_school(on_register, members):
    """高收费学校就读."""
    return on_register & members.where(members.is_living).attends_costly_school.any()


@rule(household, unit="fen")
def dearest_premium(members):
    """已授权成员最高的商业保险年缴保费."""
    return members.where(members.is_living & members.is_authorised).largest_premium.max(empty=0)


@rule(household, unit="fen", law=law.OWN["阈值"])
def premium_line(premium_months, dibao_standard, household_size):
    """商业保险年缴保费线（6个月低保标准×人数）."""
    return premium_months * dibao_standard * household_size


@watch(
    "C15",
    household,
    type="应退尽退",
    weight=25,
    headline="商业保险年缴保费{dearest_premium}，达到{premium_line}",
    basis=("dearest_premium",),
    law=(law.DIBAO["14"], law.OWN["阈值"]),
    sources="DI48 SA-ARCH SA-AUTH",
    note=(
        f"{AUTHORISED}；条件没有写累计，逐单看年缴保费；惠民保、学平险、慈善赠险没有字段，保费远低于线，核查时剔除"
    ),
)
def family_pays_dear_premium(
    on_register, has_authorised_member, adults_are_authorised, dearest_premium, premium_line
):
    """高额商业保险."""
    hit = dearest_premium >= premium_line
    return on_register & within_authorisation(has_authorised_member, adults_are_authorised, hit)


# support from elsewhere: what the archive counted, and what departments' records make of it now


@rule(household, unit="fen", law=law.OWN["口径"])
def home_income_12m(members):
    """家庭近12个月收入（申报收入与职工养老金）."""
    return members.where(members.is_living).supporter_income_12m.sum()


@rule(person, unit="fen", law=law.OWN["口径"])
def supporter_home_income_12m(home_income_12m):
    """义务人家庭现在的近12个月收入."""
    return home_income_12m


@rule(person, unit="count")
def supporter_home_size(archived_household_size, household_size):
    """义务人家庭人数（档案未写的取现在的人数）."""
    return when(archived_household_size > 0, archived_household_size, household_size)


@rule(person)
def pays_support(is_archived_supporter, is_living, is_exempt_from_support):
    """档案所列的在世义务人，没有豁免."""
    return is_archived_supporter & is_living & ~is_exempt_from_support


def _one(held: Expr) -> Expr:
    return when(held.fill(False), quantity(1, "count"), quantity(0, "count"))


@rule(person, unit="count")
def supported_parents(archived_supported_people, father, mother):
    """被赡养人数（档案未写的取在世父母人数）."""
    parents = _one(father.is_living) + _one(mother.is_living)
    return when(archived_supported_people > 0, archived_supported_people, parents)


@rule(person, unit="count")
def supported_children(archived_supported_people, children):
    """被抚养人数（档案未写的取未成年子女人数）."""
    minors = children.where(children.is_minor & children.is_living).count()
    return when(archived_supported_people > 0, archived_supported_people, minors)


def _reckoned(income: Expr, size: Expr, line: Expr, percent: Expr, people: Expr) -> Expr:
    """Of a supporters' home what falls to one person supported, a month, cut to the fen."""
    capacity = greatest(income - line * size, 0)
    return when(capacity == 0, 0, floor_div(floor_div(capacity * percent, 100), months(12) * people))


def _settled(who: Group | Linked, reckoned: Expr) -> Expr:
    """With a judgement: it, where it is not below what is reckoned; else what is paid, or it where nothing is."""
    paid = when(who.archived_paid_support > 0, who.archived_paid_support, who.archived_judged_support)
    return when(who.archived_judged_support >= reckoned, who.archived_judged_support, paid)


def _now(who: Group | Linked, line: Expr, percent: Expr, people: Expr) -> Expr:
    reckoned = _reckoned(who.supporter_home_income_12m, who.supporter_home_size, line, percent, people)
    return when(who.has_archived_judgement, _settled(who, reckoned), reckoned)


def _then(who: Group | Linked, line: Expr, percent: Expr, people: Expr) -> Expr:
    told = _reckoned(who.archived_income_12m, who.supporter_home_size, line, percent, people)
    judged = _settled(who, when(who.has_archived_income, told, 0))
    counted = when(who.has_archived_income, told, unknown)
    plain = when(who.archived_paid_support > 0, who.archived_paid_support, counted)
    return when(who.has_archived_judgement, judged, plain)


@rule(person, unit="fen")
def support_line_a_head(support_line_percent, dibao_standard):
    """义务人家庭每人一年的自留线，舍至分."""
    return floor_div(support_line_percent * dibao_standard * months(12), 100)


@rule(person, unit="percent", law=law.OWN["口径"])
def children_support_percent(children, support_many_supporters, support_percent_few, support_percent_many):
    """子女的给付比例（按档案所列的在世子女人数）."""
    paying = children.where(children.is_archived_supporter & children.is_living & ~children.same_household())
    return when(paying.count() >= support_many_supporters, support_percent_many, support_percent_few)


@rule(person, unit="fen/month", law=law.OWN["口径"])
def children_support_now(children, support_line_a_head, children_support_percent):
    """不同住的子女现在应付给本人的赡养费."""
    who = children.where(children.pays_support & ~children.same_household())
    return _now(who, support_line_a_head, children_support_percent, who.supported_parents).sum()


@rule(person, unit="fen/month", law=law.OWN["口径"])
def children_support_then(children, support_line_a_head, children_support_percent):
    """不同住的子女档案已计给本人的赡养费."""
    who = children.where(children.pays_support & ~children.same_household())
    return _then(who, support_line_a_head, children_support_percent, who.supported_parents).sum()


@rule(person)
def father_pays_support(father):
    """父亲是档案所列、不同住、没有豁免的义务人."""
    return father.is_known() & father.pays_support & ~father.same_household()


@rule(person)
def shares_home_with_paying_spouse(spouse):
    """与同为档案所列义务人的配偶同住."""
    return spouse.is_known() & spouse.same_household() & spouse.pays_support


@rule(person)
def mother_pays_support(mother, father_pays_support):
    """母亲是档案所列、不同住、没有豁免的义务人.

    父母同住的，一个家庭的能力只算一次，算在父亲名下。
    """
    apart = ~(father_pays_support & mother.shares_home_with_paying_spouse)
    return mother.is_known() & mother.pays_support & ~mother.same_household() & apart


@rule(person, unit="fen/month", law=law.OWN["口径"])
def parents_support_now(
    father_pays_support, father, mother_pays_support, mother, support_line_a_head, support_percent_few
):
    """不同住的父母现在应付给本人的抚养费."""
    by_father = _now(father, support_line_a_head, support_percent_few, father.supported_children)
    by_mother = _now(mother, support_line_a_head, support_percent_few, mother.supported_children)
    return when(father_pays_support, by_father, 0) + when(mother_pays_support, by_mother, 0)


@rule(person, unit="fen/month", law=law.OWN["口径"])
def parents_support_then(
    father_pays_support, father, mother_pays_support, mother, support_line_a_head, support_percent_few
):
    """不同住的父母档案已计给本人的抚养费."""
    by_father = _then(father, support_line_a_head, support_percent_few, father.supported_children)
    by_mother = _then(mother, support_line_a_head, support_percent_few, mother.supported_children)
    return when(father_pays_support, by_father, 0) + when(mother_pays_support, by_mother, 0)


@rule(household, unit="fen/month", law=law.OWN["口径"])
def support_now(members):
    """重算的赡养费（月）."""
    living = members.where(members.is_living)
    return (living.children_support_now + living.parents_support_now).sum()


@rule(household, unit="fen/month", law=law.OWN["口径"])
def support_then(members):
    """档案已计的赡养费（月）."""
    living = members.where(members.is_living)
    return (living.children_support_then + living.parents_support_then).sum()


@watch(
    "C16",
    household,
    type="应调尽调",
    weight=15,
    headline="赡养费档案计{support_then}，重算{support_now}，相差达到低保标准的{support_change_percent}",
    basis=("support_now", "support_then"),
    law=(law.DIBAO["13"], law.NINGXIA_ASSESSMENT["不计入"], law.OWN["阈值"]),
    sources="DI26 DI11 DI10 SA-ARCH DI01 DI02 DI03 DI08 DI41",
    note=(
        "档案赡养费：有判决、协议且不低于算得数的取判决，低于的取实付（没有实付取判决）；没有判决的取实付，"
        "再没有的按档案所记义务人家庭收入算；重算只换上义务人家庭现在的收入（申报税后收入与职工养老金，"
        "社保缴费基数不是收入，不计），公式、人数相同，逐人舍至分；义务人为档案所列、登记为本户成员子女或父母、"
        "不同住的；特困、低保、边缘、重残、服刑和依当地年龄豁免的两边都不计；已计＝档案赡养费大于零"
    ),
)
def support_has_changed(on_register, support_now, support_then, support_change_percent, dibao_standard):
    """赡养抚养扶养义务人能力变化."""
    change = greatest(support_now - support_then, support_then - support_now)
    reached = change * 100 >= support_change_percent * dibao_standard
    return on_register & (support_then > 0) & reached
