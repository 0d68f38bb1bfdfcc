"""Case files: a rule or indicator shown by example, in YAML that officials read and write.

    - name: 年度自付恰为两万元即报
      indicator: D01
      as_of: 2026-01-31
      place: "640104"
      persons:
        张三: {oop_total_this_year: 20000.00元, birth_date: 1950-03-01}
        李四: {father: 张三, lives_in: 别处}
      household: {on_register: 否}
      standards: {medical_poverty_line: 20000.00元}
      expect: {张三: 是, 李四: 不知道}
      missing: [oop_total_this_year]

What is left out is unknown. Money is written in yuan with 元. `expect` is the answer itself (a household's), or by
person, or by the name of any rule. `missing` names what the unknown answers of the case lack. `rule` may stand for
`indicator`; `law` and `note` are for the reader.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from wenhou.engine import explain, phrases, plan, run, values
from wenhou.engine.declared import Fact, Link, Standard
from wenhou.engine.faults import CaseFault, nearest
from wenhou.engine.words import DEFAULT, Book

FIELDS = {
    "name", "rule", "indicator", "as_of", "place", "region", "persons", "household", "standards", "expect",
    "missing", "law", "note",
}  # fmt: skip
HOME = "本户"
LIVES_IN = "lives_in"


@dataclass(frozen=True)
class Case:
    """One example, read and checked against the book. expect: by declared name, then by subject (HOME: the household)."""

    where: str
    name: str
    of: str
    as_of: date
    place: str
    persons: Mapping[str, Mapping[str, Any]]
    household: Mapping[str, Any]
    standards: Mapping[str, Any]
    expect: Mapping[str, Mapping[str, Any]]
    missing: tuple[str, ...] | None
    book: Book = field(repr=False, compare=False)

    def __str__(self) -> str:
        return f"{self.where}：{self.name}"

    def keys(self, number: int = 0) -> dict[str, int]:
        """Person keys by name; number keeps cases of one batch apart."""
        return {name: number * 1000 + at for at, name in enumerate(self.persons, start=1)}

    def home(self, number: int = 0) -> int:
        return number * 1000 + 1

    def rows(self, number: int = 0) -> run.Rows:
        """The case as input rows; number 0 alone, others for many cases in one batch."""
        keys, county = self.keys(number), f"{self.place}-{number}" if number else self.place
        homes = [
            HOME,
            *dict.fromkeys(facts[LIVES_IN] for facts in self.persons.values() if LIVES_IN in facts),
        ]
        home = {name: number * 1000 + at for at, name in enumerate(homes, start=1)}
        persons = [
            {"person": keys[name], "household": home[facts.get(LIVES_IN, HOME)]} | self._facts(facts, keys)
            for name, facts in self.persons.items()
        ]
        households: list[dict[str, Any]] = [{"household": key, "county": county} for key in home.values()]
        households[0] |= dict(self.household)
        return run.Rows(persons, households, [{"county": county} | dict(self.standards)])

    def _facts(self, facts: Mapping[str, Any], keys: Mapping[str, int]) -> dict[str, Any]:
        return {
            name: keys.get(value, value) if isinstance(self.book.declared.get(name), Link) else value
            for name, value in facts.items()
            if name != LIVES_IN
        }


def load(path: Path, *, book: Book = DEFAULT) -> list[Case]:
    """Cases of one file. Raises CaseFault saying where, what, why, and the nearest known name."""
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    several = data if isinstance(data, list) else [data]
    return [read(one, book=book, where=path.name) for one in several]


def read(data: Any, *, book: Book = DEFAULT, where: str = "") -> Case:
    """One case from its mapping."""
    if not isinstance(data, dict) or not isinstance(data.get("name"), str):
        raise CaseFault(f"{where}：每个案例要是一段写有 name（一句话）的映射。")
    return _Reader(book, f"{where}“{data['name']}”").case(data, where)


def check(case: Case) -> list[str]:
    """What does not come out as the case expects; empty when it holds."""
    made = plan_of(case)
    answers = run.one(made, case.rows())
    wrong = [
        f"{case}：{_label(case, name)}（{subject}）应为 {_said(case, name, wanted)}，算得 {_said(case, name, got)}。"
        for name, subject, wanted, got in _compared(case, answers)
        if wanted != got
    ]
    if case.missing is not None:
        wrong += _check_missing(case, made, answers)
    return wrong


def plan_of(case: Case) -> plan.Plan:
    """The plan that answers a case."""
    return plan.make(as_of=case.as_of, region=case.place, wanted=tuple(case.expect), book=case.book)


def answered(case: Case, answers: run.Answers, number: int = 0) -> dict[tuple[str, str], Any]:
    """Answers of a case by (declared name, subject), from a run of it alone or among others."""
    keys, found = case.keys(number), {}
    for name, subjects in case.expect.items():
        for subject in subjects:
            if subject == HOME:
                found[name, subject] = answers.households[case.home(number)][name]
            else:
                found[name, subject] = answers.persons[keys[subject]][name]
    return found


def _compared(case: Case, answers: run.Answers) -> Iterable[tuple[str, str, Any, Any]]:
    for (name, subject), got in answered(case, answers).items():
        yield name, subject, case.expect[name][subject], got


def _check_missing(case: Case, made: plan.Plan, answers: run.Answers) -> list[str]:
    keys, lacking = case.keys(), set[str]()
    for subject in case.expect.get(case.of, {}):
        key = case.home() if subject == HOME else keys[subject]
        lacking |= set(explain.missing(explain.tree(made, answers, case.of, key)))
    wanted = set(case.missing or ())
    return [] if wanted == lacking else [f"{case}：缺项应为 {sorted(wanted)}，算得 {sorted(lacking)}。"]


def _label(case: Case, name: str) -> str:
    return case.book[name].label


def _said(case: Case, name: str, value: Any) -> str:
    known = case.book[name]
    return phrases.shown(value, None if isinstance(known, Link) else known.unit)


class _Reader:
    """Reads one case; every complaint says where it stands."""

    def __init__(self, book: Book, where: str) -> None:
        self._book, self._where = book, where

    def case(self, data: Mapping[str, Any], file: str) -> Case:
        for name in data:
            if name not in FIELDS:
                self._complain(
                    f"不认识“{name}”这一项。{nearest(str(name), FIELDS)}可用：{'、'.join(sorted(FIELDS))}。"
                )
        of = self._of(data)
        persons = self._persons(data.get("persons") or {})
        return Case(
            where=file,
            name=data["name"],
            of=of,
            as_of=self._day(data),
            place=self._place(data),
            persons=persons,
            household=self._facts(data.get("household") or {}, "household"),
            standards=self._standards(data.get("standards") or {}),
            expect=self._expect(data, of, persons),
            missing=self._missing(data),
            book=self._book,
        )

    def _complain(self, what: str) -> None:
        raise CaseFault(f"{self._where}：{what}")

    def _of(self, data: Mapping[str, Any]) -> str:
        several = [data[kind] for kind in ("rule", "indicator") if kind in data]
        if len(several) != 1:
            self._complain("请写明 rule 或 indicator 其中一项，说明这是哪条规则的例子。")
        return self._value_name(str(several[0]))

    def _value_name(self, said: str) -> str:
        name = self._book.codes.get(said, said)
        if name not in self._book or isinstance(self._book[name], Link):
            self._complain(
                f"没有叫“{said}”的规则或指标。{nearest(said, (*self._book.declared, *self._book.codes))}"
            )
        return name

    def _day(self, data: Mapping[str, Any]) -> date:
        if type(data.get("as_of")) is not date:
            self._complain("as_of 要写成日期，例如 2026-01-31：窗口和施行日期都从它算起。")
        return data["as_of"]

    def _place(self, data: Mapping[str, Any]) -> str:
        place = data.get("place")
        if not isinstance(place, str) or not place.isdigit():
            self._complain('place 要写成带引号的区划代码，例如 "640104"：标准和地方写法随它而定。')
        return str(place)

    def _persons(self, data: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
        known = {str(name) for name in data}
        return {str(name): self._facts(facts or {}, "person", known) for name, facts in data.items()}

    def _facts(self, data: Mapping[str, Any], entity: str, people: Iterable[str] = ()) -> dict[str, Any]:
        return {str(name): self._fact(str(name), said, entity, people) for name, said in data.items()}

    def _fact(self, name: str, said: Any, entity: str, people: Iterable[str]) -> Any:
        known = self._book.declared.get(name)
        if name == LIVES_IN and entity == "person":
            return str(said)
        if isinstance(known, Link) and entity == "person" and not known.inverse_of:
            return self._person(name, said, people)
        if not isinstance(known, Fact) or known.entity != entity:
            facts = [fact.name for fact in self._book.facts if fact.entity == entity]
            whose = "个人" if entity == "person" else "户"
            self._complain(f"“{name}”不是{whose}的事实（规则的结果不能当作事实给出）。{nearest(name, facts)}")
        assert isinstance(known, Fact)
        return self._value(name, said, known.unit)

    def _person(self, name: str, said: Any, people: Iterable[str]) -> Any:
        if said is not None and str(said) not in people:
            self._complain(f"“{name}”指的“{said}”不在本例的 persons 里。{nearest(str(said), people)}")
        return None if said is None else str(said)

    def _value(self, name: str, said: Any, unit: str) -> Any:
        try:
            return values.parse(said, unit)
        except ValueError as fault:
            raise CaseFault(f"{self._where}：“{name}”的值“{said}”读不懂：{fault}") from None

    def _standards(self, data: Mapping[str, Any]) -> dict[str, Any]:
        found = {}
        for name, said in data.items():
            known = self._book.declared.get(name)
            if not isinstance(known, Standard):
                names = [standard.name for standard in self._book.standards]
                self._complain(f"没有叫“{name}”的标准。{nearest(str(name), names)}")
            assert isinstance(known, Standard)
            found[str(name)] = self._value(str(name), said, known.unit)
        return found

    def _expect(self, data: Mapping[str, Any], of: str, people: Iterable[str]) -> dict[str, dict[str, Any]]:
        if "expect" not in data:
            self._complain("没有写 expect：案例要说出应得的答案。")
        said = data["expect"]
        if not isinstance(said, dict):
            return {of: self._answers(of, said, people)}
        if said and all(str(key) in people for key in said):
            return {of: self._answers(of, said, people)}
        return {
            name: self._answers(name, value, people)
            for name, value in ((self._value_name(str(key)), value) for key, value in said.items())
        }

    def _answers(self, name: str, said: Any, people: Iterable[str]) -> dict[str, Any]:
        known = self._book[name]
        assert not isinstance(known, Link)
        if known.entity == "household":
            return {HOME: self._value(name, said, known.unit)}
        if not isinstance(said, dict):
            self._complain(f"“{name}”说的是个人，请逐人写出，例如 {{张三: 是}}。")
        for subject in said:
            self._person(name, str(subject), people)
        return {str(subject): self._value(name, one, known.unit) for subject, one in said.items()}

    def _missing(self, data: Mapping[str, Any]) -> tuple[str, ...] | None:
        if "missing" not in data:
            return None
        names = tuple(str(name) for name in data["missing"] or ())
        for name in names:
            if name not in self._book:
                self._complain(f"missing 里的“{name}”没有声明过。{nearest(name, self._book.declared)}")
        return names
