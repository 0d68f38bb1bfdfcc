"""The standards of a run that may not decide quietly: past their day of review, missing, or provisional. Pure."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

import pyarrow as pa

from wenhou.engine.words import DEFAULT

MISSING = "标准缺失"
MARKS = ("已过复核日", MISSING, "暂定")
"""What is said of a standard, the gravest first."""


@dataclass(frozen=True)
class Doubtful:
    """A standard that a run rests on. said: its document with what is doubtful of it; counties: where."""

    name: str
    label: str
    mark: str
    said: str
    counties: tuple[str, ...]

    def beside(self, other: "Doubtful") -> "Doubtful":
        """The same of further counties."""
        return replace(self, counties=tuple(sorted({*self.counties, *other.counties})))

    def order(self) -> tuple[int, str, tuple[str, ...]]:
        """The gravest first."""
        return MARKS.index(self.mark), self.label, self.counties

    def told(self) -> dict[str, str]:
        """For people."""
        return {"标准": self.label, "情况": self.said, "县": "、".join(self.counties)}


def doubtful(table: pa.Table, names: Iterable[str], counties: Iterable[str]) -> list[Doubtful]:
    """Of these standards in a published table (county, each name, and `<name>__document`), the gravest first."""
    wanted, found = set(counties), defaultdict[tuple[str, str], list[str]](list)
    rows = [row for row in table.to_pylist() if row["county"] in wanted]
    for name in names:
        for row in rows:
            said = MISSING if row.get(name) is None else str(row.get(f"{name}__document") or "")
            if any(mark in said for mark in MARKS):
                found[name, said].append(row["county"])
    made = [_made(name, said, places) for (name, said), places in found.items()]
    return sorted(made, key=Doubtful.order)


def together(several: Iterable[Doubtful]) -> list[Doubtful]:
    """What was found region by region, each standard and what is said of it once, the gravest first."""
    found: dict[tuple[str, str], Doubtful] = {}
    for one in several:
        known = found.get((one.name, one.said))
        found[one.name, one.said] = known.beside(one) if known else one
    return sorted(found.values(), key=Doubtful.order)


def _made(name: str, said: str, places: list[str]) -> Doubtful:
    mark = next(mark for mark in MARKS if mark in said)
    return Doubtful(name, DEFAULT.declared[name].label, mark, said, tuple(sorted(places)))
