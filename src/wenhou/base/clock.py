"""The one place that asks the machine what time it is; WENHOU_TODAY sets a story's or a demo's date."""

import os
from datetime import date, datetime
from zoneinfo import ZoneInfo

BEIJING = ZoneInfo("Asia/Shanghai")


def now() -> datetime:
    """The present moment in Beijing time."""
    moment = datetime.now(BEIJING)
    told = os.environ.get("WENHOU_TODAY")
    return datetime.combine(date.fromisoformat(told), moment.timetz()) if told else moment


def today() -> date:
    """The present day in Beijing."""
    return now().date()


def instant() -> datetime:
    """The machine's own moment, whatever day is told: for sessions, and codes that a phone reckons from its clock."""
    return datetime.now(BEIJING)
