"""The fields of the 58 contracts as the sandbox writes them: name, kind, optional, permitted words.

Kinds: person (an identity number), house (a household number), place (a 12-digit division), text, json, money
(fen), date, ym, year, int, bool, num2, num4, enum.
"""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path


@dataclass(frozen=True)
class Field:
    """One column of a contract."""

    name: str
    kind: str
    optional: bool
    words: tuple[str, ...]

    def code(self, word: str | None) -> int:
        """The position of a permitted word; -1 for none."""
        return -1 if word is None else self.words.index(word)


@cache
def contracts() -> dict[str, dict[str, Field]]:
    """Contract → field name → field, in the order of the national tables."""
    found: dict[str, dict[str, Field]] = {}
    with Path(__file__).with_name("catalogue.csv").open(encoding="utf-8", newline="") as source:
        for row in csv.DictReader(source):
            words = tuple(row["words"].split("|")) if row["words"] else ()
            field = Field(row["field"], row["kind"], row["optional"] == "?", words)
            found.setdefault(row["code"], {})[field.name] = field
    return found


def code(contract: str, field: str, word: str) -> int:
    """The code of a word in an enumerated field, e.g. code('DI08', 'status', '在押') → 0."""
    return contracts()[contract][field].code(word)
