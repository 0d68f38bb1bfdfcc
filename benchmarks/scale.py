"""P1: every indicator over a province, beside the scan of the columns it reads and the indicators one by one.

    WENHOU_HOME=/somewhere python -m benchmarks.scale [--residents 7300000] [--memory 10GB] [--alone 12]

The lake is made once under WENHOU_HOME (benchmarks.province). The run is the watch's own: facts, verdicts and their basis
kept; alerts are not written, for the copies' people are not in PostgreSQL. `alone`: every so many-th indicator asked for
itself, the rest by proportion (0: none). Processor seconds stand beside wall seconds, for a machine that others use too.
"""

import argparse
import json
import os
import re
import resource
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb

from benchmarks import province

Seconds = dict[str, float]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--residents", type=int, default=7_300_000)
    parser.add_argument("--memory", default="10GB", help="DuckDB's; the process takes about a GiB more")
    parser.add_argument("--alone", type=int, default=12, help="how many indicators to ask alone")
    told = parser.parse_args()
    from wenhou.site.cli import start_django

    start_django()
    print(json.dumps(measure(told.residents, told.memory, told.alone), ensure_ascii=False, indent=1))


def measure(residents: int, memory: str, sample: int) -> dict[str, Any]:
    """The run, the scan and the peers, in this order of telling: ratios first."""
    from django.conf import settings

    lake = province.built(Path(os.environ["WENHOU_HOME"]), residents)
    settings.WENHOU_LAKE, settings.WENHOU_RUN_MEMORY = lake, memory
    together, found = _together()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    print(json.dumps({"together": together, "peak_gib": round(peak, 1)} | found), file=sys.stderr, flush=True)
    scan = _scan(lake)
    print(json.dumps({"scan": scan}), file=sys.stderr, flush=True)
    alone, asked = _alone(sample)
    return {
        "run_to_scan": round(together["cpu"] / scan["cpu"], 1),
        "alone_to_run": round(alone["cpu"] * found["indicators"] / asked / together["cpu"], 1)
        if asked
        else None,
        "peak_gib": round(peak, 1),
        "together": together,
        "scan": scan,
        "alone": alone | {"asked": asked},
        **found,
    }


def _together() -> tuple[Seconds, dict[str, Any]]:
    from wenhou.monitoring import verdicts

    began = _now()
    with verdicts.reached(as_of=province.AS_OF, division=None, engine="duckdb") as found:
        counts = found.counts()
        seconds = _since(began)
        people, households = found.size()
        yes = sum(line["yes"] for line in counts.values())
    return seconds, {"indicators": len(counts), "people": people, "households": households, "yes": yes}


def _alone(sample: int) -> tuple[Seconds, int]:
    from wenhou.engine.words import DEFAULT
    from wenhou.monitoring import verdicts

    codes = sorted(DEFAULT.indicators)
    chosen = codes[:: max(1, len(codes) // sample)] if sample else []
    began = _now()
    for code in chosen:
        with verdicts.reached(as_of=province.AS_OF, division=None, engine="duckdb", only=[code]) as found:
            found.counts()
        print(json.dumps({"alone": code} | _since(began)), file=sys.stderr, flush=True)
    return _since(began), len(chosen)


def _scan(lake: Path) -> Seconds:
    """Every value of the columns that the facts' queries read, once."""
    from wenhou.lake import parquet, store

    columns = _columns()
    with store.connect() as connection:
        began = _now()
        for path, names in columns.items():
            told = ", ".join(f'max("{name}")' for name in sorted(names))
            connection.execute(f"select {told} from {parquet.file(Path(path))}").fetchall()
        return _since(began) | {
            "bytes": sum(Path(path).stat().st_size for path in columns),
            "files": len(columns),
        }


def _columns() -> dict[str, set[str]]:
    """Of each Parquet file the columns that DuckDB's plans of the facts read.

    A plan over Parquet does not name its files: it is made over empty tables of the same names.
    """
    import ibis

    from wenhou.engine import plan as plans
    from wenhou.linkage import facts, sources
    from wenhou.monitoring import indicators

    assert indicators  # importing declares them
    plan = plans.make(as_of=province.AS_OF)
    views = sources.lake(province.AS_OF)
    wanted = {name for columns in plan.needs.values() for name in columns}
    made = facts.tables(views, as_of=province.AS_OF, wanted=wanted)
    empty = duckdb.connect()
    empty.execute("set disabled_optimizers = 'statistics_propagation,empty_result_pullup'")
    for name in views.backend.list_tables():
        columns = views.backend.con.table(name).description
        typed = ", ".join(f'"{column}" {kind}' for column, kind, *_ in columns)
        empty.execute(f'create table "{name}" ({typed})')
    found: dict[str, set[str]] = {}
    for table in (made.persons, made.households):
        query = f"explain (format json) {ibis.to_sql(table, dialect='duckdb')}"
        (_, told), *_ = empty.execute(query).fetchall()
        for node in _nodes(json.loads(told)):
            said = node.get("extra_info", {})
            if "Table" in said:
                view = said["Table"].rpartition(".")[2]
                told = json.dumps([said.get("Projections"), said.get("Filters")])
                there = {column for column, *_ in empty.table(view).description}
                for path in _files(view):
                    found.setdefault(path, set()).update(there & set(re.findall(r"\w+", told)))
    views.backend.disconnect()
    return found


def _files(view: str) -> list[str]:
    """The Parquet files behind a name of the lake."""
    from wenhou.lake import files, store
    from wenhou.lake.models import Part
    from wenhou.linkage.sources import PUBLISHED

    if view in PUBLISHED:
        return [str(store.published(view, province.AS_OF))]
    contract = view.removesuffix("_history").removesuffix("_delivered").upper().replace("_", "-")
    parts = Part.objects.filter(contract=contract)
    if not view.removesuffix("_delivered").endswith("_history"):
        parts = parts.filter(superseded_by=None)
    return [str(files.root() / part.path) for part in parts]


def _nodes(told: Any) -> Iterator[dict[str, Any]]:
    for node in told if isinstance(told, list) else [told]:
        yield node
        yield from _nodes(node.get("children", []))


def _now() -> tuple[float, float]:
    return time.perf_counter(), time.process_time()


def _since(began: tuple[float, float]) -> Seconds:
    wall, cpu = _now()
    return {"wall": round(wall - began[0], 1), "cpu": round(cpu - began[1], 1)}


if __name__ == "__main__":
    main()
