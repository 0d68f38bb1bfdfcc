"""What a new alert says of the decision it follows: '上次（2026年11月2日）查为不属实，此后变化：…'."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from wenhou.monitoring import steps
from wenhou.monitoring.comparing import Standing
from wenhou.monitoring.enums import Outcome
from wenhou.monitoring.terms import Terms


def sentence(earlier: Standing, now: Mapping[str, Any], terms: Terms, on: date) -> str:
    """The earlier decision and every change of the evidence since, those that make a step first."""
    assert earlier.closed_on is not None
    what = steps.told(earlier.basis, now, terms.evidence_step_percent)
    if earlier.vanished_on is not None:
        what.insert(0, f"原因在{_day(earlier.vanished_on)}的扫描中消失，现在又出现")
    if earlier.has_run_out(on):
        what.insert(0, "搁置到期" if earlier.is_due(on) else "搁置已收回")
    changes = "；".join(what) or "依据没有变化"
    return f"上次（{_day(earlier.closed_on)}）{_decided(earlier)}，此后变化：{changes}。"


def _decided(earlier: Standing) -> str:
    if earlier.override is not None:
        return "搁置了这项指标"
    return "查为不属实" if earlier.outcome == Outcome.NOT_SO else f"办结为“{earlier.outcome}”"


def _day(value: date) -> str:
    return f"{value.year}年{value.month}月{value.day}日"
