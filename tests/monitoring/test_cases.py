"""Every case file through the fills and the engine."""

import pytest

from monitoring import cases

ALL = list(cases.read_all())


@pytest.mark.parametrize("case", ALL, ids=lambda case: f"{case.code} {case.title}")
def test_case(case: cases.CaseFile) -> None:
    found = cases.answers(case)
    assert {who: found.get(who) for who in case.expected} == dict(case.expected)
