"""The names the law answers, as docs/discussions/the-law.md binds them, and the whole book of rules to answer with."""

import re
from pathlib import Path

from wenhou.engine.declared import Rule
from wenhou.engine.words import DEFAULT
from wenhou.policy import answers
from wenhou.policy.facts.means import ASSETS

answers.declare()

ROOT = Path(__file__).resolve().parents[2]


def _agreed() -> tuple[str, ...]:
    """Names in the first column of the agreement's two tables, with what its dots leave out."""
    text = (ROOT / "docs/discussions/the-law.md").read_text(encoding="utf-8")
    text = text.partition("## What the rules answer")[2].partition("\n## ")[0]
    found: list[str] = []
    for line in text.splitlines():
        if line.startswith("| `"):
            for name in re.findall(r"`(…?\w+)`", line.split("|")[1]):
                found.extend(_whole(name))
    return tuple(dict.fromkeys(found))


def _whole(name: str) -> list[str]:
    if name == "vehicle_is_barred":
        return [f"{kind}_is_barred" for kind in ASSETS]
    if name == "item_yl01":
        return [f"item_yl{number:02}" for number in range(1, 44)]
    if name.startswith("…"):
        return [f"has_property_within{name[1:]}"]
    return [name]


AGREED = _agreed()
ANSWERS = tuple(name for name in AGREED if name in DEFAULT)
"""Those that are declared; test_gates fails while any is not."""

PERSONS = tuple(name for name in ANSWERS if DEFAULT[name].entity == "person")  # type: ignore[union-attr]
HOUSEHOLDS = tuple(name for name in ANSWERS if DEFAULT[name].entity == "household")  # type: ignore[union-attr]


def unit(name: str) -> str:
    declared = DEFAULT[name]
    assert isinstance(declared, Rule)
    return declared.unit


VERDICTS = tuple(name for name in ANSWERS if unit(name) == "bool")
AMOUNTS = tuple(name for name in ANSWERS if unit(name).startswith("fen"))
