"""A back test as it is kept, and read again. Pure."""

from dataclasses import asdict
from datetime import date
from typing import Any

from wenhou.monitoring.worth.backtest import BackTest, Line
from wenhou.monitoring.worth.settled import Settled
from wenhou.monitoring.worth.shares import Share


def to_json(found: BackTest) -> dict[str, Any]:
    """Numbers and days; of nobody."""
    return asdict(found) | {"days": [day.isoformat() for day in found.days]}


def from_json(kept: dict[str, Any]) -> BackTest:
    """What was kept."""
    one, two = kept["unknown"]
    return BackTest(
        days=tuple(date.fromisoformat(day) for day in kept["days"]),
        total=Line(**kept["total"]),
        counties=tuple(Line(**line) for line in kept["counties"]),
        unknown=(one, two),
        kept=_settled(kept["kept"]),
        removed=_settled(kept["removed"]),
        added=_settled(kept["added"]),
    )


def _settled(kept: dict[str, Any]) -> Settled:
    return Settled(kept["subjects"], Share(**kept["precision"]))
