"""A set of standards as text: the same rows are the same bytes. Pure."""

import json
from collections.abc import Iterable
from datetime import date
from hashlib import sha256
from typing import Any

from wenhou.policy.standards import Row

FORMAT = 1


def text(rows: Iterable[Row]) -> str:
    """Canonical JSON of settled rows, whatever their order: keys sorted, no blanks, Chinese as it is."""
    told = sorted((_told(row) for row in rows), key=lambda one: (one["name"], one["division"], one["since"]))
    return json.dumps(
        {"format": FORMAT, "rows": told}, ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )


def digest(content: str) -> str:
    """SHA-256 of the text, in hexadecimal."""
    return sha256(content.encode()).hexdigest()


def rows(content: str) -> tuple[Row, ...]:
    """The rows of a text, as they were. Raises ValueError on a text of another format."""
    told = json.loads(content)
    if told.get("format") != FORMAT:
        raise ValueError(f"unknown format: {told.get('format')!r}")
    return tuple(_row(one) for one in told["rows"])


def _told(row: Row) -> dict[str, Any]:
    return {key: value.isoformat() if isinstance(value, date) else value for key, value in vars(row).items()}


def _row(told: dict[str, Any]) -> Row:
    days = {
        key: date.fromisoformat(told[key]) for key in ("since", "until", "review_by") if told[key] is not None
    }
    return Row(**{**told, **days})
