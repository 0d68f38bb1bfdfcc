"""Class E: 教育住房灾害急难与服务."""

from wenhou.engine import days_after, greatest, household, person, rule
from wenhou.monitoring.indicators.watch import watch
from wenhou.policy import law
from wenhou.policy.law import of_items, of_living
from wenhou.policy.rules import family

__all__ = ["family"]

_DANGEROUS = ("C", "D")
_LOW_INCOME = ("DB", "TK", "BY", "GX", "JC")


@rule(person)
def is_low_income(is_aided, is_relapse_watch, is_living):
    """在册低保、特困、低保边缘、刚性支出困难或防返贫监测对象，在世."""
    return (is_aided | is_relapse_watch) & is_living


@rule(person)
def is_enrolled(school_stage):
    """有在读学籍."""
    return school_stage != "无"


@watch(
    "E01",
    person,
    type="救不够",
    weight=25,
    headline="{school_stage}在读，学期{term_starts_on}起满{school_aid_wait_days}，未获学生资助",
    basis=("school_stage", "term_starts_on", "is_granted_this_term"),
    law=(law.TIERED_AID["四(二)2"], law.OWN["期限"]),
    sources="DI34 DI35 SA-ARCH SA-STD",
    note="各学段都看，任一种资助（含助学贷款、营养改善）已获即不报；“开学后45日”取满45日（含第45日）；"
    "学期起始日未发布的不知道；资助按学期名（年份加春、秋）对本学期",
)
def student_aid_is_missing(
    is_low_income, is_enrolled, is_granted_this_term, term_starts_on, school_aid_wait_days, as_of
):
    """低收入家庭在校生未获资助."""
    due = days_after(term_starts_on, school_aid_wait_days) <= as_of
    return is_low_income & is_enrolled & ~is_granted_this_term & due


@watch(
    "E02",
    person,
    type="救不够",
    weight=25,
    headline="{college_entered_on}入学，{school_stage}",
    basis=("college_entered_on", "school_stage"),
    law=(law.TIERED_AID["四(二)2"], law.OWN["期限"]),
    sources="DI34 SA-ARCH",
    note="入学60日内（含第60日）；只看在读，录取未入学的看不到；不问是否已获资助",
)
def college_has_begun(is_low_income, has_entered_college, college_entered_on, college_entry_days, as_of):
    """低收入家庭新考入大学."""
    lately = days_after(college_entered_on, college_entry_days) >= as_of
    return is_low_income & has_entered_college & lately


@rule(person)
def is_of_school_age(age, schooling_age_from, schooling_age_to, is_living):
    """6至15周岁."""
    return is_living & (age >= schooling_age_from) & (age <= schooling_age_to)


@watch(
    "E03",
    person,
    type="主动发现",
    weight=45,
    headline="{age}[，控辍保学报告：{schooling_report}][，学籍：{school_stage}]",
    basis=("schooling_report", "is_enrolled", "is_home_taught"),
    law=(law.INTERIM_MEASURES["33-36"], law.OWN["口径"]),
    sources="DI36 DI34 DI01",
    note="对象列写6至15周岁，两种情形都限年龄；状态取最近一次报告；送教上门只看本学期；"
    "延缓入学、尚未到秋季入学的六周岁儿童、已毕业的十五周岁少年表中未列为例外，仍报，入户核实；学前在读算在读",
)
def child_may_have_left_school(is_of_school_age, schooling_report, is_enrolled, is_home_taught):
    """疑似失学辍学."""
    reported = schooling_report.isin(["疑似辍学", "无法入学"])
    return is_of_school_age & (reported | (~is_enrolled & ~is_home_taught))


@rule(person, unit="fen")
def own_school_cost(later_school_fees, school_aid_this_year):
    """本人非义务教育学年自付（学费、住宿费减资助，不低于零）."""
    return greatest(later_school_fees - school_aid_this_year, 0)


@rule(household, unit="fen")
def school_cost(members):
    """家庭非义务教育学年自付."""
    return members.where(members.is_living).own_school_cost.sum()


@watch(
    "E04",
    household,
    type="主动发现",
    weight=30,
    headline="因学自付{school_cost}，达到{school_cost_line}，家庭近12个月可见收入{visible_income_12m}",
    basis=("school_cost", "visible_income_12m"),
    law=(of_living.COUNTY_AGAINST_POVERTY["因学"], law.OWN["阈值"]),
    sources="DI34 DI35 DI26 SA-ARCH",
    note="非义务教育＝小学、初中以外各学段；资助取本学年（9月1日起）已发的，秋季看不到来年春季的；"
    "助学贷款也算资助；一人资助超过学费住宿费的，不抵他人；上年度人均可支配收入未载入时不知道",
)
def school_costs_weigh_on_family(
    is_household_out,
    school_cost,
    school_cost_line,
    visible_income_12m,
    disposable_income,
    school_cost_income_percent,
    household_size,
):
    """因学负担偏重家庭."""
    line = school_cost_income_percent * disposable_income * household_size
    return is_household_out & (school_cost >= school_cost_line) & (visible_income_12m * 100 < line)


@rule(person)
def is_studying_child(is_enrolled, is_child_of_head, father, mother, is_living):
    """在读子女：户主的子女，或父母一方同户."""
    with_father = father.is_known() & father.same_household()
    with_mother = mother.is_known() & mother.same_household()
    return is_living & is_enrolled & (is_child_of_head | with_father | with_mother)


@rule(household, unit="count")
def children_studying(members):
    """在读子女数."""
    return members.is_studying_child.count()


@watch(
    "E05",
    household,
    type="主动发现",
    weight=30,
    headline="在读子女{children_studying}名，可见人均月收入{visible_income_per_head}",
    basis=("children_studying", "visible_income_per_head"),
    law=(of_living.RELAPSE_GROUPS["重点人群"], law.OWN["阈值"]),
    sources="DI34 DI02 DI01 DI26 SA-ARCH",
    note="各学段在读都算，含学前与大学；子女＝户主的子女，或父母一方同户的",
)
def several_children_study(is_household_out, children_studying, studying_children, has_low_visible_income):
    """多子女在读低收入."""
    return is_household_out & (children_studying >= studying_children) & has_low_visible_income


@watch(
    "E06",
    person,
    type="救不够",
    weight=25,
    headline="{age}，残疾{disability_level}，本学期没有在读学籍，没有送教上门",
    basis=("disability_level", "is_enrolled", "is_home_taught"),
    law=(law.INTERIM_MEASURES["33-36"], of_items.REFORM["(九)"]),
    sources="DI41 DI34 DI36",
    note="“1学期”读作本学期：9月1日、3月1日起的学期没有送教上门的记录；“无法入学”不等于已送教",
)
def disabled_child_is_not_taught(
    age,
    home_teaching_age_from,
    home_teaching_age_to,
    is_severely_disabled,
    is_enrolled,
    is_home_taught,
    is_living,
):
    """适龄重残儿童未入学未送教."""
    of_age = (age >= home_teaching_age_from) & (age <= home_teaching_age_to)
    return is_living & of_age & is_severely_disabled & ~is_enrolled & ~is_home_taught


@watch(
    "E07",
    person,
    type="救不够",
    weight=25,
    headline="{age}，残疾{disability_level}，近12个月没有儿童康复服务",
    basis=("disability_level", "has_child_rehabilitation_12m"),
    law=(of_items.CHILD_REHABILITATION["对象"],),
    sources="DI41 DI42",
    note="窗口自近12个完整月首日至扫描日，当月的服务也算；待服务的不算；领证不满12个月的也报；0—6岁优先由年龄看出，不另分级",
)
def disabled_child_lacks_rehabilitation(
    age, child_rehabilitation_age, is_disabled, has_child_rehabilitation_12m, is_living
):
    """残疾儿童未接受康复救助."""
    young = is_living & (age <= child_rehabilitation_age)
    return young & is_disabled & ~has_child_rehabilitation_12m


@rule(household)
def is_low_income_household(household_category):
    """在册低保、特困、低保边缘、刚性支出困难或防返贫监测户."""
    return household_category.isin(_LOW_INCOME)


@rule(household)
def lives_in_danger(house_danger_level):
    """住房鉴定为C级或D级，改造未竣工."""
    return house_danger_level.isin(_DANGEROUS)


@rule(household, law=law.OWN["期限"])
def is_danger_overdue(is_danger_unlisted, danger_unlisted_since, danger_unlisted_days, as_of):
    """危房鉴定满30日未列入改造."""
    return is_danger_unlisted & (days_after(danger_unlisted_since, danger_unlisted_days) <= as_of)


@watch(
    "E08",
    household,
    type="救不够",
    weight=25,
    headline="住房鉴定{house_danger_level}级，改造未竣工[，{danger_unlisted_since}鉴定，未列入改造]",
    basis=("house_danger_level", "is_danger_overdue", "danger_unlisted_since"),
    law=(law.TIERED_AID["四(二)3"], law.INTERIM_MEASURES["37-40"]),
    sources="DI21 SA-ARCH",
    note="鉴定满30日未列入改造的应升红：是否逾期列为依据，颜色由预警分级定；类别取户的类别",
)
def low_income_family_lives_in_danger(urban_rural, is_low_income_household, lives_in_danger):
    """低收入农户住危房."""
    return (urban_rural == "农村") & is_low_income_household & lives_in_danger


@watch(
    "E09",
    household,
    type="救不够",
    weight=25,
    headline="城镇家庭名下没有住宅，未享公租房或租赁补贴",
    basis=("homes", "home_contracts", "has_housing_support"),
    law=(law.TIERED_AID["四(二)3"], law.INTERIM_MEASURES["37-40"]),
    sources="DI17 DI19 DI20 SA-ARCH",
    note="有效的住宅网签视同有房，已售出而网签未撤销的会漏报；集中供养的特困表中未除外，仍报",
)
def family_has_no_home(urban_rural, household_category, homes, home_contracts, has_housing_support):
    """城镇低收入无房未享住房保障."""
    aided = household_category.isin(["DB", "TK", "BY", "GX"])
    homeless = (homes == 0) & (home_contracts == 0)
    return (urban_rural == "城市") & aided & homeless & ~has_housing_support


@watch(
    "E10",
    household,
    type="主动发现",
    weight=30,
    headline="住房鉴定{house_danger_level}级，登记住宅{homes}套，可见人均月收入{visible_income_per_head}",
    basis=("house_danger_level", "homes", "visible_income_per_head"),
    law=(of_living.RELAPSE_GROUPS["重点人群"], law.OWN["阈值"]),
    sources="DI21 DI17 DI26 SA-ARCH",
    note="唯一住房＝不动产登记的住宅不超过1套（农村危房多未登记，0套也算）；改造竣工的不算危房",
)
def family_outside_lives_in_danger(
    is_household_out, urban_rural, lives_in_danger, homes, has_low_visible_income
):
    """未在库农户住危房."""
    only = homes <= 1
    return is_household_out & (urban_rural == "农村") & lives_in_danger & only & has_low_visible_income
