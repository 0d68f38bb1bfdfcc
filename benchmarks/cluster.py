"""What the plan of all indicators reads, shuffles and holds on Spark, by Spark's own event log, at a few sizes.

    WENHOU_HOME=/somewhere python -m benchmarks.cluster [--sizes 20000,60000,150000]

Facts are made by DuckDB and kept as Parquet, as `watch run --engine spark` does; each size is so many people by household,
of the sandbox county or, where that is too small, of ten copies of it. Bytes do not depend on how busy the machine is;
processor seconds hardly do.
"""

import argparse
import json
import os
import shutil
from collections import Counter
from pathlib import Path
from typing import Any

from benchmarks import province

METRICS = {
    "bytes_read": ("Input Metrics", "Bytes Read"),
    "bytes_shuffled": ("Shuffle Write Metrics", "Shuffle Bytes Written"),
    "bytes_written": ("Output Metrics", "Bytes Written"),
    "cpu_nanoseconds": ("Executor CPU Time",),
    "spilled": ("Disk Bytes Spilled",),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="20000,60000,150000")
    told = parser.parse_args()
    from wenhou.site.cli import start_django

    start_django()
    for size in told.sizes.split(","):
        print(json.dumps(measure(int(size))), flush=True)


def measure(people: int) -> dict[str, Any]:
    """One size, in a Spark session of its own."""
    from django.conf import settings

    from wenhou.engine.backends import spark
    from wenhou.lake import files
    from wenhou.linkage import sources
    from wenhou.monitoring import batching, cluster, verdicts

    home = Path(os.environ["WENHOU_HOME"])
    copies = 1 if people <= province.SEED_RESIDENTS else -(-people // province.SEED_RESIDENTS // 10) * 10
    settings.WENHOU_LAKE = province.built(home, copies * province.SEED_RESIDENTS)
    log = home / f"spark-events-{people}"
    shutil.rmtree(log, ignore_errors=True)
    log.mkdir()
    session = spark.session(event_log=log.as_uri())
    plan = verdicts.plans.make(as_of=province.AS_OF)
    views = sources.lake(province.AS_OF)
    with files.workplace() as folder:
        kept = batching.Kept(views.backend.con, folder)
        verdicts._keep_facts(views, kept, plan, "spark")
        verdicts._publish_standards(kept.connection, province.AS_OF)
        _cut(kept, people)
        cluster.keep_answers(plan, kept, verdicts.STANDARDS)
        counted = kept.connection.execute(
            f"select count(*) from '{folder}/persons_answers/*.parquet'"
        ).fetchone()
    views.backend.disconnect()
    session.stop()
    return {"people": counted[0] if counted else 0, **_logged(log)}


def _cut(kept: Any, people: int) -> None:
    """Leave the first people by household, and their households."""
    connection = kept.connection
    for name in ("persons", "households"):
        connection.execute(f"create temp table cut_{name} as select * from watch_{name}")
    last = "select max(household) from (select household from cut_persons order by household nulls last limit $people)"
    (home,) = connection.execute(last, {"people": people}).fetchone()
    for name in ("persons", "households"):
        shutil.rmtree(kept.folder / name)
        kept.write(name, 0, f"select * from cut_{name} where household <= {home}")


def _logged(log: Path) -> dict[str, int]:
    found: Counter[str] = Counter()
    for path in log.rglob("*"):
        if not path.is_file():
            continue
        for line in path.read_text(encoding="utf-8").splitlines():
            event = json.loads(line) if line.startswith('{"Event":"SparkListenerTaskEnd"') else {}
            metrics = event.get("Task Metrics") or {}
            found["tasks"] += bool(metrics)
            found["peak_execution_memory"] = max(
                found["peak_execution_memory"], metrics.get("Peak Execution Memory", 0)
            )
            for name, steps in METRICS.items():
                told: Any = metrics
                for step in steps:
                    told = told.get(step, 0) if isinstance(told, dict) else 0
                found[name] += told
    return dict(found)


if __name__ == "__main__":
    main()
