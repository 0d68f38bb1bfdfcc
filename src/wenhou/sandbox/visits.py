"""What a visit for each alert would find: from the truth and the hardship of a place (`hardship`), never from an order.

The same alert finds the same whenever and in whatever order it is visited. A family in hidden hardship is found so by
whoever visits first, whatever the alert was about; else what is found depends on whether the alert was right.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from wenhou.base.errors import Refused

HELPED = {"纳入保障": 0.45, "临时救助": 0.35, "服务类救助": 0.20}
"""Of families found in hardship newly."""
RIGHT = {
    "应纳尽纳": {"暂不符合": 0.55, "转部门": 0.2, "一事一议": 0.1, "情况不属实": 0.15},
    "主动发现": {"暂不符合": 0.45, "转部门": 0.2, "情况不属实": 0.35},
    "救不够": {"临时救助": 0.35, "服务类救助": 0.25, "转部门": 0.2, "暂不符合": 0.2},
    "应退尽退": {"启动复核": 0.75, "暂不符合": 0.1, "情况不属实": 0.15},
    "应调尽调": {"启动复核": 0.7, "暂不符合": 0.15, "情况不属实": 0.15},
    "经办督办": {"转部门": 0.8, "情况不属实": 0.2},
}
"""By type of alert, of an alert that is right about a family not in hidden hardship (自拟)."""
OFF_REGISTER = {"临时救助": "暂不符合", "服务类救助": "转部门"}
"""Of a family that is on no register and not in hardship nothing is granted."""
WRONG = {"情况不属实": 0.9, "暂不符合": 0.1}
DAYS = {
    "纳入保障": 24,
    "临时救助": 6,
    "服务类救助": 12,
    "转部门": 8,
    "启动复核": 10,
    "一事一议": 20,
    "情况不属实": 4,
    "暂不符合": 5,
}
"""Mean days to close from the visit's order; a remote town adds half."""
SCHEMA = pa.schema(
    [
        ("number", pa.string()),
        ("indicator", pa.string()),
        ("family", pa.string()),
        ("outcome", pa.string()),
        ("newly_found", pa.bool_()),
        ("days_to_close", pa.int64()),
    ]
)


@dataclass(frozen=True)
class Raised:
    """An alert as the list gives it; `id_no` is the person, or anybody of the household."""

    number: str
    indicator: str
    alert_type: str
    id_no: str


def find(place: Path, raised: Iterable[Raised]) -> pa.Table:
    """One row an alert about somebody the sandbox knows: outcome (words of SA-ALERT), whether the family is newly found in
    hardship (the same for all its alerts: count a family once), days to close. Raises Refused without the truth."""
    known = _hardship(place)
    right = _right(place)
    rows = []
    for one in sorted(raised, key=lambda alert: (alert.number, alert.indicator)):
        family = known.get(one.id_no)
        if family is not None:
            rows.append(_visit(one, family, right))
    return pa.Table.from_pylist(rows, SCHEMA)


def _visit(one: Raised, family: dict[str, Any], right: set[tuple[str, str]]) -> dict[str, Any]:
    # One stream an alert and family: what is found depends on neither order nor number.
    rng = np.random.default_rng(crc32(f"{family['family']} {one.indicator} {one.id_no}".encode()))
    newly = bool(family["in_hardship"]) and not family["on_register"]
    outcome = _outcome(one, family, newly, right, rng)
    mean = DAYS[outcome] * (1.5 if family["remote"] else 1.0)
    return {
        "number": one.number,
        "indicator": one.indicator,
        "family": family["family"],
        "outcome": outcome,
        "newly_found": newly,
        "days_to_close": 1 + int(rng.gamma(2.0, mean / 2.0)),
    }


def _outcome(
    one: Raised, family: dict[str, Any], newly: bool, right: set[tuple[str, str]], rng: np.random.Generator
) -> str:
    if newly:
        return _drawn(HELPED, rng)
    if not right & {(one.indicator, one.id_no), (one.indicator, family["family"])}:
        return _drawn(WRONG, rng)
    found = _drawn(RIGHT[one.alert_type], rng)
    return found if family["on_register"] else OFF_REGISTER.get(found, found)


def _drawn(shares: dict[str, float], rng: np.random.Generator) -> str:
    return str(rng.choice(np.array(tuple(shares)), p=tuple(shares.values())))


def _hardship(place: Path) -> dict[str, dict[str, Any]]:
    path = place / "truth" / "hardship.parquet"
    if not path.is_file():
        raise Refused(
            f"“{place.name}”里没有 truth/hardship.parquet，请用 wenhou sandbox build 造好的文件夹。"
        )
    return {row["id_no"]: row for row in pq.read_table(path).to_pylist()}


def _right(place: Path) -> set[tuple[str, str]]:
    """(indicator, identity number or family) of every yes."""
    names = ["indicator", "subject_kind", "id_no", "household_no", "expected"]
    rows = pq.read_table(place / "truth" / "truth.parquet", columns=names).to_pylist()
    return {
        (row["indicator"], row["household_no"] if row["subject_kind"] == "household" else row["id_no"])
        for row in rows
        if row["expected"]
    }


def raised_here() -> list[Raised]:
    """The open alerts of this installation."""
    from wenhou.lake import vault
    from wenhou.monitoring.enums import OPEN_STATES
    from wenhou.monitoring.models import Alert

    alerts = Alert.objects.filter(state__in=OPEN_STATES)
    rows = list(alerts.values_list("number", "indicator", "alert_type", "person"))
    numbers = vault.identity_of({person for *_, person in rows})
    return [Raised(number, indicator, kind, numbers[person]) for number, indicator, kind, person in rows]


def write(path: Path, visits: pa.Table) -> None:
    """Parquet."""
    path.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(visits, path, compression="zstd")
