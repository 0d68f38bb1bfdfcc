"""What the comparison of entitlement with receipt names beside the terms of alerts: what is too small to tell."""

from wenhou.engine import standard

standard("gap_least", unit="fen/month", label="享受不足的最小差额")
