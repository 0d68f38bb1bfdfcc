"""When looking at people's data is unusual, and is to be asked about."""

from wenhou.engine import standard

standard("look_hours", unit="text", label="查看个人信息的通常钟点")
standard("look_people_least", unit="count", label="一天查看人数可疑的起点")
standard("look_times_percent", unit="percent", label="一天查看人数可疑的倍数（比本人平常）")
standard("look_usual_days", unit="days", label="本人平常查看人数的统计天数")
standard("look_caseless_people", unit="count", label="一天无事由查看可疑的人数")
