"""Entitlement gaps on the desk: what a page asks of the database."""

import re

from django.test import Client
from pytest_django import DjangoAssertNumQueries

from desk import factories
from desk.conftest import World
from wenhou.monitoring.enums import RunState
from wenhou.monitoring.gaps import leaving
from wenhou.monitoring.gaps.actions import acts, writing
from wenhou.monitoring.models import GapRun


def test_the_list_and_a_gap_ask_at_most_ten_questions(
    world: World, officer: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    factories.alert(3, household=7)
    gap = factories.gap(world.own)
    for item in ("YL03", "YL05"):
        factories.gap(world.own, item=item)
    officer.get(f"/gaps/{gap.number}/")  # a process reads the keys of what is sealed once
    for address in ("/gaps/", "/gaps/items/", f"/gaps/{gap.number}/"):
        with django_assert_max_num_queries(10):
            page = officer.get(address)
        assert page.status_code == 200
    assert gap.reason in page.content.decode()


def test_a_gap_tells_its_review_and_its_history(world: World, officer: Client) -> None:
    gap = factories.gap(world.own)
    acts.review(gap, by=world.officer, on=factories.TODAY)
    page = officer.get(f"/gaps/{gap.number}/").content.decode()
    assert re.findall(r"(HC\d+，.+?)前核完", page) == ["HC2024000001，11月29日 周五"]
    told = re.findall(r'<span class="when">[^<]+</span>([^<]+)', page)
    assert told == [f"{world.officer.full_name}发起核查", "比对发现缺口"]


def test_a_gap_that_a_comparison_ended_says_why(world: World, officer: Client) -> None:
    gap = factories.gap(world.own)
    run = GapRun.objects.create(as_of=factories.TODAY, started_at=gap.run.started_at, state=RunState.DONE)
    writing.leave(run, {leaving.MOVED: [gap.pk]}, on=factories.TODAY)
    page = officer.get(f"/gaps/{gap.number}/").content.decode()
    assert f"{leaving.MOVED}，自动办结。" in page
    assert "缺口已消失" not in page
    assert run.cleared == 1
