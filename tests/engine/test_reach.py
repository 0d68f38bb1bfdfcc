"""Along which links answers look, and to which facts."""

from datetime import date

import pytest

from engine.test_links import EXPECTED, _kin
from wenhou.engine import household, person
from wenhou.engine import plan as plans
from wenhou.engine.reach import HOME, MEMBERS, Path, paths

PLAN = plans.make(as_of=date(2026, 1, 1), wanted=[*EXPECTED, "has_orphan"], book=_kin())


H, M = HOME, MEMBERS


@pytest.mark.parametrize(
    ("name", "ways"),
    [
        ("alone", {(H, M)}),
        ("orphan", {("father",), ("mother",)}),
        ("has_father", {("father",)}),
        ("poor_father", {("father",), ("father", H)}),
        ("grandfather_dead", {("father",), ("father", "father"), ("father", "mother")}),
        ("grown", {("children",)}),
        ("elder_child", {(), ("children",)}),
        ("child_here", {("children",)}),
        ("orphan_home", {(H, M), (H, M, "father"), (H, M, "mother")}),
    ],
)
def test_everything_an_answer_looks_at(name: str, ways: set[Path]) -> None:
    assert paths(PLAN, "person", [name]) == ways


@pytest.mark.parametrize(
    ("name", "facts", "ways"),
    [
        ("elder_child", {"is_dead"}, set()),
        ("rich_child", {"income"}, {(H,), ("children", H)}),
        ("grandfather_dead", {"is_dead"}, {("father", "father"), ("father", "mother")}),
        ("has_father", {"is_dead"}, set()),
        ("with_parents_only", {"age"}, set()),
        ("poor_with_old", {"age"}, {(H, M)}),
        ("poor_with_old", {"income"}, {(H,)}),
        ("has_orphan", {"is_dead"}, {(H, M, "father"), (H, M, "mother")}),
    ],
)
def test_only_what_leads_to_these_facts(name: str, facts: set[str], ways: set[Path]) -> None:
    assert paths(PLAN, "person", [name], to=facts) == ways


def test_a_household_looks_at_its_members_and_not_back_at_itself() -> None:
    book = _kin()
    book.rule(person, name="is_well_off", label="富")(lambda income: income > 100)
    book.rule(household, name="well_off", label="富")(lambda members: members.is_well_off.any())
    plan = plans.make(as_of=date(2026, 1, 1), wanted=["well_off", "has_orphan"], book=book)
    assert paths(plan, "household", ["well_off"], to={"income"}) == {()}
    assert paths(plan, "household", ["has_orphan"], to={"is_dead"}) == {(M, "father"), (M, "mother")}
