"""The SQL around a plan's stages: what the input brings, and where a stage finds it."""

from collections.abc import Iterable, Mapping

import sqlglot.expressions as exp

from wenhou.engine.plan import Plan

SQL_TYPES = {
    "bool": "BOOLEAN",
    "text": "VARCHAR",
    "date": "DATE",
    "int": "BIGINT",
    "decimal": "DECIMAL(18, 4)",
    "float": "DOUBLE",
}


def sql_type(kept: str) -> exp.DataType:
    return exp.DataType.build(SQL_TYPES[kept], dialect="duckdb")


def brought(plan: Plan, table: str, source: str, has: Iterable[str]) -> exp.Select:
    """The input table as the plan expects it: types made sure; what nobody fills is unknown."""
    there = set(has)
    columns = [
        exp.cast(exp.column(name, quoted=True) if name in there else exp.null(), sql_type(kept)).as_(
            name, quoted=True
        )
        for name, kept in plan.reads[table][1]
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
