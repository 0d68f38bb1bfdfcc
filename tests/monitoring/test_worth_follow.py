"""After a run: chances of what it moved and of nothing else, one job at a time, whatever came together."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Event
from time import sleep

import pytest
from django.db import connection, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from monitoring import factories
from monitoring.test_worth_order import ON, drawn, written
from wenhou.base import clock, outbox
from wenhou.desk import tasks
from wenhou.monitoring.actions import ordering
from wenhou.monitoring.enums import RunKind
from wenhou.monitoring.events import RunFinished
from wenhou.monitoring.models import Alert, Expectation, Learned, Run

pytestmark = pytest.mark.django_db
STALE = 9_999


def chances() -> dict[int, int]:
    """Number → chance of the open alerts."""
    rows = Expectation.objects.exclude(alert__state="销号").values_list("alert__number", "chance")
    return {int(number[-4:]): chance for number, chance in rows}


def arrival(minutes: int = 0, **fields: object) -> Run:
    return factories.run(kind=RunKind.ARRIVAL, finished_at=clock.now() + timedelta(minutes=minutes), **fields)


@pytest.fixture
def ordered() -> None:
    """Three families with open alerts; chances were set down, and have been made to look old since."""
    written(drawn(300))
    for number, household in ((5001, 1), (5002, 2), (5003, 3)):
        factories.alert(number, household=household)
    assert ordering.refresh(on=ON) == 3
    Expectation.objects.update(chance=STALE)


def test_an_arrival_that_changed_nothing_moves_no_chance_and_teaches_nothing(ordered: None) -> None:
    Learned.objects.update(on=ON - timedelta(days=30), since=ON - timedelta(days=400))
    assert ordering.follow(run=arrival().pk, on=ON) == 0
    assert chances() == {5001: STALE, 5002: STALE, 5003: STALE}
    assert Learned.objects.count() == 1


def test_an_arrival_moves_the_families_it_raised_changed_or_cleared_alerts_of(ordered: None) -> None:
    run = arrival()
    made = factories.alert(5004, household=1, indicator="A02")
    made.judgement.run = run
    made.judgement.save()
    Alert.objects.filter(number="YJ2026005002").update(state="销号", closed_on=ON, cleared_by=run)
    factories.alert(5005, household=2, indicator="A02")  # of the family of what was cleared
    assert ordering.follow(run=run.pk, on=ON) == 3
    found = chances()
    assert found.pop(5003) == STALE
    assert set(found) == {5001, 5004, 5005}
    assert STALE not in found.values()


def test_one_job_answers_for_the_runs_that_ended_since_it_was_queued(ordered: None) -> None:
    first, second = arrival(), arrival(minutes=1)
    made = factories.alert(5006, household=9)
    made.judgement.run = second
    made.judgement.save()
    assert ordering.follow(run=first.pk, on=ON) == 1
    factories.run(finished_at=clock.now() + timedelta(minutes=2))  # everybody was looked at
    assert ordering.follow(run=first.pk, on=ON) == 4
    assert STALE not in chances().values()


@pytest.mark.django_db(transaction=True)
def test_two_at_once_wait_for_each_other(ordered: None) -> None:
    """The second begins before the first is committed."""
    begun = Event()

    def other() -> int:
        begun.set()
        try:
            return ordering.expect(on=ON)
        finally:
            connection.close()

    Expectation.objects.all().delete()
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            assert ordering.expect(on=ON) == 3
            second = pool.submit(other)
            assert begun.wait(10)
            sleep(0.5)  # by then it has met the rows of the first
        assert second.result(30) == 3
    assert Expectation.objects.count() == 3


def test_what_is_closed_loses_its_chance(ordered: None) -> None:
    Alert.objects.filter(number="YJ2026005001").update(state="销号", closed_on=ON, outcome="转部门")
    assert ordering.expect(on=ON) == 2
    assert Expectation.objects.count() == 2


def test_runs_that_end_together_queue_one_job(ordered: None) -> None:
    for minutes in (0, 1):
        outbox.tell(RunFinished(run=arrival(minutes).pk))
    jobs = ProcrastinateJob.objects.filter(task_name=tasks.ORDER)
    assert list(jobs.values_list("queue_name", "lock", "queueing_lock")) == [
        ("engine", tasks.ORDER, tasks.ORDER)
    ]
