"""Nobody opens an address but by `base.fetching`, and nothing reads an outside file that is not fuzzed."""

import ast
from collections.abc import Iterator
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[2] / "src" / "wenhou"
CLIENTS = {
    "http.client", "urllib.request", "urllib3", "requests", "httpx", "aiohttp", "ftplib", "smtplib", "imaplib", "poplib",
    "telnetlib", "nntplib", "xmlrpc.client", "websockets", "paramiko", "pycurl", "socket", "ssl", "asyncio",
}  # fmt: skip
ONE_DOOR = {
    "base/fetching.py",
    "base/scanning.py",  # to a scanner on this machine: a unix socket or loopback, never elsewhere
    "site/launcher.py",  # asks the embedded database on this machine whether it answers
    "site/commands/serve.py",  # looks for a free port of this machine
}


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (one.name for one in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{one.name}" for one in node.names)


def test_nobody_opens_an_address_but_by_the_one_door() -> None:
    found = {
        str(path.relative_to(SOURCE)): sorted(CLIENTS & set(imported(path))) for path in SOURCE.rglob("*.py")
    }
    assert {name for name, clients in found.items() if clients} <= ONE_DOOR
