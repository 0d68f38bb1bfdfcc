from wenhou.monitoring.models.alert import Alert, AlertEvent, Judgement
from wenhou.monitoring.models.gap import Gap, GapEvent, GapReview, GapRun
from wenhou.monitoring.models.order import Expectation, Learned
from wenhou.monitoring.models.override import Override
from wenhou.monitoring.models.run import Run
from wenhou.monitoring.models.trial import ThresholdTrial

__all__ = [
    "Alert", "AlertEvent", "Expectation", "Gap", "GapEvent", "GapReview", "GapRun", "Judgement", "Learned",
    "Override", "Run", "ThresholdTrial",
]  # fmt: skip
