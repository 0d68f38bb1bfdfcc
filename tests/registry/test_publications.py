"""What the registry publishes: one household for each person, the place records are expected, categories."""

from datetime import date

import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from registry.lake_rows import deliver, entry, member, resident
from wenhou.lake import sealed, store
from wenhou.lake.models import Part
from wenhou.linkage.actions import arrivals
from wenhou.registry.actions import publications

pytestmark = pytest.mark.django_db
DAY = date(2026, 10, 31)


def published(name: str) -> list[dict]:
    publications.publish(as_of=DAY)
    path = store.published(name, DAY)
    assert path is not None
    return pq.read_table(sealed.open_file(path)).to_pylist()


def test_people_households_and_register() -> None:
    deliver(
        "DI01",
        [
            resident(1, household_no="H1"),
            resident(2, household_no="H1", relation_to_head="20", father_id=1, mother_id=9),
            resident(3, status="注销"),
        ],
    )
    deliver("DI02", [member(1, "H1"), member(2, "H1", relation_to_head="20")])
    deliver(
        "SA-ARCH", [entry(1, resides_division="640106001001"), entry(4, category="申请中", household_no="D4")]
    )
    arrivals.recognise_all(on=DAY)
    people = {row["person"]: row for row in published("people")}
    homes = {row["household"]: row for row in published("households")}
    assert set(people) == {1, 2, 3, 9}
    assert people[3]["household"] is None
    assert people[9] == dict.fromkeys(people[9]) | {"person": 9, "place": "640104001001"}
    assert people[2]["registered_on"] == date(2010, 1, 1)
    assert homes[people[1]["household"]] == {
        "household": people[1]["household"],
        "household_no": "D1",
        "division": "640106001001",
        "county": "640106",
        "hukou_county": "640104",
        "urban_rural": "城市",
        "on_register": True,
        "category": "DB",
    }
    assert homes[people[2]["household"]]["on_register"] is False
    assert [(row["id_no"], row["category"]) for row in published("register")] == [(1, "DB"), (4, "申请中")]


def test_single_person_dibao_leaves_the_household_near_dibao() -> None:
    deliver("DI01", [resident(1), resident(2)])
    deliver("SA-ARCH", [entry(1, single_person=True), entry(2, category="BY", relation_to_head="10")])
    arrivals.recognise_all(on=DAY)
    (home,) = published("households")
    assert home["category"] == "BY"


def test_who_has_left_the_register_lives_where_the_residence_records_say() -> None:
    deliver("DI01", [resident(1)])
    deliver("SA-ARCH", [entry(1, status="退出", exit_on=DAY)])
    arrivals.recognise_all(on=DAY)
    (home,) = published("households")
    assert (home["on_register"], home["category"], home["household_no"]) == (False, None, "H1")


def test_ensure_publishes_again_only_when_something_was_learnt() -> None:
    deliver("DI01", [resident(1)])
    arrivals.recognise_all(on=DAY)
    publications.ensure(as_of=DAY)
    path = store.published("people", DAY)
    before = path.stat().st_mtime_ns
    publications.ensure(as_of=DAY)
    assert path.stat().st_mtime_ns == before
    deliver("DI01", [resident(1), resident(2)])
    arrivals.recognise_all(on=DAY)
    publications.ensure(as_of=DAY)
    assert pq.read_table(sealed.open_file(path)).num_rows == 2


moves = st.lists(
    st.tuples(
        st.integers(1, 4),
        st.sampled_from(["H1", "H2", "H3"]),
        st.dates(date(2015, 1, 1), date(2026, 12, 31)),
        st.none() | st.dates(date(2015, 1, 1), date(2026, 12, 31)),
    ),
    max_size=8,
    unique_by=lambda move: (move[0], move[1]),
)
standings = st.lists(
    st.tuples(
        st.integers(1, 4),
        st.sampled_from(["D1", "D2"]),
        st.sampled_from(["DB", "TK", "BY", "JC", "申请中"]),
        st.sampled_from(["在保", "退出", None]),
    ),
    max_size=6,
    unique_by=lambda one: one[:3],
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=moves, standings=standings)
def test_a_person_is_in_exactly_one_household_however_the_records_overlap(moves, standings) -> None:
    Part.objects.all().delete()
    deliver("DI01", [resident(key, household_no=f"H{min(key, 3)}") for key in range(1, 5)])
    rows = [member(key, home, move_in_date=since, move_out_date=until) for key, home, since, until in moves]
    deliver("DI02", rows)
    deliver("SA-ARCH", [entry(k, home, category=c, status=s) for k, home, c, s in standings])
    arrivals.recognise_all(on=DAY)
    people = published("people")
    homes = {row["household"] for row in published("households")}
    assert [row["person"] for row in people] == [1, 2, 3, 4]
    assert {row["household"] for row in people} == homes
    on_register = {k for k, _, c, s in standings if c != "申请中" and s != "退出"}
    assert {row["person"] for row in people if row["place"]} >= on_register
