"""Identity numbers of a whole small county are canaries: after deliveries, a run, pages, an export, refusals and a killed
job none of them stands anywhere in clear but where a page was asked to reveal one.
"""

import io
import json
import logging
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.urls import reverse

from desk import factories
from desk.conftest import signed_in
from wenhou.exchange.actions import deliveries
from wenhou.exchange.enums import Channel
from wenhou.lake import sealed, vault
from wenhou.lake.models import Identity
from wenhou.linkage.actions import arrivals
from wenhou.monitoring.actions import runs
from wenhou.monitoring.models import Alert
from wenhou.registry.models import Person
from wenhou.sandbox import build

pytestmark = pytest.mark.django_db
AS_OF = factories.TODAY
NUMBER = re.compile(r"(?<!\d)\d{17}[\dXx]")
SENT = {"landing", "rejects"}
"""Folders of what departments sent, as they sent it, and of what goes back to them: kept for days, then swept away."""


@pytest.fixture
def logs(caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch) -> pytest.LogCaptureFixture:
    """Everything that is ever logged, statements of the database with their parameters too."""
    caplog.set_level(logging.DEBUG)
    for name in ("django", "django.request", "wenhou", "procrastinate", "axes"):
        caplog.set_level(logging.DEBUG, name)
    monkeypatch.setenv("WENHOU_TODAY", AS_OF.isoformat())
    return caplog


@pytest.fixture
def canaries(tmp_path: Path, logs: pytest.LogCaptureFixture) -> set[str]:
    """The numbers of 1,000 residents whose files, some with mistakes, were loaded and watched."""
    factories.places()
    build.build(
        tmp_path / "place", division=factories.COUNTY, residents=1_000, seed=11, as_of=AS_OF, errors=0.03
    )
    for one in deliveries.receive(
        tmp_path / "place" / "deliveries", by=None, channel=Channel.COMMAND, on=AS_OF
    ):
        deliveries.load(one, on=AS_OF)
    arrivals.recognise_all(on=AS_OF)
    runs.run(as_of=AS_OF, by=None, on=AS_OF)
    return {one.number for one in Identity.objects.all()}


def told(canaries: set[str], text: str) -> set[str]:
    """Canaries within a text."""
    return {found.upper() for found in NUMBER.findall(text)} & canaries


def rows() -> Iterator[tuple[str, str]]:
    """(table, text of its rows) of every table, the queue's and the sessions' too."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select relname from pg_class where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace"
        )
        for (name,) in cursor.fetchall():
            cursor.execute(f'select string_agg(told::text, chr(10)) from "{name}" told')
            yield name, cursor.fetchone()[0] or ""


def files_of(folder: Path) -> Iterator[tuple[str, str]]:
    """(path, text) of every file: Parquet by its rows, other files byte by byte."""
    for path in folder.rglob("*"):
        if path.is_file() and path.relative_to(folder).parts[0] not in SENT:
            yield str(path.relative_to(folder)), _text(path)


def _text(path: Path) -> str:
    if path.suffix != ".parquet" or sealed.number_of(path):
        return path.read_bytes().decode("latin-1")
    with duckdb.connect() as lake:
        return "\n".join(
            row[0] for row in lake.execute(f"select told::varchar from '{path}' told").fetchall()
        )


def answers(client: Client, number: str) -> Iterator[tuple[str, str]]:
    """(address, everything sent back) of pages, exports and refusals."""
    alerts = list(Alert.objects.order_by("pk")[:12])
    people = [one.person for one in alerts if one.person]
    pages = [
        reverse(f"desk:{name}")
        for name in ("alerts", "gaps", "runs", "find", "doubts", "deliveries", "overrides")
    ]
    pages += [reverse("desk:alert", args=[one.number]) for one in alerts]
    pages += [reverse("desk:person", args=[key]) for key in people]
    pages += [reverse("desk:alerts_export"), reverse("desk:alert", args=["YJ99999999"])]
    for page in pages:
        yield page, _said(client.get(page))
    yield "find", _said(client.post(reverse("desk:find"), {"q": number}))
    yield "sign in", _said(Client().post(reverse("desk:sign_in"), {"username": number, "password": "x"}))
    yield (
        "dispatch",
        _said(client.post(reverse("desk:alert_dispatch", args=[alerts[0].number]), {"to": number})),
    )
    yield (
        "close",
        _said(client.post(reverse("desk:alert_close", args=[alerts[0].number]), {"outcome": number})),
    )


def _said(response: Any) -> str:
    body = b"".join(response.streaming_content) if response.streaming else response.content
    heads = "\n".join(f"{name}: {value}" for name, value in response.items())
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as book:
            return heads + "".join(book.read(name).decode("utf-8") for name in book.namelist())
    return f"{heads}\n{body.decode('utf-8', errors='replace')}"


def test_no_canary_is_anywhere_in_clear(
    canaries: set[str], logs: pytest.LogCaptureFixture, own_lake: Path
) -> None:
    assert len(canaries) > 1_000
    officer = factories.account("officer")
    client = signed_in(officer)
    asked = vault.identity_of([Person.objects.order_by("pk").values_list("pk", flat=True)[0]]).popitem()[1]
    assert told(canaries, f"（{asked}）") == {asked}, "the search itself must find one"

    found = [f"page {address}" for address, said in answers(client, asked) if told(canaries, said)]
    shown = told(canaries, _said(_reveal(client)))
    assert len(shown) == 1, "one is shown, to who asked for it with a purpose"
    found += [f"table {table}" for table, said in rows() if told(canaries, said)]
    kept = list(files_of(own_lake))
    assert len(kept) > 20
    found += [f"file {name}" for name, said in kept if told(canaries, said)]
    sessions = json.dumps([one.get_decoded() for one in Session.objects.all()])
    found += ["a session"] * bool(told(canaries, sessions))
    found += [f"log {record.name}" for record in logs.records if told(canaries, _record(record))]
    assert found == []


def _reveal(client: Client) -> Any:
    one = Alert.objects.filter(person__in=Identity.objects.values("key")).order_by("pk")[0]
    told_why = {"shown": "identity", "purpose": "核对身份"}
    return client.post(reverse("desk:alert_reveal", args=[one.number]), told_why)


def _record(record: logging.LogRecord) -> str:
    return f"{record.getMessage()} {record.args} {record.exc_text or ''}"
