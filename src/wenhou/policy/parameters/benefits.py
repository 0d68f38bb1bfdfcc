"""The standards that benefits and the items of the menu name. Their dated values are data under `standards/`."""

from wenhou.engine import standard

# illness: limits of income and property nobody has found; a place that has them gives them
standard("illness_income_limit", unit="fen/month", label="因病致贫人均月收入限额")
standard("illness_property_limit", unit="fen", label="因病致贫人均货币财产限额")

# 临时救助
standard("emergency_relief_percent", unit="percent", label="急难型人均最低额占城市低保月标准的百分数")
standard("expenditure_relief_percent", unit="percent", label="支出型人均最低额占城市低保月标准的百分数")
standard("relief_times_limit", unit="times", label="每年临时救助次数上限（0为不限）")
standard("relief_bars_same_cause", unit="bool", label="同一事由不重复给予临时救助")
standard("relief_covers_uninsured", unit="bool", label="未参保失业人员可获一次性临时救助")
standard("months_without_income_line", unit="months", label="未参保失业人员连续无收入月数线")
standard("working_age", unit="years", label="未参保失业人员的最低年龄")

# 特困
standard("tekun_living_percent", unit="percent", label="特困基本生活标准占低保标准的百分数")
standard("tekun_institution_living", unit="fen/month", label="特困集中供养基本生活标准")
standard("tekun_care_independent", unit="fen/month", label="特困照料护理标准（自理）")
standard("tekun_care_partial", unit="fen/month", label="特困照料护理标准（部分丧失自理能力）")
standard("tekun_care_full", unit="fen/month", label="特困照料护理标准（完全丧失自理能力）")

# children, disability
standard("orphan_institution", unit="fen/month", label="孤儿基本生活标准（机构养育）")
standard("orphan_dispersed", unit="fen/month", label="孤儿基本生活标准（散居）")
standard("child_without_care_standard", unit="fen/month", label="事实无人抚养儿童基本生活标准")
standard("disability_living_standard", unit="fen/month", label="困难残疾人生活补贴标准")
standard("disability_care_standard", unit="fen/month", label="重度残疾人护理补贴标准")
standard("disability_living_covers_near_dibao", unit="bool", label="困难残疾人生活补贴及于低保边缘家庭")
standard("disability_care_covers_mental", unit="bool", label="重度残疾人护理补贴及于智力、精神三四级")

# 取暖
standard("heating_urban_dibao_low", unit="fen", label="城市低保采暖补贴最低档（户）")
standard("heating_urban_dibao_high", unit="fen", label="城市低保采暖补贴最高档（户）")
standard("heating_rural_dibao", unit="fen", label="农村低保采暖补贴（户）")
standard("heating_near_dibao", unit="fen", label="低保边缘采暖补贴（户）")
standard("heating_urban_tekun_at_cost", unit="bool", label="城市散居特困按当年实际采暖费")
standard("heating_rural_tekun", unit="fen", label="农村散居特困采暖补贴（户）")
standard("heating_orphan", unit="fen", label="散居孤儿采暖补贴（户）")
standard("heating_floor_urban", unit="fen", label="城市低保采暖补贴自治区底线（人）")
standard("heating_floor_rural", unit="fen", label="农村低保采暖补贴自治区底线（人）")

# 价格补贴联动: growth year on year of the month the index belongs to
standard("cpi_growth", unit="permille", label="CPI单月同比涨幅")
standard("food_price_growth", unit="permille", label="食品价格单月同比涨幅")
standard("scpi_growth", unit="permille", label="SCPI同比涨幅（无SCPI的地区为其所用指数）")
standard("cpi_trigger", unit="permille", label="CPI启动条件")
standard("food_price_trigger", unit="permille", label="食品价格启动条件")
standard("price_subsidy_covers_more", unit="bool", label="价格补贴增加失业补助金领取者与低保边缘人口")
standard("price_subsidy_minimum", unit="fen/month", label="价格临时补贴最低额")

# items
standard("very_old_age", unit="years", label="高龄")
standard("rehabilitation_age", unit="years", label="残疾儿童康复救助的年龄上限")
standard("home_teaching_age_from", unit="years", label="送教上门的最低年龄")
standard("home_teaching_age_to", unit="years", label="送教上门的最高年龄")
standard("housing_shortage_area", unit="sqm/person", label="住房困难人均建筑面积标准")
standard("relapse_watch_line", unit="fen/year", label="防返贫监测人均年收入范围")
standard("insurance_aid_covers_others", unit="bool", label="资助参保及于低保边缘、监测对象等其他人员")
standard("months_watched_after_exit", unit="months", label="退出低保、特困后的监测期限")

NOT_FOUND = frozenset(
    {
        "illness_income_limit",
        "illness_property_limit",
        "tekun_institution_living",
        "tekun_care_independent",
        "tekun_care_partial",
        "tekun_care_full",
        "cpi_growth",
        "food_price_growth",
        "scpi_growth",
        "housing_shortage_area",
        "relapse_watch_line",
        "insurance_aid_covers_others",
    }
)
"""Standards of the law that no document at hand gives anywhere: 标准缺失 until a place proposes or brings them."""
