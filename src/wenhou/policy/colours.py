"""The two colour schemes of care (facts §8.1, §8.2), apart from each other and from the severity of alerts. Pure.

三套颜色不可混用. An alert's severity is a score (`monitoring.enums.Colour`); a family's grade (金凤) says how it is looked
after; a living colour (凤翔) says how a 特困 person cared for at home lives. They are plain enums of their own: members
of different schemes are never equal, are no text, and each function takes one scheme only.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import Enum

MOST_POINTS = 2


class FamilyColour(Enum):
    """金凤 family grade: red is high risk, yellow needs somebody to act for it, blue is watched."""

    RED = "红"
    YELLOW = "黄"
    BLUE = "蓝"

    @property
    def scheme(self) -> str:
        return "家庭分级"

    @property
    def said(self) -> str:
        """What is done about a family of this colour: shown beside every colour, which never stands alone."""
        return _FAMILY[self]


class LivingColour(Enum):
    """凤翔 living conditions of 特困 people cared for at home."""

    RED = "红"
    YELLOW = "黄"
    GREEN = "绿"

    @property
    def scheme(self) -> str:
        return "居住条件"

    @property
    def said(self) -> str:
        """What is done about it."""
        return _LIVING[self]


_FAMILY = {
    FamilyColour.RED: "高危，一事一议会商",
    FamilyColour.YELLOW: "一站式帮办代办",
    FamilyColour.BLUE: "日常监测",
}
_LIVING = {
    LivingColour.RED: "列清单、定责任、限期整改",
    LivingColour.YELLOW: "定期关注",
    LivingColour.GREEN: "常态",
}


@dataclass(frozen=True)
class Living:
    """The five things looked at on a visit, each 0 (good) to 2 (bad) points; None where it was not looked at."""

    meals: int | None
    housing: int | None
    hygiene: int | None
    care: int | None
    treatment: int | None

    def __post_init__(self) -> None:
        for field in fields(self):
            points = getattr(self, field.name)
            if points is not None and not 0 <= points <= MOST_POINTS:
                raise ValueError(f"{field.name}: {points}")

    @property
    def points(self) -> tuple[int | None, ...]:
        return self.meals, self.housing, self.hygiene, self.care, self.treatment


@dataclass(frozen=True)
class LivingTerms:
    """The thresholds: standards `living_*` and `visit_days_*` (provisional), points and days."""

    living_red_item: int
    living_red_points: int
    living_yellow_points: int
    visit_days_red: int
    visit_days_yellow: int
    visit_days_green: int

    @classmethod
    def read(cls, values: Mapping[str, int]) -> "LivingTerms":
        """From standards by name. Raises KeyError where one is missing (标准缺失)."""
        return cls(**{field.name: values[field.name] for field in fields(cls)})


def living(found: Living, terms: LivingTerms) -> LivingColour | None:
    """One thing of 2 points or 6 in all is red, 3 to 5 yellow, at most 2 green (facts §8.1, ours). None is unknown:
    something was not looked at, and what was does not decide whatever it would have been."""
    known = [points for points in found.points if points is not None]
    least = sum(known)
    if any(points >= terms.living_red_item for points in known) or least >= terms.living_red_points:
        return LivingColour.RED
    if len(known) < len(found.points):
        return None
    return LivingColour.YELLOW if least >= terms.living_yellow_points else LivingColour.GREEN


def visit_every(colour: LivingColour, terms: LivingTerms) -> int:
    """Days within which the next visit is due. Raises TypeError for a colour of another scheme."""
    if not isinstance(colour, LivingColour):
        raise TypeError(f"not a living colour: {colour!r}")
    return {
        LivingColour.RED: terms.visit_days_red,
        LivingColour.YELLOW: terms.visit_days_yellow,
        LivingColour.GREEN: terms.visit_days_green,
    }[colour]


def family(
    *, gravely_ill: bool | None, disabled: bool | None, needs_acting_for: bool | None
) -> FamilyColour | None:
    """Grave illness or loss of self-care (重病失能) of a member is red; a family that needs somebody to act for it is
    yellow; others are blue (facts §8.2). None is unknown: neither no nor blue."""
    if gravely_ill or disabled:
        return FamilyColour.RED
    if gravely_ill is None or disabled is None:
        return None
    if needs_acting_for is None:
        return None
    return FamilyColour.YELLOW if needs_acting_for else FamilyColour.BLUE
