"""Along which links answers look, and to which facts."""

from datetime import date

import pytest

from engine.test_links import EXPECTED, _kin
from wenhou.engine import plan as plans
from wenhou.engine.reach import Path, paths

PLAN = plans.make(as_of=date(2026, 1, 1), wanted=[*EXPECTED, "has_orphan"], book=_kin())


@pytest.mark.parametrize(
    ("name", "ways"),
    [
        ("alone", {()}),
        ("orphan", {("father",), ("mother",)}),
        ("has_father", {("father",)}),
        ("grandfather_dead", {("father",), ("father", "father"), ("father", "mother")}),
        ("grown", {("children",)}),
        ("elder_child", {(), ("children",)}),
        ("child_here", {("children",)}),
        ("orphan_home", {(), ("father",), ("mother",)}),
    ],
)
def test_everything_an_answer_looks_at(name: str, ways: set[Path]) -> None:
    assert paths(PLAN, [name]) == ways


@pytest.mark.parametrize(
    ("name", "facts", "ways"),
    [
        ("elder_child", {"is_dead"}, set()),
        ("rich_child", {"income"}, {(), ("children",)}),
        ("grandfather_dead", {"is_dead"}, {("father", "father"), ("father", "mother")}),
        ("has_father", {"is_dead"}, set()),
        ("with_parents_only", {"age"}, set()),
        ("poor_with_old", {"age"}, {()}),
    ],
)
def test_only_what_leads_to_these_facts(name: str, facts: set[str], ways: set[Path]) -> None:
    assert paths(PLAN, [name], to=facts) == ways
