"""How a dry run's effects come about is frozen beside them, and refused where it cannot be right."""

from dataclasses import replace
from types import SimpleNamespace

import pytest

from desk import factories
from wenhou.base.errors import Refused
from wenhou.policy.proposals import changes, effects
from wenhou.policy.proposals.changes import Changes, Cliff, Move


def test_frozen_and_read_back_are_the_same() -> None:
    found = factories.effects()
    assert effects.from_json(effects.to_json(found)) == found
    assert effects.to_json(found)["changes"]["moves"][0] == {"before": "BY", "after": "DB", "households": 9}
    assert found.changes.casework is not None
    assert found.changes.casework.more_reviews == 18
    assert [one.more for one in found.changes.categories] == [66_000, 27_000, 24_500]


def test_what_was_frozen_before_has_none() -> None:
    told = effects.to_json(factories.effects())
    del told["changes"]
    assert effects.from_json(told).changes == Changes()


def test_a_reckoning_is_read_by_the_names_of_its_fields() -> None:
    found = factories.effects()
    more = {name: getattr(found.changes, name) for name in ("categories", "moves", "cliff", "casework")}
    reckoned = SimpleNamespace(effects=lambda: replace(found, changes=Changes()), **more)
    assert effects.whole(reckoned) == found
    assert changes.of(reckoned) == found.changes


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"moves": (Move("DB", "DB", 3),)}, "类别没有变的，不该列入去向。"),
        ({"cliff": (Cliff(-5_000, 0, 1, 0, 0), Cliff(5_000, 10_000, 1, 0, 0))}, "各段要首尾相接。"),
        (
            {"categories": (replace(factories.changes().categories[0], households=401),)},
            "分类别的户数多于看过的户数。",
        ),
        (
            {"categories": (replace(factories.changes().categories[0], county="640106"),)},
            "分类别的户数多于看过的户数。",
        ),
    ],
)
def test_what_cannot_be_is_refused(wrong: dict[str, object], said: str) -> None:
    found = factories.effects()
    assert effects.check(found) == found
    with pytest.raises(Refused, match=said):
        effects.check(replace(found, changes=replace(found.changes, **wrong)))
