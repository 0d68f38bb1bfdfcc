"""P7: a department file of 2.61 million rows (宝鸡's comparisons of five months) validated into the lake.

    WENHOU_HOME=/somewhere/empty python benchmarks/exchange.py [--rows 2610000] [--persons 700000] [--json]

The file is made first, in a process of its own; the load runs in another, whose peak memory is printed. Beside it, in
the same run, the peer: the same checks row by row in Python, over a sample.
"""

import argparse
import csv
import json
import os
import resource
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

PEER_ROWS = 100_000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=2_610_000)
    parser.add_argument("--persons", type=int, default=700_000)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--step", choices=["make", "load", "peer"])
    parser.add_argument("--path", type=Path)
    told = parser.parse_args()
    if told.step:
        steps = {"make": lambda: make(told.path, told.rows, told.persons), "load": lambda: load(told.path)}
        print(json.dumps(steps.get(told.step, lambda: peer(told.path))()))
        return
    said = measure(told.rows, told.persons)
    print(json.dumps(said) if told.json else "\n".join(f"{key}: {value}" for key, value in said.items()))


def measure(rows: int, persons: int) -> dict[str, object]:
    """Make the file, load it, ask the peer."""
    path = Path(os.environ["WENHOU_HOME"]) / "bench" / "DI10.csv"
    path.parent.mkdir(parents=True, exist_ok=True)
    _step("make", path, rows, persons)
    loaded, by_row = _step("load", path, rows, persons), _step("peer", path, rows, persons)
    return {
        "ratio_to_peer": round(loaded["rows_per_second"] / by_row["rows_per_second"], 1),
        **loaded,
        "peer_rows_per_second": by_row["rows_per_second"],
        "file_megabytes": round(path.stat().st_size / 1e6),
    }


def _step(step: str, path: Path, rows: int, persons: int) -> dict[str, float]:
    words = ["--step", step, "--path", str(path), "--rows", str(rows), "--persons", str(persons)]
    done = subprocess.run([sys.executable, __file__, *words], stdout=subprocess.PIPE, check=True, text=True)
    return dict(json.loads(done.stdout.splitlines()[-1]))


def make(path: Path, rows: int, persons: int) -> dict[str, object]:
    """DI10 rows of valid, never assigned identity numbers in no order, and one row in a thousand bad."""
    import duckdb

    from wenhou.exchange import checks

    connection = duckdb.connect()
    checks.prepare(connection)
    person = f"((i * 7919) % {persons})"
    first17 = (
        f"'9901' || lpad(({person} % 90 + 10)::varchar, 2, '0')"
        f" || strftime(date '1940-01-01' + ({person} // 1000 * 40 + {person} % 40)::int, '%Y%m%d')"
        f" || lpad(({person} % 1000)::varchar, 3, '0')"
    )
    month = f"strftime(date '2026-05-01' + to_months((i // {persons})::int), '%Y-%m')"
    connection.execute(
        f"copy (select case when i % 1000 = 7 then first17 || '?' else first17 || check_character(first17) end"
        f" as id_no, '城乡居民养老' as insure_kind, null as employer_uscc, '居民' as identity, month,"
        f" (3000 + i % 4000) || '.' || lpad((i % 100)::varchar, 2, '0') as pay_base, 'true' as paid"
        f" from (select i, {first17} as first17, {month} as month from range({rows}) r(i)))"
        f" to '{path}' (format csv, header)"
    )
    return {"rows": rows}


def load(path: Path) -> dict[str, float]:
    """Receive and load; rows a second over both, and the most memory this process ever had."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wenhou.site.settings")
    import django

    django.setup()
    from django.core.management import call_command

    from wenhou.base import outbox
    from wenhou.exchange.actions import deliveries
    from wenhou.exchange.enums import Channel

    call_command("migrate", verbosity=0)
    outbox.forward_to(lambda kind, body: None)
    _write_manifest(path)
    began, used, on = time.perf_counter(), time.process_time(), date(2026, 11, 1)
    (delivery,) = deliveries.receive(path, by=None, channel=Channel.COMMAND, on=on)
    deliveries.load(delivery, on=on, say=lambda one: _say(one, began))
    seconds = time.perf_counter() - began
    return {
        "rows_per_second": round(delivery.rows_read / seconds),
        "seconds": round(seconds, 1),
        "cpu_seconds": round(time.process_time() - used, 1),
        "peak_mebibytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "rows_read": delivery.rows_read,
        "rows_loaded": delivery.rows_loaded,
        "rows_rejected": delivery.rows_rejected,
    }


def _say(delivery: object, began: float) -> None:
    print(f"{time.perf_counter() - began:6.1f}s {delivery.stage} {delivery.progress}%", file=sys.stderr)  # type: ignore[attr-defined]


def _write_manifest(path: Path) -> None:
    told = {
        "contract": "DI10",
        "number": f"bench-{time.time_ns()}",
        "division": "6103",
        "period": {"from": "2026-05-01", "to": "2026-09-30"},
        "mode": "full",
        "file": path.name,
    }
    path.with_name("DI10.manifest.json").write_text(json.dumps(told), encoding="utf-8")


def peer(path: Path) -> dict[str, float]:
    """The same checks, one row at a time, over the first rows; nothing is written, which flatters it."""
    from wenhou.base.identity import IdNumber
    from wenhou.base.money import parse_yuan
    from wenhou.base.month import Month

    began, good = time.perf_counter(), 0
    with path.open(encoding="utf-8", newline="") as text:
        for number, row in enumerate(csv.DictReader(text)):
            if number == PEER_ROWS:
                break
            try:
                IdNumber.parse(row["id_no"])
                Month.parse(row["month"])
                parse_yuan(row["pay_base"])
                good += row["paid"] in ("true", "false")
            except ValueError:
                continue
    return {"rows_per_second": round(PEER_ROWS / (time.perf_counter() - began))}


if __name__ == "__main__":
    main()
