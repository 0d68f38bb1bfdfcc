"""One thing that somebody hostile does: what kind it is, by which door it comes, and what answer is right."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

REFUSED = "refused"
"""A sentence in Chinese, nothing kept."""
ROWS = "its rows refused"
"""The file is taken, what is hostile in it is not: those rows go back with their reason."""
CALM = "refused, or read as what it is"
"""Damage that may have hit nothing: rows or one sentence, never an error."""
SHUT = "shut out by the web server"
"""No HTTP as it ought to be: 4xx or the line closed, before anything of ours sees it."""
HARMLESS = "taken as mere text"
"""A search or a filter that finds nothing: answered, escaped, and nothing changed."""

FILE_DOORS = ("desk upload", "machine push", "command")


@dataclass(frozen=True)
class Attack:
    """payload: bytes of a file, or a `Request`. file: the name a data file comes under."""

    kind: str
    name: str
    door: str
    payload: Callable[[], Any]
    right: str = REFUSED
    file: str = ""
    says: str = ""

    def __str__(self) -> str:
        return f"{self.kind} · {self.name} · {self.door}"


@dataclass(frozen=True)
class Request:
    """What is asked of a page or of the machines' door. who: officer, operator, nobody, or a key of that name."""

    method: str
    path: str
    data: Any = None
    who: str = "officer"
    content_type: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    checks_csrf: bool = False


def files(
    kind: str, made: dict[str, Any], file: str, *, right: str = REFUSED, says: str = ""
) -> list[Attack]:
    """The same kind of file many times over, the doors in turn. made: name → bytes, or what makes them."""
    return [
        Attack(kind, name, FILE_DOORS[n % 3], _later(data), right, file, says)
        for n, (name, data) in enumerate(made.items())
    ]


def _later(data: Any) -> Callable[[], bytes]:
    return data if callable(data) else lambda: data
