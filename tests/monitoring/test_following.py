"""Deliveries one after another: whom each touches is judged again, as a run over everybody would judge them."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from lake.known import know
from monitoring import factories
from registry.lake_rows import deliver, entry, member, resident
from wenhou.base.errors import NotAllowed
from wenhou.desk import also
from wenhou.lake import files, parquet, store
from wenhou.lake.actions import parts
from wenhou.linkage import facts, sources
from wenhou.monitoring.actions import overrides, runs, tidying
from wenhou.monitoring.arrivals import bases, layers
from wenhou.monitoring.enums import RunKind
from wenhou.monitoring.models import Alert, Run
from wenhou.policy import queries as policy
from wenhou.registry.actions import publications
from wenhou.staff.actions import posts
from wenhou.staff.enums import Role
from wenhou.staff.models import Account, Post
from wenhou.staff.queries import Scope

pytestmark = pytest.mark.django_db
AS_OF = ON = date(2026, 10, 30)
ASKED = ["A01", "D01", "F01"]
TODAY = (AS_OF, AS_OF)
EVERYWHERE, NEXT_DOOR = (Scope((Post(division=place),)) for place in ("64", "61"))
ANSWERED, FACTS = ("persons", "households"), ("person_facts", "household_facts")


@pytest.fixture(autouse=True)
def base() -> Run:
    """Forty households of one, the first two on 低保 together; everything quiet."""
    for key in range(1, 41):
        know(key, f"9901011980050100{key:02d}")
    deliver("DI01", [resident(key) for key in range(1, 41)])
    deliver("DI02", [member(key, f"H{key}") for key in range(1, 41)])
    deliver("DI04", [])
    deliver("SA-ARCH", [entry(1), entry(2, relation_to_head="10")])
    for contract in ("DI03", "DI29", "DI30", "DI33", "DI45", "SA-PAY", "SA-VISIT"):
        deliver(contract, [])
    deliver("DI31", [bill(key, 100) for key in range(1, 41)])
    return runs.run(as_of=AS_OF, by=None, on=ON, indicators=ASKED)


def bill(key: int, fen: int) -> dict[str, Any]:
    return {"id_no": key, "year": 2026, "oop_total": fen}


def death(key: int) -> dict[str, Any]:
    return {"id_no": key, "cancel_reason": "死亡", "cancel_date": AS_OF, "death_date": AS_OF}


def follow() -> Run:
    return runs.follow(as_of=AS_OF, on=ON, indicators=ASKED)


def standing() -> list[tuple[str, str]]:
    return list(Alert.objects.exclude(state="销号").order_by("subject").values_list("indicator", "subject"))


def agrees(done: Run) -> None:
    """A run over everybody has nothing to add, and answers the same."""
    full = runs.run(as_of=AS_OF, by=None, on=ON, indicators=ASKED)
    assert (full.kind, full.raised, full.cleared) == (RunKind.FULL, 0, 0)
    assert answers(full) == answers(done)


def answers(run: Run) -> list[list[Any]]:
    with store.connect(memory="256MB") as connection:
        return [
            connection.execute(
                f"select * from ({bases.answers(run.pk, entity)}) order by {entity}"
            ).fetchall()
            for entity in ("person", "household")
        ]


def test_a_bill_and_its_correction(base: Run) -> None:
    deliver("DI31", [bill(7, 4_318_640)], period=TODAY, mode="delta")
    done = follow()
    assert (done.kind, done.reason, done.raised, done.persons, done.households) == (
        RunKind.ARRIVAL,
        "",
        1,
        1,
        1,
    )
    assert standing() == [("D01", "p7")]
    yes = {"yes": 1, "no": 39, "unknown": 0, "raised": 1, "cleared": 0}
    assert (base.counts["D01"]["yes"], done.counts["D01"]) == (0, yes)
    deliver("DI31", [bill(7, 100)], period=TODAY, mode="delta")
    done = follow()
    assert (done.kind, done.raised, done.cleared, standing()) == (RunKind.ARRIVAL, 0, 1, [])
    assert done.counts["D01"] == {"yes": 0, "no": 40, "unknown": 0, "raised": 0, "cleared": 1}
    again = follow()
    assert (again.kind, again.persons, again.counts["D01"]["no"]) == (RunKind.ARRIVAL, 0, 40)


def test_a_death_is_judged_over_the_whole_household(base: Run) -> None:
    deliver("DI03", [death(2)], period=TODAY, mode="delta")
    done = follow()
    assert (done.kind, done.persons, done.households, standing()) == (RunKind.ARRIVAL, 2, 1, [("A01", "p2")])


def test_a_row_that_a_full_delivery_no_longer_has_clears(base: Run) -> None:
    deliver("DI31", [bill(7, 4_318_640), bill(8, 4_318_640)], period=TODAY, mode="delta")
    assert follow().raised == 2
    deliver("DI31", [bill(8, 4_318_640)], period=TODAY)
    done = follow()
    assert (done.kind, done.persons, done.cleared, standing()) == (RunKind.ARRIVAL, 2, 1, [("D01", "p8")])


def test_a_late_delivery_and_an_early_one_in_one_sheaf(base: Run) -> None:
    deliver("DI31", [bill(7, 4_318_640)], period=TODAY, mode="delta")
    deliver("DI31", [bill(7, 50)], period=TODAY, mode="delta")
    deliver("DI03", [death(1)], period=TODAY, mode="delta")
    done = follow()
    assert (done.kind, done.raised, standing()) == (RunKind.ARRIVAL, 1, [("A01", "p1")])


def test_what_cannot_be_narrowed_is_a_full_run_and_says_why(base: Run) -> None:
    deliver("SA-STD", [], period=TODAY, mode="delta")
    done = follow()
    assert (done.kind, done.reason, done.persons) == (RunKind.FULL, "有新的保障标准", 40)
    deliver("DI31", [bill(key, 200) for key in range(1, 41)])
    done = follow()
    assert (done.kind, done.reason) == (RunKind.FULL, "涉及的人太多，逐户重看不如全部重看")
    day = date(2026, 10, 31)
    done = runs.follow(as_of=day, on=day, indicators=ASKED)
    assert (done.kind, done.reason) == (RunKind.FULL, "当日还没有基线")


def test_somebody_who_moves_in_is_asked_everything(base: Run) -> None:
    deliver("DI31", [bill(9, 4_318_640)], period=TODAY, mode="delta")
    deliver("SA-ARCH", [entry(1), entry(2, relation_to_head="10"), entry(9, relation_to_head="20")])
    done = follow()
    assert (done.kind, done.persons, done.households) == (RunKind.ARRIVAL, 3, 1)
    agrees(done)


def test_a_check_of_a_case_is_judged_over_the_applicants_household(base: Run) -> None:
    case = {"case_no": "C1", "household_no": "H9", "applicant_id": 9, "accepted_on": AS_OF}
    deliver("SA-CASE", [case], period=TODAY)
    first = runs.run(as_of=AS_OF, by=None, on=ON, indicators=["F02"])
    told = {"check_no": "1", "case_no": "C1", "household_no": "H9", "requested_on": AS_OF}
    deliver("SA-CHK", [told], period=TODAY, mode="delta")
    done = runs.follow(as_of=AS_OF, on=ON, indicators=["F02"])
    assert (first.persons, done.kind, done.persons, done.households) == (40, RunKind.ARRIVAL, 1, 1)


def test_somebody_from_where_nobody_speaks_is_unknown_though_all_before_were_known(base: Run) -> None:
    deliver("DI31", [bill(7, 4_318_640)], period=TODAY, mode="delta")
    follow()
    know(41, "990101198005010041")
    far = {"division_code": "640122001001"}
    deliver("DI01", [resident(41, **far)], division="640122")
    deliver("DI02", [member(41, "H41")], division="640122")
    done = follow()
    unknown = {"yes": 1, "no": 39, "unknown": 1, "raised": 0, "cleared": 0}
    assert (done.kind, done.reason, done.counts["D01"]) == (RunKind.ARRIVAL, "", unknown)
    agrees(done)


def test_queries_hold_the_standards_of_today(monkeypatch: pytest.MonkeyPatch) -> None:
    def query() -> list[str]:
        lake = sources.lake(AS_OF)
        told = facts.pieces(lake, as_of=AS_OF, wanted=["alert_unanswered_since"], places=["640104"])
        return [sql for _, _, sql in told]

    before, rows = query(), policy.rows()
    assert (query(), before) == (before, query())
    red = [replace(row, value=1234) if row.name == "severity_red" else row for row in rows]
    monkeypatch.setattr(policy, "rows", lambda: tuple(red))
    assert "1234" in query()[0]
    assert "1234" not in before[0]


def test_what_comes_while_it_looks_is_seen_the_next_time(base: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    deliver("DI31", [bill(7, 4_318_640)], period=TODAY, mode="delta")
    follow()
    ensure = publications.ensure

    def late(*, as_of: date) -> None:
        """A full delivery supersedes those before it, once they have been listed."""
        monkeypatch.setattr(publications, "ensure", ensure)
        deliver("DI31", [bill(key, 100) for key in range(1, 41) if key != 7] + [bill(7, 5_000_000)])
        ensure(as_of=as_of)

    deliver("DI03", [death(2)], period=TODAY, mode="delta")
    monkeypatch.setattr(publications, "ensure", late)
    done = follow()
    assert (done.kind, done.raised, done.cleared, done.counts["D01"]["yes"]) == (RunKind.ARRIVAL, 1, 0, 1)
    assert standing() == [("A01", "p2"), ("D01", "p7")]


def test_rows_taken_back_while_it_looks_still_count(base: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    ensure = publications.ensure
    sent = deliver("DI31", [bill(7, 4_318_640)], period=TODAY, mode="delta")

    def late(*, as_of: date) -> None:
        parts.take_back(deliveries=[sent], by=sent + 1)
        ensure(as_of=as_of)

    monkeypatch.setattr(publications, "ensure", late)
    assert follow().raised == 1
    monkeypatch.setattr(publications, "ensure", ensure)
    assert (follow().cleared, standing()) == (1, [])


def test_an_indicator_set_aside_and_taken_back_is_asked_of_everybody(base: Run) -> None:
    officer = Account.objects.create(username="officer", full_name="马晓燕")
    posts.hold_post(
        account=officer, role=Role.COUNTY_OFFICER, division=factories.COUNTY, since=date(2020, 1, 1)
    )
    deliver("DI31", [bill(7, 4_318_640)], period=TODAY, mode="delta")
    assert follow().raised == 1
    made = overrides.set_aside(Alert.objects.get(), reason=factories.NOTE, until=None, by=officer, on=ON)
    assert (follow().kind, standing()) == (RunKind.ARRIVAL, [])
    overrides.take_back(made, reason=factories.NOTE, by=officer, on=ON)
    done = follow()
    assert (done.kind, done.reason, done.raised) == (RunKind.FULL, "有搁置被提前收回", 1)
    assert (follow().kind, standing()) == (RunKind.ARRIVAL, [("D01", "p7")])


def test_another_product_asks_everybody(base: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bases, "_product", lambda: "another")
    done = follow()
    assert (done.kind, done.reason) == (RunKind.FULL, "指标或规则改过")


def test_an_alert_of_an_arrival_shows_what_else_was_answered_even_when_its_changes_are_gone(
    base: Run,
) -> None:
    deliver("DI31", [bill(7, 4_318_640)], period=TODAY, mode="delta")
    first = follow()
    told = also.of(Alert.objects.get(), EVERYWHERE)
    assert told == also.Also((), 1)
    with pytest.raises(NotAllowed, match="属于别处"):
        also.of(Alert.objects.get(), NEXT_DOOR)
    deliver("DI31", [bill(8, 200)], period=TODAY, mode="delta")
    tidying.tidy(second := follow())
    assert [bases.holder(run.pk, "person") for run in (base, first, second)] == [
        base.pk,
        second.pk,
        second.pk,
    ]
    assert also.of(Alert.objects.get(), EVERYWHERE) == told


def test_layers_are_linked_and_after_a_while_made_one(base: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(layers, "MOST_LAYERS", 2)
    runs_laid = []
    for key, fen in ((7, 4_318_640), (8, 4_318_640), (7, 100), (8, 100), (9, 4_318_640)):
        deliver("DI31", [bill(key, fen)], period=TODAY, mode="delta")
        done = follow()
        tidying.tidy(done)
        runs_laid.append([int(path.name.split(".")[1]) for path in bases.laid(done.pk, bases.ANSWERS[0])])
    first, second, third, fourth, fifth = (one[-1] for one in runs_laid)
    assert runs_laid == [[first], [first, second], [third], [third, fourth], [fifth]]
    assert (standing(), done.counts["D01"]["yes"]) == ([("D01", "p9")], 1)
    agrees(done)


def test_what_a_newer_base_replaces_goes_and_the_rest_with_age(base: Run, settings: Any) -> None:
    def kept(run: Run) -> set[str]:
        return {path.name for path in bases.folder(run.pk).glob("*")}

    facts = {f"{name}.parquet" for name in FACTS}
    whole, seen = {"base.json", *(f"{name}.parquet" for name in ANSWERED)} | facts, {"parts.json"}
    seen |= {f"{name}.seen.parquet" for name in ("people", "households", "register")}
    first, second = follow(), follow()
    changed = {f"{name}.{first.pk:08d}.changed.parquet" for name in (*ANSWERED, *FACTS)}
    assert [run & (whole | seen | changed) for run in map(kept, (base, first))] == [
        whole | seen,
        {"base.json"} | seen | changed,
    ]
    tidying.tidy(second)
    assert list(map(kept, (base, first))) == [whole, {"base.json"}]
    assert kept(second) >= {"base.json"} | seen | changed
    assert follow().kind == RunKind.ARRIVAL
    tidying.tidy(runs.run(as_of=AS_OF, by=None, on=ON, indicators=ASKED))
    assert kept(base) == whole - facts
    left = {f"{name}.{run.pk:08d}.changed.parquet" for name in ANSWERED for run in (first, second)}
    assert kept(second) == {"base.json"} | left
    days = [
        files.root() / name / day
        for name in ("judgements/gaps", "published/applications")
        for day in ("2026-09-29", "2026-09-30", "2026-10-30")
    ]
    for day in days:
        day.mkdir(parents=True)
    Run.objects.filter(pk=base.pk).update(as_of=date(2026, 9, 29))
    assert settings.WENHOU_KEEP_DAYS == 30
    tidying.tidy(second)
    assert [day.exists() for day in days] == [False, True, True] * 2
    assert (kept(base), bases.holder(first.pk, "person")) == (set(), None)


def test_of_each_person_and_column_the_latest_layer_holds_that_has_both() -> None:
    with files.workplace() as folder, store.connect(memory="256MB") as connection:

        def kept(name: str, rows: str, columns: str) -> Path:
            connection.execute(
                f"copy (from (values {rows}) as t({columns})) to '{folder / name}' (format parquet)"
            )
            return folder / name

        whole = kept("root", "(1, 10, 'a'), (2, 20, 'b'), (3, 30, 'c'), (4, 40, 'd')", "person, one, other")
        layers = [
            kept("1", "(1, 11, true), (2, null, true), (5, 51, true)", "person, one, there"),
            kept("2", "(1, 'A', true), (3, null, false), (4, null, false)", "person, other, there"),
            kept("3", "(4, 44, 'D', true)", "person, one, other, there"),
        ]
        told = bases.over(parquet.file(whole), layers, "person", ["one", "other"])
        rows = connection.execute(f"from ({told}) order by person").fetchall()
    assert rows == [(1, 11, "A"), (2, None, "b"), (4, 44, "D"), (5, 51, None)]
