"""The database decides who sees a row: roles, grants and policies, made of what every room says in its `kept.py`.

`ensure` runs as the owner after every migration; all of it in one transaction, nothing where nothing has changed.
"""

import hashlib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import connection, transaction
from django.db.migrations import (
    AlterField,
    Migration,
    RemoveField,
    RenameField,
    RunSQL,
    SeparateDatabaseAndState,
)

from wenhou.base import reader, trust
from wenhou.base.errors import WenhouError
from wenhou.base.secrets import rotation
from wenhou.site import policies

WEB, WORKER = "wenhou_web", "wenhou_worker"
_LOCK = 0x74727573  # "trus"
_READS, _ALL = "select", "select, insert, update, delete"
INTERNAL = {"staff_reader", "staff_has_near", "staff_has_told", "staff_members", "staff_posts_of"}
"""Functions that take the places to look in from whoever calls them, or give the reader: for the others only."""
THIRD = {
    "django_session": (_ALL, _READS),  # who is signed in; ended sessions are cleared
    "axes_accessattempt": (_ALL, ""),  # wrong passwords, counted and forgotten
    "axes_accessattemptexpiration": (_ALL, ""),
    "axes_accessfailurelog": (_ALL, ""),
    "axes_accesslog": ("select, insert, update", ""),  # who signed in and out, and from where
    "django_content_type": ("", _READS),
    "django_migrations": (_READS, _READS),  # whether the tables are the newest
    "procrastinate_jobs": ("select, insert", _ALL),  # a page queues a job and never changes one
    "procrastinate_events": (
        "select, insert",
        _ALL,
    ),  # written by the queue's own trigger, told on the page of its state
    "procrastinate_workers": (_READS, _ALL),  # whether anybody works
    "procrastinate_periodic_defers": ("", _ALL),
}
"""Tables that are no room's: what the web may do, what the worker may do, and why."""
LESS = {"base_audit": _READS, "base_seal": "select, insert"}
"""What the worker may do where it may not do everything: it seals the audit, which only triggers write."""
_AUDIT_NUMBERS = "base_audit_number_seq"
NO_ROLES = (
    "数据库里缺少 wenhou_web、wenhou_worker 两个角色，当前账号又不能新建："
    "请数据库管理员执行 create role wenhou_web nologin; create role wenhou_worker nologin; 再迁移一次。"
)


def ensure(*, anew: bool = False) -> bool:
    """Make roles, functions, grants and policies what the rooms say; whether there was anything to do.

    anew: even where nothing was said anew. Raises WenhouError where the owner can make no roles and there are none.
    """
    inside, outside = reader.halves()
    said = hashlib.sha256(inside + _told().encode()).hexdigest()
    if not anew and _made_of() == said:
        return False
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [_LOCK])
        _make_roles(cursor)
        cursor.execute(_told())
        cursor.execute(
            "insert into base_reader_key (inside, outside, made_of) values (%s, %s, %s) on conflict (only_one)"
            " do update set (inside, outside, made_of) = (excluded.inside, excluded.outside, excluded.made_of)",
            [inside, outside, said],
        )
    return True


def keep_up() -> None:
    """Before serving: what the secret or the rooms changed without a migration. Nothing where this is not the owner."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select pg_get_userbyid(relowner) = current_user from pg_class where relname = 'base_reader_key'"
        )
        owns = cursor.fetchone() or [True]
    if owns[0]:
        ensure()


def after_migration(**_: Any) -> None:
    """Follow Django's `post_migrate` of this room, the last; tables that are still to come are waited for."""
    if connection.vendor == "postgresql" and _all_are_there():
        rotation.ready()  # the web and the worker may not make keys
        ensure()


def before_migration(plan: Sequence[tuple[Migration, bool]], **_: Any) -> None:
    """Follow Django's `pre_migrate`: a column that a policy names cannot change its type. Until the policies are back, the
    web gets no row; a migration that only adds leaves them alone.
    """
    if not any(isinstance(step, _CHANGES) for migration, _ in plan for step in migration.operations):
        return
    with connection.cursor() as cursor:
        cursor.execute(_DROP_POLICIES)
        cursor.execute("select to_regclass('base_reader_key') is not null")
        if cursor.fetchone()[0]:
            cursor.execute("update base_reader_key set made_of = ''")


_CHANGES = (AlterField, RemoveField, RenameField, RunSQL, SeparateDatabaseAndState)
_DROP_POLICIES = """
do $$ declare told record; begin
    for told in select policyname, tablename from pg_policies
        where schemaname = current_schema() and roles && array['wenhou_web', 'wenhou_worker']::name[]
    loop
        execute format('drop policy %I on %I', told.policyname, told.tablename);
    end loop;
end $$
"""


def _all_are_there() -> bool:
    from django.db.migrations.recorder import MigrationRecorder

    present = set(connection.introspection.table_names())
    rooms = {model._meta.db_table for model in trust.tables()}
    return MigrationRecorder(connection).has_table() and rooms <= present and _columns_are_there()


def _columns_are_there() -> bool:
    """Whether the tables have every column that is said of them: not so halfway through the migrations."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select table_name, column_name from information_schema.columns where table_schema = current_schema()"
        )
        there = set(cursor.fetchall())
    return all(
        (model._meta.db_table, field.column) in there
        for model in trust.tables()
        for field in model._meta.concrete_fields
    )


def _made_of() -> str:
    with connection.cursor() as cursor:
        cursor.execute("select to_regclass('base_reader_key') is not null")
        if not cursor.fetchone()[0]:
            return ""
        cursor.execute("select made_of from base_reader_key")
        return str((cursor.fetchone() or [""])[0])


def _make_roles(cursor: Any) -> None:
    """Two roles without rights of their own; a login they get where the deployment gives them one."""
    cursor.execute("select rolname from pg_roles where rolname = any(%s)", [[WEB, WORKER]])
    missing = {WEB, WORKER} - {name for (name,) in cursor.fetchall()}
    cursor.execute("select rolcreaterole or rolsuper from pg_roles where rolname = current_user")
    if missing and not cursor.fetchone()[0]:
        raise WenhouError(NO_ROLES)
    for role in sorted(missing):
        cursor.execute(_MAKE_ROLE.format(role=role))


# Two databases of one server may be made at once; a role is the server's.
_MAKE_ROLE = """
do $$ begin
    create role {role} nologin nosuperuser nocreatedb nocreaterole noinherit nobypassrls;
    if not (select rolsuper from pg_roles where rolname = current_user) then
        execute format('grant {role} to %I', current_user);
    end if;
exception when duplicate_object or unique_violation then null;
end $$
"""


@cache
def _told() -> str:
    """Everything but the roles and the key, as one script."""
    return ";\n".join([_functions(), *_rights(), *policies.statements(WEB, WORKER)])


def _functions() -> str:
    """The functions of reader.sql, each with its search path, and who may call it."""
    here = Path(__file__).parent / "sql"
    text = "\n".join((here / name).read_text(encoding="utf-8") for name in ("reader.sql", "duties.sql"))
    return f"{text.rstrip().rstrip(';')};\n{_CLOSE.format(web=WEB, worker=WORKER, internal=','.join(sorted(INTERNAL)))}"


_CLOSE = """
do $do$ declare made regprocedure; begin
    for made in select oid from pg_proc where pronamespace = current_schema()::regnamespace
        and (proname like 'staff\\_%%' or proname = 'api_key_of')
    loop
        execute format('alter function %%s set search_path = pg_catalog, %%I, pg_temp', made, current_schema());
        execute format('revoke all on function %%s from public, {web}, {worker}', made);
        if split_part(made::text, '(', 1) <> all(string_to_array('{internal}', ',')) then
            execute format('grant execute on function %%s to {web}, {worker}', made);
        end if;
    end loop;
    execute format('grant usage on schema %%I to {web}, {worker}', current_schema());
end $do$
""".replace("%%", "%")


def _rights() -> list[str]:
    """Grants by table and act: what is not said is not given."""
    schema = "do $do$ begin execute format('{0}', current_schema()); end $do$"
    told = [
        schema.format(f"revoke all on all tables in schema %I from {WEB}, {WORKER}"),
        schema.format(f"grant usage on all sequences in schema %I to {WEB}, {WORKER}"),
        f"revoke all on sequence {_AUDIT_NUMBERS} from {WEB}, {WORKER}",
        f"grant select on sequence {_AUDIT_NUMBERS} to {WORKER}",
    ]
    for model, kept in policies.by_table():
        table = model._meta.db_table
        told.append(f"grant {LESS.get(table, _ALL)} on {table} to {WORKER}")
        told += policies.grants(model, kept, WEB)
    return told + [
        f"grant {rights} on {table} to {role}"
        for table, both in THIRD.items()
        for role, rights in zip((WEB, WORKER), both, strict=True)
        if rights and table in _third_tables()
    ]


def _third_tables() -> set[str]:
    ours = {model._meta.db_table for model in trust.tables()}
    known = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
    return (known | set(THIRD)) - ours
