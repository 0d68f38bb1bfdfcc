"""Answers laid over answers: of those asked again the new ones hold, of all others what was."""

import os
from collections import defaultdict
from collections.abc import Iterable, Mapping

import duckdb

from wenhou.engine.declared import Rule
from wenhou.lake import files
from wenhou.lake.schema import literal
from wenhou.monitoring.arrivals import bases
from wenhou.monitoring.arrivals.bases import Base
from wenhou.monitoring.models import Run

Counts = dict[str, dict[str, int]]
MOST_LAYERS = 8
"""So many files are still read as one; then they are made one, which costs as much as they hold."""


def lay(
    connection: duckdb.DuckDBPyConnection, base: Base, run: Run, *, entity: str, asked: str, answered: str
) -> None:
    """Write the answers of `run` over those of its base. asked: table of keys; answered: the new answers, with such
    columns as were reckoned; what was not is as the base has it."""
    below = [] if base.root == base.run.pk else bases.laid(base.run.pk, entity)
    _make(connection, base, run, entity=entity, asked=asked, answered=answered)
    path = bases.layer(run.pk, entity)
    if len(below) < MOST_LAYERS:
        for one in below:  # never written over: another name for the same file keeps it
            (path.parent / one.name).unlink(missing_ok=True)
            os.link(one, path.parent / one.name)
    else:
        earlier = (
            f"select * from {bases.changed(base.run.pk, entity)} as laid anti join {asked} using ({entity})"
        )
        connection.execute(f"insert into layer by name select *, {run.pk} as {bases.LAYER} from ({earlier})")
    with files.whole(path) as temporary:
        connection.execute(f"copy layer to {literal(str(temporary))} (format parquet, compression zstd)")
    connection.execute("drop table layer")


def _make(
    connection: duckdb.DuckDBPyConnection, base: Base, run: Run, *, entity: str, asked: str, answered: str
) -> None:
    new = {row[0] for row in connection.table(answered).description}
    root = f"select * from {_root(base, entity)} limit 0"
    names = [row[0] for row in connection.execute(root).description or ()]
    told = ", ".join(f'{"new" if name in new else "old"}."{name}"' for name in names if name not in (entity,))
    held = f"select * from ({bases.answers(base.run.pk, entity)}) semi join {asked} using ({entity})"
    connection.execute(
        f"create temp table layer as select asked.{entity}, {told}, new.{entity} is not null as there,"
        f" {run.pk} as {bases.LAYER}"
        f" from {asked} asked left join {answered} new using ({entity}) left join ({held}) old using ({entity})"
    )


def _root(base: Base, entity: str) -> str:
    return f"({bases.answers(base.root, entity)})"


def recount(
    connection: duckdb.DuckDBPyConnection,
    base: Base,
    rules: Mapping[str, Rule],
    *,
    asked: Mapping[str, str],
    now: Mapping[str, Mapping[str, int]],
) -> Counts:
    """Code → yes, no, unknown of everybody: the base's, without what those asked had, with what they have now."""
    counts: Counts = {
        code: {name: line[name] for name in ("yes", "no", "unknown")}
        for code, line in base.run.counts.items()
    }
    for entity, table in asked.items():
        codes = {code: rule.name for code, rule in rules.items() if rule.entity == entity}
        for code, before in _held(connection, base, entity, table, codes).items():
            line = counts.setdefault(code, defaultdict(int))
            for name in ("yes", "no", "unknown"):
                line[name] = line[name] - before[name] + now[code][name]
    return counts


def _held(
    connection: duckdb.DuckDBPyConnection, base: Base, entity: str, asked: str, codes: Mapping[str, str]
) -> Counts:
    if not codes:
        return {}
    parts = ", ".join(_counted(name) for name in codes.values())
    query = f"select {parts} from ({bases.answers(base.run.pk, entity)}) semi join {asked} using ({entity})"
    found: Iterable[int] = connection.execute(query).fetchone() or ()
    numbers = list(found)
    return {
        code: dict(zip(("yes", "no", "unknown"), numbers[3 * at : 3 * at + 3], strict=True))
        for at, code in enumerate(codes)
    }


def _counted(name: str) -> str:
    return f'count(*) filter ("{name}"), count(*) filter (not "{name}"), count(*) filter ("{name}" is null)'
