"""Case files of tests/cases/rules as questions with their right answers: for the gates, and for `make mutate`."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from wenhou.engine.declared import Rule
from wenhou.engine.run import Rows
from wenhou.engine.words import DEFAULT
from wenhou.policy import standards
from wenhou.policy.applications import cases
from wenhou.policy.applications.cases import LawCase
from wenhou.policy.applications.model import HOME
from wenhou.sandbox.law import lines

FOLDER = Path(__file__).resolve().parents[1] / "cases" / "rules"
Whom = tuple[str, Any]


@dataclass(frozen=True)
class Example:
    """Rows to ask about on a day in a region, and the answers that are right: by whom, by name."""

    where: str
    as_of: date
    region: str | None
    rows: Rows
    right: Mapping[Whom, Mapping[str, Any]]

    @property
    def names(self) -> frozenset[str]:
        return frozenset(name for answers in self.right.values() for name in answers)


def of_rules(folder: Path = FOLDER) -> Iterator[Example]:
    for path in sorted(folder.rglob("*.yaml")):
        yield from map(_example, cases.load(path))


def _example(case: LawCase) -> Example:
    told = case.application
    held = {
        name: row.value for name, row in standards.resolve(lines.published(), told.place, told.as_of).items()
    }
    right: dict[Whom, dict[str, Any]] = {}
    for name, by_whose in case.expected.items():
        rule = DEFAULT[name]
        assert isinstance(rule, Rule)
        for whose, value in by_whose.items():
            key = 1 if whose == HOME else told.keys[whose]
            right.setdefault((rule.entity, key), {})[name] = value
    return Example(str(case), told.as_of, told.place, told.rows({**held, **told.standards}), right)
