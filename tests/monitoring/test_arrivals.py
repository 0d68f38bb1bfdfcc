"""Whatever comes, in whatever order: looking again at those whom it touches ends where looking at everybody ends."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from monitoring.arriving import KINDS, Sent
from registry import lake_rows
from wenhou.exchange import contracts
from wenhou.exchange.actions import deliveries
from wenhou.exchange.enums import Channel
from wenhou.lake import store
from wenhou.linkage.actions import arrivals
from wenhou.monitoring.actions import runs
from wenhou.monitoring.arrivals import bases
from wenhou.monitoring.enums import RunKind
from wenhou.monitoring.models import Alert, Run
from wenhou.sandbox import build

pytestmark = pytest.mark.django_db
AS_OF = date(2024, 11, 15)
CONTRACTS = sorted({c.code for c in contracts.all_contracts()} - {"SA-STD"})
SHOWN = (
    "indicator",
    "subject",
    "state",
    "basis",
    "evidence_hash",
    "severity",
    "colour",
    "headline",
    "outcome",
)


@pytest.fixture
def place(tmp_path: Path) -> None:
    """1,000 residents, loaded and judged once."""
    build.build(tmp_path / "place", division="640104", residents=1_000, seed=20, as_of=AS_OF)
    folder = tmp_path / "place" / "deliveries"
    for delivery in deliveries.receive(folder, by=None, channel=Channel.COMMAND, on=AS_OF):
        deliveries.load(delivery, on=AS_OF)
    arrivals.recognise_all(on=AS_OF)
    runs.run(as_of=AS_OF, by=None, on=AS_OF)


def sent() -> st.SearchStrategy[list[Sent]]:
    one = st.builds(
        Sent,
        contract=st.sampled_from(CONTRACTS),
        kind=st.sampled_from(KINDS),
        rows=st.integers(1, 6),
        seed=st.integers(0, 2**20),
    )
    return st.lists(one, min_size=1, max_size=5)


@settings(max_examples=6, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(first=sent(), second=sent())
def test_any_sequence_ends_where_one_full_run_ends(
    place: None, first: list[Sent], second: list[Sent]
) -> None:
    sheaves_end_where_one_full_run_ends(first, second)


def sheaves_end_where_one_full_run_ends(*sheaves: list[Sent]) -> None:
    undo = transaction.savepoint()
    done = []
    for sheaf in sheaves:
        for one in sheaf:
            one.deliver()
        before = transaction.savepoint()
        done.append(runs.follow(as_of=AS_OF, on=AS_OF))
    answers, alerts, counts = seen(done[-1])
    transaction.savepoint_rollback(before)
    full = runs.run(as_of=AS_OF, by=None, on=AS_OF)
    assert (answers, alerts, counts) == seen(full)
    transaction.savepoint_rollback(undo)


def seen(run: Run) -> tuple[dict[str, Any], list[Any], dict[str, Any]]:
    """Everybody's answers, the alerts, and the counts."""
    answers = answers_of(run)
    alerts = list(Alert.objects.order_by("indicator", "subject", "id").values_list(*SHOWN))
    return answers, alerts, dict(run.counts)


def answers_of(run: Run) -> dict[str, Any]:
    """Rows of people and of households, in the order of keys."""
    with store.connect(memory="256MB") as connection:
        return {
            entity: connection.execute(f"select * from ({bases.answers(run.pk, entity)}) order by {entity}")
            .to_arrow_table()
            .to_pylist()
            for entity in ("person", "household")
        }


def death(key: int) -> None:
    """A row of DI03 about somebody."""
    told = {"id_no": key, "cancel_reason": "死亡", "cancel_date": AS_OF, "death_date": AS_OF}
    lake_rows.deliver("DI03", [told], period=(AS_OF, AS_OF), mode="delta")


def test_a_death_is_judged_over_one_household(place: None) -> None:
    base = Run.objects.get()
    with store.connect(memory="256MB") as connection:
        path = store.published("register", AS_OF)
        query = "select id_no from read_parquet(?) where category = 'DB' and status = '在保' order by id_no"
        (key,) = connection.execute(query, [str(path)]).fetchall()[0]
    death(key)
    done = runs.follow(as_of=AS_OF, on=AS_OF)
    assert (done.kind, done.reason, base.kind) == (RunKind.ARRIVAL, "", RunKind.FULL)
    assert Alert.objects.filter(run=done, indicator="A01", subject=f"p{key}").count() == 1
    assert 0 < done.persons < 30
    assert done.counts["A01"]["yes"] == base.counts["A01"]["yes"] + 1
    again = runs.follow(as_of=AS_OF, on=AS_OF)
    assert (again.kind, again.persons, again.raised) == (RunKind.ARRIVAL, 0, 0)
    assert answers_of(again) == answers_of(done) != answers_of(base)


def test_what_cannot_be_narrowed_is_a_full_run_and_says_why(place: None) -> None:
    lake_rows.deliver("SA-STD", [], period=(AS_OF, AS_OF), mode="delta")
    done = runs.follow(as_of=AS_OF, on=AS_OF)
    assert (done.kind, done.reason) == (RunKind.FULL, "有新的保障标准")
    tomorrow = AS_OF.replace(day=16)
    done = runs.follow(as_of=tomorrow, on=tomorrow)
    assert (done.kind, done.reason) == (RunKind.FULL, "当日还没有基线")
