"""The SQL around a plan's stages: what the input brings, and how many subjects."""

from collections.abc import Iterable

from wenhou.engine.dialects import Dialect
from wenhou.engine.plan import Plan

NOBODY = "(SELECT NULL AS county) AS nobody WHERE FALSE"


def brought(plan: Plan, table: str, source: str, has: Iterable[str], dialect: Dialect) -> str:
    """The input table as the plan expects it: types made sure; what nobody fills is unknown."""
    there = set(has)
    columns = (
        f"CAST({dialect(name) if name in there else 'NULL'} AS {dialect.type(kept)}) AS {dialect(name)}"
        for name, kept in plan.reads[table][1]
    )
    return f"(SELECT {', '.join(columns)} FROM {source})"


def counted(source: str) -> str:
    """How many rows."""
    return f"SELECT COUNT(*) AS n FROM {source} AS counted"


def among(column: str, keys: Iterable[object], dialect: Dialect) -> str:
    """Whether a column is one of these."""
    return f"{column} IN ({', '.join(str(key) if isinstance(key, int) else dialect.text(str(key)) for key in keys)})"
