"""What the order looks at, each with its word: no sex, no nation, no place, no name. Pure.

Every feature lies between 0 and about 1, so that weights can be read beside each other.
"""

from math import log1p

from wenhou.engine.words import DEFAULT
from wenhou.monitoring.worth.outcomes import Case

MOST_MATTERS, MOST_PEOPLE, MOST_SEVERITY, MOST_WAIT, MOST_WEIGHT = 6, 8, 150, 90, 100
AGES = ((18, "未成年"), (60, "18到59岁"), (80, "60到79岁"), (1000, "80岁以上"))

WORDS = {
    "matters": "这一户同时有几项预警",
    "severity": "缓急分",
    "weight": "指标权重",
    "alone": "一人独居",
    "people": "户内人数",
    "waiting": "报出以来的天数",
    "right": "同类以往的属实率",
    "yielded": "同类以往新帮到户的份",
}


def age_group(age: int) -> str:
    """'未成年', '18到59岁', '60到79岁', '80岁以上'."""
    return next(word for below, word in AGES if age < below)


def of(case: Case) -> dict[str, float]:
    """Feature → value; what is not there is 0. Whether on the register is none: of those nobody is newly helped."""
    return {f"这一户有{letter}类预警": 1.0 for letter in case.classes} | {
        f"指标{case.indicator}": 1.0,
        f"类型{case.alert_type}": 1.0,
        f"年龄{age_group(case.age)}": 1.0,
        "matters": (min(case.matters, MOST_MATTERS) - 1) / (MOST_MATTERS - 1),
        "severity": min(case.severity, MOST_SEVERITY) / MOST_SEVERITY,
        "weight": _weight(case.indicator) / MOST_WEIGHT,
        "alone": float(case.household_size == 1),
        "people": min(case.household_size, MOST_PEOPLE) / MOST_PEOPLE,
        "waiting": log1p(min(max(0, (case.day - case.raised_on).days), MOST_WAIT)) / log1p(MOST_WAIT),
        "right": case.right,
        "yielded": case.yielded,
    }


def _weight(code: str) -> int:
    rule = DEFAULT.indicators.get(code)
    return min(rule.watch.weight, MOST_WEIGHT) if rule is not None and rule.watch else 0


def word(feature: str) -> str:
    """A feature for people."""
    return WORDS.get(feature) or feature.replace("指标", "指标 ").replace("类型", "类型 ").replace(
        "年龄", "年龄 "
    )
