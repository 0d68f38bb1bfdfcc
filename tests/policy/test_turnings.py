"""What would turn a refusal: the nearest single change, and the case just above it."""

import time
from typing import Any

import pytest

from policy.small_law import book, determination, with_wages
from wenhou.engine import household, months, person
from wenhou.policy.asking import changes
from wenhou.policy.asking.changes import Turning, sentence


def turning(**changed: Any) -> Turning:
    (only,) = changes.turnings(determination(**changed))
    return only


def test_the_border_is_found_to_the_fen() -> None:
    found = turning(**with_wages("18372.00元"))
    assert found.nearest is not None
    assert (found.nearest.lever.name, found.nearest.whose) == ("wages_12m", "王某")
    assert (found.nearest.now, found.nearest.turns, found.nearest.border) == (1837200, 1835999, 1836000)
    assert sentence(found) == (
        "王某的近12个月工资性收入再少12.01元（为18,359.99元）即符合；现为18,372.00元，临界18,360.00元仍不符合。"
    )
    assert determination(**with_wages("18359.99元")).category.value == "DB"
    assert determination(**with_wages("18360.00元")).category.value == "QT"


def test_one_fen_over_needs_one_fen_less() -> None:
    found = turning(**with_wages("18360.00元"))
    assert sentence(found).startswith("王某的近12个月工资性收入再少0.01元")


def test_a_yes_or_no_and_a_choice_are_turned() -> None:
    found = turning(本户={"有汽车": "是", "汽车豁免理由": "无"})
    told = [found.nearest, *found.others]
    assert [(one.lever.name, one.turns) for one in told if one] == [
        ("has_vehicle", False),
        ("vehicle_exemption", "唯一谋生小型经营车"),
    ]
    assert sentence(found) == "本户的有汽车若为“否”即符合；现为“是”。"


def test_two_hindrances_have_no_single_change() -> None:
    found = turning(**with_wages("99999.00元"), 本户={"有汽车": "是", "汽车豁免理由": "无"})
    assert (found.nearest, found.complete) == (None, True)
    assert sentence(found) == "没有一项事实单独改变就能改变这个结果。"


def test_birth_and_sex_are_never_changed_and_the_search_ends_in_time() -> None:
    found = determination(**with_wages("99999.00元"))
    assert not {"birth_date", "sex", "kinship", "is_supporter"} & {
        one.lever.name for each in changes.turnings(found) for one in (each.nearest, *each.others) if one
    }
    (late,) = changes.turnings(found, seconds=-1.0)
    assert (late.nearest, late.complete) == (None, False)
    assert sentence(late) == "限时内没有找到能改变结果的单项变化。"
    started = time.monotonic()
    changes.turnings(found)
    assert time.monotonic() - started < changes.SECONDS + 0.3


@pytest.mark.parametrize(
    ("months_needed", "now", "turns", "border"), [(36, 10, 36, 35), (1, 0, 1, 0), (5000, 3, 5000, 4999)]
)
def test_a_number_that_must_grow_is_found_too(months_needed: int, now: int, turns: int, border: int) -> None:
    law = book()
    law.fact("months_waited", person, unit="months", label="等候月数", sources=("申报",))

    @law.rule(household, determines=True)
    def qualifies_for_emergency_relief(members: Any) -> Any:
        """急难."""
        return members.where(members.counts).months_waited.sum() >= months(months_needed)

    found = determination(law, **with_wages("99999.00元", 等候月数=now))
    by_name = {one.verdict.name: one for one in changes.turnings(found)}
    nearest = by_name["qualifies_for_emergency_relief"].nearest
    assert nearest is not None
    assert (nearest.now, nearest.turns, nearest.border) == (now, turns, border)
