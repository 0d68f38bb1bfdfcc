"""The order of the list: what is learnt, from what, and that nothing but outcomes moves it."""

import random
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from monitoring import factories
from monitoring.worth_outcomes import concluded, visitor
from wenhou.base import clock
from wenhou.fieldwork.models import Visit
from wenhou.monitoring.actions import ordering
from wenhou.monitoring.models import Alert, Expectation, Judgement, Learned
from wenhou.monitoring.worth import features, learning, order, outcomes
from wenhou.monitoring.worth.order import Scale

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 2)
CHANCES = {"D01": 0.7, "A02": 0.05, "B01": 0.3}


def drawn(size: int, *, seed: int = 1) -> list[dict[str, object]]:
    """Alerts whose visits newly help by CHANCES, twice as often where somebody lives alone, up to all."""
    rng = random.Random(seed)
    rows = []
    for number in range(1, size + 1):
        code, alone = rng.choice(sorted(CHANCES)), rng.random() < 0.4
        helped = rng.random() < min(1, CHANCES[code] * (2 if alone else 1))
        closed = ON - timedelta(days=rng.randint(1, 300))
        rows.append({
            "number": number, "indicator": code, "household": 1000 + number, "age": rng.randint(1, 90),
            "household_size": 1 if alone else rng.randint(2, 5), "severity": rng.randint(10, 90),
            "sex": rng.choice("12"), "raised_on": closed - timedelta(days=rng.randint(1, 20)), "closed_on": closed,
            "outcome": "纳入保障" if helped else rng.choice(["情况不属实", "转部门"]),
        })  # fmt: skip
    return rows


def written(rows: list[dict[str, object]]) -> None:
    """All of them concluded on the day after a visit, in two statements."""
    first = factories.alert(900_001)
    judgement, run, by = Judgement.objects.get(), first.run, visitor()
    first.delete()
    alerts = [
        Alert(
            **({"alert_type": "主动发现", "division": factories.VILLAGE, "colour": "黄", "name_masked": "马＊"}
               | {key: value for key, value in row.items() if key != "number"}),
            number=f"YJ2026{row['number']:06d}", subject=f"p{row['number']}", person=row["number"], state="销号",
            headline="x", due_on=row["closed_on"], basis={}, evidence_hash="x", judgement=judgement, run=run,
        )
        for row in rows
    ]  # fmt: skip
    Alert.objects.bulk_create(alerts)
    Visit.objects.bulk_create(
        Visit(
            number=f"ZF{alert.number}", purpose="核查", division=alert.division, person=alert.person, met=True,
            visited_on=alert.closed_on - timedelta(days=1), found="见到本人，情况如实。",
            reference=f"alert:{alert.number}", by=by, recorded_at=clock.now(),
        )
        for alert in alerts
    )  # fmt: skip


def test_too_few_outcomes_teach_nothing_and_say_so() -> None:
    written(drawn(199))
    with pytest.raises(learning.TooFew, match="还只有199条，不到200条，先按期限排"):
        ordering.learn(on=ON)
    assert ordering.refresh(on=ON) == 0
    assert not Learned.objects.exists()
    assert not Expectation.objects.exists()


def test_two_hundred_of_one_kind_teach_nothing_either() -> None:
    written([row | {"outcome": "情况不属实"} for row in drawn(200)])
    with pytest.raises(learning.TooFew, match="新帮到户的0条"):
        ordering.learn(on=ON)


def test_what_is_learnt_is_the_librarys_own_chance_and_better_than_one_for_all() -> None:
    written(sorted(drawn(600), key=lambda row: str(row["indicator"])))  # as a run writes them
    learned = ordering.learn(on=ON)
    assert (learned.size, learned.until <= ON) == (600, True)
    assert learned.brier < 0.8 * learned.base_brier
    cases, scale = outcomes.concluded(ON), Scale.read(learned.content)
    names = sorted({name for case in cases for name in features.of(case)})
    seen = learning._matrix(cases, names)
    helped = np.array([case.helped for case in cases])
    families = np.array([case.family for case in cases])
    steadiness = learning._steadiness(seen, helped, families)
    again = learning._fitted(seen, helped, families, steadiness).predict_proba(seen)[:, 1]
    assert [scale.chance(case) for case in cases] == pytest.approx(list(again), abs=1e-9)
    assert scale.slope < 0
    weights = scale.weights
    assert weights["指标D01"] > weights["指标B01"] > weights["指标A02"]
    assert weights["alone"] > 0


def test_told_chances_come_true_within_every_group() -> None:
    written(drawn(900))
    learned = ordering.learn(on=ON)
    assert sum(row["alerts"] for row in learned.reliability) == 900
    assert {row["what"] for row in learned.groups} == {"性别", "年龄", "民族"}
    for row in [*learned.reliability, *learned.groups]:
        room = 3 * (row["told"] * (1 - row["told"]) / row["alerts"]) ** 0.5 + 0.03
        assert abs(row["told"] - row["seen"]) <= room, row


def test_a_group_of_a_few_is_not_told() -> None:
    written([row | {"sex": "1" if number < 9 else "2"} for number, row in enumerate(drawn(300))])
    told = [row for row in ordering.learn(on=ON).groups if row["what"] == "性别"]
    assert [(row["group"], row["alerts"]) for row in told] == [("女", 291)]  # of nine men nothing is said


def test_sex_name_and_place_move_nothing_and_the_registered_are_never_newly_helped() -> None:
    written(drawn(300))
    scale = Scale.read(ordering.learn(on=ON).content)
    case = outcomes.concluded(ON)[0]
    other = replace(case, sex="1" if case.sex == "2" else "2", person=1, division="640105001001", family="h1")
    assert scale.chance(case) == scale.chance(other)
    assert not [
        name for name in scale.weights if any(word in name for word in ("sex", "性别", "民族", "division"))
    ]
    assert scale.chance(replace(case, is_registered=True)) == 0.0


def test_a_case_is_read_as_it_stood_when_somebody_went() -> None:
    day = date(2026, 10, 20)
    concluded(1, "纳入保障", date(2026, 9, 1), date(2026, 9, 20), visited=date(2026, 9, 10), household=1)
    concluded(2, "情况不属实", date(2026, 9, 1), day, visited=date(2026, 9, 15), household=2)
    concluded(3, "转部门", date(2026, 10, 1), date(2026, 10, 25), visited=day, household=3)
    factories.alert(
        4, household=3, raised_on=date(2026, 10, 20), indicator="A02"
    )  # open on the day of the visit
    factories.alert(5, household=3, raised_on=date(2026, 10, 21))  # raised after it
    concluded(6, "转部门", date(2026, 9, 1), date(2026, 10, 19), household=3)  # closed before, nobody went
    one, two, three = outcomes.concluded(ON)
    assert (one.helped, two.helped, three.helped) == (True, False, False)
    assert (one.matters, two.matters, three.matters) == (1, 1, 2)
    assert (one.classes, three.classes) == ("D", "AD")
    assert (one.past, two.past, three.past) == (
        0,
        0,
        1,
    )  # the second was concluded on the very day of the third's visit
    # one of one, pulled by five times (1 + 1) of (1 + 2)
    assert three.right == pytest.approx((1 + 5 * 2 / 3) / 6)
    assert [case.id for case in outcomes.opened(ON, [one, two, three])] == list(
        Alert.objects.filter(closed_on=None).order_by("id").values_list("id", flat=True)
    )


def test_open_alerts_get_a_chance_and_reasons_anew_each_time() -> None:
    written(drawn(300))
    factories.alert(5001, household=1, household_size=1)
    factories.alert(5002, household=2, indicator="A02", household_size=4)
    factories.alert(5003, household=3, standing="低保")
    assert ordering.refresh(on=ON) == 3
    alone, family, registered = Expectation.objects.order_by("alert__number")
    assert alone.chance > 6000
    assert family.chance < 1500
    assert registered.chance == 0
    assert alone.reasons[0].startswith("本县同类预警最近3次走访，")
    assert "一人独居，靠前。" in alone.reasons
    assert registered.reasons[-1].startswith("报出时已在册")
    Alert.objects.filter(number="YJ2026005001").update(state="销号", closed_on=ON, outcome="转部门")
    assert ordering.refresh(on=ON) == 2
    assert Learned.objects.count() == 1  # not a week old
    ordering.refresh(on=ON + timedelta(days=7))
    assert Learned.objects.count() == 2


def test_parts_are_told_by_how_far_they_move_the_sum() -> None:
    scale = Scale({"alone": 2.0, "people": -1.0, "matters": 0.01}, {"alone": 0.5}, 0.0, -1.0, 0.0)
    case = replace(_case(), household_size=1)
    assert scale.chance(case) == pytest.approx(1 / (1 + np.exp(-(2 - 1 / 8))))
    assert scale.parts(case) == [("alone", 1.0), ("people", -0.125)]
    assert order.reasons(scale, case, []) == ["一人独居，靠前。", "一户1人，靠后。"]


def _case() -> outcomes.Case:
    return outcomes.Case(
        1,
        "D01",
        "主动发现",
        "p1",
        1,
        factories.VILLAGE,
        "2",
        70,
        2,
        False,
        40,
        ON,
        ON,
        None,
        1,
        "D",
        False,
        False,
    )
