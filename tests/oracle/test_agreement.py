"""The rules and the oracle say the same of every name, over applications by chance from three makers."""

from collections import defaultdict
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from oracle import judge
from oracle.compare import Difference, applications, differences, every_name, hunt, not_yet_declared
from oracle.worlds import World, worlds
from policy import households
from policy.answers import AGREED
from wenhou.engine.run import Rows
from wenhou.sandbox.law import tables

SHOWN = 12
FEW, MANY, PARTS = 400, 2000, 10
DRAWN, DRAWN_SLOW = 150, 2000
SANDBOX, SANDBOX_SLOW = 200, 1500
ALIKE = settings(
    database=None,
    deadline=None,
    phases=(Phase.generate,),
    suppress_health_check=list(HealthCheck),
)


def told(found: list[Difference]) -> str:
    """The first differences, a name each."""
    first = {difference.name: difference for difference in reversed(found)}
    return f"{len(found)} disagreements\n" + "\n".join(map(str, list(first.values())[:SHOWN]))


def sandbox(households: int, on: date, begin: int) -> list[World]:
    """The families of the sandbox's counties."""
    given = {name: table.to_pylist() for name, table in tables(households, begin, as_of=on).items()}
    rows = Rows(given["persons"], given["households"], given["standards"])
    return [World(number, one) for number, one in enumerate(applications(rows, on))]


def drawn(data: st.DataObject) -> None:
    """One application of tests/policy/households.py: the two agree on it."""
    where = data.draw(households.places())
    for application in applications(data.draw(households.applications(where)), where.day):
        found = differences(World(0, application))
        assert not found, told(found)


def test_every_name_of_the_agreement_has_a_rule_and_an_oracle():
    assert len(every_name()) == 121
    assert set(AGREED) <= set(every_name())
    assert not_yet_declared() == []


def test_every_answer_is_told_in_more_than_one_way():
    seen: dict[str, set[Any]] = defaultdict(set)
    for world in worlds(1000):
        answers = judge(world.application)
        for row in (answers.household, *answers.persons.values()):
            for name, value in row.items():
                seen[name].add(value)
    assert {name for name, values in seen.items() if len(values - {None}) < 2} == set()


def test_the_rules_and_the_oracle_agree():
    _, found = hunt(worlds(FEW))
    assert not found, told(found)


@seed(1)
@settings(ALIKE, max_examples=DRAWN)
@given(st.data())
def test_the_rules_and_the_oracle_agree_on_applications_drawn_elsewhere(data):
    drawn(data)


def test_the_rules_and_the_oracle_agree_on_the_sandbox():
    _, found = hunt(sandbox(SANDBOX, date(2025, 11, 15), 1))
    assert not found, told(found)


@pytest.mark.slow
@pytest.mark.parametrize("on", ["2023-12-31", "2024-06-30", "2025-10-15", "2026-01-31"])
def test_the_rules_and_the_oracle_agree_on_thousands_of_the_sandbox(on):
    _, found = hunt(sandbox(SANDBOX_SLOW, date.fromisoformat(on), 2))
    assert not found, told(found)


@pytest.mark.slow
@pytest.mark.parametrize("part", range(PARTS))
def test_the_rules_and_the_oracle_agree_on_twenty_thousand(part):
    _, found = hunt(worlds(MANY, 100_000 + MANY * part))
    assert not found, told(found)


@pytest.mark.slow
@seed(2)
@settings(ALIKE, max_examples=DRAWN_SLOW)
@given(st.data())
def test_the_rules_and_the_oracle_agree_on_thousands_drawn_elsewhere(data):
    drawn(data)
