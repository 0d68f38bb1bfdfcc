"""The standards that the means tests name: composition, income, support, property, and the categories."""

from wenhou.engine import standard

# who counts, and what ability means
standard("clergy_away_months", unit="months", label="宗教教职人员脱离家庭的期限")
standard("missing_months", unit="months", label="下落不明不计入的期限")
standard("tekun_child_age", unit="years", label="特困未成年人的年龄上限")

# income
standard("exempt_central_basic_pension", unit="bool", label="中央基础养老金不计收入")
standard("employ_cost_percent", unit="percent", label="必要就业成本占工资的百分数")

# support by those who live elsewhere
standard("support_line_percent", unit="percent", label="义务人家庭自留线占低保标准的百分数")
standard("support_many_supporters", unit="count", label="适用较低给付比例的义务人数")
standard("support_percent_few", unit="percent", label="义务人较少时的给付比例")
standard("support_percent_many", unit="percent", label="义务人较多时的给付比例")
standard("exempts_old_supporters", unit="bool", label="年高的义务人给付全额豁免")
standard("support_exempt_age", unit="years", label="义务人给付全额豁免的年龄")

# property
standard("home_area_per_head", unit="sqm/person", label="两套住房不予纳入的人均建筑面积")
standard("asset_months", unit="months", label="低保货币财产限额折合低保标准的月数")
standard("near_asset_months", unit="months", label="低保边缘货币财产限额折合低保标准的月数")
standard("spending_asset_months", unit="months", label="刚性支出困难货币财产限额折合低保标准的月数")

# categories, their review and their procedure
standard("near_line_percent", unit="percent", label="低保边缘收入线占低保标准的百分数")
standard("religious_residence_months", unit="months", label="困难教职人员在宗教场所居住的期限")
standard("spending_share_percent", unit="percent", label="刚性支出占家庭总收入的百分数线")
standard("grace_months", unit="months", label="就业超标准的渐退期")
standard("steady_review_months", unit="months", label="家庭状况变化不大的核查周期")
standard("unsteady_review_months", unit="months", label="收入不固定且有劳动能力的核查周期")
standard("republishes_dibao", unit="bool", label="低保公示有异议重查后再次公示")
