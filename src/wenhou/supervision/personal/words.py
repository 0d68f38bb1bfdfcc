"""What a table keeps, as whom it is of may read it: words for codes, sentences for what is nested, nobody else's key."""

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import Model

from wenhou.base.clock import BEIJING
from wenhou.base.errors import Refused
from wenhou.divisions import queries as divisions
from wenhou.exchange import contracts
from wenhou.exchange.contracts import Field

EMPTY: tuple[Any, ...] = (None, "", [], {})
CODES = {"sex": "sex", "nation": "nation", "relation": "relation"}
TOLD = ("rule", "fact", "standard")
"""Of a tree of reasons what is named; how they are put together is arithmetic."""
_KEY = re.compile(r"\bp\d+\b")


def of_table(row: Model, name: str) -> str:
    """A column of a row; empty where it says nothing."""
    display = getattr(row, f"get_{name}_display", None)
    value = display() if display else getattr(row, name)
    if value in EMPTY:
        return ""
    if name in CODES:
        return contracts.code_table(CODES[name]).get(str(value), str(value))
    if name.endswith("division"):
        return divisions.lookup({str(value)})[str(value)]
    return _nested(name, value) if isinstance(value, dict | list) else _plain(value)


def of_file(field: Field, value: Any, person: int) -> str:
    """A field of a line; others in the same line are not named."""
    if field.kind == "id":
        return "本人" if value == person else "另一人"
    return _KEY.sub("某人", field.text(value)) if field.holds_identity else field.text(value)


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime):
        return f"{value.astimezone(BEIJING):%Y-%m-%d %H:%M}"
    return value.isoformat() if isinstance(value, date) else str(value)


def _nested(name: str, value: Any) -> str:
    if name == "tree":
        return "；".join(dict.fromkeys(_reasons(value)))
    if name == "evidence":
        return "；".join(_line(row) for row in value)
    if isinstance(value, dict):
        return "；".join(f"{key}：{_plain(said)}" for key, said in value.items() if said not in EMPTY)
    return "；".join(_plain(one) for one in value if not isinstance(one, dict | list))


def _reasons(tree: Mapping[str, Any]) -> Iterator[str]:
    if tree.get("kind") in TOLD and tree.get("label"):
        yield f"{tree['label']}：{tree.get('shown', '')}"
    for child in tree.get("children") or ():
        yield from _reasons(child)


def _line(row: Mapping[str, Any]) -> str:
    """A line that a judgement rested on, with the department that said it."""
    try:
        contract = contracts.contract(str(row.get("contract", "")))
    except Refused:
        return ""
    known = {field.name: field for field in contract.fields}
    said = [
        f"{known[name].label}{known[name].text(value)}"
        for name, value in (row.get("fields") or {}).items()
        if name in known and known[name].kind != "id" and value not in EMPTY
    ]
    return f"{contract.department}{contract.title}：{'、'.join(said)}"
