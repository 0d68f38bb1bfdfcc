"""The standards that formulas name. Their dated values, with documents, are data under `standards/`."""

from wenhou.engine import standard
from wenhou.policy.parameters import (
    benefits,
    gaps,
    keeping,
    looks,
    means,
    watch_alerts,
    watch_b,
    watch_c,
    watch_e,
    watch_f,
)

__all__ = [
    "benefits",
    "gaps",
    "keeping",
    "looks",
    "means",
    "watch_alerts",
    "watch_b",
    "watch_c",
    "watch_e",
    "watch_f",
]

# lines and incomes of a place
standard("dibao_urban", unit="fen/month", label="城市低保标准")
standard("dibao_rural", unit="fen/month", label="农村低保标准")
standard("disposable_income_urban", unit="fen/year", label="上年度城镇居民人均可支配收入")
standard("disposable_income_rural", unit="fen/year", label="上年度农村居民人均可支配收入")
standard("near_dibao_percent", unit="percent", label="可见收入筛查线占低保标准的百分数")
standard("tekun_income_percent", unit="percent", label="特困收入线占低保标准的百分数")

# ages
standard("adult_age", unit="years", label="成年年龄")
standard("elder_age", unit="years", label="老年年龄")
standard("capable_supporter_age", unit="years", label="义务人视为有履行能力的年龄上限")
standard("supporting_parent_age", unit="years", label="视情豁免供养父母的年龄")

# family and population
standard("death_review_months", unit="months", label="成员死亡后办结复核的期限")
standard("recent_custody_months", unit="months", label="新收监、新强戒的时间窗")
standard("parent_absence_months", unit="months", label="父母失联的期限")
standard("marriage_notice_days", unit="days", label="新婚未申报的提醒期限")
standard("single_parent_window_months", unit="months", label="离婚、丧偶的时间窗")
standard("single_parent_minors", unit="count", label="单亲抚养的未成年人数")
standard("newborn_months", unit="months", label="新生儿增保的期限")
standard("moved_away_days", unit="days", label="户籍迁出未转接的期限")
standard("permit_elsewhere_months", unit="months", label="异县居住的期限")
standard("missed_visits", unit="times", label="连续未见本人的走访次数")
standard("exits_abroad", unit="times", label="近12个月出境次数线")
standard("days_abroad", unit="days", label="近12个月境外天数线")

# illness and disability
standard("medical_oop_line", unit="fen", label="年度个人自付线")
standard("monitored_income_percent", unit="percent", label="监测人口自付占可支配收入的百分数")
standard("single_stay_line", unit="fen", label="单次住院自付线")
standard("single_stay_line_monitored", unit="fen", label="监测对象单次住院自付线")
standard("medical_share_percent", unit="percent", label="自付占家庭年收入的百分数")
standard("allowance_grace_months", unit="months", label="发证后应享两项补贴的期限")
standard("disabled_members", unit="count", label="一户多残的人数")
standard("registered_oop_line", unit="fen", label="在册对象年度自付线")
standard("enrolment_months", unit="months", label="年初医保集中缴费期")
standard("medical_aid_line_poorest", unit="fen", label="医疗救助起付线（特困、孤儿、低保）")
standard("medical_aid_line_near", unit="fen", label="医疗救助起付线（边缘、刚性支出）")
standard("medical_aid_line_other", unit="fen", label="医疗救助起付线（其余对象）")
standard("chronic_wait_days", unit="days", label="出院后应认定慢特病的期限")
standard("single_person_minors_and_frail_elders", unit="bool", label="未成年人、失能失智老年人可单独申请低保")
