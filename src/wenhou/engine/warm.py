"""One household, warm: a plan's statement prepared once in a small DuckDB of its own."""

import threading
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from weakref import WeakKeyDictionary

import duckdb

from wenhou.base.errors import Refused
from wenhou.engine import statements
from wenhou.engine.faults import nearest
from wenhou.engine.plan import Plan
from wenhou.engine.statements import SQL_TYPES

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Rows:
    """Input rows: persons (person, household, facts, keys of links), households (household, county, facts) and
    standards (county, values). What a row leaves out is unknown.
    """

    persons: Sequence[Row]
    households: Sequence[Row]
    standards: Sequence[Row] = ()


@dataclass(frozen=True)
class Answers:
    """Answers by key: every name the plan answers, with its keys; an explained plan's middle columns too."""

    persons: Mapping[int, Row]
    households: Mapping[int, Row]


class Ready:
    """A plan prepared. Not for two threads at once: `ready` keeps one for each."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._kept = {table: statements.kept_as(plan, table) for table in statements.TABLE_KEYS}
        sql, self._homes, self._people = statements.together(plan)
        self._connection = duckdb.connect(":memory:", config={"threads": 1})
        self._connection.execute(f"PREPARE one AS {sql}")

    def answer(self, rows: Rows) -> Answers:
        given = {"persons": rows.persons, "households": rows.households, "standards": rows.standards}
        values = [
            _list((row.get(name) for row in given[table]), kept)
            for table, columns in self._kept.items()
            for name, kept in columns.items()
        ]
        self._check(given)
        found = self._connection.execute(f"EXECUTE one({', '.join(values)})").fetchall()
        return self._told(given, self._split(found)) if self._plan.explains else self._split(found)

    def _told(self, given: Mapping[str, Sequence[Row]], found: Answers) -> Answers:
        """An explained plan's answers with what the input told beside them."""
        needs, of_county = self._plan.needs, {row["county"]: row for row in given["standards"]}
        persons = {
            row["person"]: {name: row.get(name) for name in needs["persons"]} for row in given["persons"]
        }
        households = {
            row["household"]: {name: row.get(name) for name in needs["households"]}
            | {name: of_county.get(row.get("county"), {}).get(name) for name in needs["standards"]}
            for row in given["households"]
        }
        return Answers(
            {key: persons[key] | dict(row) for key, row in found.persons.items()},
            {key: households[key] | dict(row) for key, row in found.households.items()},
        )

    def _check(self, given: Mapping[str, Sequence[Row]]) -> None:
        known = self._plan.book
        for table, rows in given.items():
            keys = statements.TABLE_KEYS[table]
            for name in {name for row in rows for name in row if name not in known and name not in keys}:
                raise Refused(f"{table} 的行里有没声明过的“{name}”。{nearest(name, known.declared)}")
            one_key = [row.get(keys[0]) for row in rows]
            if None in one_key or len(set(one_key)) < len(one_key):
                raise Refused(f"{table} 的行缺少键 {keys[0]}，或键有重复。")

    def _split(self, found: list[tuple[Any, ...]]) -> Answers:
        persons: dict[int, Row] = {}
        households: dict[int, Row] = {}
        at = len(self._homes)
        for row in found:
            if row[0] is not None:
                households[row[0]] = dict(zip(self._homes, row[:at], strict=True))
            person = dict(zip(self._people, row[at:], strict=True))
            if person["person"] is not None:
                persons[person["person"]] = person
        return Answers(dict(sorted(persons.items())), dict(sorted(households.items())))


def _list(values: Iterable[Any], kept: str) -> str:
    """A typed list in SQL; the cast keeps the prepared parameter's type, or DuckDB would plan again."""
    return f"[{', '.join(_literal(value, kept) for value in values)}]::{SQL_TYPES[kept]}[]"


def _literal(value: Any, kept: str) -> str:
    if value is None:
        return "NULL"
    if kept == "text" and isinstance(value, str):
        return "'" + value.replace("'", "''") + "'"
    if kept == "bool" and isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if kept == "date" and isinstance(value, date):
        return f"DATE '{value.isoformat()[:10]}'"
    if kept == "int" and isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if kept in ("decimal", "float") and isinstance(value, int | Decimal | float):
        return str(Decimal(str(value)))
    raise Refused(f"值的种类不对：这里要 {kept}，给的是 {type(value).__name__}。")


_warm = threading.local()


def ready(plan: Plan) -> Ready:
    """The plan's prepared statement for this thread."""
    kept: WeakKeyDictionary[Plan, Ready] | None = getattr(_warm, "kept", None)
    if kept is None:
        kept = _warm.kept = WeakKeyDictionary()
    found = kept.get(plan)
    if found is None:
        found = kept[plan] = Ready(plan)
    return found
