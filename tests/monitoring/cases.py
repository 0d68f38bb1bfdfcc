"""Case files under tests/cases/indicators: an example of the law in rows of contracts, read and run.

    指标: D01
    条款: …
    共用: {日期, 县区, 人员, 户, 记录, 未覆盖}       what every example of the file starts from
    案例:
      - 说明: 自付恰为20,000.00元
        人员/户/记录/未覆盖/日期: …                  laid over 共用; a contract's rows are replaced whole
        期望: {马某: 是}                             是, 否 or 不知道, for a person or a household

People and households are named by words of the case; wherever a contract's field holds such a word, it is that
person. Contracts' fields have their own names.
"""

from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

import wenhou.monitoring.indicators  # noqa: F401  declares them
from wenhou.engine import plan as plans
from wenhou.engine import run
from wenhou.engine.words import DEFAULT
from wenhou.exchange import contracts
from wenhou.lake.schema import PERSON_KEYS
from wenhou.linkage.case_tables import case_tables
from wenhou.policy import standards

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "tests" / "cases" / "indicators"
ANSWERS = {"是": True, "否": False, "不知道": None}
PERSON = {
    "户": "household",
    "关系": "relation",
    "性别": "sex",
    "出生日期": "birth_date",
    "户籍地": "hukou_division",
    "户口": "hukou_type",
    "居住地": "resides_division",
    "父亲": "father",
    "母亲": "mother",
    "配偶": "spouse",
    "监护人": "guardian",
    "迁入日期": "registered_on",
}
HOUSEHOLD = {
    "地点": "division",
    "户籍县区": "hukou_county",
    "城乡": "urban_rural",
    "在册": "on_register",
    "类别": "category",
}
NAMES_OF_PEOPLE = {"父亲", "母亲", "配偶", "监护人"}
ALLOWED = {"说明", "日期", "县区", "人员", "户", "记录", "未覆盖", "期望"}


@dataclass(frozen=True)
class CaseFile:
    """One example: what is known, and what the indicator must answer of whom."""

    code: str
    article: str
    path: Path
    title: str
    as_of: date
    county: str
    people: Mapping[str, Mapping[str, Any]]
    households: Mapping[str, Mapping[str, Any]]
    rows: Mapping[str, list[dict[str, Any]]]
    uncovered: tuple[str, ...]
    expected: Mapping[str, str]


def read_all(folder: Path = FOLDER) -> Iterator[CaseFile]:
    """Every example of every file."""
    for path in sorted(folder.rglob("*.yaml")):
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        for case in content["案例"]:
            yield _read(content, case, path)


def _read(content: dict[str, Any], case: dict[str, Any], path: Path) -> CaseFile:
    assert set(case) <= ALLOWED, f"{path.name}：{set(case) - ALLOWED}"
    known = _laid(deepcopy(content.get("共用", {})), case)
    return CaseFile(
        code=content["指标"],
        article=content["条款"],
        path=path,
        title=case["说明"],
        as_of=known["日期"],
        county=str(known.get("县区", "640104")),
        people=known.get("人员", {}),
        households=known.get("户", {}),
        rows=known.get("记录", {}),
        uncovered=tuple(known.get("未覆盖", ())),
        expected=case["期望"],
    )


def _laid(base: dict[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    for key, value in over.items():
        if key in ("人员", "户"):
            people = base.setdefault(key, {})
            for name, fields in value.items():
                people[name] = {**people.get(name, {}), **(fields or {})}
        elif key == "记录":
            base["记录"] = {**base.get("记录", {}), **{k: v or [] for k, v in value.items()}}
        else:
            base[key] = value
    return base


def answers(case: CaseFile) -> dict[str, str]:
    """What the fills and the engine answer for everybody the case expects something of."""
    plan = plans.make(as_of=case.as_of, wanted=[case.code])
    needed = {name for columns in plan.needs.values() for name in columns}
    people = {name: number for number, name in enumerate(case.people, start=1)}
    homes = {name: number for number, name in enumerate(case.households, start=101)}
    tables = case_tables(
        {code: [_row(row, people) for row in rows] for code, rows in case.rows.items()},
        people=[_person(name, fields, people, homes, case) for name, fields in case.people.items()],
        households=[_household(name, fields, homes, case) for name, fields in case.households.items()],
        coverage=[c.code for c in contracts.all_contracts() if c.code not in case.uncovered],
        as_of=case.as_of,
        wanted=needed,
    )
    found = run.one(
        plan,
        run.Rows(
            tables.persons.to_pyarrow().to_pylist(),
            tables.households.to_pyarrow().to_pylist(),
            _standards(case, needed),
        ),
    )
    name = DEFAULT.indicators[case.code].name
    subjects = {**{n: found.persons.get(k) for n, k in people.items()}}
    if DEFAULT.indicators[case.code].entity == "household":
        subjects = {n: found.households.get(k) for n, k in homes.items()}
    said = {value: key for key, value in ANSWERS.items()}
    return {who: said[row[name]] for who, row in subjects.items() if row is not None}


def _row(row: Mapping[str, Any], people: Mapping[str, int]) -> dict[str, Any]:
    return {key: people[value] if key in PERSON_KEYS else value for key, value in row.items()}


def _person(
    name: str, fields: Mapping[str, Any], people: Mapping[str, int], homes: Mapping[str, int], case: CaseFile
) -> dict[str, Any]:
    made: dict[str, Any] = {"person": people[name], "hukou_division": f"{case.county}001001"}
    for key, value in fields.items():
        if key in NAMES_OF_PEOPLE:
            value = people.get(value)
        made[PERSON[key]] = homes[value] if key == "户" else value
    return made


def _household(
    name: str, fields: Mapping[str, Any], homes: Mapping[str, int], case: CaseFile
) -> dict[str, Any]:
    made: dict[str, Any] = {
        "household": homes[name],
        "household_no": name,
        "division": f"{case.county}001001",
        "hukou_county": case.county,
        "urban_rural": "城市",
    }
    made |= {HOUSEHOLD[key]: value for key, value in fields.items()}
    return made | {"on_register": made.get("category") is not None}


def _standards(case: CaseFile, needed: set[str]) -> list[dict[str, Any]]:
    rows = standards.wide(standards.read(ROOT / "standards"), [case.county], case.as_of)
    return [{k: v for k, v in row.items() if k == "county" or k in needed} for row in rows]
