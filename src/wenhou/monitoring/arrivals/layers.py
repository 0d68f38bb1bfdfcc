"""Rows laid over rows: of those asked again the new ones hold, of all others what was."""

import os
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import duckdb

from wenhou.engine.declared import Rule
from wenhou.lake import files, parquet
from wenhou.monitoring.arrivals import bases
from wenhou.monitoring.arrivals.bases import Base, Table
from wenhou.monitoring.models import Run

Counts = dict[str, dict[str, int]]
MOST_LAYERS = 8
"""So many files are still read as one; then they are made one, which costs as much as they hold."""


def lay(
    connection: duckdb.DuckDBPyConnection, base: Base, run: Run, table: Table, *, asked: str, answered: str
) -> None:
    """Write what `run` found over what its base has. asked: table of keys; answered: their new rows, with such columns
    as were reckoned; what was not is as the base has it."""
    entity, path = table.entity, bases.layer(run.pk, table)
    kept = parquet.columns(bases.path(base.root, table))
    given = [row[0] for row in connection.table(answered).description if row[0] in kept and row[0] != entity]
    columns = "".join(f'new."{name}", ' for name in given)
    _write(
        connection,
        path,
        f"select asked.{entity}, {columns}new.{entity} is not null as there"
        f" from {asked} asked left join {answered} new using ({entity})",
    )
    below = [] if base.root == base.run.pk else bases.laid(base.run.pk, table)
    if len(below) < MOST_LAYERS:
        for one in below:  # never written over: another name for the same file keeps it
            (path.parent / one.name).unlink(missing_ok=True)
            os.link(one, path.parent / one.name)
    else:
        _make_one(connection, base, table, [*below, path])


def _make_one(
    connection: duckdb.DuckDBPyConnection, base: Base, table: Table, layers: Sequence[Path]
) -> None:
    """Everybody of whom a layer tells, in the file of the last."""
    entity = table.entity
    keys = " union ".join(f"select {entity} from {parquet.file(one)}" for one in layers)
    names = {name: None for one in layers for name in parquet.columns(one) if name not in (entity, "there")}
    whole = parquet.file(bases.path(base.root, table))
    rows = bases.over(whole, layers, entity, list(names))
    _write(
        connection,
        layers[-1],
        f"select told.{entity}, found.* exclude ({entity}), found.{entity} is not null as there"
        f" from ({keys}) told left join ({rows}) found using ({entity})",
    )


def _write(connection: duckdb.DuckDBPyConnection, path: Path, query: str) -> None:
    with files.whole(path) as temporary:
        parquet.write(connection, query, temporary)


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
    rows = bases.rows(base.run.pk, bases.answered(entity), codes.values())
    query = f"select {parts} from ({rows}) semi join {asked} using ({entity})"
    found: Iterable[int] = connection.execute(query).fetchone() or ()
    numbers = list(found)
    return {
        code: dict(zip(("yes", "no", "unknown"), numbers[3 * at : 3 * at + 3], strict=True))
        for at, code in enumerate(codes)
    }


def _counted(name: str) -> str:
    return f'count(*) filter ("{name}"), count(*) filter (not "{name}"), count(*) filter ("{name}" is null)'
