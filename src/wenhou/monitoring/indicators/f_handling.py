"""Class F, first part: 政策落实与经办监督, the steps of a case and the answers to alerts."""

from wenhou.engine import household, rule, unknown, when
from wenhou.monitoring.indicators.watch import watch
from wenhou.policy import law
from wenhou.policy.rules import procedure

__all__ = ["procedure"]

STOPPED = "工作日按放假调休表，起算当日不计，停表天数全部扣除"


@watch(
    "F01",
    household,
    type="经办督办",
    weight=15,
    headline="{without_inquiry_since}受理，超过{inquiry_start_workdays}未启动经济状况调查",
    basis=("without_inquiry_since",),
    law=(law.DIBAO["15时限"],),
    sources="SA-CASE",
    note="在办＝尚无决定的低保、边缘申请；启动＝入户调查步骤有开始日期；" + STOPPED,
)
def inquiry_is_late(workdays_without_inquiry, inquiry_start_workdays):
    """受理后未按时启动经济状况调查."""
    return workdays_without_inquiry > inquiry_start_workdays


@watch(
    "F02",
    household,
    type="经办督办",
    weight=15,
    headline="{without_check_since}提请核对，超过{check_start_workdays}未启动",
    basis=("without_check_since",),
    law=(law.DIBAO["17时限"],),
    sources="SA-CASE SA-CHK",
    note="提请日取核对的提出日期；核对须属于一件在办申请，不问事项；没有提请过的不在此列；工作日按放假调休表，起算当日不计",
)
def check_is_late(workdays_without_check, check_start_workdays):
    """提请后未按时启动信息核对."""
    return workdays_without_check > check_start_workdays


@rule(household, unit="days")
def short_publicity(has_been_publicised, shortest_publicity, publicity_days):
    """不足规定天数的公示天数."""
    short = has_been_publicised.fill(False) & (shortest_publicity < publicity_days)
    return when(short, shortest_publicity, unknown)


@watch(
    "F03",
    household,
    type="经办督办",
    weight=15,
    headline="[{reported_unpublished_on}上报县级而未公示][公示{short_publicity}，不足{publicity_days}]",
    basis=("reported_unpublished_on", "short_publicity"),
    law=(law.DIBAO["19"], law.TEKUN["13-18"]),
    sources="SA-CASE",
    note="只看在办的低保、特困申请；天数＝止日减起日，自然日；公示未满期的不算不足，没有公示起日的为未公示；"
    "上报县级＝确认步骤有开始日期",
)
def publicity_is_missing_or_short(
    is_reported_unpublished, has_been_publicised, shortest_publicity, publicity_days
):
    """初审公示缺失或不足7天."""
    return is_reported_unpublished | (has_been_publicised & (shortest_publicity < publicity_days))


@rule(household)
def is_county_late_for_dibao(workdays_at_county_for_dibao, dibao_county_workdays):
    """低保县级审核确认超期."""
    return workdays_at_county_for_dibao > dibao_county_workdays


@rule(household)
def is_county_late_for_tekun(workdays_at_county_for_tekun, tekun_county_workdays):
    """特困县级审核确认超期."""
    return workdays_at_county_for_tekun > tekun_county_workdays


@rule(household, unit="date")
def late_at_county_since(
    is_county_late_for_dibao,
    at_county_for_dibao_since,
    is_county_late_for_tekun,
    at_county_for_tekun_since,
):
    """超期未决定的县级收件日期."""
    tekun = when(is_county_late_for_tekun.fill(False), at_county_for_tekun_since, unknown)
    return when(is_county_late_for_dibao.fill(False), at_county_for_dibao_since, tekun)


@watch(
    "F04",
    household,
    type="经办督办",
    weight=15,
    headline="县级{late_at_county_since}收件，超过期限（低保{dibao_county_workdays}、特困{tekun_county_workdays}）未决定",
    basis=("late_at_county_since",),
    law=(law.DIBAO["20时限"], law.TEKUN["16"]),
    sources="SA-CASE",
    note="收件日＝确认步骤的开始日期；边缘、刚性申请没有单列的县级期限，看F05；" + STOPPED,
)
def county_is_late(is_county_late_for_dibao, is_county_late_for_tekun):
    """县级审核确认超期."""
    return is_county_late_for_dibao | is_county_late_for_tekun


@rule(household)
def is_handling_late(workdays_in_hand, handling_workdays):
    """低保、刚性申请超过30个工作日未办结."""
    return workdays_in_hand > handling_workdays


@rule(household)
def is_delegated_handling_late(workdays_in_hand_delegated, handling_workdays_delegated):
    """下放乡镇的低保、刚性申请超过20个工作日未办结."""
    return workdays_in_hand_delegated > handling_workdays_delegated


@rule(household)
def is_extended_handling_late(workdays_in_hand_extended, handling_workdays_extended):
    """延长办理的低保、刚性申请超过45个工作日未办结."""
    return workdays_in_hand_extended > handling_workdays_extended


@rule(household, unit="date")
def late_in_hand_since(
    is_handling_late,
    in_hand_since,
    is_delegated_handling_late,
    in_hand_delegated_since,
    is_extended_handling_late,
    in_hand_extended_since,
):
    """超期未办结的受理日期."""
    extended = when(is_extended_handling_late.fill(False), in_hand_extended_since, unknown)
    delegated = when(is_delegated_handling_late.fill(False), in_hand_delegated_since, extended)
    return when(is_handling_late.fill(False), in_hand_since, delegated)


@watch(
    "F05",
    household,
    type="经办督办",
    weight=15,
    headline="{late_in_hand_since}受理，超过全流程期限未办结",
    basis=("late_in_hand_since",),
    law=(law.DIBAO["22"], law.SAFETY_NET["四(一)"], law.SPENDING["8"]),
    sources="SA-CASE",
    note="下放乡镇而又延长的按延长的期限；公示7天计入总时限（暂定）；" + STOPPED,
)
def handling_is_late(is_handling_late, is_delegated_handling_late, is_extended_handling_late):
    """全流程办理超期."""
    return is_handling_late | is_delegated_handling_late | is_extended_handling_late


@watch(
    "F06",
    household,
    type="经办督办",
    weight=15,
    headline="{refusal_untold_since}不予确认，超过{refusal_notice_workdays}未书面告知",
    basis=("refusal_untold_since",),
    law=(law.DIBAO["21"], law.TEKUN["18"]),
    sources="SA-CASE",
    note="不问事项与种类；无送达记录＝没有告知日期；迟到的告知已送达的不再督办；" + STOPPED,
)
def refusal_is_untold(workdays_refusal_untold, refusal_notice_workdays):
    """不予确认未按时书面告知."""
    return workdays_refusal_untold > refusal_notice_workdays


@watch(
    "F09",
    household,
    type="经办督办",
    weight=15,
    headline="{unvisited_case_accepted_on}受理的备案件或投诉件，县级没有入户",
    basis=("unvisited_case_accepted_on",),
    law=(law.DIBAO["11"], law.DIBAO["20"]),
    sources="SA-CASE SA-VISIT",
    note="入户＝该件受理当日及以后县级走访见到人，以前的走访不算；已终止的件不看，已确认的仍看；不问办到哪一步；"
    "特困县级抽查率是县级统计，不在本指标",
)
def county_visit_is_missing(has_case_unvisited_by_county):
    """应入户未入户."""
    return has_case_unvisited_by_county


@rule(household)
def is_alert_overdue(
    workdays_red_alert_unanswered, answer_workdays_red, workdays_alert_unanswered, answer_workdays
):
    """预警派发后超过期限未反馈（红色从短）."""
    red = workdays_red_alert_unanswered > answer_workdays_red
    return red | (workdays_alert_unanswered > answer_workdays)


@rule(household)
def is_clue_overdue(
    workdays_urgent_clue_unanswered, answer_workdays_urgent, workdays_clue_unanswered, answer_workdays
):
    """线索派发后超过期限未反馈（急难从短）."""
    urgent = workdays_urgent_clue_unanswered > answer_workdays_urgent
    return urgent | (workdays_clue_unanswered > answer_workdays)


@rule(household, unit="date")
def overdue_alert_since(
    workdays_red_alert_unanswered, answer_workdays_red, red_alert_unanswered_since, alert_unanswered_since
):
    """未反馈预警的派发日期."""
    red = (workdays_red_alert_unanswered > answer_workdays_red).fill(False)
    return when(red, red_alert_unanswered_since, alert_unanswered_since)


@rule(household, unit="date")
def overdue_clue_since(
    workdays_urgent_clue_unanswered,
    answer_workdays_urgent,
    urgent_clue_unanswered_since,
    clue_unanswered_since,
):
    """未反馈线索的派发日期."""
    urgent = (workdays_urgent_clue_unanswered > answer_workdays_urgent).fill(False)
    return when(urgent, urgent_clue_unanswered_since, clue_unanswered_since)


@rule(household, unit="date")
def unanswered_since(is_alert_overdue, overdue_alert_since, is_clue_overdue, overdue_clue_since):
    """逾期未反馈的派发日期."""
    clue = when(is_clue_overdue.fill(False), overdue_clue_since, unknown)
    return when(is_alert_overdue.fill(False), overdue_alert_since, clue)


@watch(
    "F17",
    household,
    type="经办督办",
    weight=15,
    headline="{unanswered_since}派发的预警或线索，超过期限未反馈",
    basis=("unanswered_since", "is_alert_overdue", "is_clue_overdue"),
    law=(law.TIERED_AID["三(四)"], law.OWN["期限"]),
    sources="SA-ALERT SA-CLUE",
    note="急难看线索的急难标记，红色看预警的严重度（满70）；投诉按线索（信访、12349）看；暂缓、销号的预警不算；"
    "没有对象身份的线索不能归户，不在此列；工作日按放假调休表，派发当日不计",
)
def answer_is_overdue(is_alert_overdue, is_clue_overdue):
    """预警与线索处置逾期."""
    return is_alert_overdue | is_clue_overdue
