"""Case files of tests/cases/indicators as killers: an indicator by what the sources delivered."""

from collections.abc import Iterator
from functools import partial
from types import SimpleNamespace
from typing import Any

from monitoring import cases
from policy.examples import Example, Whom
from wenhou.engine import run
from wenhou.engine.run import Rows
from wenhou.engine.words import DEFAULT

SAID = {"是": True, "否": False, "不知道": None}


def examples() -> Iterator[Example]:
    for case in cases.read_all():
        asked: list[Rows] = []
        kept = cases.run
        cases.run = SimpleNamespace(Rows=Rows, one=partial(_asked, asked))  # type: ignore[assignment]
        try:
            cases.answers(case)
        finally:
            cases.run = kept
        yield _indicator(case, asked[0])


def _asked(asked: list[Rows], made: Any, rows: Rows) -> run.Answers:
    asked.append(rows)
    return run.one(made, rows)


def _indicator(case: cases.CaseFile, rows: Rows) -> Example:
    rule = DEFAULT.indicators[case.code]
    people = {name: ("person", number) for number, name in enumerate(case.people, start=1)}
    homes = {name: ("household", number) for number, name in enumerate(case.households, start=101)}
    of = people if rule.entity == "person" else homes
    right: dict[Whom, dict[str, Any]] = {
        of[who]: {rule.name: SAID[said]} for who, said in case.expected.items()
    }
    return Example(f"{case.code} {case.title}", case.as_of, None, rows, right)
