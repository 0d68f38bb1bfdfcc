"""What the database writes of a change: once for each row, with who did it, and nothing where nothing changed."""

import json
from collections.abc import Iterator
from datetime import date
from hashlib import sha256

import pytest
from django.db import DatabaseError, ProgrammingError, connection, transaction
from django.test import Client

from desk import factories
from wenhou.base import reader, trust
from wenhou.base.audit import actors, triggers
from wenhou.base.audit.models import AuditEntry
from wenhou.exchange.models import Delivery
from wenhou.lake.models import SamePerson
from wenhou.staff.models import Account

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nobody_acts(db: None) -> Iterator[None]:
    """A command that an earlier test ran in this process is not who acts here, nor has anything been done yet."""
    with actors.acting(""):
        connection.cursor().execute("truncate base_audit")
        yield


def _told() -> list[tuple[str, str, str, dict[str, list[object]]]]:
    return [
        (entry.act, entry.table_name, entry.row_key, entry.changed)
        for entry in AuditEntry.objects.order_by("number")
    ]


def test_an_insert_an_update_and_a_delete_are_written_as_before_and_after() -> None:
    same = SamePerson.objects.create(absorbed=7, kept=1)
    SamePerson.objects.filter(pk=same.pk).update(kept=2)
    key = str(same.pk)
    same.delete()
    assert _told() == [
        (
            "insert",
            "lake_same_person",
            key,
            {"id": [None, same.pk or int(key)], "absorbed": [None, 7], "kept": [None, 1]},
        ),
        ("update", "lake_same_person", key, {"kept": [1, 2]}),
        (
            "delete",
            "lake_same_person",
            key,
            {"id": [int(key), None], "absorbed": [7, None], "kept": [2, None]},
        ),
    ]


def test_an_update_that_changes_nothing_writes_nothing() -> None:
    SamePerson.objects.create(absorbed=7, kept=1)
    SamePerson.objects.update(kept=1)
    assert AuditEntry.objects.count() == 1


def test_a_changed_key_is_written_as_a_row_gone_and_a_row_come() -> None:
    same = SamePerson.objects.create(absorbed=7, kept=1)
    SamePerson.objects.filter(pk=same.pk).update(id=same.pk + 1000)
    found = sorted(AuditEntry.objects.filter(act="update").values_list("row_key", "change"))
    gone = {"id": [same.pk, None], "absorbed": [7, None], "kept": [1, None]}
    come = {"id": [None, same.pk + 1000], "absorbed": [None, 7], "kept": [None, 1]}
    assert [(key, json.loads(change)) for key, change in found] == sorted(
        [(str(same.pk), gone), (str(same.pk + 1000), come)]
    )


def test_one_statement_writes_a_line_for_each_row_it_changed() -> None:
    SamePerson.objects.bulk_create(SamePerson(absorbed=key, kept=1) for key in range(2, 102))
    SamePerson.objects.filter(absorbed__lt=12).update(kept=200)
    assert AuditEntry.objects.filter(act="insert").count() == 100
    assert AuditEntry.objects.filter(act="update").count() == 10
    assert AuditEntry.objects.values("transaction").distinct().count() == 1


def test_emptying_a_table_is_written() -> None:
    with connection.cursor() as cursor:
        cursor.execute("truncate lake_same_person")
    assert _told() == [("truncate", "lake_same_person", "", {})]


def stored_digest(account: Account) -> str:
    """Of the password as the table keeps it: sealed."""
    with connection.cursor() as cursor:
        cursor.execute("select password::text from staff_account where id = %s", [account.pk])
        ((kept,),) = cursor.fetchall()
    return "sha256:" + sha256(kept.encode()).hexdigest()


def test_a_password_is_written_as_its_digest() -> None:
    account = Account.objects.create_user("liu", "xing-qing-2024", full_name="刘")
    told = AuditEntry.objects.get(table_name="staff_account").changed["password"]
    assert told == [None, stored_digest(account)]


def test_how_far_a_load_has_come_is_not_written() -> None:
    delivery = factories.delivery()
    Delivery.objects.filter(pk=delivery.pk).update(stage="读取", progress=40)
    Delivery.objects.filter(pk=delivery.pk).update(stage="完成", progress=100, rows_loaded=5)
    changes = [entry.changed for entry in AuditEntry.objects.filter(act="update")]
    assert changes == [{"rows_loaded": [18_204, 5]}]


def test_who_acts_is_the_signed_in_account_the_source_the_job_or_the_command() -> None:
    owner = connection.settings_dict["USER"]
    reader.within("POST /alerts/1/close")
    with reader.asking_for(42, on=date(2024, 11, 15)):
        SamePerson.objects.create(absorbed=7, kept=1)
        with actors.acting("job:watch"):
            SamePerson.objects.create(absorbed=8, kept=1)
    with reader.asking_for("key3", on=date(2024, 11, 15)):
        SamePerson.objects.create(absorbed=9, kept=1)
    with actors.acting("cli:liu"):
        SamePerson.objects.create(absorbed=10, kept=1)
    SamePerson.objects.create(absorbed=11, kept=1)
    assert list(
        AuditEntry.objects.order_by("number").values_list("account", "actor", "request", "db_role")
    ) == [
        (42, "", "POST /alerts/1/close", owner),
        (42, "job:watch", "POST /alerts/1/close", owner),
        (None, "key3", "POST /alerts/1/close", owner),
        (None, "cli:liu", "", owner),
        (None, "", "", owner),
    ]


def test_whoever_is_not_signed_for_is_nobody() -> None:
    day = date(2024, 11, 15)
    forged = reader.signed(42, on=day).replace("42|", "43|")
    for turn, told in enumerate(
        ("", "x|1", "42|2024-11-15|9999999999|ab", forged, reader.signed(42, on=day, until=1))
    ):
        with connection.cursor() as cursor:
            cursor.execute("select set_config('wenhou.reader', %s, true)", [told])
        SamePerson.objects.create(absorbed=turn + 2, kept=1)
    assert set(AuditEntry.objects.values_list("account", flat=True)) == {None}


@pytest.mark.parametrize("statement", ["update base_audit set act = 'x'", "delete from base_audit"])
def test_entries_are_only_ever_added_to(statement: str) -> None:
    SamePerson.objects.create(absorbed=7, kept=1)
    with pytest.raises(DatabaseError, match="only ever added to"), transaction.atomic():
        connection.cursor().execute(statement)
    assert AuditEntry.objects.count() == 1


def test_a_trigger_function_serves_no_table_but_those_of_the_rooms() -> None:
    with connection.cursor() as cursor:
        cursor.execute("create role nobody_in_particular")
        cursor.execute(
            "grant temp on database " + connection.settings_dict["NAME"] + " to nobody_in_particular"
        )
        cursor.execute("set local role nobody_in_particular")
        cursor.execute("create temp table mine (id int, absorbed int, kept int)")
        with pytest.raises(ProgrammingError, match="permission denied for function"), transaction.atomic():
            cursor.execute(
                "create trigger forged after insert on mine referencing new table as fresh"
                " for each statement execute function base_audit_of_lake_same_person()"
            )
        cursor.execute("reset role")


def test_whoever_may_not_touch_the_audit_is_audited_all_the_same() -> None:
    with connection.cursor() as cursor:
        cursor.execute("set local role wenhou_worker")
        cursor.execute("insert into lake_same_person (absorbed, kept) values (7, 1)")
        with (
            pytest.raises(ProgrammingError, match="permission denied for table base_audit"),
            transaction.atomic(),
        ):
            cursor.execute("insert into base_audit (act) values ('insert')")
        cursor.execute("reset role")
    assert AuditEntry.objects.get().changed["absorbed"] == [None, 7]


def test_while_migrations_run_a_dropped_column_does_not_stop_what_is_written() -> None:
    triggers.loosen(plan=["a migration"])
    account = Account.objects.create_user("liu", "xing-qing-2024", full_name="刘")
    digest = stored_digest(account)
    with connection.cursor() as cursor:
        cursor.execute("alter table staff_account drop column opened_at")
        cursor.execute(
            "update staff_account set full_name = '柳', password = 'p' where id = %s", [account.pk]
        )
        cursor.execute("delete from staff_account where id = %s", [account.pk])
    inserted, updated, deleted = (entry.changed for entry in AuditEntry.objects.order_by("number"))
    assert inserted["full_name"] == [None, "刘"]
    assert inserted["password"] == [None, digest]
    assert updated == {
        "full_name": ["刘", "柳"],
        "password": [digest, "sha256:" + sha256(rb"\x70").hexdigest()],
    }
    assert deleted["full_name"] == ["柳", None]
    assert "opened_at" in inserted
    assert "opened_at" not in deleted
    triggers.install()
    assert triggers.missing() == []


def test_every_table_is_audited_or_says_why_not() -> None:
    assert triggers.missing() == []
    audited = {model._meta.db_table for model, kept in trust.declared().items() if not kept.unaudited}
    assert {"staff_look", "staff_post", "monitoring_alert", "monitoring_judgement"} <= audited
    why = {kept.unaudited for kept in trust.declared().values() if kept.unaudited}
    assert all(len(one) >= 10 for one in why)


def test_a_table_that_is_no_longer_audited_loses_its_triggers() -> None:
    with connection.cursor() as cursor:
        cursor.execute("alter table staff_look disable trigger base_audit_insert")
    assert triggers.missing() == ["staff_look"]


def test_a_page_s_act_is_written_with_who_did_it_and_which_request(client: Client) -> None:
    factories.places()
    officer = factories.account()
    alert = factories.alert()
    client.force_login(officer)
    before = AuditEntry.objects.order_by("-number").values_list("number", flat=True)[0]
    path = f"/alerts/{alert.number}/reveal/"
    answer = client.post(path, {"shown": "identity", "purpose": "走访前核对"})
    assert answer.status_code == 200
    entry = AuditEntry.objects.get(number__gt=before, table_name="staff_look")
    assert (entry.account, entry.actor, entry.db_role, entry.request) == (
        officer.pk, "", "wenhou_web", f"POST {path}",
    )  # fmt: skip
