"""Triggers that write the audit: one INSERT … SELECT for each statement, made from what the rooms say of their tables.

Each table has a function of its own that names its columns: asking the row for them (to_jsonb) costs three times as much.
Such a function would fail in a migration that has just dropped a column and then writes rows, so while migrations run every
function is one that asks (`loosen`); afterwards they are made anew (`install`).
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.db.models import Model

from wenhou.base import trust
from wenhou.base.audit import bodies

_COLUMNS = """
select c.relname, array_agg(a.attname::text order by a.attnum), (
  select array_agg(k.attname::text order by k.attnum) from pg_index i
  join pg_attribute k on k.attrelid = i.indrelid and k.attnum = any(i.indkey) where i.indrelid = c.oid and i.indisprimary)
from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
where c.oid = any(array(select to_regclass(name)::oid from unnest(%s::text[]) name)) group by c.oid, c.relname
"""
_STANDING = """
select c.relname from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_proc p on p.oid = t.tgfoid
where t.tgname = any(%s) and t.tgenabled in ('O', 'A') and p.proname = 'base_audit_of_' || c.relname
group by c.relname having count(*) = %s
"""
_OF_OTHERS = """
select p.proname from pg_proc p where starts_with(p.proname, 'base_audit_of_')
and p.pronamespace = 'public'::regnamespace and not p.proname = any(%s)
"""


@dataclass(frozen=True)
class Table:
    """An audited table as it stands in the database. columns: without those that pass."""

    name: str
    columns: tuple[str, ...]
    key: tuple[str, ...]
    digested: frozenset[str]
    passing: frozenset[str]

    @property
    def function(self) -> str:
        return f"base_audit_of_{self.name}"


@dataclass(frozen=True)
class Told:
    """What the rooms say of an audited table: columns recorded as digests, and columns not recorded."""

    digested: frozenset[str]
    passing: frozenset[str]


def audited() -> dict[str, Told]:
    """Table → what is said of it, of every model whose changes are recorded."""

    def columns(model: type[Model], names: Iterable[str]) -> frozenset[str]:
        return frozenset(field.column for field in model._meta.concrete_fields if field.name in {*names})

    return {
        model._meta.db_table: Told(columns(model, kept.secret | kept.digested), columns(model, kept.passing))
        for model, kept in trust.declared().items()
        if not kept.unaudited
    }


def install(**given: Any) -> None:
    """Bring functions and triggers to what the rooms say, in one transaction; nothing is done where they stand so already."""
    _put(bodies.strict)


def loosen(plan: Iterable[Any] = (), **given: Any) -> None:
    """While migrations run, columns are asked for: they may go away."""
    if plan:
        _put(bodies.loose)


def missing() -> list[str]:
    """Audited tables whose triggers are not all there and switched on, by name."""
    with connection.cursor() as cursor:
        cursor.execute(_STANDING, [[name for name, _ in bodies.TRIGGERS], len(bodies.TRIGGERS)])
        standing = {name for (name,) in cursor.fetchall()}
    return sorted(set(audited()) - standing)


def _put(body: Any) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "select obj_description(to_regclass('base_audit')), to_regclass('base_audit') is not null"
        )
        stamp, there = cursor.fetchone()
        if not there:
            return
        tables = _tables(cursor)
        wanted = [statement for table in tables for statement in bodies.statements(table, body(table))]
        hashed = hashlib.sha256("\n".join(wanted).encode()).hexdigest()
        if stamp == hashed:
            return
        cursor.execute(_OF_OTHERS, [[table.function for table in tables]])
        gone = [f'drop function public."{name}" cascade' for (name,) in cursor.fetchall()]
        cursor.execute(";\n".join([*gone, *wanted, f"comment on table base_audit is '{hashed}'"]))


def _tables(cursor: Any) -> list[Table]:
    told = audited()
    cursor.execute(_COLUMNS, [list(told)])
    return [
        Table(
            name,
            tuple(column for column in columns if column not in told[name].passing),
            tuple(key),
            told[name].digested,
            told[name].passing,
        )
        for name, columns, key in sorted(cursor.fetchall())
    ]
