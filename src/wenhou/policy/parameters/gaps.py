"""What the comparison of entitlement with receipt names: what is too small to tell, and by when a review is due."""

from wenhou.engine import standard

standard("gap_least", unit="fen/month", label="享受不足的最小差额")
standard("gap_review_workdays", unit="workdays", label="享而不符发起核查的期限")
