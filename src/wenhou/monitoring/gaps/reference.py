"""docs/reference/gaps.md: `python -m wenhou.monitoring.gaps.reference`."""

from wenhou.engine.words import DEFAULT
from wenhou.monitoring.gaps import readings
from wenhou.monitoring.gaps.enums import GapKind
from wenhou.monitoring.gaps.readings import READINGS, Reading

HEAD = """# Entitlement gaps

Written from `monitoring.gaps.readings` by `python -m wenhou.monitoring.gaps.reference`; do not edit.

How each of the 43 items is compared every night. 应享: what this determination says is due (screened: estimated where the law
has no answer, for those whose property may not be looked at). 已享: what says it is had. 不符 is looked for only where an
item goes on from month to month; what was given once is not. Where no file tells who has an item, everybody is unknown.

| Item | 应享 | 筛查 | 已享 (files) | 不符 when held and not | 金额 | 实发 | 同说的预警 | Reading |
|---|---|---|---|---|---|---|---|---|
"""


def page() -> str:
    """The whole page."""
    return HEAD + "".join(_line(reading) for reading in READINGS)


def _line(reading: Reading) -> str:
    has = f"{_label(reading.has)} ({'、'.join(reading.files)})" if reading.has else readings.UNTOLD
    exits = f"{_label(reading.holds)}／{_label(reading.keeps)}" if reading.holds else ""
    amount = f"{_label(reading.due)}，{reading.period}" if reading.due else str(reading.period)
    alerts = "；".join(
        f"{kind} {' '.join(reading.told_by(kind))}" for kind in GapKind if reading.told_by(kind)
    )
    cells = (
        f"{reading.code} {reading.name}",
        _label(reading.owed),
        _label(reading.screen),
        has,
        exits,
        amount,
        _label(reading.received),
        alerts,
        reading.note,
    )
    return "| " + " | ".join(cells) + " |\n"


def _label(name: str) -> str:
    return f"{getattr(DEFAULT[name], 'label', '')} `{name}`" if name else ""


if __name__ == "__main__":
    print(page(), end="")
