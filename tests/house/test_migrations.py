"""Nobody has to stop for a migration: what the release before would stumble over waits until it runs no more."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, migrations, models
from django.db.migrations import Migration
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations import (
    AddConstraint,
    AddField,
    AlterField,
    AlterModelTable,
    CreateModel,
    DeleteModel,
    RemoveField,
    RenameField,
    RenameModel,
    RunSQL,
    SeparateDatabaseAndState,
)
from django.db.models.fields import NOT_PROVIDED

from wenhou.base import migrating
from wenhou.site import database

FIRST = {
    "api": 2, "base": 4, "divisions": 1, "exchange": 2, "fieldwork": 2, "lake": 6,
    "linkage": 3, "monitoring": 9, "policy": 1, "registry": 2, "staff": 9, "supervision": 2,
}  # fmt: skip
"""The last migration of each room of before there was a first release: nobody runs anything older."""
REMOVES = (RemoveField, DeleteModel, RenameField, RenameModel, AlterModelTable)
SQL = re.compile(
    r"(?i)\b(drop\s+(table|column)|rename\s+(to|column)|set\s+not\s+null|alter\s+column\s+\w+\s+type)\b"
)


def dangers(migration: Migration) -> list[str]:
    """What the release before, running on, would stumble over."""
    fresh = {one.name.lower() for one in migration.operations if isinstance(one, CreateModel)}
    return [told for one in _flat(migration.operations) for told in _of(one, fresh)]


def _flat(operations: list[Any]) -> Iterator[Any]:
    for one in operations:
        yield from _flat(one.database_operations) if isinstance(one, SeparateDatabaseAndState) else [one]


def _of(one: Any, fresh: set[str]) -> Iterator[str]:
    if isinstance(one, REMOVES):
        yield f"{type(one).__name__} takes away what it reads"
    elif isinstance(one, AlterField) and not one.field.null:
        yield f"AlterField {one.name}: it may write null, or another type"
    elif isinstance(one, AddField) and one.model_name.lower() not in fresh:
        if not one.field.null and one.field.db_default is NOT_PROVIDED:
            yield f"AddField {one.name}: it does not write it"
    elif isinstance(one, AddConstraint) and one.model_name.lower() not in fresh:
        yield "AddConstraint: it may write what is forbidden"
    elif isinstance(one, RunSQL) and SQL.search(str(one.sql)):
        yield "RunSQL takes away or forbids"


def ours() -> list[Migration]:
    loader = MigrationLoader(None)
    return [one for (app, _), one in loader.disk_migrations.items() if one.__module__.startswith("wenhou.")]


def test_what_the_release_before_would_stumble_over_is_marked_after() -> None:
    wrong = {
        f"{one.app_label}.{one.name}": found
        for one in ours()
        if int(one.name[:4]) > FIRST.get(one.app_label, 0)
        and not migrating.is_after(one)
        and (found := dangers(one))
    }
    assert wrong == {}, "mark it `after = True`, or give the column a db_default"


@pytest.mark.parametrize(
    ("operation", "is_dangerous"),
    [
        (RemoveField("alert", "note"), True),
        (RenameField("alert", "note", "said"), True),
        (DeleteModel("alert"), True),
        (AddField("alert", "note", models.TextField()), True),
        (AddField("alert", "note", models.TextField(default="")), True),
        (AddField("alert", "note", models.TextField(db_default="")), False),
        (AddField("alert", "note", models.TextField(null=True)), False),
        (AlterField("alert", "note", models.TextField()), True),
        (AlterField("alert", "note", models.TextField(null=True)), False),
        (AddConstraint("alert", models.CheckConstraint(condition=models.Q(pk=1), name="one")), True),
        (RunSQL("alter table alert drop column note"), True),
        (RunSQL("create index concurrently one on alert (note)"), False),
        (SeparateDatabaseAndState(database_operations=[DeleteModel("alert")]), True),
        (migrations.AddIndex("alert", models.Index(fields=["note"], name="one")), False),
    ],
)
def test_each_kind_of_danger_is_seen(operation: Any, is_dangerous: bool) -> None:
    one = Migration("0009_one", "monitoring")
    one.operations = [operation]
    assert bool(dangers(one)) is is_dangerous


def test_what_a_table_is_made_with_is_no_danger() -> None:
    one = Migration("0009_one", "monitoring")
    one.operations = [CreateModel("New", []), AddField("new", "note", models.TextField())]
    assert dangers(one) == []


@pytest.mark.django_db
def test_the_first_half_leaves_out_what_waits_and_what_stands_on_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """As before the last two migrations of the staff's tables, the first of which waits."""
    loader = MigrationLoader(connection)
    names = sorted(name for app, name in loader.disk_migrations if app == "staff")
    with connection.cursor() as cursor:
        cursor.execute("delete from django_migrations where app = 'staff' and name = any(%s)", [names[-2:]])
    assert [name for app, name in migrating.pending_before() if app == "staff"] == names[-2:]
    assert database.is_behind()
    waiting = type(loader.disk_migrations["staff", names[-2]])
    monkeypatch.setattr(waiting, "after", True, raising=False)
    assert [name for app, name in migrating.pending_before() if app == "staff"] == []
    assert not database.is_behind()
    assert ("staff", names[-1]) in migrating.pending()
