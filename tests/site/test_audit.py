"""The audit from the command line, in a home of its own: who acted, sealed, verified, and found when it was tampered with."""

import getpass
import json
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import connection
from procrastinate.contrib.django import app

from wenhou.base.audit.models import AuditEntry
from wenhou.lake.models import SamePerson
from wenhou.site import launcher, working

OPENED = ("staff", "open", "audited", "--name", "马审", "--role", "county_officer", "--division", "640104")


def test_a_command_s_writing_is_sealed_and_one_byte_of_it_edited_is_found(home: Path, typed: Any) -> None:
    assert typed(home, *OPENED).returncode == 0
    shown = json.loads(typed(home, "audit", "show", "staff_account", "--json").stdout)["entries"]
    (entry,) = [one for one in shown if "马审" in one["change"]]
    assert (entry["who"], entry["act"]) == (f"cli:{getpass.getuser()}", "新增")
    typed(home, "audit", "seal")
    kept = json.loads(typed(home, "audit", "checkpoint", "--json").stdout)["checkpoint"]
    verified = typed(home, "audit", "verify", "--checkpoint", kept, "--json")
    assert (verified.returncode, json.loads(verified.stdout)["waiting"]) == (0, 0)
    with psycopg.connect(launcher.ensure_running(launcher.cluster_at(home)), autocommit=True) as server:
        _edit(server, entry["number"], "马审", "冯审")
        verified = typed(home, "audit", "verify")
        _edit(server, entry["number"], "冯审", "马审")
    said = f"第{entry['number']}号记录被改过（第{kept.partition('-')[0]}号封印）。"
    assert (verified.returncode, verified.stderr.strip()) == (1, said)
    assert typed(home, "audit", "verify").returncode == 0


def _edit(server: "psycopg.Connection[Any]", number: int, before: str, after: str) -> None:
    server.execute("alter table base_audit disable trigger base_audit_stays")
    change = "update base_audit set change = replace(change, %s, %s) where number = %s"
    server.execute(change, [before, after, number])
    server.execute("alter table base_audit enable trigger base_audit_stays")


@pytest.mark.django_db(transaction=True)
def test_a_job_s_writing_is_written_down_as_the_job_s() -> None:
    before = set(AuditEntry.objects.values_list("number", flat=True))

    @app.task(name="tests.write", queue="tests")
    def write() -> None:
        SamePerson.objects.create(absorbed=7, kept=1)
        connection.close()

    write.defer()
    working.run(queues=["tests"], concurrency=1, wait=False)
    (entry,) = AuditEntry.objects.exclude(number__in=before)
    assert (entry.actor, entry.account, entry.changed["absorbed"]) == ("job:tests.write", None, [None, 7])
