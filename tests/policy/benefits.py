"""A small household asked for benefits: one document changed a little, answered through the rules and the files."""

from datetime import date
from pathlib import Path
from typing import Any

from wenhou.engine import plan, run
from wenhou.engine.words import DEFAULT
from wenhou.policy import rules, standards
from wenhou.policy.applications import reader

__all__ = ["rules"]

ROOT = Path(__file__).resolve().parents[2]
ROWS = standards.read(ROOT / "standards")
WHO = "王某"
RICH = {
    "与申请人关系": "申请人",
    "性别": "1",
    "出生日期": date(1985, 5, 1),
    "近12个月职工与机关养老金": "400000.00元",
}


def document(
    person: dict[str, Any] | None = None,
    home: dict[str, Any] | None = None,
    more: dict[str, dict[str, Any]] | None = None,
    **top: Any,
) -> dict[str, Any]:
    """A rich man of forty in 兴庆区 of whom everything was asked; what is given changes that."""
    return {
        "日期": date(2025, 10, 15),
        "区划": "640104",
        "城乡": "城市",
        "已核对": "全部",
        "授权": "是",
        "本户": home or {},
        "人员": {WHO: RICH | (person or {})} | (more or {}),
    } | top


def answers(told: dict[str, Any], *names: str, given: dict[str, Any] | None = None) -> dict[str, Any]:
    """Each name's answer: the household's, or that of WHO. given: standards beside the files' and the case's."""
    asked = reader.read(told)
    values = {name: row.value for name, row in standards.resolve(ROWS, asked.place, asked.as_of).items()}
    made = plan.make(as_of=asked.as_of, region=asked.place, wanted=names)
    found = run.one(made, asked.rows(values | dict(asked.standards) | (given or {})))
    of = {"person": found.persons[asked.keys[WHO]], "household": found.households[1]}
    return {name: of[DEFAULT[name].entity][name] for name in names}  # type: ignore[union-attr]


def answer(told: dict[str, Any], name: str) -> Any:
    return answers(told, name)[name]
