"""How each attack is sent, by the very doors that are there, and what came back."""

import json
import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse

from desk import factories
from desk.conftest import World
from desk.hostile import MARK
from desk.test_routes import ROUTES, SAMPLES
from exchange.factories import ON, manifest
from hostile.attack import Attack, Request
from hostile.pages import UPLOAD
from wenhou.api.actions import keys
from wenhou.base import clock
from wenhou.base.errors import WenhouError
from wenhou.exchange.actions import deliveries
from wenhou.exchange.models import Delivery
from wenhou.monitoring.models import Alert
from wenhou.site import cli
from wenhou.staff.actions import posts
from wenhou.staff.enums import Role

SENTENCE = re.compile(r"[\u4e00-\u9fff]{3,}[^\n]*[。；]")
RUNS = (f"<script>{MARK}", f"<svg/onload={MARK}", f'" onfocus="{MARK}', f'href="javascript:{MARK}')
TELLS = ("Traceback", "psycopg", 'File "/', "site-packages", "SELECT ", "django.core")


@dataclass(frozen=True)
class Answer:
    """status: of HTTP, or a command's exit code; said: everything told; rows: loaded and rejected, of a file."""

    status: int
    said: str
    rows: tuple[int, int] = (0, 0)
    is_page: bool = False

    @property
    def is_refusal(self) -> bool:
        """A sentence, and a status that says no; a command's is 2."""
        refused = self.status == 2 or 400 <= self.status < 500 or self.status == 302
        return refused and bool(SENTENCE.search(self.said))

    @property
    def is_safe(self) -> bool:
        """Nothing of ours fell over, nothing is told of our insides, nothing comes back that would run."""
        told = [one for one in (*TELLS, *(RUNS if self.is_page else ())) if one in self.said]
        return self.status < 500 and self.status != 1 and not told


class Doors:
    """Of one small county at work."""

    def __init__(self, world: World, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.world, self.folder, self.capsys = world, folder, capsys
        self.operator = factories.account("exchange", Role.EXCHANGE_OPERATOR)
        posts.hold_post(
            account=world.officer, role=Role.POLICY_OFFICER, division=factories.COUNTY, since=factories.TODAY
        )
        told = {"contracts": ["DI31"], "division": "640104", "by": "test", "on": clock.now()}
        self.key = keys.issue(name="医保局", **told)[1]
        self.addresses: dict[str, str] = {}
        self.shared: dict[Any, Any] = {}
        self.payload: Any = None
        with connection.cursor() as cursor:  # the county's people were given keys by hand
            cursor.execute("select setval(pg_get_serial_sequence('lake_identity', 'key'), 1000)")
        self.clients: dict[tuple[str, bool], Client] = {}

    def prepare(self, attack: Attack) -> None:
        """What the attack is about is there."""
        self.payload = attack.payload()
        if isinstance(self.payload, Request):
            self.where(self.payload.path)

    def send(self, attack: Attack) -> Answer:
        """By the door it says."""
        payload = self.payload
        if isinstance(payload, Request):
            return self.ask(payload)
        by: dict[str, Callable[[Attack, bytes], Answer]] = {
            "desk upload": self.upload, "machine push": self.push, "command": self.load, "folder": self.of_folder,
        }  # fmt: skip
        return by[attack.door](attack, payload) if attack.door in by else self.command(attack, payload)

    def upload(self, attack: Attack, data: bytes) -> Answer:
        """By the page, then loaded as the worker does."""
        given = SimpleUploadedFile(attack.file, data)
        response = self.client("operator").post("/deliveries/upload/", {**UPLOAD, "file": given})
        return self.loaded() if response.status_code == 302 else _answer(response)

    def push(self, attack: Attack, data: bytes) -> Answer:
        """By the machines' door, then loaded as the worker does."""
        told = json.dumps(manifest(file=attack.file))
        given = {"file": SimpleUploadedFile(attack.file, data), "manifest": told}
        bearer = {"authorization": f"Bearer {self.key}"}
        response = Client().post("/api/v1/deliveries", given, headers=bearer)
        return self.loaded() if response.status_code == 202 else _answer(response)

    def loaded(self) -> Answer:
        """What became of the delivery that was taken: rows, or its refusal. A 302 to a page that tells it."""
        delivery = Delivery.objects.latest("pk")
        try:
            deliveries.load(delivery, on=ON)
        except WenhouError as refusal:
            delivery.refresh_from_db()
            return Answer(422 if delivery.state == "refused" else 1, refusal.message)
        return self._rows(delivery, 200)

    def load(self, attack: Attack, data: bytes) -> Answer:
        """By `wenhou exchange load`."""
        path = self._written(attack.file, data)
        if not attack.file.endswith(".zip"):
            told = json.dumps(manifest(file=attack.file))
            path.with_name(f"{path.stem}.manifest.json").write_text(told, encoding="utf-8")
        answer = self._typed(["exchange", "load", str(path)])
        return answer if answer.status else self._rows(Delivery.objects.latest("pk"), 0)

    def _rows(self, delivery: Delivery, status: int) -> Answer:
        delivery.refresh_from_db()
        reasons = "。".join([*delivery.reject_reasons, *delivery.remarks, ""])
        return Answer(status, reasons, (delivery.rows_loaded, delivery.rows_rejected))

    def command(self, attack: Attack, data: bytes) -> Answer:
        """By the command that reads such a file."""
        if attack.door == "words":
            return self._typed(["rules", "standards", "--division", data.decode()])
        path = str(self._written(attack.file, data))
        words = {
            "determine": ["rules", "determine", path], "determine json": ["rules", "determine", path],
            "divisions": ["divisions", "load", path], "replay": ["rules", "replay", path],
        }  # fmt: skip
        return self._typed(words[attack.door])

    def of_folder(self, attack: Attack, data: bytes) -> Answer:
        """A folder, or what is none, that a delivery is to be taken from."""
        return self._typed(["exchange", "load", str(_folder(self._fresh(), attack.name))])

    def _fresh(self) -> Path:
        folder = self.folder / str(len(list(self.folder.iterdir())) if self.folder.exists() else 0)
        folder.mkdir(parents=True)
        return folder

    def _written(self, name: str, data: bytes) -> Path:
        path = self._fresh() / name
        path.write_bytes(data)
        return path

    def _typed(self, words: list[str]) -> Answer:
        self.capsys.readouterr()
        code = cli.main(words)
        return Answer(code, self.capsys.readouterr().err)

    def ask(self, request: Request) -> Answer:
        """A page or an interface."""
        client = self.client(request.who, request.checks_csrf)
        headers = dict(request.headers)
        if request.who == "key":
            headers["authorization"] = f"Bearer {self.key}"
        kind = request.content_type or (
            "multipart/form-data; boundary=BoUnDaRyStRiNg"
            if request.method == "POST"
            else "application/octet-stream"
        )
        ask: dict[str, Any] = {"headers": headers}
        if request.method in ("GET", "HEAD"):
            return _answer(client.get(self.where(request.path), request.data, **ask))
        if request.method == "POST" and not request.content_type:
            return _answer(client.post(self.where(request.path), request.data or {}, **ask))
        return _answer(
            client.generic(request.method, self.where(request.path), request.data or b"", kind, **ask)
        )

    def where(self, path: str) -> str:
        """An address: as it is, of a route, of the neighbour's, or of a number that is none."""
        if path.startswith("/"):
            return path
        if path not in self.addresses:
            kind, _, rest = path.partition(" ")
            if kind == "their":
                self.addresses[path] = self._of(rest, self.world.theirs)
            elif kind == "numbered":
                route, _, number = rest.partition(" ")
                pattern = str(ROUTES[route].pattern)
                self.addresses[path] = "/" + re.sub(r"<[^>]+>", lambda _: number, pattern)
            else:
                self.addresses[path] = self._of(path, self.world.own)
        return self.addresses[path]

    def _of(self, route: str, alert: Alert) -> str:
        """The route's address for what stands behind an alert, made once for all routes that lead there."""
        sample = SAMPLES[route]
        if (sample, alert.pk) not in self.shared:
            self.shared[sample, alert.pk] = sample(alert)
        return reverse(f"desk:{route}", kwargs=self.shared[sample, alert.pk])

    def client(self, who: str, checks_csrf: bool = False) -> Client:
        """A browser of theirs."""
        if (who, checks_csrf) not in self.clients:
            client = Client(enforce_csrf_checks=checks_csrf, raise_request_exception=False)
            account = {"officer": self.world.officer, "operator": self.operator}.get(who)
            if account:
                client.force_login(account, backend="wenhou.staff.backend.Accounts")
            self.clients[who, checks_csrf] = client
        return self.clients[who, checks_csrf]


def _answer(response: Any) -> Answer:
    body = b"".join(response.streaming_content) if response.streaming else response.content
    said = body.decode("utf-8", "replace")
    if response.headers.get("Content-Type", "").startswith("application/json"):
        said = str(json.loads(said).get("error", said))
    if response.status_code == 302:
        # Whoever has not signed in, or has just handed in a form, is led on: there is a page that says so.
        said += (
            f"请登录。{response.headers['Location']}" if "/sign-in/" in response.headers["Location"] else ""
        )
    assert MARK not in response.headers.get("Set-Cookie", "")
    return Answer(
        response.status_code, said, is_page=response.headers.get("Content-Type", "").startswith("text/html")
    )


def _folder(at: Path, name: str) -> Path:
    """What an operator points the command at: a pair, one of the two replaced; or something else altogether."""
    told, data = at / "DI31.manifest.json", at / "DI31.csv"
    told.write_text(json.dumps(manifest()))
    data.write_text("id_no\n1\n")
    elsewhere = {
        "none": at / "nowhere",
        "a device": Path("/dev/null"),
        "a name of 250 letters": at / ("x" * 250),
    }
    if name in elsewhere:
        return elsewhere[name]
    replaced = (
        told if name in ("empty", "a link to a folder") or "manifest" in name or "loop" in name else data
    )
    replaced.unlink()
    _put(replaced, name)
    return at


def _put(path: Path, name: str) -> None:
    if "pipe" in name:
        os.mkfifo(path)
    elif "is a folder" in name:
        path.mkdir()
    elif "loop" in name:
        path.symlink_to(path)
    elif "link" in name:
        path.symlink_to("/etc" if "to a folder" in name else "/etc/passwd")


def kept() -> tuple[int, ...]:
    """What no attack may add to."""
    from wenhou.base.models import News
    from wenhou.lake.models import Part
    from wenhou.monitoring.models import AlertEvent
    from wenhou.staff.models import Account, Look, Post

    models = (Part, News, Account, Post, Alert, AlertEvent, Look)
    return (*(model.objects.count() for model in models), Delivery.objects.exclude(state="refused").count())
