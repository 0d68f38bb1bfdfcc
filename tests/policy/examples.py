"""Case files of tests/cases/rules as questions with their right answers: for the gates, and for `make mutate`."""

from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from wenhou.base.money import parse_yuan
from wenhou.engine import units
from wenhou.engine.declared import Rule
from wenhou.engine.run import Rows
from wenhou.engine.words import DEFAULT
from wenhou.policy import standards
from wenhou.policy.applications import reader, strict
from wenhou.policy.applications.model import Application
from wenhou.sandbox.law import lines

FOLDER = Path(__file__).resolve().parents[1] / "cases" / "rules"
SAID = {"是": True, "否": False, "不知道": None}
OF_A_CASE = frozenset({"期望", "缺", "依据"})
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
        content = strict.from_file(path, anchors=True)
        for case in content["案例"]:
            yield _example(path.name, laid(content.get("共用", {}), case))


def laid(base: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    """A case over what several share: mappings are laid one over the other, everything else is replaced."""
    made = deepcopy(dict(base))
    for key, value in over.items():
        both = isinstance(value, Mapping) and isinstance(made.get(key), Mapping)
        made[key] = laid(made[key], value) if both else value
    return made


def _example(where: str, case: Mapping[str, Any]) -> Example:
    told = reader.read({key: value for key, value in case.items() if key not in OF_A_CASE})
    held = {
        name: row.value for name, row in standards.resolve(lines.published(), told.place, told.as_of).items()
    }
    rows = told.rows({**held, **told.standards})
    right: dict[Whom, dict[str, Any]] = {}
    for said, expected in case.get("期望", {}).items():
        rule = _rule(said)
        for whom, value in _whose(rule, expected, told):
            right.setdefault(whom, {})[rule.name] = _value(value, rule.unit)
    return Example(f"{where}：{case.get('说明', '')}", told.as_of, told.place, rows, right)


def _rule(said: str) -> Rule:
    """By name or label."""
    if said in DEFAULT:
        found = DEFAULT[said]
        assert isinstance(found, Rule)
        return found
    return next(rule for rule in DEFAULT.rules if rule.label == said)


def _whose(rule: Rule, expected: Any, told: Application) -> Iterator[tuple[Whom, Any]]:
    if rule.entity == "household":
        yield ("household", 1), expected
    elif isinstance(expected, Mapping):
        for name, value in expected.items():
            yield ("person", told.keys[name]), value
    else:
        raise ValueError(rule.name)


def _value(said: Any, unit: str) -> Any:
    if said in ("不知道", None):
        return None
    kept = units.storage(unit)
    if kept == "bool":
        return said if isinstance(said, bool) else SAID[said]
    if unit.startswith("fen"):
        return parse_yuan(str(said).removesuffix("元"))
    return str(said) if kept == "text" else int(said)
