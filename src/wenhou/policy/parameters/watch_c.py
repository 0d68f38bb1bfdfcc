"""The standards that the watch over property and spending names (class C)."""

from wenhou.engine import standard

standard("home_purchase_months", unit="months", label="申请前购房的追溯期")
standard("transfer_months", unit="months", label="大额转移累计折合低保标准的月数")
standard("single_transfer_line", unit="fen", label="单笔大额转入线")
standard("subscribed_capital_line", unit="fen", label="认缴出资线")
standard("net_profit_percent", unit="percent", label="经营净利率")
standard("provident_fund_run", unit="months", label="连续缴存公积金的月数线")
standard("costly_school_percent", unit="percent", label="学年学费占人均可支配收入的百分数")
standard("premium_months", unit="months", label="商业保险年缴保费折合低保标准的月数")
standard("support_change_percent", unit="percent", label="赡养费变化占低保标准的百分数")
standard("refused_watch_months", unit="months", label="不予确认后的监测期限")
