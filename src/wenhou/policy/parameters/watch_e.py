"""The thresholds of class E: school, housing, disaster, sudden need and services."""

from wenhou.engine import standard

# school
standard("school_aid_wait_days", unit="days", label="开学后应获学生资助的期限")
standard("college_entry_days", unit="days", label="新入学高职专科、本科的时间窗")
standard("schooling_age_from", unit="years", label="接受义务教育的最低年龄")
standard("schooling_age_to", unit="years", label="接受义务教育的最高年龄")
standard("school_cost_line", unit="fen", label="因学年度自付线")
standard("school_cost_income_percent", unit="percent", label="因学负担收入线占人均可支配收入的百分数")
standard("studying_children", unit="count", label="多子女在读的人数")
standard("child_rehabilitation_age", unit="years", label="残疾儿童康复监测的最高年龄")

# a roof, disaster, sudden need
standard("danger_unlisted_days", unit="days", label="危房鉴定后应列入改造的期限")
standard("disaster_aid_percent", unit="percent", label="受灾救助占损失的百分数线")
standard("disaster_wait_days", unit="days", label="灾后复核生活困难的期限")
standard("accident_cost_line", unit="fen", label="意外伤害单次住院自付线")

# care and services
standard("visit_days_red", unit="days", label="红级走访周期")
standard("visit_days_yellow", unit="days", label="黄级走访周期")
standard("visit_days_green", unit="days", label="绿级走访周期")
standard("red_hazard_days", unit="days", label="红级隐患未定期限的整改期限")
standard("yellow_hazard_days", unit="days", label="黄级隐患议处期限")
standard("unmatched_need_days", unit="days", label="服务需求匹配期限")
standard("heating_aid_given", unit="bool", label="当地发放取暖救助")
standard("heating_pay_days", unit="days", label="11月1日起发放取暖救助的期限")
