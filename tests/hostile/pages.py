"""What is sent to the pages: methods, hosts, forged forms, others' numbers, fields that nobody offered."""

from collections.abc import Iterator

from django.core.files.uploadedfile import SimpleUploadedFile

from desk.hostile import TEXTS
from desk.test_routes import OPEN, OWNED, SAMPLES, WRITES
from hostile.attack import HARMLESS, Attack, Request
from hostile.machine import GOOD

DOOR = "pages"
HOSTS = (
    "evil.example",
    "127.0.0.1.evil.example",
    "testserver.evil.example",
    "evil.example:80",
    "localhost@evil.example",
    "testserver, evil.example",
    "a b",
    "",
    "<script>wh7x()</script>",
    "testserver/../x",
    "testserver#x",
    "testserver?x",
    "[::1",
    "[::ffff:7f00:1].evil",
    "xn--",
    "." * 50,
    "-",
    "testserver:99999x",
    "testserver:",
    "a" * 300,
    "..",
    "\u2025",
    "%00",
    "localhost%2eevil",
    "evil.example\\testserver",
    "169.254.169.254",
    "10.0.0.1",
    "metadata.google.internal",
)
METHODS = ("PUT", "PATCH", "DELETE", "TRACE", "PROPFIND")
FIELDS = {
    "is_superuser": "1",
    "is_active": "1",
    "role": "policy_officer",
    "division": "64",
    "account": "1",
    "by": "1",
    "state": "closed",
    "severity": "0",
    "created_at": "2000-01-01",
    "pk": "1",
    "id": "1",
    "posts": "1",
    "password": "wh7x-wh7x-wh7x",
    "raised_on": "2000-01-01",
}
# Where a text that is none of these is refused whatever else is said: (route, field, the rest).
CLOSED = (
    ("alert_close", "outcome", {"note": "已核实，按规定办理，材料齐全。"}),
    ("alert_visit", "visitors", {"visited_on": "2024-11-15", "met": "yes", "found": "独居，家中有米面。"}),
    ("alert_visit", "visited_on", {"visitors": "2", "met": "yes", "found": "独居，家中有米面。"}),
    ("alert_snooze", "until", {"reason": "等待公安部门核实死亡信息后再办"}),
    ("alert_dispatch", "post", {}),
    ("gap_snooze", "until", {"reason": "等待公安部门核实死亡信息后再办"}),
    ("sign_in", "password", {"username": "officer"}),
    ("person_merge", "other", {}),
)
UPLOAD = {
    "contract": "DI31",
    "number": "1",
    "division": "640104",
    "period_from": "2026-01-01",
    "period_to": "2026-10-31",
    "mode": "full",
}


def attacks() -> Iterator[Attack]:
    for kind, name, request in _requests():
        yield Attack(f"pages: {kind}", name, DOOR, lambda request=request: request)
    for name, text in TEXTS.items():
        for route in ("alerts", "gaps", "deliveries", "runs", "find"):
            request = Request(
                "GET", route, {"q": text, "before": text, "after": text, "place": text, "show": text}
            )
            yield Attack(
                "pages: searches and cursors",
                f"{name}, {route}",
                DOOR,
                lambda request=request: request,
                HARMLESS,
            )


def _requests() -> Iterator[tuple[str, str, Request]]:
    yield from _methods()
    yield from _forged()
    yield from _others()
    yield from _texts()
    for host in HOSTS:
        yield "hosts", repr(host[:40]), Request("GET", "sign_in", who="nobody", headers={"host": host})
    for number, cookie in enumerate(
        (
            "",
            "a",
            "'" * 40,
            "../" * 20,
            "x" * 4000,
            "0" * 32,
            "null",
            "<script>",
            "%00",
            "1; sessionid=2",
            "{}",
            "é",
        )
    ):
        yield (
            "sessions that are none",
            f"cookie {number}",
            Request("GET", "alerts", who="nobody", headers={"cookie": f"sessionid={cookie}"}),
        )


def _methods() -> Iterator[tuple[str, str, Request]]:
    for route in sorted(SAMPLES):
        for method in METHODS:
            yield "methods", f"{method} {route}", Request(method, route)
    for route in sorted(WRITES):
        yield "methods", f"GET {route}", Request("GET", route)
        more = {"x-http-method-override": "POST", "x-method-override": "POST"}
        yield "methods", f"GET as POST {route}", Request("GET", route, headers=more)


def _forged() -> Iterator[tuple[str, str, Request]]:
    for route in sorted(WRITES):
        yield "forms from elsewhere (CSRF)", f"no token, {route}", Request("POST", route, checks_csrf=True)
        for name, headers in (
            ("a token of nobody", {"cookie": "csrftoken=" + "a" * 32, "x-csrftoken": "b" * 32}),
            (
                "another origin",
                {
                    "cookie": "csrftoken=" + "a" * 32,
                    "x-csrftoken": "a" * 32,
                    "origin": "https://evil.example",
                },
            ),
            ("no origin", {"cookie": "csrftoken=" + "a" * 32, "x-csrftoken": "a" * 32, "origin": "null"}),
        ):
            yield (
                "forms from elsewhere (CSRF)",
                f"{name}, {route}",
                Request("POST", route, checks_csrf=True, headers=headers),
            )


def _others() -> Iterator[tuple[str, str, Request]]:
    """The neighbouring county's, by their true numbers; and numbers of nothing."""
    for route in sorted(OWNED):
        method = "POST" if route in WRITES else "GET"
        yield "others' numbers (IDOR)", f"the neighbour's, {route}", Request(method, f"their {route}")
        yield (
            "fields nobody offered (mass assignment)",
            f"the neighbour's, {route}",
            Request("POST", f"their {route}", FIELDS),
        )
        for number in (
            "0",
            "9" * 9,
            "9" * 30,
            "-1",
            "1e3",
            "²",
            "YJ0",
            "'%20or%20'1'='1",
            "%252e%252e",
            "..%5c",
        ):
            yield (
                "others' numbers (IDOR)",
                f"{number}, {route}",
                Request(method, f"numbered {route} {number}"),
            )


def _texts() -> Iterator[tuple[str, str, Request]]:
    for route, field, rest in CLOSED:
        for name, text in TEXTS.items():
            if (route, text) == ("alert_dispatch", ""):
                continue  # to oneself
            who = "nobody" if route in OPEN else "officer"
            yield (
                "texts where a choice is",
                f"{name}, {route} {field}",
                Request("POST", route, {**rest, field: text}, who=who),
            )
    for field in ("contract", "division", "period_from", "period_to", "mode"):
        for name, text in TEXTS.items():
            data = {**UPLOAD, field: text, "file": SimpleUploadedFile("DI31.csv", GOOD)}
            yield (
                "texts where a choice is",
                f"{name}, upload {field}",
                Request("POST", "upload", data, who="operator"),
            )
