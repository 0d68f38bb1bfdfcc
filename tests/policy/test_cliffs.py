"""The page of cliffs says what the rules do, and what the law itself lets one expect there."""

import pytest

from policy.answers import ROOT
from wenhou.sandbox.law import cliffs


def _of(label: str, urban_rural: str) -> list[cliffs.Cliff]:
    return [c for c in cliffs.found() if c.family.label == label and c.urban_rural == urban_rural]


def test_the_page_is_current() -> None:
    assert (ROOT / "docs/reference/cliffs.md").read_text(encoding="utf-8") == cliffs.page(), (
        "python -m wenhou.sandbox.law.cliffs > docs/reference/cliffs.md"
    )


LINES = {"城市": 76_500, "农村": 60_500}


@pytest.mark.parametrize("urban_rural", LINES)
def test_somebody_healthy_falls_at_the_line_and_at_one_and_a_half_lines(urban_rural: str) -> None:
    line, found = LINES[urban_rural], _of("一名健康成年人", urban_rural)
    assert [c.below.per_head for c in found] == [line - 1, line * 3 // 2 - 1]
    assert [(c.below.category, c.beyond.category) for c in found] == [("DB", "BY"), ("BY", "QT")]
    # a fen short of the line, paid up to the yuan
    assert (found[0].below.cash, found[0].beyond.cash) == (100, 0)


@pytest.mark.parametrize("urban_rural", LINES)
def test_a_minor_of_a_near_dibao_family_of_yinchuan_is_covered_alone(urban_rural: str) -> None:
    """办法 §8(四), as the city provides: between one line and one and a half the child has a whole standard."""
    line, found = LINES[urban_rural], _of("夫妻和一名小学生", urban_rural)
    assert [c.below.per_head for c in found] == [line - 1, line * 3 // 2 - 1]
    assert [(c.below.cash, c.beyond.cash) for c in found] == [(100, line), (line, 0)]


def test_alone_in_a_near_dibao_family_one_may_get_more_than_the_whole_family_did() -> None:
    """Facts §18: a fen over the line turns one yuan of Dibao into a whole standard for the disabled member."""
    first = _of("夫妻，一方肢体残疾一级", "城市")[0]
    assert (first.below.category, first.beyond.category) == ("DB", "BY")
    assert first.jump is not None
    assert first.jump > 70_000
