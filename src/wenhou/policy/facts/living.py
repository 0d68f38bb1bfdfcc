"""School, housing, disaster, sudden need, care and services, as the watch of class E asks for them."""

from datetime import date

from wenhou.engine import fact, household, person

HEATING_MONTH, HEATING_CLOSES = 11, 30
"""采暖以11月在册为准，11月30日看发放."""


def heating_day(as_of: date) -> date:
    """1 November of the last November that has closed by the day asked about."""
    closed = (as_of.month, as_of.day) >= (HEATING_MONTH, HEATING_CLOSES)
    return date(as_of.year if closed else as_of.year - 1, HEATING_MONTH, 1)


# school
fact(
    "term_starts_on",
    household,
    kind="date",
    label="本学期起始日",
    sources=("SA-STD",),
    note="term_start 的 text（不是日期的取 since）；最近一学期，同一学期取最近一级区划",
)
fact(
    "is_granted_this_term",
    person,
    kind="bool",
    label="本学期已获学生资助",
    sources=("DI35",),
    note="9月1日起为秋季、3月1日起为春季；任一种资助",
)
fact(
    "college_entered_on",
    person,
    kind="date",
    label="高职专科或本科入学日期",
    sources=("DI34",),
    note="在读的最近一条",
)
fact("has_entered_college", person, kind="bool", label="在读高职专科或本科", sources=("DI34",))
fact(
    "schooling_report",
    person,
    kind="text",
    label="控辍保学状态",
    sources=("DI36",),
    note="最近一次报告；没有报告为“无”",
)
fact("is_home_taught", person, kind="bool", label="本学期送教上门", sources=("DI36",))
fact(
    "later_school_fees",
    person,
    unit="fen",
    label="非义务教育学年学费住宿费",
    sources=("DI34",),
    note="在读；小学、初中以外",
)
fact(
    "school_aid_this_year",
    person,
    unit="fen",
    label="本学年已获学生资助",
    sources=("DI35",),
    note="9月1日起的学年中秋、春两学期已发的",
)
fact(
    "is_child_of_head",
    person,
    kind="bool",
    label="户主的子女",
    sources=("DI01",),
    note="GB/T 4761 与户主关系",
)
fact(
    "has_child_rehabilitation_12m",
    person,
    kind="bool",
    label="近12个月有儿童康复服务",
    sources=("DI42",),
    note="已服务；自近12个完整月首日至扫描日",
)

# a roof
fact(
    "danger_unlisted_since",
    household,
    kind="date",
    label="危房鉴定后未列入改造的起始日期",
    sources=("DI21",),
    note="C、D级，未列入；鉴定日最早的",
)
fact("is_danger_unlisted", household, kind="bool", label="有未列入改造的危房", sources=("DI21",))
fact(
    "home_contracts", household, unit="count", label="有效住宅网签", sources=("DI19",), note="已签而未撤销的"
)
fact("has_housing_support", household, kind="bool", label="在享公租房或租赁补贴", sources=("DI20",))

# disaster
LATELY = "12个月内"
fact(
    "severe_damage_on",
    household,
    kind="date",
    label="住房严重损坏或倒塌日期",
    sources=("DI43",),
    note=f"{LATELY}最近一次",
)
fact("has_severe_damage", household, kind="bool", label="住房严重损坏或倒塌", sources=("DI43",))
fact("disaster_on", household, kind="date", label="最近受灾日期", sources=("DI43",), note=LATELY)
fact("has_disaster", household, kind="bool", label="12个月内受灾", sources=("DI43",), note=LATELY)
fact(
    "disaster_loss",
    household,
    unit="fen",
    label="最近受灾损失",
    sources=("DI43",),
    note="各成员合计",
)
fact(
    "disaster_aid",
    household,
    unit="fen",
    label="最近受灾已获救助",
    sources=("DI43",),
    note="各成员合计",
)
fact(
    "last_relief_month",
    household,
    kind="date",
    label="最近临时救助月份",
    sources=("SA-PAY",),
    note=f"YL05、YL06 成功发放，{LATELY}",
)
fact("has_relief", household, kind="bool", label="已获临时救助", sources=("SA-PAY",), note=LATELY)

# sudden need
fact(
    "accident_clue_on",
    person,
    kind="date",
    label="意外急难线索上报日期",
    sources=("SA-CLUE",),
    note="交通事故、火灾、溺水、工伤外意外、突发重病；30日内上报的或尚未办结的",
)
fact("has_accident_clue", person, kind="bool", label="有意外急难线索", sources=("SA-CLUE",))
fact(
    "injury_self_paid_30d",
    person,
    unit="fen",
    label="近30日单次伤害住院最高自付",
    sources=("DI29",),
    note="S00–T98；按出院日",
)
fact(
    "accident_cost_line_away",
    person,
    unit="fen",
    label="没有户的受伤人员所在地的单次住院自付线",
    sources=("DI29",),
    note="他们不属于任何一户，标准表按户所在县，取其所属地的",
)

# care and services
fact(
    "care_mode",
    person,
    kind="text",
    label="登记的供养方式",
    sources=("SA-ARCH",),
    note="集中或分散，未登记为“无”",
)
fact(
    "care_colour",
    person,
    kind="text",
    label="登记的照料三色",
    sources=("SA-ARCH",),
    note="红、黄、绿，未登记为“无”",
)
fact(
    "last_visited_on",
    household,
    kind="date",
    label="最近走访日期",
    sources=("SA-VISIT",),
    note="见到本人的走访",
)
fact("has_been_visited", household, kind="bool", label="有走访", sources=("SA-VISIT",))
HAZARDS = ("SA-VISIT", "SA-ARCH")
COLOUR = "颜色取走访当日的，未填的取档案的"
fact(
    "red_hazard_due_on",
    household,
    kind="date",
    label="红级隐患整改截止日期",
    sources=HAZARDS,
    note=f"未销号而已到期的最早一条；{COLOUR}",
)
fact("has_red_hazard_due", household, kind="bool", label="红级隐患到期未销号", sources=HAZARDS)
fact(
    "red_hazard_found_on",
    household,
    kind="date",
    label="未定期限的红级隐患发现日期",
    sources=HAZARDS,
    note=f"未销号的最早一条；{COLOUR}",
)
fact("has_undated_red_hazard", household, kind="bool", label="有未定期限的红级隐患", sources=HAZARDS)
fact(
    "yellow_hazard_found_on",
    household,
    kind="date",
    label="黄级隐患发现日期",
    sources=HAZARDS,
    note=f"未销号的最早一条；{COLOUR}",
)
fact("has_yellow_hazard", household, kind="bool", label="有未销号的黄级隐患", sources=HAZARDS)
fact(
    "unmatched_need_on",
    person,
    kind="date",
    label="未匹配的服务需求登记日期",
    sources=("SA-SVC",),
    note="状态为登记、没有匹配日期的最早一条",
)
fact("has_unmatched_need", person, kind="bool", label="有未匹配的服务需求", sources=("SA-SVC",))

# heating
NOVEMBER = "最近一个已到11月30日的11月1日"
fact(
    "was_dibao_or_near_in_november",
    person,
    kind="bool",
    label="11月1日在册低保或边缘",
    sources=("SA-ARCH",),
    note=NOVEMBER,
)
fact(
    "was_tekun_in_november",
    person,
    kind="bool",
    label="11月1日在册特困",
    sources=("SA-ARCH",),
    note=NOVEMBER,
)
fact(
    "was_orphan_in_november",
    person,
    kind="bool",
    label="11月1日享受孤儿保障",
    sources=("DI46",),
    note=NOVEMBER,
)
fact(
    "heating_paid_on",
    household,
    kind="date",
    label="取暖救助发放日期",
    sources=("SA-PAY",),
    note="YL11、该年11月的成功发放，取结果日期中最早的",
)
fact("has_heating_paid", household, kind="bool", label="已发取暖救助", sources=("SA-PAY",))
