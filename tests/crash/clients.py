"""People and a department at work while the house falls over them: each act is sent until somebody says it was taken."""

import json
import re
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html import unescape
from http.client import HTTPConnection, HTTPException
from itertools import count
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from exchange.factories import DI31, csv_text, di31_row, manifest

PATIENCE = 120
"""Seconds after which an act that nobody takes fails the test."""
ROWS = 8
Answer = tuple[int, dict[str, str], str]


@dataclass
class Act:
    """One thing that was asked for and taken. tries: how often it was sent."""

    kind: str
    about: str
    token: str
    tries: int = 1


class Refused(AssertionError):
    """Answered with a no that is none of the crash's doing."""


@dataclass
class Client:
    """One browser or machine: a thread, its cookies, what was taken of it."""

    port: int
    stop: threading.Event
    taken: list[Act] = field(default_factory=list)
    cookies: dict[str, str] = field(default_factory=dict)
    failure: BaseException | None = None

    def acts(self) -> Iterator[Callable[[], None]]:
        raise NotImplementedError

    def work(self) -> None:
        """Act until told to stop; what is begun is ended."""
        try:
            for act in self.acts():
                if self.stop.is_set():
                    return
                act()
        except BaseException as failure:
            self.failure = failure

    def send(self, method: str, path: str, body: bytes = b"", **headers: str) -> tuple[Answer, int]:
        """Until it is answered with anything but a 5xx: the answer, and how often it was sent."""
        deadline = time.monotonic() + PATIENCE
        for tries in count(1):
            answer = self._once(method, path, body, headers)
            if answer and answer[0] < 500:
                return answer, tries
            if time.monotonic() > deadline:
                raise Refused(f"{method} {path}: nobody answers; last {answer and answer[::2]}")
            time.sleep(0.2)
        raise AssertionError

    def _once(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> Answer | None:
        asked = HTTPConnection("127.0.0.1", self.port, timeout=20)
        told = {name.replace("_", "-"): text for name, text in headers.items()}
        if self.cookies:
            told["Cookie"] = "; ".join(f"{name}={text}" for name, text in self.cookies.items())
        try:
            asked.request(method, path, body or None, told)
            answer = asked.getresponse()
            text = answer.read().decode(errors="replace")
        except (OSError, HTTPException):
            return None
        finally:
            asked.close()
        for said in answer.headers.get_all("Set-Cookie", []):
            name, _, rest = said.partition("=")
            self.cookies[name] = rest.partition(";")[0]
        return answer.status, {name.lower(): told for name, told in answer.headers.items()}, text


@dataclass
class Department(Client):
    """Hands in small files of medical expenses, each under a number of its own."""

    key: str = ""
    first: int = 0

    def acts(self) -> Iterator[Callable[[], None]]:
        for number in count(self.first):
            yield lambda number=number: self.deliver(number)  # type: ignore[misc]
            time.sleep(0.5)

    def deliver(self, number: int) -> None:
        rows = [di31_row(number * ROWS + one, year=2024) for one in range(ROWS)]
        rows = [[*row[:-1], "2024-10-05"] for row in rows]
        period = {"from": "2024-01-01", "to": "2024-10-31"}
        told = json.dumps(manifest(number=f"k{number}", mode="delta", period=period))
        body, kind = _multipart({"manifest": told}, "DI31.csv", csv_text(DI31, rows).encode())
        (status, _, said), tries = self.send(
            "POST", "/api/v1/deliveries", body, Content_Type=kind, Authorization=f"Bearer {self.key}"
        )
        if status != 202:
            raise Refused(f"delivery {number}: {status} {said}")
        self.taken.append(Act("delivery", str(json.loads(said)["id"]), f"k{number}", tries))


@dataclass
class Officer(Client):
    """Signs in, hands alerts on, notes visits, closes; signs in anew after each alert."""

    name: str = ""
    password: str = ""
    alerts: list[str] = field(default_factory=list)

    def acts(self) -> Iterator[Callable[[], None]]:
        for number in self.alerts:
            yield self.sign_in
            yield lambda number=number: self.act(number, "dispatch", {})  # type: ignore[misc]
            for _ in range(2):
                yield lambda number=number: self.visit(number)  # type: ignore[misc]
            yield lambda number=number: self.close(number)  # type: ignore[misc]

    def sign_in(self) -> None:
        self.cookies.clear()
        (_, _, page), _ = self.send("GET", "/sign-in/")
        form = {
            "csrfmiddlewaretoken": _hidden(page, "csrfmiddlewaretoken"),
            "username": self.name,
            "password": self.password,
            "next": "/status/",
        }
        (status, headers, said), tries = self._post("/sign-in/", form)
        if (status, headers.get("location")) != (302, "/status/"):
            raise Refused(f"sign-in: {status} {headers} {_words(said)}")
        (status, _, _), _ = self.send("GET", "/me/")
        if status != 200:
            raise Refused(f"a session that was given is not there: {status}")
        self.taken.append(Act("sign-in", self.name, self.cookies["sessionid"], tries))

    def visit(self, number: str) -> None:
        token = uuid4().hex
        said = {"visited_on": "2024-11-15", "visitors": "2", "met": "yes", "found": f"入户见到本人 {token}"}
        self.act(number, "visit", said, token)

    def close(self, number: str) -> None:
        token = uuid4().hex
        note = f"入户见到本人，核对了单据，已经办结，写明经过 {token}"
        self.act(number, "close", {"outcome": "纳入保障", "note": note}, token)

    def act(self, number: str, what: str, said: dict[str, str], token: str = "") -> None:
        (status, _, page), _ = self.send("GET", f"/alerts/{number}/")
        if status != 200:
            raise Refused(f"{number}: {status}")
        form = _form(page, f"/alerts/{number}/{what}/") | said
        (status, headers, text), tries = self._post(f"/alerts/{number}/{what}/", form)
        if (status, headers.get("location")) != (302, f"/alerts/{number}/"):
            raise Refused(f"{what} {number}, sent {tries} times: {status} {_words(text)}")
        self.taken.append(Act(what, number, token, tries))

    def _post(self, path: str, form: dict[str, str]) -> tuple[Answer, int]:
        return self.send(
            "POST", path, urlencode(form).encode(), Content_Type="application/x-www-form-urlencoded"
        )


def _form(page: str, action: str) -> dict[str, str]:
    """The hidden fields and the first offer of each select of the form that goes there."""
    found = re.search(rf'<form[^>]*action="{re.escape(action)}".*?</form>', page, re.DOTALL)
    if not found:
        raise Refused(f"no form for {action}")
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', found[0]))
    for name, options in re.findall(r'<select[^>]*name="(\w+)">(.*?)</select>', found[0], re.DOTALL):
        fields[name] = re.findall(r'<option value="([^"]*)"', options)[0]
    return fields


def _hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    if not found:
        raise Refused(f"no field {name}: {_words(page)}")
    return found[1]


def _words(page: str) -> str:
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", page)))[:600]


def _multipart(fields: dict[str, str], name: str, data: bytes) -> tuple[bytes, str]:
    mark = uuid4().hex
    parts = [
        f'--{mark}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{text}\r\n'
        for key, text in fields.items()
    ]
    head = f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
    body = "".join(parts).encode() + head.encode() + data + f"\r\n--{mark}--\r\n".encode()
    return body, f"multipart/form-data; boundary={mark}"


def begin(told: dict[str, Any], port: int, stop: threading.Event) -> list[tuple[Client, threading.Thread]]:
    """Everybody at work."""
    clients: list[Client] = [
        Officer(port, stop, name=name, password=told["password"], alerts=list(alerts))
        for name, alerts in told["alerts"].items()
    ]
    clients.append(Department(port, stop, key=told["key"], first=told.get("first", 0)))
    threads = [threading.Thread(target=client.work, name=type(client).__name__) for client in clients]
    for thread in threads:
        thread.start()
    return list(zip(clients, threads, strict=True))
