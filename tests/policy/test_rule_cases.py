"""Every case of `tests/cases/rules`: what an official may read, and what the rules must answer."""

from pathlib import Path

import pytest

from wenhou.policy import answers, queries
from wenhou.policy.applications import cases
from wenhou.policy.applications.cases import LawCase

FOLDER = Path(__file__).resolve().parents[1] / "cases" / "rules"
LAW = answers.declare()
CASES = [case for path in sorted(FOLDER.rglob("*.yaml")) for case in cases.load(path, book=LAW)]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_case(case: LawCase) -> None:
    assert cases.check(case, known=queries.from_files(), book=LAW) == []


def test_every_case_has_a_name_of_its_own() -> None:
    names = [str(case) for case in CASES]
    assert sorted(name for name in set(names) if names.count(name) > 1) == []


def test_every_answer_of_the_agreement_is_declared() -> None:
    assert [name for name in (*answers.HOUSEHOLD, *answers.PERSON, *answers.SCREEN) if name not in LAW] == []
    assert all(LAW[name].screen for name in answers.SCREEN if name != "people_here")  # type: ignore[union-attr]
