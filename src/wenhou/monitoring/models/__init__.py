from wenhou.monitoring.models.alert import Alert, AlertEvent, Judgement
from wenhou.monitoring.models.order import Expectation, Learned
from wenhou.monitoring.models.override import Override
from wenhou.monitoring.models.run import Run

__all__ = ["Alert", "AlertEvent", "Expectation", "Judgement", "Learned", "Override", "Run"]
