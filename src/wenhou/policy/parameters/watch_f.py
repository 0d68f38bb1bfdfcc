"""The standards that class F of the watch names: terms of the procedure, and spans after a refusal or an exit."""

from wenhou.engine import standard

# terms of a case, in working days but for the publicity
standard("inquiry_start_workdays", unit="workdays", label="受理后启动经济状况调查的期限")
standard("check_start_workdays", unit="workdays", label="提请后启动信息核对的期限")
standard("publicity_days", unit="days", label="初审意见公示的天数")
standard("dibao_county_workdays", unit="workdays", label="低保县级审核确认的期限")
standard("tekun_county_workdays", unit="workdays", label="特困县级审核确认的期限")
standard("handling_workdays", unit="workdays", label="受理至办结的期限")
standard("handling_workdays_delegated", unit="workdays", label="受理至办结的期限（下放乡镇）")
standard("handling_workdays_extended", unit="workdays", label="受理至办结的期限（特殊情形延长）")
standard("refusal_notice_workdays", unit="workdays", label="不予确认书面告知的期限")

# what stands on the register, and payments
standard("spending_validity_months", unit="months", label="刚性支出困难认定的有效期")
standard("repayment_workdays", unit="workdays", label="发放失败后重发的期限")

# after an exit or a refusal
standard("unemployed_again_months", unit="months", label="退出后再度困难的登记失业月数")
standard("watched_after_refusal_months", unit="months", label="申请未获批后的监测期限")

# answers to alerts and clues
standard("answer_workdays", unit="workdays", label="预警、线索反馈的期限")
standard("answer_workdays_red", unit="workdays", label="红色预警反馈的期限")
standard("answer_workdays_urgent", unit="workdays", label="急难线索反馈的期限")
