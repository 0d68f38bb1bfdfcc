"""The indicators by code, as they are declared: names for lists, and everything for a page of their own."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings

from wenhou.desk import reasons
from wenhou.engine import tracing
from wenhou.engine.declared import Fact, Rule, Standard
from wenhou.engine.words import DEFAULT
from wenhou.monitoring import indicators
from wenhou.policy import queries, standards

CATEGORIES = {
    "A": "A 人口身份",
    "B": "B 收入就业",
    "C": "C 财产消费",
    "D": "D 健康残疾",
    "E": "E 教育住房急难",
    "F": "F 经办监督",
}
KEEP_SECONDS = 5
assert indicators.__all__  # importing the package declares them


@dataclass(frozen=True)
class Threshold:
    """A standard an indicator compares with, at a place on a day; `row` is None where it is missing (标准缺失).

    is_overdue: whether its day of review had passed by the day.
    """

    label: str
    shown: str
    row: standards.Row | None
    is_overdue: bool = False


@dataclass(frozen=True)
class CaseFile:
    """One worked example: what is the matter, and who is expected to be a yes, a no or an unknown."""

    about: str
    expected: tuple[tuple[str, str], ...]


def declared() -> dict[str, Rule]:
    """Code → indicator, by code."""
    return dict(sorted(DEFAULT.indicators.items()))


@cache
def _names(revision: int) -> dict[str, str]:
    return {code: rule.label for code, rule in declared().items()}


def names() -> dict[str, str]:
    """Code → name."""
    return _names(DEFAULT.revision)


def categories() -> dict[str, str]:
    """Letter → label of the categories that have an indicator declared."""
    letters = {code[0] for code in names()}
    return {letter: label for letter, label in CATEGORIES.items() if letter in letters}


def behind(rule: Rule, on: date) -> tuple[list[Fact], list[Threshold], list[Rule]]:
    """What a rule looks at: facts, and standards by name, and the rules between."""
    version = rule.version(as_of=on, region=None) or rule.versions[-1]
    found = sorted(tracing.behind(DEFAULT, version.parameters, version, rule.entity, as_of=on))
    known = [DEFAULT[name] for name in found if name in DEFAULT]
    return (
        [one for one in known if isinstance(one, Fact)],
        [Threshold(one.label, one.name, None) for one in known if isinstance(one, Standard)],
        [one for one in known if isinstance(one, Rule)],
    )


def thresholds(named: Sequence[Threshold], place: str, on: date) -> list[Threshold]:
    """The standards with their values at a place on a day."""
    rows = in_force(place, on)
    return [
        Threshold(
            one.label,
            reasons.amount(row.value, row.unit) if (row := rows.get(one.shown)) else "标准缺失，按不知道处理",
            row,
            row is not None and row.is_overdue(on),
        )
        for one in named
    ]


def in_force(place: str, on: date) -> dict[str, standards.Row]:
    """The standards at a place on a day, by name."""
    return standards.resolve(_rows(), place, on)


_kept: list[tuple[float, tuple[standards.Row, ...]]] = []


def _rows() -> tuple[standards.Row, ...]:
    """What holds, asked for once in some seconds: pages read it, nothing decides by it."""
    now = time.monotonic()
    if not _kept or _kept[0][0] < now:
        _kept[:] = [(now + KEEP_SECONDS, queries.rows())]
    return _kept[0][1]


def forget() -> None:
    """Ask again at once."""
    _kept.clear()


def case_files(code: str) -> list[CaseFile]:
    """The worked examples of an indicator, where the checkout has them."""
    folder = Path(settings.WENHOU_ROOT) / "tests" / "cases" / "indicators" / code
    return [_case(one) for path in sorted(folder.glob("*.yaml")) for one in _read(path).get("案例", ())]


@cache
def _read(path: Path) -> dict[str, Any]:
    told: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader) or {}
    return told


def _case(told: dict[str, Any]) -> CaseFile:
    answers = {"是": "yes", "否": "no", "不知道": "unknown", True: "yes", False: "no"}
    expected = told.get("期望") or {}
    pairs = expected.items() if isinstance(expected, dict) else ()
    return CaseFile(
        str(told.get("说明", "")),
        tuple(
            (str(who), answers[said])
            for who, said in pairs
            if isinstance(said, str | bool) and said in answers
        ),
    )
