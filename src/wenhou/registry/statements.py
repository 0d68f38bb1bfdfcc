"""SQL kept in `sql/*.sql`: each statement headed with `-- name:` and a sentence."""

import re
from functools import cache
from pathlib import Path

_HEAD = re.compile(r"^-- name: (\w+)$", re.MULTILINE)


@cache
def statements(file: str) -> dict[str, str]:
    """Name → SQL of one file, without the closing semicolon."""
    text = (Path(__file__).parent / "sql" / f"{file}.sql").read_text(encoding="utf-8")
    pieces = _HEAD.split(text)[1:]
    return {name: body.strip().rstrip(";") for name, body in zip(pieces[::2], pieces[1::2], strict=True)}
