"""The SQL around a plan's stages: what the input brings, and one statement for one household."""

from collections.abc import Iterable, Mapping

import sqlglot.expressions as exp

from wenhou.engine.plan import Plan
from wenhou.engine.stages import KEY_TYPES, KEYS, STANDARDS

SQL_TYPES = {
    "bool": "BOOLEAN",
    "text": "VARCHAR",
    "date": "DATE",
    "int": "BIGINT",
    "decimal": "DECIMAL(18, 4)",
    "float": "DOUBLE",
}
TABLE_KEYS = {"persons": KEYS["person"], "households": KEYS["household"], STANDARDS: ("county",)}


def kept_as(plan: Plan, table: str) -> dict[str, str]:
    """Columns the plan reads of an input table, keys first, with how each is kept."""
    keys = {name: "text" if KEY_TYPES[name] == "string" else "int" for name in TABLE_KEYS[table]}
    return keys | dict(plan.needs[table])


def sql_type(kept: str) -> exp.DataType:
    return exp.DataType.build(SQL_TYPES[kept], dialect="duckdb")


def brought(plan: Plan, table: str, source: str, has: Iterable[str]) -> exp.Select:
    """The input table as the plan expects it: types made sure; what nobody fills is unknown."""
    there = set(has)
    columns = [
        exp.cast(exp.column(name, quoted=True) if name in there else exp.null(), sql_type(kept)).as_(
            name, quoted=True
        )
        for name, kept in kept_as(plan, table).items()
    ]
    return exp.select(*columns).from_(exp.to_table(source))


def renamed(query: exp.Expression, names: Mapping[str, str | exp.Query]) -> exp.Expression:
    """The query with its tables replaced by other names, or by queries."""
    query = query.copy()
    for table in list(query.find_all(exp.Table)):
        other = names.get(table.name)
        if isinstance(other, str):
            table.set("this", exp.to_identifier(other, quoted=True))
        elif other is not None:
            table.replace(other.subquery(table.alias or table.name))
    return query


def together(plan: Plan) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """One parametrised DuckDB statement over all stages, and the columns it gives of household and person.

    Its parameters are lists, one for each column of persons, households and standards in the order of `kept_as`:
    DuckDB plans a prepared statement on the statistics of its tables, and over tables that were empty when it was
    prepared it goes on answering for empty tables.
    """
    tables: list[tuple[str, exp.Expression]] = []
    number = 0
    for table in TABLE_KEYS:
        columns = []
        for name, kept in kept_as(plan, table).items():
            number += 1
            given = exp.cast(exp.Parameter(this=exp.Literal.number(number)), _list_of(kept))
            columns.append(exp.func("unnest", given, dialect="duckdb").as_(name, quoted=True))
        tables.append((table, exp.select(*columns)))
    tables += plan.queries("duckdb")
    homes, people = plan.last("household"), plan.last("person")
    assert homes is not None
    assert people is not None
    of_homes = (*KEYS["household"], *homes.keep)
    of_people = (*KEYS["person"], *people.keep)
    # one above the other, the other's columns empty: a join would copy every column once more
    both = exp.union(
        exp.select(*_columns(of_homes), *(exp.null() for _ in of_people)).from_(exp.to_table(homes.table)),
        exp.select(*(exp.null() for _ in of_homes), *_columns(of_people)).from_(exp.to_table(people.table)),
        distinct=False,
    )
    for name, query in tables:
        both = both.with_(name, query)
    return both.sql(dialect="duckdb"), of_homes, of_people


def _columns(names: Iterable[str]) -> list[exp.Column]:
    return [exp.column(name, quoted=True) for name in names]


def _list_of(kept: str) -> exp.DataType:
    return exp.DataType.build(f"{SQL_TYPES[kept]}[]", dialect="duckdb")
