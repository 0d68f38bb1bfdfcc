"""The standards that class B of the watch names: income and work. Their dated values are data under `standards/`."""

from wenhou.engine import standard

standard("exit_income_percent", unit="percent", label="收入超标核查线占低保标准的百分数")
standard("new_insurance_months", unit="months", label="新增单位参保的连续月数")
standard("new_pension_line", unit="fen/month", label="新增养老金的派单线")
standard("uncounted_benefit_months", unit="months", label="失业待遇未计收入的月数")
standard("months_after_benefits", unit="months", label="失业待遇期满后的提醒月数")
standard("jobless_months", unit="months", label="零就业家庭的登记失业月数")
standard("income_drop_percent", unit="percent", label="家庭收入骤降的百分数")
standard("pension_only_age", unit="years", label="仅靠养老金生活的高龄老人年龄")
standard("work_refusals", unit="times", label="连续拒绝介绍工作的次数线")
standard("post_end_days", unit="days", label="公益性岗位到期的提前提醒日数")
standard("public_insurance_months", unit="months", label="机关事业参保的核查月数")
standard("farm_income_change_percent", unit="percent", label="惠农收入变化占低保标准的百分数")
