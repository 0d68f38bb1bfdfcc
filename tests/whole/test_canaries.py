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
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse

from desk import factories
from desk.conftest import signed_in
from wenhou.exchange.actions import deliveries
from wenhou.exchange.enums import Channel
from wenhou.exchange.models import Delivery
from wenhou.lake import erasing, parquet, sealed, store, vault
from wenhou.lake.actions import sealing
from wenhou.lake.models import Identity
from wenhou.linkage.actions import arrivals
from wenhou.monitoring.actions import runs
from wenhou.monitoring.models import Alert
from wenhou.registry.models import Person
from wenhou.sandbox import build
from wenhou.staff.enums import Role

pytestmark = pytest.mark.django_db
AS_OF = factories.TODAY
NUMBER = re.compile(r"(?<!\d)\d{17}[\dXx]")
TELLING = ("name", "hukou_addr", "reside_addr", "location", "plate_no", "permit_no", "cert_no", "student_no")
"""Columns whose words say who somebody is, or where; diagnoses and diseases come on top."""
SICK = ("diag_code", "disease_code", "cause_code")
LAW = ("published/standards", "published/rule_sets")
"""What everybody may read."""


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
    with connection.cursor() as cursor:
        cursor.execute("analyze")  # as a server does by itself within minutes of a load
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
    """(path, text) of every file: Parquet in clear by its rows, other files byte by byte."""
    for path in folder.rglob("*"):
        if path.is_file():
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


def words(lake: Path, columns: tuple[str, ...]) -> set[str]:
    """What the departments' rows say in these columns."""
    found: set[str] = set()
    with store.connect() as connection:
        for path in sorted(lake.glob("facts/*/*.parquet")):
            there = set(parquet.columns(path))
            if not there & erasing.KEYS:  # what is said of nobody: a standard has a name too
                continue
            for column in there & set(columns):
                query = f'select distinct "{column}"::varchar from {parquet.file(path)} where "{column}" is not null'
                found |= {row[0] for row in connection.execute(query).fetchall()}
    return found


def lying_about(folder: Path, told: set[str]) -> list[str]:
    """Files in which one of these words stands, as UTF-8 or as GB18030."""
    marks = [word.encode(code) for word in told for code in ("utf-8", "gb18030")]
    one_of = re.compile(b"|".join(sorted({re.escape(mark) for mark in marks}, key=len, reverse=True)))
    return [
        str(path.relative_to(folder))
        for path in folder.rglob("*")
        if path.is_file() and one_of.search(path.read_bytes())
    ]


@pytest.fixture
def telephone(canaries: set[str], tmp_path: Path) -> str:
    """Of a row whose number is wrong, brought by hand; it is held, and refused with its reason."""
    told = "id_no,year,aid_paid,oop_total,oop_in_policy,updated"
    told += ",person_name,person_birth_date,person_sex,person_division,person_phone\n"
    day = AS_OF.isoformat()
    row = f"990101198001010000,{AS_OF.year},0.00,20000.00,0.00,{day},尉迟金丝雀,1980-01-01,1,990101001001,13912345678\n"
    period = {"period_from": f"{AS_OF.year}-01-01", "period_to": day}
    form = {"contract": "DI31", "number": "canary", "division": factories.COUNTY, "mode": "delta", **period}
    client = signed_in(factories.account("operator", Role.EXCHANGE_OPERATOR))
    sent = SimpleUploadedFile("DI31.csv", (told + row).encode())
    client.post(reverse("desk:upload"), {"file": sent, **form})
    deliveries.load(Delivery.objects.get(number="canary"), on=AS_OF)
    return "13912345678"


def test_no_word_of_anybody_lies_in_a_file_or_in_a_log(
    canaries: set[str], telephone: str, logs: pytest.LogCaptureFixture, own_lake: Path, tmp_path: Path
) -> None:
    """Names, telephones, addresses, plates, certificates, illnesses."""
    told = {word for word in words(own_lake, TELLING) if len(word) > 2} | {telephone, "尉迟金丝雀"}
    assert len(told) > 1_500
    held = [path for path in own_lake.glob("landing/*/held.parquet") if telephone in str(rows_of(path))]
    assert len(held) == 1, "the canary is there to be found"
    clear = [str(path.relative_to(own_lake)) for path in sealing.personal() if not sealed.number_of(path)]
    assert [name for name in clear if not name.startswith(LAW)] == []
    sick = words(own_lake, SICK)
    assert len(sick) > 20
    for folder in (own_lake, tmp_path / "uploads"):
        assert lying_about(folder, {word for word in sick if len(word) > 4} | told) == []
    text = "\n".join(_record(record) for record in logs.records)
    assert [word for word in told if len(word) > 3 and word in text] == []


def rows_of(path: Path) -> list[Any]:
    with store.connect() as connection:
        return connection.execute(f"from {parquet.file(path)}").fetchall()


def test_addresses_and_telephones_stand_on_no_page(
    canaries: set[str], telephone: str, own_lake: Path
) -> None:
    told = {word for word in words(own_lake, ("hukou_addr", "reside_addr")) if len(word) > 6} | {telephone}
    client = signed_in(factories.account("officer"))
    pages = list(answers(client, sorted(canaries)[0]))
    assert len(pages) > 20
    assert [where for where, said in pages if any(word in said for word in told)] == []
