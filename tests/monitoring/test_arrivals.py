"""Whatever comes, in whatever order: looking again at those whom it touches ends where looking at everybody ends."""

from datetime import date
from random import Random
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lake.known import know
from monitoring.arriving import KINDS, Sent, invent
from registry.lake_rows import PERIOD, deliver, entry, member, resident
from wenhou.lake import store
from wenhou.monitoring.actions import runs
from wenhou.monitoring.arrivals import asking, bases
from wenhou.monitoring.enums import RunKind
from wenhou.monitoring.models import Alert, Run

pytestmark = pytest.mark.django_db
AS_OF = ON = date(2026, 10, 30)
ASKED = [
    "A01",
    "A02",
    "A06",
    "A11",
    "A12",
    "A14",
    "A15",
    "C01",
    "C09",
    "C11",
    "C17",
    "D01",
    "D11",
    "E15",
    "F02",
    "F07",
    "F09",
    "F17",
]
PEOPLE = range(1, 13)
REGISTRY = ["DI01", "DI02", "DI04", "SA-ARCH"]
INVENTED = [
    "DI03",
    "DI06",
    "DI07",
    "DI08",
    "DI09",
    "DI17",
    "DI18",
    "DI24",
    "DI27",
    "DI29",
    "DI30",
    "DI31",
    "DI32",
    "DI33",
    "DI41",
    "DI44",
    "DI45",
    "DI46",
    "SA-ALERT",
    "SA-CASE",
    "SA-CHK",
    "SA-CLUE",
    "SA-PAY",
    "SA-VISIT",
]
LATE = {"DI27": (PERIOD[0], date(2026, 8, 31))}
"""Files of which the newest has not come: complete months are counted up to August until it does."""
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
PROVED = settings.default.max_examples > 100


@pytest.fixture
def lake(monkeypatch: pytest.MonkeyPatch) -> None:
    """Six households of two, three of them on the register, and a row of every contract about everybody."""
    monkeypatch.setattr(asking, "MOST", 2.0)  # of twelve people three are many
    chance = Random(4)
    for key in PEOPLE:
        know(key, f"9901011980050100{key:02d}")
    homes = {key: (key + 1) // 2 for key in PEOPLE}
    second = {"relation_to_head": "10"}
    told = {key: second if key % 2 == 0 else {} for key in PEOPLE}
    deliver("DI01", [resident(key, household_no=f"H{homes[key]}", **told[key]) for key in PEOPLE])
    deliver("DI02", [member(key, f"H{homes[key]}", **told[key]) for key in PEOPLE])
    deliver("DI04", [])
    deliver("SA-ARCH", [entry(key, f"D{homes[key]}", **told[key]) for key in PEOPLE if key < 7])
    for contract in INVENTED:
        deliver(contract, invent(contract, PEOPLE, AS_OF, chance), period=LATE.get(contract, PERIOD))
    runs.run(as_of=AS_OF, by=None, on=ON, indicators=ASKED)


def sheaves() -> st.SearchStrategy[list[list[Sent]]]:
    one = st.builds(
        Sent,
        contract=st.sampled_from([*INVENTED, *REGISTRY]),
        kind=st.sampled_from(KINDS),
        rows=st.integers(1, 3),
        seed=st.integers(0, 2**20),
    )
    return st.lists(st.lists(one, min_size=1, max_size=4), min_size=2, max_size=4)


@settings(
    max_examples=80 if PROVED else 3,
    deadline=None,
    derandomize=not PROVED,
    suppress_health_check=list(HealthCheck),
)
@given(several=sheaves())
def test_any_sequence_ends_where_one_full_run_ends(lake: None, several: list[list[Sent]]) -> None:
    start = transaction.savepoint()
    for sheaf in several:
        for one in sheaf:
            one.deliver()
        before = transaction.savepoint()
        done = runs.follow(as_of=AS_OF, on=ON, indicators=ASKED)
        followed = seen(done)
    assert done.kind == RunKind.ARRIVAL or done.reason
    transaction.savepoint_rollback(before)
    full = runs.run(as_of=AS_OF, by=None, on=ON, indicators=ASKED)
    assert followed == seen(full)
    transaction.savepoint_rollback(start)


def test_when_a_late_file_comes_everybody_of_its_place_is_counted_anew(lake: None) -> None:
    Sent("DI27", "next", rows=1, seed=1).deliver()
    before = transaction.savepoint()
    done = runs.follow(as_of=AS_OF, on=ON, indicators=ASKED)
    assert (done.kind, done.persons) == (RunKind.ARRIVAL, len(PEOPLE))
    followed = seen(done)
    transaction.savepoint_rollback(before)
    assert followed == seen(runs.run(as_of=AS_OF, by=None, on=ON, indicators=ASKED))


def seen(run: Run) -> dict[str, Any]:
    """Everybody's answers, the alerts, and the counts."""
    with store.connect(memory="256MB") as connection:
        answers = {
            entity: connection.execute(f"select * from ({bases.answers(run.pk, entity)}) order by {entity}")
            .to_arrow_table()
            .to_pylist()
            for entity in ("person", "household")
        }
    alerts = list(Alert.objects.order_by("indicator", "subject", "id").values_list(*SHOWN))
    return answers | {"alerts": alerts, "counts": run.counts}
