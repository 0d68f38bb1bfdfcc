"""P5: whose record is this, on planted noise: a registry of a million and a million records, beside Splink alone.

    WENHOU_HOME=/somewhere/empty python -m benchmarks.linkage [--sizes 10000 100000 1000000] [--grades light usual heavy]

Noise: `wenhou.sandbox.noise`. Each step is a process of its own, whose seconds and peak memory are told: the tables made, ours,
the peer, the judgement. Other grades are measured at the middle size. Writes docs/reference/linkage.md and its picture
unless --draft.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

from benchmarks import linkage_page

GIB = 10
PEER = Path(__file__).parent / "peers" / "splink_alone.py"
PEER_PROBABILITY = 0.95
LINES = [*range(-4, 41, 2)]
# No error of this seed was read while the matcher was made (those of 1, 7, 8, 11, 21 and 22 were).
SEED = 31


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--grades", nargs="+", default=["light", "usual", "heavy"])
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--draft", action="store_true")
    parser.add_argument("--step", choices=["make", "match", "judge"])
    parser.add_argument("--folder", type=Path)
    told = parser.parse_args()
    if told.step:
        steps = {
            "make": lambda: make(told.folder, told.sizes[0], told.grades[0], told.seed),
            "match": lambda: match(told.folder),
        }
        print(json.dumps(steps.get(told.step, lambda: judge(told.folder))()))
        return
    found = [measure(count, grade, told.seed) for count, grade in runs(told.sizes, told.grades)]
    if not told.draft:
        linkage_page.write(found)
    print(json.dumps([linkage_page.short(one) for one in found], ensure_ascii=False, indent=1))


def runs(sizes: list[int], grades: list[str]) -> list[tuple[int, str]]:
    """Every size at the usual grade, every other grade at the middle size; the largest last."""
    middle = sorted(sizes)[len(sizes) // 2]
    return sorted({(size, "usual") for size in sizes} | {(middle, grade) for grade in grades})


def measure(count: int, grade: str, seed: int) -> dict[str, Any]:
    """One registry and its records: made, linked by us and by the peer, judged."""
    folder = Path(os.environ["WENHOU_HOME"]) / f"linkage-{count}-{grade}"
    folder.mkdir(parents=True, exist_ok=True)
    _step("make", folder, "--sizes", str(count), "--grades", grade, "--seed", str(seed))
    ours = _step("match", folder)
    theirs = _ran(sys.executable, str(PEER), str(folder), "--probability", str(PEER_PROBABILITY))
    judged = _step("judge", folder)
    return {"count": count, "grade": grade, "seed": seed, "ours": ours, "peer": theirs, **judged}


def make(folder: Path, count: int, grade: str, seed: int) -> dict[str, Any]:
    """The three tables as Parquet."""
    import pyarrow.parquet as pq

    from wenhou.sandbox.noise.records import made

    tables = made(people=count, records=count, grade=grade, seed=seed)
    for name in ("people", "records", "truth"):
        pq.write_table(getattr(tables, name), folder / f"{name}.parquet")
    return {"people": tables.people.num_rows}


def match(folder: Path) -> dict[str, Any]:
    """The matcher, from Parquet to links and doubts in Parquet."""
    import duckdb

    from wenhou.linkage.identities import matching

    connection = duckdb.connect()
    connection.execute(
        f"set threads = 2; set memory_limit = '{GIB}GB'; set temp_directory = '{folder / 'spill'}'"
    )
    began = time.perf_counter()
    for name in ("people", "records"):
        connection.execute(f"create view {name} as from '{folder / name}.parquet'")
    done = matching.match(connection, records="records", people="people")
    seconds = time.perf_counter() - began
    for name in ("identity_links", "identity_doubts"):
        connection.execute(f"copy {name} to '{folder / name}.parquet' (format parquet)")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return {
        "seconds": round(seconds, 1),
        "load_average": round(os.getloadavg()[0]),
        "peak_mebibytes": peak,
        "links": done.links,
        "weighed": done.weighed,
    }


def judge(folder: Path) -> dict[str, Any]:
    """Both against the truth; the curves over the lines each could draw."""
    import duckdb

    from wenhou.sandbox.noise.score import curve, scored

    connection = duckdb.connect()
    connection.execute(
        f"set threads = 2; set memory_limit = '{GIB}GB'; set temp_directory = '{folder / 'spill'}'"
    )
    for name in ("people", "records", "truth", "identity_links", "identity_doubts", "splink"):
        connection.execute(f"create view {name} as from '{folder / name}.parquet'")
    best = "(select record, person, if(method = 'model', bits, 1000) as bits from identity_links)"
    line = f"log2({PEER_PROBABILITY} / (1 - {PEER_PROBABILITY}))"
    theirs = scored(connection, links=f"(select record, person from splink where bits >= {line})")
    return {
        "score": asdict(scored(connection, links="identity_links", doubts="identity_doubts")),
        "peer_score": asdict(theirs),
        "curve": curve(connection, best=best, lines=LINES),
        "peer_curve": curve(connection, best="splink", lines=LINES),
    }


def _step(step: str, folder: Path, *more: str) -> dict[str, Any]:
    return _ran(sys.executable, "-m", "benchmarks.linkage", "--step", step, "--folder", str(folder), *more)


def _ran(*words: str) -> dict[str, Any]:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(words, stdout=subprocess.PIPE, check=True, text=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return {**json.loads(done.stdout.splitlines()[-1]), "processor_seconds": round(processor, 1)}


if __name__ == "__main__":
    main()
