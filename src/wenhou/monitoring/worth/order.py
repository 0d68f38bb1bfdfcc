"""Chances from what was learnt: one sum and one curve, with the weightiest parts in words. Pure; needs no library."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp
from typing import Any

from wenhou.monitoring.worth import features
from wenhou.monitoring.worth.outcomes import Case

TOLD = 3  # parts of a sum that are told
LEAST_TOLD = 0.1  # in logits; less moves nothing one could see
LAST = 3  # visits whose outcomes are told


@dataclass(frozen=True)
class Scale:
    """The learnt sum: intercept plus weight × feature, then the calibration 1 / (1 + e^(slope·sum + shift)).

    typical: each feature's mean among what it was learnt from, beside which a part is told.
    """

    weights: Mapping[str, float]
    typical: Mapping[str, float]
    intercept: float
    slope: float
    shift: float

    @classmethod
    def read(cls, content: Mapping[str, Any]) -> "Scale":
        """From `Learned.content`."""
        return cls(
            content["weights"], content["typical"], content["intercept"], content["slope"], content["shift"]
        )

    def as_json(self) -> dict[str, Any]:
        return {
            "weights": dict(self.weights),
            "typical": dict(self.typical),
            "intercept": self.intercept,
            "slope": self.slope,
            "shift": self.shift,
        }

    def chance(self, case: Case) -> float:
        """That a visit newly helps the family, between 0 and 1; nobody already on the register is newly helped."""
        if case.is_registered:
            return 0.0
        told = features.of(case)
        total = self.intercept + sum(self.weights.get(name, 0.0) * value for name, value in told.items())
        return 1 / (1 + exp(self.slope * total + self.shift))

    def parts(self, case: Case) -> list[tuple[str, float]]:
        """Feature → how far it moves the sum from the typical, the weightiest first, as logits of the chance."""
        told = features.of(case)
        moved = [
            (name, -self.slope * weight * (told.get(name, 0.0) - self.typical.get(name, 0.0)))
            for name, weight in self.weights.items()
        ]
        return sorted((part for part in moved if abs(part[1]) >= LEAST_TOLD), key=lambda part: -abs(part[1]))


def reasons(scale: Scale, case: Case, last: Sequence[Case]) -> list[str]:
    """Why it stands where it does, in sentences. last: the latest concluded visits of the same indicator nearby."""
    said = [_last(last)] if last else []
    if case.is_registered:
        return [*said, "报出时已在册：走访可能有用，但不会是新帮到的一户，按期限办。"]
    for name, moved in scale.parts(case)[:TOLD]:
        said.append(f"{_what(name, case)}，{'靠前' if moved > 0 else '靠后'}。")
    return said


def _last(last: Sequence[Case]) -> str:
    right, helped = sum(one.confirmed for one in last), sum(one.helped for one in last)
    more = f"，{helped}次新帮到户" if helped else ""
    return f"本县同类预警最近{len(last)}次走访，{right}次属实{more}。"


def _what(name: str, case: Case) -> str:
    waited = (case.day - case.raised_on).days
    told = {
        "matters": f"这一户同时有{case.matters}项预警",
        "severity": f"缓急{case.severity}分",
        "alone": "一人独居" if case.household_size == 1 else "不是独居",
        "people": f"一户{case.household_size}人",
        "waiting": f"报出{waited}天",
        "right": f"同类以往属实{case.right:.0%}",
        "yielded": f"同类以往新帮到户{case.yielded:.0%}",
    }
    if name in told:
        return told[name]
    held = features.of(case).get(name)
    return features.word(name) if held else f"不是{features.word(name)}"
