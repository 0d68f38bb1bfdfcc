from wenhou.monitoring.models.alert import Alert, AlertEvent, Judgement
from wenhou.monitoring.models.gap import Gap, GapEvent, GapReview, GapRun
from wenhou.monitoring.models.run import Run

__all__ = ["Alert", "AlertEvent", "Gap", "GapEvent", "GapReview", "GapRun", "Judgement", "Run"]
