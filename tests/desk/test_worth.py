"""监测成效: what a county reads of its own indicators."""

from datetime import date, datetime

import pytest
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django import DjangoAssertNumQueries

from desk import factories
from desk.conftest import World, signed_in
from wenhou.base import clock
from wenhou.desk import tasks
from wenhou.fieldwork.models import Visit
from wenhou.monitoring.models import Alert, ThresholdTrial
from wenhou.registry.actions import publications
from wenhou.staff.models import Account


def concluded(number: int, outcome: str, by: Account, **fields: object) -> Alert:
    """An alert of D01, raised on 1 November, visited and closed on the 11th."""
    given = {"raised_on": date(2024, 11, 1), "closed_on": date(2024, 11, 11), "state": "销号", "standing": ""}
    made = factories.alert(number, **(given | {"indicator": "D01", "outcome": outcome} | fields))
    Visit.objects.create(
        number=f"ZF{number}", purpose="核查", division=made.division, person=made.person, visited_on=made.closed_on,
        met=True, found="见到本人，情况如实。", reference=f"alert:{made.number}", by=by, recorded_at=clock.now(),
    )  # fmt: skip
    return made


@pytest.fixture
def outcomes(world: World) -> None:
    """Three of D01 here, two so; one next door."""
    for number, outcome in ((8, "纳入保障"), (16, "转部门"), (24, "情况不属实")):
        concluded(number, outcome, world.officer)
    concluded(32, "纳入保障", world.neighbour, division="640105005990")
    factories.alert(40, raised_on=date(2024, 11, 2), household=7)
    factories.alert(41, raised_on=date(2024, 11, 2), household=7)


def test_the_table_tells_shares_with_their_uncertainty(
    outcomes: None, officer: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(10):
        page = officer.get("/worth/").content.decode()
    assert '67%（3次中2次）<span class="sub">21%到94%</span>' in page
    assert "10天，九成在10天内" in page
    assert '<span class="code">A02</span>100%' in page  # the family of 40 and 41
    assert (
        page.count(">没有动静</td>") == 98
    )  # all but D01 and A02, and those of children, which this officer has no matter for


def test_one_indicator_shows_months_thresholds_and_cases(
    outcomes: None, officer: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(10):
        page = officer.get("/worth/D01/").content.decode()
    assert "2024年11月" in page
    assert "年度个人自付线" in page
    assert "20,000.00元" in page
    assert page.count("情况不属实") == 1
    assert "YJ2024000008" in page
    assert "YJ2024000032" not in page


def test_another_span_is_another_answer(outcomes: None, officer: Client) -> None:
    page = officer.get("/worth/D01/", {"since": "2024-10-01", "until": "2024-10-31"}).content.decode()
    assert "这一段里没有动静" in page
    wrong = officer.get("/worth/", {"since": "2024-11-10", "until": "2024-11-01"}).content.decode()
    assert "起日要在止日以前" in wrong
    assert officer.get("/worth/Z99/").status_code == 404


def test_unknown_shares_are_told_only_of_a_run_within_ones_places(world: World, officer: Client) -> None:
    at = datetime(2024, 11, 15, 3, tzinfo=clock.BEIJING)
    factories.run(counts={"D01": {"yes": 10, "no": 10, "unknown": 60}}, finished_at=at)
    factories.run(division="", counts={"D02": {"yes": 0, "no": 0, "unknown": 9}}, finished_at=at)
    page = officer.get("/worth/").content.decode()
    assert page.count("多半不知道</span></span>") == 1


GIVEN = {"name": "medical_oop_line", "value": "30000元"}
TRY = "/worth/D01/backtest/?since=2024-10-01&until=2024-11-15"


def test_a_threshold_is_asked_for_and_tried_by_a_job(world: World, officer: Client) -> None:
    """The lake is empty but for two people; the arithmetic is tested with `monitoring.worth.backtest`."""
    empty = officer.get("/worth/D01/backtest/", GIVEN).content.decode()
    assert '<option value="medical_oop_line">年度个人自付线</option>' in empty
    assert "会怎样" not in empty
    assert not ThresholdTrial.objects.exists()  # an address asks for nothing
    assert officer.post(TRY, GIVEN).headers["Location"] == TRY
    asked = ThresholdTrial.objects.get()
    assert (asked.division, asked.since, asked.state) == ("640104", date(2024, 10, 1), "queued")
    (job,) = ProcrastinateJob.objects.filter(task_name="desk.try_threshold")
    assert (job.queue_name, job.lock, job.args) == ("slow", "desk.try_threshold", {"trial": asked.pk})
    assert "正在试" in officer.get(TRY).content.decode()
    publications.publish(as_of=factories.TODAY)
    tasks.try_threshold(trial=asked.pk)
    page = officer.get(TRY).content.decode()
    assert "<dt>换了以后</dt><dd>0</dd>" in page
    assert "2024年11月15日" in page
    assert "hx-trigger" not in page
    assert "会怎样" not in signed_in(world.neighbour).get(TRY).content.decode()


def test_what_cannot_be_tried_is_said_on_the_form(officer: Client) -> None:
    wrong = officer.post(TRY, GIVEN | {"value": "三万"}).content.decode()
    assert 'role="alert"' in wrong
    assert 'value="三万"' in wrong
    other = officer.post(TRY, GIVEN | {"name": "dibao_urban", "value": "800元"}).content.decode()
    assert "D01不看“城市低保标准”" in other
    assert not ThresholdTrial.objects.exists()
    assert officer.post(TRY, GIVEN).status_code == 302
    tasks.try_threshold(trial=ThresholdTrial.objects.get().pk)
    assert "没有试成。2024-11-15没有留下当日的名册" in officer.get(TRY).content.decode()


def test_who_may_neither_run_nor_propose_tries_nothing(world: World) -> None:
    village = signed_in(world.village)
    refused = village.post(TRY, GIVEN)
    assert refused.status_code == 403
    assert "您的岗位不能试门槛" in refused.content.decode()
    assert not ThresholdTrial.objects.exists()
    assert "换个门槛试一试" not in village.get("/worth/D01/").content.decode()
