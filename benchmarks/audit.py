"""What the audit costs: bulk writes of alerts with its triggers and without, in turn; sealing and verifying what they wrote.

    WENHOU_HOME=/somewhere/empty python -m benchmarks.audit [--rows 20000] [--rounds 3]

A figure is the median over the rounds; processor seconds are those of the writing process and of its server process, wall
seconds depend on whoever else uses the machine. `change` is how the watch itself writes changes (COPY and one UPDATE), `one` an
UPDATE of a single row, a thousand times. Prints JSON, ratios first.
"""

import argparse
import json
import os
import statistics
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

TODAY, BAR = date(2024, 11, 15), 1.30
Taken = dict[str, tuple[float, float]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=3)
    told = parser.parse_args()
    from wenhou.site.cli import start_django

    start_django()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    print(json.dumps(measure(told.rows, told.rounds), ensure_ascii=False, indent=1))


def measure(rows: int, rounds: int) -> dict[str, Any]:
    """Off and on in turn, then the audit of all of it."""
    taken: dict[str, list[Taken]] = {"off": [], "on": []}
    for _ in range(rounds):
        for how, several in taken.items():
            several.append(_round(rows, on=how == "on"))
    names = list(taken["on"][0])
    median = {
        how: {name: _median([one[name] for one in several]) for name in names}
        for how, several in taken.items()
    }
    ratios = {name: round(median["on"][name][0] / median["off"][name][0], 2) for name in names}
    return {
        "bar": f"bulk_create and bulk_update under {BAR} × without",
        "ratio_of_processor_seconds": ratios,
        "ratio_of_wall_seconds": {
            name: round(median["on"][name][1] / median["off"][name][1], 2) for name in names
        },
        "processor_seconds": {
            how: {name: one[0] for name, one in told.items()} for how, told in median.items()
        },
        "rows": rows,
        **_sealed(),
        "load": os.getloadavg()[0],
    }


def _median(several: list[tuple[float, float]]) -> tuple[float, float]:
    return (
        round(statistics.median(one[0] for one in several), 2),
        round(statistics.median(one[1] for one in several), 2),
    )


def _round(rows: int, *, on: bool) -> Taken:
    from django.db import connection, transaction

    from wenhou.monitoring.actions import keeping
    from wenhou.monitoring.models import Alert

    with connection.cursor() as cursor:
        cursor.execute("truncate monitoring_alert, monitoring_judgement, monitoring_run cascade")
        cursor.execute(f"alter table monitoring_alert {'enable' if on else 'disable'} trigger user")
    alerts, fields = _alerts(rows), ["severity", "evidence_hash"]
    taken = {"bulk_create": _taken(lambda: Alert.objects.bulk_create(alerts, batch_size=5_000))}
    _touch(alerts, 7)
    taken["bulk_update"] = _taken(lambda: Alert.objects.bulk_update(alerts, fields, batch_size=2_000))
    _touch(alerts, 8)
    with transaction.atomic():
        taken["change"] = _taken(lambda: keeping.change(alerts, fields))
    _touch(alerts, 9)
    taken["one"] = _taken(lambda: [alert.save(update_fields=fields) for alert in alerts[:1_000]])
    return taken


def _taken(act: Callable[[], object]) -> tuple[float, float]:
    """Processor seconds of both processes, wall seconds."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("checkpoint")
        cursor.execute("select pg_backend_pid()")
        (server,) = cursor.fetchone()
    before, start = _of(server) + time.process_time(), time.perf_counter()
    act()
    return _of(server) + time.process_time() - before, time.perf_counter() - start


def _of(process: int) -> float:
    fields = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _touch(alerts: list[Any], severity: int) -> None:
    for alert in alerts:
        alert.severity, alert.evidence_hash = severity, str(severity) * 64


def _alerts(rows: int) -> list[Any]:
    from wenhou.base import clock
    from wenhou.monitoring.enums import RunState
    from wenhou.monitoring.models import Alert, Judgement, Run

    run = Run.objects.create(as_of=TODAY, state=RunState.DONE, started_at=clock.now())
    judgement = Judgement.objects.create(
        run=run, indicator="D01", subject="p1", as_of=TODAY, rule_set="", tree={}, evidence=[]
    )
    return [
        Alert(
            number=f"YJ2024{number:06d}", indicator="D01", alert_type="主动发现", subject=f"p{number}",
            person=number, division=f"640104{number % 20:03d}010", copy_division="", severity=number % 100,
            colour="红", name_masked="王＊兰", id_masked="999****0023", sex="2", age=number % 95,
            household_size=3, standing="低保", headline="年度自付43,186.40元，达到20,000.00元", state="待派",
            raised_on=TODAY, due_on=TODAY + timedelta(days=number % 30),
            weighing=[["D01", 55, 3, "2024-11-15"]], basis={"medical_paid_12m": 4_318_640, "limit": 2_000_000},
            evidence_hash="0" * 64, judgement=judgement, run=run,
        )
        for number in range(1, rows + 1)
    ]  # fmt: skip


def _sealed() -> dict[str, Any]:
    from wenhou.base.actions import sealing
    from wenhou.base.audit import verifying
    from wenhou.base.audit.models import AuditEntry

    found: dict[str, Any] = {"entries": AuditEntry.objects.count()}
    for name, act in (("seal", sealing.seal), ("verify", verifying.verify)):
        start = time.process_time()
        act()
        found[f"{name}_entries_a_processor_second"] = round(
            found["entries"] / (time.process_time() - start), -3
        )
    assert verifying.verify().wrong == ""
    return found


if __name__ == "__main__":
    main()
