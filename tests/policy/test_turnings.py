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


def test_a_ground_for_exemption_comes_before_the_thing_itself() -> None:
    found = turning(本户={"有汽车": "是", "汽车豁免理由": "无"})
    told = [found.nearest, *found.others]
    assert [(one.lever.name, one.turns) for one in told if one] == [
        ("vehicle_exemption", "唯一谋生小型经营车"),
        ("has_vehicle", False),
    ]
    assert found.nearest is not None
    assert found.nearest.also == ("生产用车", "已灭失无法销户", "残疾人专用车", "二三轮摩托", "其他")
    assert found.nearest.approved == ("其他",)
    assert sentence(found) == (
        "本户的汽车豁免理由若为“唯一谋生小型经营车”“生产用车”“已灭失无法销户”“残疾人专用车”“二三轮摩托”之一，"
        "或“其他”且经批准，即符合；现为“无”。"
    )


def test_two_hindrances_have_no_single_change_and_both_are_told() -> None:
    found = turning(**with_wages("99999.00元"), 本户={"有汽车": "是", "汽车豁免理由": "无"})
    assert (found.nearest, found.complete) == (None, True)
    assert sentence(found) == (
        "缺条件：工资性收入 × 100 < 12个月 × 当地低保标准 × 共同生活成员数 × 100；不属于“汽车超限”。"
    )


def test_an_amount_is_changed_by_half_of_it_at_most() -> None:
    assert turning(**with_wages("36719.98元")).nearest is not None
    far = turning(**with_wages("36720.00元"))
    assert (far.nearest, far.complete) == (None, True)
    assert sentence(far).startswith("缺条件：工资性收入")


def test_the_search_ends_in_time() -> None:
    found = determination(**with_wages("20000.00元"))
    (late,) = changes.turnings(found, seconds=-1.0)
    assert (late.nearest, late.complete) == (None, False)
    assert sentence(late).startswith("限时内没有找到能改变结果的单项变化；缺条件：")
    started = time.monotonic()
    changes.turnings(found)
    assert time.monotonic() - started < changes.SECONDS + 0.3


def test_nobody_is_advised_to_wait_for_misfortune() -> None:
    law = book()
    law.fact("months_waited", person, unit="months", label="等候月数", sources=("申报",))

    @law.rule(household, determines=True)
    def qualifies_for_emergency_relief(members: Any) -> Any:
        """急难."""
        return members.where(members.counts).months_waited.sum() >= months(36)

    found = determination(law, **with_wages("99999.00元", 等候月数=35))
    by_name = {one.verdict.name: one for one in changes.turnings(found)}
    told = by_name["qualifies_for_emergency_relief"]
    assert told.nearest is None
    assert sentence(told).startswith("缺条件：成员（计入共同生活成员）的“等候月数”合计 ≥ 36个月")


@pytest.mark.parametrize("spent", [10, 19])
def test_an_amount_that_must_grow_is_found_too(spent: int) -> None:
    law = book()
    law.fact("medical_self_paid_12m", person, unit="fen", label="医疗", sources=("申报",))

    @law.rule(household, determines=True)
    def qualifies_for_emergency_relief(members: Any) -> Any:
        """急难."""
        return members.where(members.counts).medical_self_paid_12m.sum() >= spent * 1200

    found = determination(law, **with_wages("99999.00元", 医疗="100.00元"))
    by_name = {one.verdict.name: one for one in changes.turnings(found)}
    nearest = by_name["qualifies_for_emergency_relief"].nearest
    wanted = None if spent == 19 else (10000, 12000, 11999)
    assert (None if nearest is None else (nearest.now, nearest.turns, nearest.border)) == wanted
