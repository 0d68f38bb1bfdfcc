"""Whatever comes, in whatever order: looking again at those whom it touches ends where looking at everybody ends."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from monitoring.arriving import KINDS, Sent
from wenhou.exchange import contracts
from wenhou.exchange.actions import deliveries
from wenhou.exchange.enums import Channel
from wenhou.lake import store
from wenhou.linkage.actions import arrivals
from wenhou.monitoring.actions import runs
from wenhou.monitoring.arrivals import asking, bases
from wenhou.monitoring.enums import OPEN_STATES, RunKind
from wenhou.monitoring.models import Alert, Run
from wenhou.sandbox import build

pytestmark = pytest.mark.django_db
AS_OF = date(2024, 11, 15)
CONTRACTS = sorted({c.code for c in contracts.all_contracts()} - {"SA-STD"})
SHOWN = ("indicator", "subject", "state", "basis", "evidence_hash", "severity", "colour", "headline", "outcome")


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
def test_any_sequence_ends_where_one_full_run_ends(place: None, first: list[Sent], second: list[Sent]) -> None:
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
    with store.connect(memory="256MB") as connection:
        answers = {
            entity: connection.execute(f"select * from ({bases.answers(run.pk, entity)}) order by {entity}")
            .to_arrow_table()
            .to_pylist()
            for entity in ("person", "household")
        }
    alerts = list(Alert.objects.order_by("indicator", "subject", "id").values_list(*SHOWN))
    return answers, alerts, {code: line for code, line in run.counts.items()}
