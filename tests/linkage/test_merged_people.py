"""Two keys found to be one person: what the lake and the registry say of both counts for one, until they are parted."""

from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lake.known import know
from linkage.people import number, registered
from monitoring import factories
from registry.lake_rows import deliver, entry, member, resident
from wenhou.base.errors import NotAllowed, Refused
from wenhou.base.models import News
from wenhou.exchange import contracts
from wenhou.lake import parquet, store
from wenhou.lake.models import Part, SamePerson
from wenhou.linkage import facts, queries, sources
from wenhou.linkage.actions import arrivals, merges
from wenhou.registry import queries as registry
from wenhou.registry.models import PersonRecord
from wenhou.staff.enums import Role
from wenhou.staff.models import Account
from wenhou.staff.queries import visible_to

pytestmark = pytest.mark.django_db
DAY = date(2026, 10, 31)
WANTED = ["out_of_pocket_this_year", "is_dibao", "disability_level", "birth_date"]
KEPT, GONE, OTHER = 1, 2, 3


@pytest.fixture(autouse=True)
def no_jobs(monkeypatch: pytest.MonkeyPatch) -> None:
    from wenhou.base import outbox

    monkeypatch.setattr(outbox, "_forward", [])


@pytest.fixture
def officer() -> Account:
    return factories.post(Role.COUNTY_OFFICER, "640104").account


def paid(key: int, year: int, amount: int) -> dict[str, Any]:
    return {"id_no": key, "year": year, "oop_total": amount}


@pytest.fixture
def family() -> dict[str, int]:
    """Three people of one household; the second is on the register alone, and the third's mother."""
    numbers = [number("1980-05-01", order) for order in ("022", "024", "026")]
    for key, text in enumerate(numbers, start=1):
        know(key, text)
    made = {
        "DI01": deliver(
            "DI01",
            [
                resident(KEPT),
                resident(GONE, household_no="H2"),
                resident(OTHER, household_no="H1", relation_to_head="20", mother_id=GONE),
            ],
        ),
        "DI02": deliver("DI02", [member(KEPT, "H1"), member(OTHER, "H1", relation_to_head="20")]),
        "SA-ARCH": deliver("SA-ARCH", [entry(GONE)]),
        "DI31": deliver("DI31", [paid(KEPT, 2025, 9), paid(GONE, 2026, 2_000_000), paid(OTHER, 2026, 3)]),
    }
    arrivals.recognise_all(on=DAY)
    return made


def told(*keys: int) -> list[dict[str, Any]]:
    """Facts of everybody, by person."""
    tables = facts.tables(sources.lake(DAY), as_of=DAY, wanted=WANTED)
    rows = tables.persons.order_by("person").to_pyarrow().to_pylist()
    return [row for row in rows if not keys or row["person"] in keys]


def published(name: str) -> list[dict[str, Any]]:
    with store.connect(memory="256MB") as connection:
        path = store.published(name, DAY)
        return connection.execute(f"from {parquet.file(path)}").to_arrow_table().to_pylist()


def test_facts_register_and_household_are_the_survivors(family: dict[str, int], officer: Account) -> None:
    merges.merge(kept=KEPT, absorbed=GONE, reason="换过一次证号", by=officer, on=DAY)
    first, second = told()
    assert [first["person"], second["person"]] == [KEPT, OTHER]
    assert (first["out_of_pocket_this_year"], first["is_dibao"]) == (2_000_000, True)
    assert second["mother"] == KEPT
    assert [row["id_no"] for row in published("register")] == [KEPT]
    (home,) = [row for row in published("households") if row["on_register"]]
    assert (first["household"], home["category"]) == (home["household"], "DB")
    assert registry.homes(keys=[KEPT], as_of=DAY)[KEPT][0] == home["household"]
    assert [one.person for one in registry.family(on=DAY, person=GONE)] == [KEPT]
    page = registry.person(key=KEPT, scope=visible_to(officer, on=DAY), as_of=DAY)
    assert page is not None
    assert [one.label for one in page.standings] == ["低保"]


def test_evidence_is_the_absorbed_persons_line(family: dict[str, int], officer: Account) -> None:
    merges.merge(kept=KEPT, absorbed=GONE, reason="换过一次证号", by=officer, on=DAY)
    (row,) = facts.evidence(sources.lake(DAY), as_of=DAY, facts=["out_of_pocket_this_year"], persons=[KEPT])
    assert (row.delivery, row.line, row.fields["id_no"]) == (family["DI31"], 3, KEPT)


def test_the_registry_still_keeps_what_each_number_was_said_of(
    family: dict[str, int], officer: Account
) -> None:
    merges.merge(kept=KEPT, absorbed=GONE, reason="换过一次证号", by=officer, on=DAY)
    deliver("DI01", [resident(KEPT), resident(GONE, household_no="H2", hukou_type="农村")], mode="delta")
    arrivals.recognise_all(on=DAY)
    current = PersonRecord.objects.filter(superseded_at=None).order_by("person")
    assert [(one.person_id, one.hukou_type) for one in current] == [(1, "城镇"), (2, "农村"), (3, "城镇")]


def test_merges_are_told(family: dict[str, int], officer: Account) -> None:
    merge = merges.merge(kept=KEPT, absorbed=GONE, reason="换过一次证号", by=officer, on=DAY)
    merges.part(merge=merge, reason="原来是双生子", by=officer, on=DAY)
    news = News.objects.filter(kind__startswith="linkage.People").order_by("pk")
    assert [(one.kind, one.body) for one in news] == [
        ("linkage.PeopleMerged", {"kept": KEPT, "absorbed": GONE}),
        ("linkage.PeopleParted", {"kept": KEPT, "absorbed": GONE}),
    ]


rows = st.lists(
    st.builds(
        paid, st.sampled_from([KEPT, GONE, OTHER]), st.sampled_from([2025, 2026]), st.integers(0, 9_999)
    ),
    unique_by=lambda row: (row["id_no"], row["year"]),
)


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(files=st.lists(rows, min_size=1, max_size=3), full=st.booleans())
def test_merged_is_as_if_one_number_had_been_written_and_parted_is_as_before(
    family: dict[str, int], officer: Account, files: list[list[dict[str, Any]]], full: bool
) -> None:
    for number_of, content in enumerate(files):
        deliver("DI31", content, mode="full" if full and not number_of else "delta")
    before = told()
    merge = merges.merge(kept=KEPT, absorbed=GONE, reason="换过一次证号", by=officer, on=DAY)
    merged = told(KEPT)
    assert [fact["out_of_pocket_this_year"] for fact in merged] == [_expected()]
    merges.part(merge=merge, reason="原来是双生子", by=officer, on=DAY)
    assert told() == before
    assert not SamePerson.objects.exists()


def _expected() -> int:
    """The latest row of 2026 under either key, among current parts."""
    parts = list(Part.objects.filter(contract="DI31", superseded_by=None))
    with store.connect(memory="256MB") as connection:
        found = connection.execute(
            f"select oop_total from ({store.all_rows(contracts.contract('DI31').table, parts, same={})})"
            f" where year = 2026 and id_no in ({KEPT}, {GONE}) order by delivery desc, line desc limit 1"
        ).fetchone()
    return int(found[0]) if found else 0


def test_two_who_were_one_do_not_share_a_key(officer: Account) -> None:
    first, second = registered("赵文博", "1985-05-05", "025"), registered("赵文博", "1985-05-05", "027")
    merge = merges.merge(kept=first, absorbed=second, reason="换过一次证号", by=officer, on=DAY)
    assert store.same_people() == {second: first}
    merges.part(merge=merge, reason="原来是双生子", by=officer, on=DAY)
    assert store.same_people() == {}


def test_a_wrong_number_known_from_the_register_or_from_files_alone_is_merged(officer: Account) -> None:
    numbers = [number("1980-05-01", order) for order in ("022", "024", "026")]
    for key, text in enumerate(numbers, start=1):
        know(key, text)
    deliver("DI01", [resident(KEPT)])
    deliver("SA-ARCH", [entry(GONE)])
    deliver("DI31", [paid(KEPT, 2026, 100), paid(GONE, 2026, 2_000_000), paid(OTHER, 2026, 3_000_000)])
    arrivals.recognise_all(on=DAY)
    stranger = factories.post(Role.COUNTY_OFFICER, "640106").account
    for kept in (KEPT, GONE):
        with pytest.raises(NotAllowed):
            merges.merge(kept=kept, absorbed=OTHER, reason="证号报错了", by=stranger, on=DAY)
    with pytest.raises(Refused, match="登记和救助档案里没有这个人"):
        merges.merge(kept=OTHER, absorbed=KEPT, reason="证号报错了", by=officer, on=DAY)
    merges.merge(kept=KEPT, absorbed=GONE, reason="证号报错了", by=officer, on=DAY)
    assert [(row["person"], row["out_of_pocket_this_year"]) for row in told()] == [(KEPT, 2_000_000)]
    files_alone = merges.merge(kept=KEPT, absorbed=OTHER, reason="证号报错了", by=officer, on=DAY)
    assert [(row["person"], row["out_of_pocket_this_year"]) for row in told()] == [(KEPT, 3_000_000)]
    merges.part(merge=files_alone, reason="是另一个人的", by=officer, on=DAY)
    assert [(row["person"], row["out_of_pocket_this_year"]) for row in told()] == [(KEPT, 2_000_000)]


def test_of_a_relative_only_the_publication_tells_the_place(family: dict[str, int]) -> None:
    relative, nobody = 4, 5
    deliver("DI01", [resident(OTHER, household_no="H1", father_id=relative)], mode="delta")
    arrivals.recognise_all(on=DAY)
    sources.lake(DAY)
    assert [queries.place_of(key) for key in (KEPT, GONE, relative, nobody)] == [
        "640104001001", "640104001001", "640104001001", "",
    ]  # fmt: skip
