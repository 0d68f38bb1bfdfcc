"""What the law owes beside what is had: each kind with its exact amount, and what a run does and leaves alone."""

from datetime import date, timedelta
from typing import Any

import pyarrow.parquet as pq
import pytest

from monitoring.factories import alert
from monitoring.gap_places import DAY, alone, put, registered
from wenhou.base.errors import Refused
from wenhou.engine.words import DEFAULT
from wenhou.lake import sealed
from wenhou.monitoring.gaps import asking, readings
from wenhou.monitoring.gaps.actions import nightly
from wenhou.monitoring.models import Gap, GapEvent, GapReview, GapRun
from wenhou.policy import items

pytestmark = pytest.mark.django_db
DIBAO = 76_500
"""兴庆区城市低保标准 on the day, fen a month."""
RICH = {"wages_12m": 12 * 1_000_000, "other_transfers_12m": 12 * 1_000_000}


def compare(day: date = DAY, **given: Any) -> GapRun:
    return nightly.run(as_of=day, on=given.pop("on", day), anew=False, **given)


def told(item: str = "YL01") -> list[tuple[str, str, str, int | None, str]]:
    return list(
        Gap.objects.filter(item=item)
        .order_by("subject", "id")
        .values_list("subject", "kind", "confidence", "amount", "state")
    )


def test_every_item_of_the_menu_is_compared_once_and_says_who_tells_what_is_had() -> None:
    assert [one.code for one in readings.READINGS] == [one.code for one in items.ITEMS]
    untold = [one.code for one in readings.READINGS if not one.has]
    assert untold == [
        "YL15", "YL22", "YL23", "YL24", "YL28", "YL33", "YL34", "YL38", "YL39", "YL40", "YL41", "YL42", "YL43",
    ]  # fmt: skip
    assert all(bool(one.has) == bool(one.files) for one in readings.READINGS)
    named = {code for one in readings.READINGS for _, codes in one.alerts for code in codes}
    assert named <= set(DEFAULT.indicators)


def test_entitled_and_not_receiving_with_the_amount_due() -> None:
    put(alone(1), alone(2, **RICH))
    assert compare().opened == Gap.objects.count()
    assert told() == [("h1", "应享未享", "判定", DIBAO, "待核")]
    assert "每月765.00元" in Gap.objects.get(item="YL01").reason


def test_without_everybodys_authorisation_what_the_law_answers_is_a_screen() -> None:
    put(alone(1, is_authorised=False))
    compare()
    assert told() == [("h1", "应享未享", "筛查", DIBAO, "待核")]
    assert Gap.objects.get(item="YL01").reason.endswith("（没有全部授权，财产待核）")


@pytest.mark.parametrize(
    ("known", "found"),
    [
        ({"has_serious_illness": True}, [("h1", "应享未享", "筛查", None, "待核")]),
        ({}, []),  # little visible income alone is no screen
        ({"has_serious_illness": True, "employee_pension_12m": 12 * DIBAO}, []),
        ({"has_serious_illness": True, "was_refused": True}, []),
        ({"has_serious_illness": True, "is_applying": True}, []),
        ({"has_serious_illness": None}, []),
    ],
)
def test_where_money_may_not_be_looked_at_hardship_and_visible_income_are_a_screen(
    known: dict[str, Any], found: list[Any]
) -> None:
    unseen = {"is_authorised": False, "bank_balance": None, "other_transfers_12m": None}
    put(alone(1, **(unseen | known)))
    compare()
    assert told() == found


def test_property_known_to_be_too_much_is_no_screen() -> None:
    unseen = {"is_authorised": False, "other_transfers_12m": None, "has_serious_illness": True}
    person, home = alone(1, **unseen)
    put((person, home | {"has_vehicle": True}))
    compare()
    assert told() == []


def test_receiving_too_little_by_a_yuan_and_not_by_a_fen_less() -> None:
    put(
        _paid(1, DIBAO - 100),
        _paid(2, DIBAO - 99),
        _paid(3, DIBAO),
        _paid(4, None),
    )
    compare()
    assert told() == [("h1", "享受不足", "判定", 100, "待核")]
    assert Gap.objects.get(item="YL01").reason == "每月应发765.00元，实发764.00元，少1.00元"


def _paid(key: int, fen: int | None, **told: Any) -> Any:
    person, home = registered(key, **told)
    return person, home | {"dibao_paid_last_month": fen, "household_category": "DB", "on_register": True}


def test_whoever_was_confirmed_last_month_is_not_yet_owed_that_month() -> None:
    put(_paid(1, 0, dibao_confirmed_on=date(2025, 8, 31)), _paid(2, 0, dibao_confirmed_on=date(2025, 9, 1)))
    compare()
    assert told() == [("h1", "享受不足", "判定", DIBAO, "待核")]


def test_receiving_and_not_entitled_opens_a_review_with_its_day_and_the_reason() -> None:
    put(_paid(1, 30_000, **RICH))
    compare()
    assert told() == [("h1", "享而不符", "判定", 30_000, "核查中")]
    review = GapReview.objects.get(gap__item="YL01")
    assert review.due_on == date(2025, 10, 29)  # ten working days after 15 October
    assert review.reason == (
        "家中有人在册低保，上月实发300.00元；本次判定不符合，"
        "缺条件：人均月收入 < 当地月低保标准（按居住地城乡）（现为19,000.00元/月）"
    )
    assert review.tree["name"] == "may_keep_dibao"
    assert review.tree["answer"] == "no"


def test_a_screen_is_reviewed_with_the_next_regular_review() -> None:
    put(_paid(1, 30_000, is_authorised=False, **RICH))
    compare()
    assert told() == [("h1", "享而不符", "筛查", 30_000, "核查中")]
    assert GapReview.objects.get(gap__item="YL01").due_on == date(
        2026, 3, 1
    )  # reviewed on 2025-03-01, class A or B


def test_an_alert_in_hand_that_says_the_same_is_not_reviewed_again() -> None:
    put(_paid(1, 30_000, **RICH))
    alert(1, indicator="B01", household=1, alert_type="应退尽退")
    compare()
    assert told() == [("h1", "享而不符", "判定", 30_000, "待核")]
    assert not GapReview.objects.exists()


def test_unknown_neither_opens_nor_ends_and_the_same_again_changes_nothing() -> None:
    put(_paid(1, 30_000))
    assert told() == []
    assert compare().opened >= 1
    before = list(Gap.objects.order_by("id").values())
    again = compare()
    assert (again.opened, again.changed, again.cleared) == (0, 0, 0)
    assert list(Gap.objects.order_by("id").values()) == before

    put(_paid(1, None), day=DAY + timedelta(days=1))
    assert compare(DAY + timedelta(days=1)).cleared == 0
    assert told() == [("h1", "享受不足", "判定", DIBAO - 30_000, "待核")]

    put(_paid(1, DIBAO), day=DAY + timedelta(days=2))
    assert compare(DAY + timedelta(days=2)).cleared == 1
    assert told() == [("h1", "享受不足", "判定", DIBAO - 30_000, "已结")]
    with pytest.raises(Refused, match="不能再退回2025-10-15"):
        compare(DAY, on=DAY + timedelta(days=2))


def test_a_step_of_the_evidence_is_told_and_a_smaller_one_is_not() -> None:
    put(_paid(1, 30_000))
    compare()
    put(_paid(1, 29_000), day=DAY + timedelta(days=1))
    assert compare(DAY + timedelta(days=1)).changed == 0
    put(alone(1), day=DAY + timedelta(days=2))
    assert compare(DAY + timedelta(days=2)).changed == 1
    assert told() == [("h1", "应享未享", "判定", DIBAO, "待核")]
    events = GapEvent.objects.filter(gap__item="YL01").order_by("id").values_list("kind", flat=True)
    assert list(events) == ["opened", "changed"]


def test_everybodys_answers_lie_in_the_lake_and_only_gaps_in_the_database() -> None:
    put(alone(1), alone(2, **RICH))
    run = compare()
    (households,) = asking.folder(DAY).glob("households*.parquet")
    rows = pq.read_table(sealed.open_file(households)).sort_by("household").to_pylist()
    assert [(row["household"], row["yl01_unmet"], row["dibao_owed"]) for row in rows] == [
        (1, True, DIBAO), (2, False, 0),
    ]  # fmt: skip
    assert (run.persons, run.households) == (2, 2)
    assert run.counts["640104"]["YL01"] == {
        "owed": 1, "owed_unknown": 0, "has": 0, "has_unknown": 0, "unmet": 1, "unfounded": 0, "short": 0,
    }  # fmt: skip
    assert run.counts["640104"]["YL22"]["has_unknown"] == 2
