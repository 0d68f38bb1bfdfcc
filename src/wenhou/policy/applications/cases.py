"""Case files of the law: households an official can read, and what the rules must answer.

    共用: {日期: 2025-10-15, 区划: "640104", 已核对: 全部, 授权: 是}
    案例:
    - 说明: 人均恰为标准，不符合
      依据: 民发〔2021〕57号 第9条
      人员: {…}
      期望: {qualifies_for_dibao: 否, 本人特困: {王某: 不知道}}
      缺: [出生日期]

A list of such households without 共用 is a case file too. A case's own entries prevail over the shared ones, person by
person. 期望 names answers by name or label; 缺 are labels that the unknown
ones must name.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from wenhou.engine import phrases, values
from wenhou.engine.declared import Link, Rule
from wenhou.engine.faults import CaseFault, nearest
from wenhou.engine.nodes import Value
from wenhou.engine.words import DEFAULT, Book
from wenhou.policy.applications import reader, strict
from wenhou.policy.applications.faults import ApplicationFault
from wenhou.policy.applications.model import HOME, Application
from wenhou.policy.applications.overlay import Given
from wenhou.policy.asking.determinations import Determination, judged
from wenhou.policy.asking.question import pose
from wenhou.policy.standards import Row

OWN = frozenset({"期望", "缺", "依据"})
TITLES = ("说明", "案例", "note")


@dataclass(frozen=True)
class LawCase:
    """One household and what is expected. expected: by declared name, then by whose (本户 or a person)."""

    where: str
    name: str
    application: Application
    expected: Mapping[str, Mapping[str, Value]]
    missing: frozenset[str] | None
    basis: str
    document: Mapping[str, Any]

    def __str__(self) -> str:
        return f"{self.where}：{self.name}"


def load(path: Path, *, book: Book = DEFAULT) -> list[LawCase]:
    """The cases of one file. Raises CaseFault with the file, the case and what is wrong."""
    told = strict.from_file(path, anchors=True)
    shared: Mapping[str, Any] = {}
    if isinstance(told, Mapping):
        shared = told.get("共用") or {}
        strange = set(told) - {"共用", "案例"}
        if strange or not isinstance(told.get("案例"), list):
            raise CaseFault(f"{path.name}：最外层只能是 共用 和 案例（一列）。")
        told = told["案例"]
    if not isinstance(told, list) or not all(isinstance(one, Mapping) for one in told):
        raise CaseFault(f"{path.name}：应是一列案例。")
    return [_case(merged(shared, one), path.name, book) for one in told]


def merged(shared: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """The shared entries with a case's own over them; within sections and people too."""
    made = dict(shared)
    for key, value in own.items():
        before = made.get(key)
        if isinstance(value, Mapping) and isinstance(before, Mapping):
            value = merged(before, value)
        made[key] = value
    return made


def check(case: LawCase, *, known: Iterable[Row], book: Book = DEFAULT) -> list[str]:
    """What does not come out as the case expects; empty when it holds."""
    found = answer(case, known=known, book=book)
    wrong = []
    for name, by_whose in case.expected.items():
        for whose, wanted in by_whose.items():
            got = _got(case, found, name, whose)
            if got != wanted:
                wrong.append(
                    f"{case}：{_label(book, name)}（{whose}）应为{_shown(book, name, wanted)}，算得{_shown(book, name, got)}。"
                )
    if case.missing is not None:
        wrong += _missing(case, found)
    return wrong


def answer(case: LawCase, *, known: Iterable[Row], book: Book = DEFAULT) -> Determination:
    """Every answer that the case names, whoever has authorised. Standards of the case prevail."""
    application = case.application
    given = Given(values=application.standards)
    bare = Application(**{**vars(application), "standards": {}})
    wanted = tuple(case.expected)
    return judged(pose(bare, wanted=wanted, book=book, known=known, given=given))


def _missing(case: LawCase, found: Determination) -> list[str]:
    lacking = {
        gap.label
        for name, by_whose in case.expected.items()
        for whose in by_whose
        for gap in found.answers[name, _key(case, whose)].missing
    }
    untold = sorted((case.missing or frozenset()) - lacking)
    return [f"{case}：缺项里没有说到{untold}，算得{sorted(lacking)}。"] if untold else []


def _got(case: LawCase, found: Determination, name: str, whose: str) -> Value:
    return found.answers[name, _key(case, whose)].value


def _key(case: LawCase, whose: str) -> int:
    return 1 if whose == HOME else case.application.keys[whose]


def _case(told: Mapping[str, Any], file: str, book: Book) -> LawCase:
    name = next((str(told[key]) for key in TITLES if told.get(key)), "")
    where = f"{file}“{name}”"
    document = {("说明" if key == "案例" else key): value for key, value in told.items() if key not in OWN}
    try:
        application = reader.read(document, book=book)
    except ApplicationFault as fault:
        raise CaseFault(f"{where}：{fault.message}") from None
    if not name or not isinstance(told.get("期望"), Mapping):
        raise CaseFault(f"{where}：案例要有 说明（一句话）和 期望。")
    labels = {rule.label: rule.name for rule in book.rules}
    expected = {_name(str(key), labels, book, where): value for key, value in told["期望"].items()}
    return LawCase(
        where=file,
        name=name,
        application=application,
        expected={one: _expected(book, one, value, application, where) for one, value in expected.items()},
        missing=frozenset(map(str, told["缺"] or ())) if "缺" in told else None,
        basis=str(told.get("依据", "")),
        document=document,
    )


def _name(said: str, labels: Mapping[str, str], book: Book, where: str) -> str:
    name = said if isinstance(book.declared.get(said), Rule) else labels.get(said)
    if name is None:
        known = [one for rule in book.rules for one in (rule.name, rule.label)]
        raise CaseFault(f"{where}：期望里的“{said}”不是规则。{nearest(said, known)}")
    return name


def _expected(book: Book, name: str, told: Any, application: Application, where: str) -> dict[str, Value]:
    rule = book[name]
    assert isinstance(rule, Rule)
    if rule.entity == "household":
        return {HOME: _value(rule, told, where)}
    if not isinstance(told, Mapping) or not set(told) <= set(application.people):
        raise CaseFault(
            f"{where}：“{rule.label}”说的是个人，请逐人写出，例如 {{王某: 是}}，人要在人员或义务人里。"
        )
    return {str(whose): _value(rule, one, where) for whose, one in told.items()}


def _value(rule: Rule, told: Any, where: str) -> Value:
    try:
        return values.parse(told, rule.unit)
    except ValueError as fault:
        raise CaseFault(f"{where}：期望的“{rule.label}”写的是“{told}”：{fault}。") from None


def _label(book: Book, name: str) -> str:
    return book[name].label


def _shown(book: Book, name: str, value: Value) -> str:
    known = book[name]
    return phrases.shown(value, None if isinstance(known, Link) else known.unit)
