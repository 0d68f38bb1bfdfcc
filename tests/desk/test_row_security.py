"""What the database gives the pages' role, asked directly: whatever a page forgets, this holds."""

import time
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import ProgrammingError, transaction

from desk import doubting, factories
from desk.conftest import World
from roles import told
from wenhou.base import reader, trust
from wenhou.fieldwork.models import Visit
from wenhou.linkage.enums import IdentityVerdict
from wenhou.linkage.models import IdentityDecision, LinkedLine, PersonMerge
from wenhou.monitoring.models import Alert, ThresholdTrial
from wenhou.staff.actions import accounts
from wenhou.staff.enums import Role
from wenhou.staff.models import Account, Look, Submission

TODAY = factories.TODAY
FOR_ALL = {
    model
    for model, kept in trust.declared().items()
    if {way.kind for way in kept.seen.ways()} & {"staff", "public"}
}
PUBLIC = {model._meta.db_table for model, kept in trust.declared().items() if kept.seen == trust.PUBLIC}
RUNS = {"monitoring_run", "monitoring_gap_run"}  # one pass over several counties is each one's own


def signed(account: Account, *, on: date = TODAY, **more: int) -> str:
    return reader.signed(account.pk, on=on, **more)


def rows(who: str) -> dict[str, set[Any]]:
    """Table → keys of the rows that somebody gets."""
    seen = {}
    with told(who) as cursor:
        for model, kept in trust.declared().items():
            if kept.seen != trust.NOBODY:
                cursor.execute(f"select {model._meta.pk.column} from {model._meta.db_table}")
                seen[model._meta.db_table] = {key for (key,) in cursor.fetchall()}
    return seen


def everything_about(alert: Alert, by: Account) -> None:
    """A row of every table that tells of somebody, or of somebody's place."""
    factories.gap(alert)
    factories.set_aside(alert)
    factories.right(alert.person, county=alert.division[:6])
    factories.reckoned(factories.proposal(alert.division[:6]))
    factories.delivery(f"d-{alert.pk}", division=alert.division[:6])
    mention = doubting.mention(alert.person)
    doubting.doubt(alert.person, mention)
    doubting.sighting(mention, line=alert.pk)
    IdentityDecision.objects.create(
        mention=mention, person=alert.person, verdict=IdentityVerdict.values[0], reason="核对无误", by=by,
        decided_on=TODAY, recorded_at=alert.judgement.run.started_at,
    )  # fmt: skip
    LinkedLine.objects.create(
        person=alert.person, delivery=alert.pk, line=1, bits=9.0, levels={}, linked_on=TODAY
    )
    PersonMerge.objects.create(
        kept=alert.person, absorbed=alert.person + 900_000, reason="一人两号", by=by, merged_on=TODAY,
        recorded_at=alert.judgement.run.started_at,
    )  # fmt: skip
    Visit.objects.create(
        number=f"RH{alert.pk}", purpose="alert", division=alert.division, person=alert.person, visited_on=TODAY,
        met=True, found="在家", by=by, recorded_at=alert.judgement.run.started_at,
    )  # fmt: skip
    Look.objects.create(
        account=by, person=alert.person, page="alert", shown="identity", purpose="核实",
        at=alert.judgement.run.started_at,
    )  # fmt: skip
    Submission.objects.create(account=by, key=uuid4(), said="办好了。", at=alert.judgement.run.started_at)
    ThresholdTrial.objects.create(
        indicator="D01", name="medical_oop_line", value="1", division=alert.division[:6], since=TODAY, until=TODAY,
        by=by, requested_at=alert.judgement.run.started_at,
    )  # fmt: skip


@pytest.fixture
def both(world: World) -> World:
    """The same in both counties, each with a run of its own."""
    theirs = factories.alert(77, division="640105005990", made_in=factories.run(division="640105"))
    everything_about(world.own, world.officer)
    everything_about(theirs, world.neighbour)
    return world


def test_nobody_gets_what_is_the_neighbours(both: World) -> None:
    own, theirs = rows(signed(both.officer)), rows(signed(both.neighbour))
    told_of = {model._meta.db_table for model in trust.declared() if model not in FOR_ALL} & own.keys() - RUNS
    assert {table: own[table] & theirs[table] for table in told_of if own[table] & theirs[table]} == {}
    empty = {table for table in told_of if not own[table] or not theirs[table]}
    assert empty <= {
        "monitoring_expectation", "registry_residence", "registry_register_entry",
        "monitoring_gap_review", "staff_old_password", "staff_second_factor", "staff_odd_looks", "base_audit", "base_seal",
    }  # fmt: skip


def test_who_is_above_gets_both_and_who_is_beside_gets_neither(both: World) -> None:
    above = factories.account("above", Role.AUDITOR, "64")
    beside = factories.account("beside", Role.TOWN_OFFICER, "640104008")
    own, theirs = rows(signed(both.officer)), rows(signed(both.neighbour))
    every, none = rows(signed(above)), rows(signed(beside))
    for table in (
        "monitoring_alert",
        "monitoring_gap",
        "monitoring_judgement",
        "registry_person_record",
        "lake_identity",
    ):
        assert every[table] >= own[table] | theirs[table]
        assert none[table] == set(), table


def forged(account: Account) -> Iterator[str]:
    good = signed(account)
    yield ""
    yield "nonsense"
    yield "1|2|3"
    yield good[:-1] + ("0" if good[-1] != "0" else "1")
    yield good.replace(f"{account.pk}|", f"{account.pk + 1}|", 1)
    yield good.replace(f"{account.pk}|", f"{account.pk}|2030-01-01|", 1)
    yield signed(account, until=int(time.time()) - 1)
    yield reader.signed("key1", on=TODAY)  # a source that there is not
    yield reader.signed("1 or true", on=TODAY)


def test_without_a_reader_that_is_signed_and_in_time_there_are_no_rows(both: World) -> None:
    for said in forged(both.officer):
        with transaction.atomic():
            seen = rows(said)
        assert {table for table, keys in seen.items() if keys} <= PUBLIC, said


def test_before_a_post_begins_there_is_only_ones_own(both: World) -> None:
    seen = rows(signed(both.officer, on=date(2024, 2, 29)))
    found = {table for table, keys in seen.items() if keys} - PUBLIC
    assert found == {"staff_account", "staff_look", "staff_submission", "monitoring_threshold_trial"}
    assert seen["staff_account"] == {both.officer.pk}


def test_a_post_that_is_over_and_an_account_that_is_closed_open_nothing(both: World) -> None:
    accounts.end_post(post=factories.post_of(both.officer), on=TODAY - timedelta(days=1))
    assert rows(signed(both.officer))["monitoring_alert"] == set()
    Account.objects.filter(pk=both.neighbour.pk).update(is_active=False)
    assert rows(signed(both.neighbour))["monitoring_alert"] == set()


@pytest.mark.parametrize(
    "statement",
    [
        "select * from base_reader_key",
        "select staff_reader()",
        "select staff_has_near(array[1], array['64'])",
        "select * from api_source_key",
        "truncate monitoring_alert",
        "alter table monitoring_alert disable row level security",
        "drop policy desk_reads on monitoring_alert",
        "create table mine (n int)",
        "delete from monitoring_alert",
        "update monitoring_judgement set tree = '{}'",
        "update linkage_mention set id = id",
        "insert into staff_post (account_id, role, division, since) values (1, 'auditor', '64', '2024-01-01')",
        "update staff_account set person = null",
        "update staff_account set is_active = true",
        "update procrastinate_jobs set args = '{}'",
        "copy monitoring_alert to '/tmp/alerts'",
    ],
)
def test_what_a_page_has_no_business_with_is_refused(statement: str, both: World) -> None:
    with pytest.raises(ProgrammingError), transaction.atomic(), told(signed(both.officer)) as cursor:
        cursor.execute(statement)


def test_row_security_cannot_be_passed_over(both: World) -> None:
    refused = pytest.raises(ProgrammingError, match="row-level security")
    with refused, transaction.atomic(), told(signed(both.officer)) as cursor:
        cursor.execute("set local row_security = off")
        cursor.execute("select count(*) from monitoring_alert")


def test_what_a_page_may_write_it_writes_within_its_places_only(both: World) -> None:
    theirs = both.theirs.pk
    with told(signed(both.officer)) as cursor:
        cursor.execute("update monitoring_alert set headline = 'x' where id = %s", [theirs])
        assert cursor.rowcount == 0
        cursor.execute("update staff_account set last_login = now() where id <> %s", [both.officer.pk])
        assert cursor.rowcount == 0
    event = "insert into monitoring_alert_event (alert_id, kind, at, note, detail) values (%s, 'closed', now(), '', '{}')"
    refused = pytest.raises(ProgrammingError, match="row-level security")
    with refused, transaction.atomic(), told(signed(both.officer)) as cursor:
        cursor.execute(event, [theirs])


def test_a_wrong_guess_at_an_operator_learns_nothing(both: World) -> None:
    """An expression that fails on a row is not asked about rows of others before row security is."""
    with told(signed(both.officer)) as cursor:
        cursor.execute(
            "select count(*) from monitoring_alert where 1 / (division <> '640105005990')::int = 1"
        )
        assert cursor.fetchone() == (1,)


def test_the_places_are_worked_out_once_a_statement(both: World) -> None:
    with told(signed(both.officer)) as cursor:
        cursor.execute("explain (costs off) select * from monitoring_alert where due_on < '2025-01-01'")
        plan = "\n".join(line for (line,) in cursor.fetchall())
    filters = [line for line in plan.splitlines() if "Filter:" in line or "Cond:" in line]
    assert "InitPlan" in plan
    assert not any("staff_places()" in line for line in filters), plan
