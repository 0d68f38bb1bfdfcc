"""The SQL of the audit's trigger functions. Names come from the catalogue of the database and are quoted."""

from collections.abc import Iterable
from typing import Protocol

TRIGGERS = (
    ("base_audit_insert", "after insert on {table} referencing new table as fresh"),
    ("base_audit_update", "after update on {table} referencing old table as stale new table as fresh"),
    ("base_audit_delete", "after delete on {table} referencing old table as stale"),
    ("base_audit_truncate", "before truncate on {table}"),
)
# Taking the transaction's number before any number of the sequence is what lets a sealer know when a number is decided.
# Who asks is believed only if it is signed (site/sql/reader.sql, which is made after the tables).
# No plan that grows with the square of the rows can be chosen for a full join, however few the first statement had.
_FUNCTION = """
create or replace function public.{function}() returns trigger language plpgsql security definer
set search_path = pg_catalog, public, pg_temp as $audit$
#variable_conflict use_variable
declare
  mine bigint := pg_current_xact_id()::text::bigint;
  reader text[];
  who bigint;
  as_role text := coalesce(nullif(current_setting('role'), 'none'), session_user);
  actor text := left(coalesce(current_setting('wenhou.actor', true), ''), 120);
  asked text := left(coalesce(current_setting('wenhou.request', true), ''), 200);
begin
  if current_setting('wenhou.reader', true) <> '' and to_regprocedure('public.staff_reader()') is not null then
    reader := public.staff_reader();
    who := case when reader[1] ~ '^[0-9]+$' then reader[1]::bigint end;
    actor := coalesce(nullif(actor, ''), case when who is null then reader[1] end, '');
  end if;
  if tg_op = 'INSERT' then
    {start} select {middle}, {new_key}, {inserted}, asked from fresh n;
  elsif tg_op = 'DELETE' then
    {start} select {middle}, {old_key}, {deleted}, asked from stale o;
  elsif tg_op = 'UPDATE' then
    {start} select {middle}, {either_key}, {updated}, asked
      from stale o full join fresh n on {same} where {differs};
  else
    {start} select {middle}, '', '{{}}', asked;
  end if;
  return null;
end $audit$
"""
_START = (
    "insert into public.base_audit"
    " (at, transaction, account, actor, db_role, act, table_name, row_key, change, request)"
)
_MIDDLE = "clock_timestamp(), mine, who, actor, as_role, lower(tg_op), tg_table_name"


class Shape(Protocol):
    """What a table looks like."""

    @property
    def name(self) -> str: ...
    @property
    def columns(self) -> tuple[str, ...]: ...
    @property
    def key(self) -> tuple[str, ...]: ...
    @property
    def digested(self) -> frozenset[str]: ...
    @property
    def passing(self) -> frozenset[str]: ...
    @property
    def function(self) -> str: ...


def statements(table: Shape, function: str) -> list[str]:
    """The function of a table and its triggers; nobody else may hang the function on a table of theirs."""
    name, of = _quoted(table.name), _quoted(table.function)
    return [
        function,
        f"revoke all on function public.{of}() from public",
        *(
            f"create or replace trigger {trigger} {when.format(table=f'public.{name}')}"
            f" for each statement execute function public.{of}()"
            for trigger, when in TRIGGERS
        ),
    ]


def strict(table: Shape) -> str:
    """A function that names the table's columns."""

    def listed(parts: list[str]) -> str:
        return "'{' || concat_ws(',', " + ", ".join(parts) + ") || '}'"

    told = [
        (_literal(f'"{name}":['), _value(table, "o", name), _value(table, "n", name))
        for name in table.columns
    ]
    differs = [f"o.{_quoted(name)} is distinct from n.{_quoted(name)}" for name in table.columns]
    return _function(
        table,
        differs=" or ".join(differs),
        inserted=listed([f"{head} || 'null,' || {new} || ']'" for head, _, new in told]),
        deleted=listed([f"{head} || {old} || ',null]'" for head, old, _ in told]),
        updated=listed(
            [
                f"case when {differing} then {head} || coalesce({old}, 'null') || ','"
                f" || coalesce({new}, 'null') || ']' end"
                for (head, old, new), differing in zip(told, differs, strict=True)
            ]
        ),
    )


def loose(table: Shape) -> str:
    """A function that asks each row for its columns: slower, and right whatever a migration does to them."""
    hidden, passing = _array(table.digested), _array(table.passing)

    def value(side: str) -> str:
        told = f"to_jsonb({side}) -> name"
        digest = f"encode(sha256(convert_to(to_jsonb({side}) ->> name, 'UTF8')), 'hex')"
        return (
            f"coalesce(case when name = any({hidden}) then '\"sha256:' || {digest} || '\"'"
            f" else nullif({told}, 'null')::text end, 'null')"
        )

    def listed(old: str, new: str, names: str) -> str:
        return (
            f"'{{' || coalesce((select string_agg(to_json(name)::text || ':[' || {old} || ',' || {new} || ']', ',')"
            f" from jsonb_object_keys({names}) name where {old} <> {new}), '') || '}}'"
        )

    return _function(
        table,
        differs=f"to_jsonb(o) - {passing} is distinct from to_jsonb(n) - {passing}",
        inserted=listed("'null'", value("n"), "to_jsonb(n)"),
        deleted=listed(value("o"), "'null'", "to_jsonb(o)"),
        updated=listed(value("o"), value("n"), "coalesce(to_jsonb(o), '{}') || coalesce(to_jsonb(n), '{}')"),
    )


def _function(table: Shape, *, differs: str, inserted: str, deleted: str, updated: str) -> str:
    return _FUNCTION.format(
        function=_quoted(table.function),
        start=_START,
        middle=_MIDDLE,
        new_key=_key(table, "n.{0}"),
        old_key=_key(table, "o.{0}"),
        either_key=_key(table, "coalesce(n.{0}, o.{0})"),
        same=" and ".join(f"o.{_quoted(name)} = n.{_quoted(name)}" for name in table.key),
        differs=differs,
        inserted=inserted,
        deleted=deleted,
        updated=updated,
    )


def _key(table: Shape, each: str) -> str:
    return "concat_ws(',', " + ", ".join(each.format(_quoted(name)) for name in table.key) + ")"


def _value(table: Shape, side: str, name: str) -> str:
    """The value as JSON, or its digest as a JSON string; NULL for NULL."""
    column = f"{side}.{_quoted(name)}"
    if name in table.digested:
        return f"'\"sha256:' || encode(sha256(convert_to({column}::text, 'UTF8')), 'hex') || '\"'"
    return f"to_json({column})::text"


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _array(names: Iterable[str]) -> str:
    return "array[" + ", ".join(_literal(name) for name in sorted(names)) + "]::text[]"
