"""A dry run on its page: who goes from which category to which, the curve at the line, the casework, exact."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from desk import factories
from desk.conftest import World, signed_in
from wenhou.desk.policy import cliff, trial
from wenhou.policy.actions import dry_runs, proposals
from wenhou.policy.proposals.changes import Cliff, Move
from wenhou.policy.proposals.effects import Effects
from wenhou.staff.enums import Role
from wenhou.staff.models import Account


@pytest.fixture
def checker(world: World) -> Account:
    return factories.account("checker", Role.POLICY_OFFICER, "6401")


def tried(by: Account, found: Effects | None = None) -> str:
    draft = factories.proposal("6401", by=by, since=date(2025, 2, 1))
    run = dry_runs.request(proposal=draft, by=by, on=factories.TODAY)
    dry_runs.carry_out(run=run, on=factories.TODAY, reckon=lambda _: found or factories.effects())
    proposals.submit(proposal=draft, by=by, on=factories.TODAY)
    return reverse("desk:policy_proposal", args=[draft.pk])


def read(client: Client, where: str) -> str:
    response: Any = client.get(where)
    assert response.status_code == 200
    return response.content.decode()


def test_who_goes_where_and_what_it_costs_by_category(checker: Account) -> None:
    said = read(signed_in(checker), tried(checker))
    assert "<b>低保边缘</b><span>改后：低保9户，不知道1户</span>" in said
    assert "<b>四类之外</b><span>改后：低保边缘14户</span>" in said
    # 低保: 兴庆区 120 and 西夏区 90 households together
    assert '<td class="nb">低保</td><td class="num" data-label="户">210</td>' in said
    assert (
        '<td class="num" data-label="现在">33,200.00</td><td class="num" data-label="改后">34,105.00</td>'
        in said
    )
    assert '<td class="num" data-label="增减">+905.00</td>' in said
    assert '<td class="nb">低保边缘</td><td class="num" data-label="户">60</td>' in said


def test_the_casework_and_the_sums(checker: Account) -> None:
    said = read(signed_in(checker), tried(checker))
    assert "<dt>新开</dt><dd>9<span>户</span></dd>" in said
    assert "<dt>停发</dt><dd>1<span>户</span></dd>" in said
    assert "<dt>调整金额</dt><dd>34<span>户</span></dd>" in said
    assert "<dt>全年核查</dt><dd>+18<span>次，由420到438</span></dd>" in said
    assert '<tfoot><tr><td>合计</td><td class="num" data-label="看了">780</td>' in said


def test_the_curve_has_its_sentence_and_its_table(checker: Account) -> None:
    said = read(signed_in(checker), tried(checker))
    assert "刚到线下的10户每户每月平均200.00元，刚过线的8户0.00元：过线一步少200.00元" in said
    assert said.count('<svg class="steps cliff"') == 2
    assert (
        '<td class="nb">低100.00至50.00元</td><td class="num" data-label="户">30</td>'
        '<td class="num" data-label="现在">200.00</td><td class="num" data-label="改后">230.00</td>' in said
    )
    assert "低150.00至100.00元" not in said


def test_a_county_sees_its_own_categories_and_nothing_summed_over_all(
    checker: Account, officer: Client
) -> None:
    said = read(officer, tried(checker))
    assert '<td class="nb">低保</td><td class="num" data-label="户">120</td>' in said
    assert "类别去向、办件和标准线上下是全部县区合起来算的，不显示。" in said
    for hidden in ("改后：低保9户", "新开", "steps cliff", "没有一户换类别"):
        assert hidden not in said


def test_a_dry_run_frozen_before_these_were_kept_still_reads(checker: Account) -> None:
    said = read(
        signed_in(checker), tried(checker, replace(factories.effects(), changes=type(factories.changes())()))
    )
    assert "<dd>780<span>户</span></dd>" in said
    for absent in ("哪类户变", "多出的办件", "标准线上下"):
        assert absent not in said


def test_a_dry_run_that_mostly_cannot_tell_says_so_first(checker: Account) -> None:
    found = factories.effects()
    blind = replace(found.counties[0], unknown=360)
    assert "说得了算得出的" not in read(signed_in(checker), tried(checker))
    told = trial.told(replace(found, counties=(blind,)), _Everywhere())  # type: ignore[arg-type]
    assert (told["blind"], told["known"]) == (True, 40)


class _Everywhere:
    divisions = ("64",)


def test_moves_stand_in_the_order_of_the_law_and_none_is_dropped() -> None:
    found = (Move("QT", "DB", 1), Move("TK", "DB", 2), Move("JC", "BY", 3), Move("QT", "BY", 4))
    assert trial.moves(found) == [
        ("特困", [("低保", 2)]),
        ("四类之外", [("低保边缘", 4), ("低保", 1)]),
        ("JC", [("低保边缘", 3)]),
    ]


BINS = (Cliff(-10_000, -5_000, 2, 30_000, 50_000), Cliff(-5_000, 0, 0, 0, 0), Cliff(0, 5_000, 1, 0, 0))


def test_the_line_breaks_where_nobody_stands() -> None:
    at = cliff.Frame(-10_000, 5_000, 25_000, 380)
    # 64 px left, 100 px a bin; 250 yuan at the top (28), nothing at the floor (204)
    assert cliff.path(BINS, at, "after") == "M64.0 28.0H164.0M264.0 204.0H364.0"
    assert cliff.path(BINS, at, "before") == "M64.0 98.4H164.0M264.0 204.0H364.0"
    assert cliff.fall(BINS) is None
    assert [one["span"] for one in cliff.table(BINS)] == ["低100.00至50.00元", "高0.00至50.00元"]


@pytest.mark.parametrize(
    ("fen", "top"),
    [(0, 100), (100, 100), (101, 120), (45_000, 50_000), (50_001, 60_000), (100_018, 120_000)],
)
def test_the_scale_reads_well(fen: int, top: int) -> None:
    assert cliff.round_up(fen) == top
