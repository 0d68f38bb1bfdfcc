"""Another standard over the same applications: who gains and loses, to the fen; unknown is apart; nothing is planned anew."""

import dataclasses
from datetime import date
from typing import Any

import pytest

from policy.applications_in_lake import DAY, home, person, publish
from wenhou.base.errors import Refused
from wenhou.engine import plan as plans
from wenhou.policy.commands import whatif as command
from wenhou.policy.proposals import effects
from wenhou.policy.runs import batches, whatif
from wenhou.policy.runs.whatif import Comparison, Variants

pytestmark = pytest.mark.django_db
SINCE = date(2026, 1, 1)


def earner(
    key: int, monthly_yuan: int, county: str = "640104", **told: Any
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Somebody alone with so much a month of other income, in town."""
    amount = monthly_yuan * 100 * 12
    return person(key, key, other_transfers_12m=amount, **told), home(key, county)


def put(*families: tuple[dict[str, Any], dict[str, Any]]) -> None:
    publish([one for one, _ in families], [one for _, one in families])


def compared(*sets: str, division: str = "6401", since: date = SINCE) -> Comparison:
    return whatif.compare(command.question(list(sets), division=division, since=since, as_of=DAY))


@pytest.fixture
def families() -> None:
    """At 银川's 765 yuan: one 100 below it, one at it, one 34 and one 36 above it, and one of whom we know nothing."""
    put(
        earner(1, 665),
        earner(2, 765),
        earner(3, 799),
        earner(4, 801),
        earner(5, 700, employee_pension_12m=None),
        earner(6, 665, county="640202"),
    )


def test_who_gains_how_much_by_county_and_category(families) -> None:
    found = compared("dibao_urban=800元")
    (county,) = found.counties
    assert dataclasses.asdict(county) == {
        "county": "640104", "households": 5, "gaining": 3, "losing": 0, "unknown": 1,
        "before": 10_000, "after": 13_500 + 3_500 + 100,
    }  # fmt: skip
    told = {
        one.category: (one.households, one.gaining, one.before, one.after, one.gained)
        for one in found.categories
    }
    assert told == {"DB": (1, 1, 10_000, 13_500, 3_500), "BY": (3, 2, 0, 3_600, 3_600)}
    assert [(one.before, one.after, one.households) for one in found.moves] == [("BY", "DB", 2)]


def test_the_casework(families) -> None:
    work = compared("dibao_urban=800元").casework
    assert (work.opened, work.closed, work.adjusted) == (2, 0, 1)
    assert (work.reviews_before, work.reviews_after, work.more_reviews) == (2, 6, 4)
    assert (compared("dibao_urban=790元").casework.opened) == 1


def test_the_cliff_is_about_the_new_line(families) -> None:
    found = {one.from_fen: one for one in compared("dibao_urban=800元").cliff}
    assert len(found) == 20
    assert min(found) == -50_000
    assert max(one.to_fen for one in found.values()) == 50_000
    assert [(found[at].households, found[at].after) for at in (-15_000, -5_000, 0)] == [
        (1, 13_500),
        (2, 3_600),
        (1, 0),
    ]


def test_lowering_a_standard_takes_away_and_the_region_has_its_floor(families) -> None:
    """银川 may not go below the region's 690: facts §7 takes the higher."""
    lower = compared("dibao_urban=700元", since=date(2025, 11, 1)).counties[0]
    assert (lower.gaining, lower.losing, lower.before, lower.after) == (0, 1, 10_000, 3_500)
    floor = compared("dibao_urban=600元", since=date(2025, 11, 1)).counties[0]
    assert (floor.losing, floor.after) == (1, 2_500)


def test_twelve_months_follow_the_standards_of_each(families) -> None:
    """The region's 740 of 2026 is below 银川's 765: nothing changes there; in 石嘴山 it does, before as after."""
    here = compared("dibao_urban=800元", since=date(2025, 11, 15)).months
    assert [one.month for one in here][:3] == ["2025-11", "2025-12", "2026-01"]
    assert len(here) == 12
    assert {(one.before, one.after) for one in here} == {(10_000, 17_100)}
    there = compared("dibao_urban=750元", division="640202", since=date(2025, 11, 1)).months
    assert [(one.before, one.after) for one in there[:3]] == [(2_500, 8_500), (2_500, 8_500), (7_500, 8_500)]


def test_a_standard_that_pays_nobody_changes_nothing(families) -> None:
    found = compared("death_review_months=1个月")
    assert found.touched == ()
    assert found.note == "这项标准不影响任何按月发放的金额。"
    assert (found.counties[0].changed, found.months[0].more) == (0, 0)


def test_what_else_it_rests_on_is_told_where_doubtful(families) -> None:
    told = {one["标准"]: one["情况"] for one in command.said(compared("dibao_urban=800元"))["standards"]}
    assert told["上年度城镇居民人均可支配收入"] == "标准缺失"
    assert "城市低保标准" not in told


def test_a_variant_is_not_planned_anew(families, monkeypatch) -> None:
    question = command.question(["dibao_urban=800元"], division="6401", since=SINCE, as_of=DAY)
    with batches.opened(DAY) as applications:
        variants = Variants(applications, division="6401", day=SINCE)
        statements = [one.statements.steps for one in variants.prepared]
        monkeypatch.setattr(plans, "_make", lambda *told: pytest.fail("planned again"))
        first, second = (
            variants.outcome(variants.table(rows, SINCE)) for rows in (question.before, question.after)
        )
        assert first != second
        assert variants.outcome(variants.table(question.before, SINCE)) == first
        assert [one.statements.steps for one in variants.prepared] == statements


def test_the_dry_run_gets_what_it_freezes(families) -> None:
    question = command.question(["dibao_urban=800元"], division="6401", since=SINCE, as_of=DAY)
    found = effects.check(effects.reckoner()(question))
    assert (found.as_of, found.total("after"), found.total("unknown")) == (DAY, 17_100, 1)
    assert effects.from_json(effects.to_json(found)) == found


def test_said_in_yuan(families) -> None:
    told = command.said(compared("城市低保标准=800元"))
    assert told["counties"][-1] == {
        "county": "合计", "households": 5, "gaining": 3, "losing": 0, "unknown": 1, "before": "100.00",
        "after": "171.00", "more": "71.00",
    }  # fmt: skip
    assert told["cliff"][10]["from"] == "0.00"


@pytest.mark.parametrize(
    ("sets", "sentence"),
    [
        (["dibao_urban"], "要写成 名字=值"),
        (["dibao_urban=800元/年"], "单位不对，这个标准的单位是元/月"),
        (["dibao_urbane=800元"], "没有叫“dibao_urbane”的标准"),
        (["dibao_urban=8十"], "不是这个单位的数"),
        (["dibao_urban=800元", "城市低保标准=810元"], "写了两次"),
        (["dibao_urban=-1元"], "“城市低保标准”不能是负数"),
        (["employ_cost_percent=1001%"], "不能超过1,000%"),
        (["elder_age=151周岁"], "不能超过150"),
    ],
)
def test_what_cannot_be_set_is_refused(sets, sentence) -> None:
    with pytest.raises(Refused, match=sentence):
        command.question(sets, division="6401", since=SINCE, as_of=DAY)


def test_no_applications_no_answer(settings, tmp_path) -> None:
    settings.WENHOU_LAKE = tmp_path
    with pytest.raises(Refused, match="没有2025-10-15及以前的数据"):
        compared("dibao_urban=800元")


def test_a_town_is_too_small(families) -> None:
    with pytest.raises(Refused, match="试算到县一级为止"):
        compared("dibao_urban=800元", division="640104001")


def test_a_value_below_the_region_s_says_that_nothing_changes() -> None:
    asked = command.question(["dibao_urban=600元"], division="6401", since=date(2026, 1, 1), as_of=DAY)
    assert command.unchanging(asked) == ["自治区740.00元/月更高，取高后没有变化。"]
