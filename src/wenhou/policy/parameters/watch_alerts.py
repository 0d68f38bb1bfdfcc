"""The standards of alerts themselves: how grave, how fast they fade, when evidence has changed, how long they may rest."""

from wenhou.engine import standard

# severity: the score of a subject, and what it makes of the colour
standard("severity_red", unit="points", label="红色预警的最低分")
standard("severity_yellow", unit="points", label="黄色预警的最低分")
standard("severity_fresh_days", unit="days", label="计全分的天数")
standard("severity_recent_days", unit="days", label="计大半分的天数")
standard("severity_fresh_percent", unit="percent", label="计全分期内的时效系数")
standard("severity_recent_percent", unit="percent", label="计大半分期内的时效系数")
standard("severity_old_percent", unit="percent", label="此后的时效系数")

# what human decisions hold against
standard("evidence_step_percent", unit="percent", label="依据变化一档的百分数")
standard("same_evidence_days", unit="days", label="同一依据不再报的天数")
standard("longest_snooze_days", unit="days", label="暂缓的最长天数")
standard("longest_override_days", unit="days", label="写明截止日的搁置的最长天数")

# living conditions of 特困 at home: five things looked at, each 0 to 2
standard("living_red_item", unit="points", label="居住条件单项即为红的分数")
standard("living_red_points", unit="points", label="居住条件合计为红的最低分")
standard("living_yellow_points", unit="points", label="居住条件合计为黄的最低分")
