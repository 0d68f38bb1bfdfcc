"""Class E, the later half: disaster, sudden need, care, services and heating."""

from wenhou.engine import days_after, household, month_of, person, rule, when
from wenhou.engine import on_day as day
from wenhou.monitoring.indicators.watch import watch
from wenhou.policy import law
from wenhou.policy.facts.living import heating_day
from wenhou.policy.law import of_items, of_living
from wenhou.policy.rules import family

__all__ = ["family"]


@watch(
    "E11",
    household,
    type="主动发现",
    weight=70,
    urgent=True,
    headline="{severe_damage_on}受灾，住房{house_damage}",
    basis=("house_damage", "severe_damage_on"),
    law=(of_items.DISASTER_RELIEF["20"], law.TIERED_AID["四(二)5"], law.OWN["期限"]),
    sources="DI43",
    note="在库与否都看；只看12个月内的灾害，最重的损坏；24小时内派单：按急难1个工作日答复",
)
def home_is_destroyed(house_damage):
    """受灾住房严重损坏或倒塌."""
    return house_damage.isin(["严重损坏", "倒塌"])


@watch(
    "E12",
    household,
    type="救不够",
    weight=25,
    headline="{disaster_on}受灾，损失{disaster_loss}，救助{disaster_aid}，不足{disaster_aid_percent}，未获临时救助",
    basis=("disaster_loss", "disaster_aid", "disaster_on", "has_relief"),
    law=(law.SAFETY_NET["二(二)"], law.OWN["阈值"]),
    sources="DI43 SA-PAY",
    note="12个月内最近一次灾害，损失与救助按户合计；满60日含第60日；临时救助看受灾当月起YL05、YL06的成功发放",
)
def disaster_aid_falls_short(
    has_disaster,
    disaster_on,
    disaster_loss,
    disaster_aid,
    disaster_aid_percent,
    disaster_wait_days,
    has_relief,
    last_relief_month,
    as_of,
):
    """受灾救助后生活仍困难."""
    short = disaster_aid * 100 < disaster_aid_percent * disaster_loss
    waited = days_after(disaster_on, disaster_wait_days) <= as_of
    relieved = has_relief & (last_relief_month >= month_of(disaster_on))
    return has_disaster & short & waited & ~relieved


@watch(
    "E13",
    person,
    type="主动发现",
    weight=70,
    urgent=True,
    headline="[{accident_clue_on}上报意外急难线索][近30日伤害住院自付{injury_self_paid_30d}]",
    basis=("accident_clue_on", "has_accident_clue", "injury_self_paid_30d"),
    law=(law.NINGXIA_RELIEF["3"], law.TIERED_AID["四(三)"], law.OWN["阈值"]),
    sources="SA-CLUE DI29",
    note="全体，含不在本地户籍的流动人口；表中未写时间窗：线索看30日内上报的和尚未办结的，住院看30日内出院的单次自付；"
    "没有身份证号的线索由线索办理；没有户的人不属任何一县的户，按其所属地的自付线比，所属地没有的按全国；24小时响应：按急难1个工作日答复；已故的也报，家庭仍可能需要急难救助",
)
def accident_has_struck(has_accident_clue, injury_self_paid_30d, accident_cost_line, accident_cost_line_away):
    """突发意外急难."""
    line = accident_cost_line.fill(accident_cost_line_away)
    return has_accident_clue | ((injury_self_paid_30d > 0) & (injury_self_paid_30d >= line))


@rule(person, unit="days", law=of_living.FENGXIANG_COLOURS["三色"])
def visit_days(care_colour, visit_days_red, visit_days_yellow, visit_days_green):
    """走访周期（未定颜色的同绿级）."""
    return when(
        care_colour == "红", visit_days_red, when(care_colour == "黄", visit_days_yellow, visit_days_green)
    )


@rule(person)
def lives_alone_and_frail(
    is_dibao, is_tekun, is_near_dibao, is_living, household_size, age, very_old_age, self_care, care_mode
):
    """低保、特困、边缘独居者，年满80周岁或不能自理."""
    listed = (is_dibao | is_tekun | is_near_dibao) & (care_mode != "集中")
    frail = (age >= very_old_age) | self_care.isin(["部分丧失", "完全丧失"])
    return listed & is_living & (household_size == 1) & frail


@watch(
    "E14",
    person,
    type="救不够",
    weight=50,
    headline="{age}独居，自理能力：{self_care}[，{last_visited_on}走访后]超过{visit_days}未走访",
    basis=("age", "self_care", "last_visited_on", "visit_days"),
    law=(of_living.FENGXIANG_COLOURS["三色"], law.OWN["期限"]),
    sources="DI01 DI02 SA-ARCH SA-VISIT",
    note="同户仅1人看在世成员；未评定自理能力的不算不能自理；集中供养的不是独居；颜色取档案，未定的同绿；"
    "只算见到本人的走访，从未走访的视为超过；恰满周期的不算超过",
)
def frail_person_alone_is_not_visited(
    lives_alone_and_frail, has_been_visited, last_visited_on, visit_days, as_of
):
    """独居高龄失能无照料."""
    late = days_after(last_visited_on, visit_days) < as_of
    return lives_alone_and_frail & (~has_been_visited | late)


@rule(person)
def is_tekun_at_home(is_tekun, care_mode, is_living):
    """在册分散特困（登记为集中供养的除外）."""
    return is_tekun & (care_mode != "集中") & is_living


@rule(household)
def is_red_hazard_overdue(
    has_red_hazard_due, red_hazard_due_on, has_undated_red_hazard, red_hazard_found_on, red_hazard_days, as_of
):
    """红级隐患过整改截止未销号（未写截止的自发现起15日）."""
    dated = has_red_hazard_due & (red_hazard_due_on < as_of)
    undated = has_undated_red_hazard & (days_after(red_hazard_found_on, red_hazard_days) < as_of)
    return dated | undated


@rule(household)
def is_yellow_hazard_overdue(has_yellow_hazard, yellow_hazard_found_on, yellow_hazard_days, as_of):
    """黄级隐患满15日未议、未销号."""
    return has_yellow_hazard & (days_after(yellow_hazard_found_on, yellow_hazard_days) <= as_of)


@watch(
    "E15",
    household,
    type="救不够",
    weight=45,
    headline="[红级隐患应于{red_hazard_due_on}整改，未销号，][{red_hazard_found_on}发现红级隐患，未销号，]"
    "[{yellow_hazard_found_on}发现黄级隐患，未销号]",
    basis=("red_hazard_due_on", "red_hazard_found_on", "yellow_hazard_found_on"),
    law=(of_living.FENGXIANG_COLOURS["三色"], law.OWN["期限"]),
    sources="SA-VISIT SA-ARCH",
    note="颜色取发现隐患那次走访的，未填的取档案的；没有“议”的记录，未议读作未销号；其后整改复核登记销号的也算销号；"
    "没有登记供养方式的特困视为分散",
)
def hazard_is_not_put_right(members, is_red_hazard_overdue, is_yellow_hazard_overdue):
    """红黄级分散特困逾期未整改."""
    return members.is_tekun_at_home.any() & (is_red_hazard_overdue | is_yellow_hazard_overdue)


@watch(
    "E16",
    person,
    type="救不够",
    weight=25,
    headline="{unmatched_need_on}登记服务需求，超过{unmatched_need_days}未匹配",
    basis=("unmatched_need_on",),
    law=(law.TIERED_AID["四(四)"], of_living.SERVICES["供需匹配"], law.OWN["期限"]),
    sources="SA-SVC SA-ARCH",
    note="低收入人口＝在册六类；未匹配＝状态为登记而没有匹配日期，取消的不算；超过15日不含第15日",
)
def need_is_unmatched(
    is_on_register, is_living, has_unmatched_need, unmatched_need_on, unmatched_need_days, as_of
):
    """服务需求未匹配."""
    late = days_after(unmatched_need_on, unmatched_need_days) < as_of
    return is_on_register & is_living & has_unmatched_need & late


@rule(person, law=of_items.YINCHUAN_HEATING["散居孤儿"])
def was_due_heating_aid(
    was_dibao_or_near_in_november,
    was_tekun_in_november,
    was_orphan_in_november,
    care_mode,
    is_dead,
    died_on,
    as_of,
):
    """11月1日在册低保、边缘、分散特困或散居孤儿，当日在世."""
    at_home = (was_tekun_in_november | was_orphan_in_november) & (care_mode != "集中")
    gone = is_dead.fill(False) & (died_on < heating_day(as_of)).fill(False)
    return (was_dibao_or_near_in_november | at_home) & ~gone


@watch(
    "E17",
    household,
    type="救不够",
    weight=25,
    headline="11月1日在册，至11月30日没有取暖救助发放",
    basis=("has_heating_paid", "heating_paid_on"),
    law=(of_items.YINCHUAN_HEATING["城市低保"], law.TIERED_AID["四(五)"], law.OWN["期限"]),
    sources="SA-ARCH SA-PAY DI46",
    note="看最近一个已到11月30日的11月；30日当日发放的算已发，其后补发的仍为逾期；散居孤儿由DI46得知（表中未列来源）；"
    "类别与供养方式取档案现行记录；没有登记供养方式的视为分散；当地不发取暖救助的（标准“当地发放取暖救助”）为否，没有写明的不知道",
)
def heating_aid_is_missing(
    heating_aid_given, members, has_heating_paid, heating_paid_on, heating_pay_days, as_of
):
    """取暖救助应发未发."""
    closes = days_after(day(heating_day(as_of)), heating_pay_days)
    paid = has_heating_paid & (heating_paid_on <= closes)
    return heating_aid_given & members.was_due_heating_aid.any() & ~paid
