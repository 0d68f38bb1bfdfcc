"""The colour schemes of care: their thresholds to the point, and that no scheme passes for another."""

from datetime import date
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from mypy import api

from wenhou.monitoring.enums import Colour
from wenhou.policy import colours, standards
from wenhou.policy.colours import FamilyColour, Living, LivingColour, LivingTerms

ROOT = Path(__file__).resolve().parents[2]
TERMS = LivingTerms(
    living_red_item=2,
    living_red_points=6,
    living_yellow_points=3,
    visit_days_red=7,
    visit_days_yellow=15,
    visit_days_green=30,
)


@pytest.mark.parametrize(
    ("points", "colour"),
    [
        ((0, 0, 0, 0, 0), LivingColour.GREEN),
        ((1, 1, 0, 0, 0), LivingColour.GREEN),
        ((1, 1, 1, 0, 0), LivingColour.YELLOW),
        ((1, 1, 1, 1, 1), LivingColour.YELLOW),
        ((2, 0, 0, 0, 0), LivingColour.RED),
        ((None, 2, None, None, None), LivingColour.RED),
        ((None, 1, 1, 1, 1), None),
        ((None, 0, 0, 0, 0), None),
    ],
)
def test_living_conditions(points: tuple[int | None, ...], colour: LivingColour | None) -> None:
    assert colours.living(Living(*points), TERMS) is colour


def test_six_points_are_red_even_where_no_single_thing_is() -> None:
    milder = LivingTerms(**{**vars(TERMS), "living_red_item": 3})
    assert colours.living(Living(2, 2, 1, 1, 0), milder) is LivingColour.RED
    assert colours.living(Living(2, 2, 1, 0, 0), milder) is LivingColour.YELLOW


def test_what_is_unknown_never_makes_a_home_better_than_it_is() -> None:
    """Whatever the unknown things turn out to be, a colour that was told stays."""
    for known in product((0, 1, 2, None), repeat=5):
        told = colours.living(Living(*known), TERMS)
        if told is None:
            continue
        filled = product(*[(0, 1, 2) if points is None else (points,) for points in known])
        assert {colours.living(Living(*whole), TERMS) for whole in filled} == {told}


@pytest.mark.parametrize("points", [-1, 3])
def test_no_other_points(points: int) -> None:
    with pytest.raises(ValueError, match="meals"):
        Living(points, 0, 0, 0, 0)


@pytest.mark.parametrize(
    ("ill", "disabled", "needs", "colour"),
    [
        (True, None, None, FamilyColour.RED),
        (False, True, False, FamilyColour.RED),
        (False, False, True, FamilyColour.YELLOW),
        (False, False, False, FamilyColour.BLUE),
        (None, False, True, None),
        (False, False, None, None),
    ],
)
def test_families(ill: bool, disabled: bool, needs: bool, colour: FamilyColour | None) -> None:
    assert colours.family(gravely_ill=ill, disabled=disabled, needs_acting_for=needs) is colour


def test_visits() -> None:
    assert [colours.visit_every(colour, TERMS) for colour in LivingColour] == [7, 15, 30]


def test_the_thresholds_are_standards_and_provisional() -> None:
    rows = standards.resolve(standards.read(ROOT / "standards"), "610322", date(2026, 11, 2))
    assert (
        LivingTerms.read({name: int(row.value) for name, row in rows.items() if row.unit != "text"}) == TERMS
    )
    assert all(rows[name].provisional and rows[name].review_by for name in vars(TERMS))


def test_colours_of_different_schemes_are_never_the_same() -> None:
    every = [*FamilyColour, *LivingColour]
    assert [one for one in every for other in Colour if one == other] == []
    assert len(set(every)) == len(every)
    assert {one.scheme for one in FamilyColour} == {"家庭分级"}
    assert {one.scheme for one in LivingColour} == {"居住条件"}
    assert all(one.said for one in every)


@pytest.mark.parametrize("other", [Colour.RED, FamilyColour.RED, "红"])
def test_another_schemes_colour_is_refused_at_run_time(other: Any) -> None:
    with pytest.raises(TypeError, match="not a living colour"):
        colours.visit_every(other, TERMS)


MIXED = """
from wenhou.monitoring.enums import Colour
from wenhou.policy.colours import FamilyColour, LivingColour, LivingTerms, visit_every

def wrong(terms: LivingTerms) -> None:
    visit_every(FamilyColour.RED, terms)
    visit_every(Colour.RED, terms)
    grade: FamilyColour = LivingColour.RED
    visit_every(LivingColour.RED, terms)
"""


@pytest.mark.slow
def test_the_type_checker_refuses_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MYPYPATH", str(ROOT / "src"))
    mixed = tmp_path / "mixed.py"
    mixed.write_text(MIXED)
    alone = [
        "--config-file=",
        "--follow-imports=silent",
        "--ignore-missing-imports",
        f"--cache-dir={tmp_path}",
    ]
    said, _, _ = api.run([*alone, str(mixed)])
    assert [line.split(":")[1] for line in said.splitlines() if "error:" in line] == ["6", "7", "8"]
