"""In what is published nobody stands out: tried against every table that a reader could think of."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desk import factories
from wenhou.insight import publishing, register
from wenhou.insight.publishing import Table
from wenhou.registry.models import RegisterEntry
from wenhou.site import cli

LEAST = 3


def told(table: Table) -> np.ndarray:
    """The published table with its totals; -1 where hidden."""
    lines = [[*cells, total] for cells, total in zip(table.cells, table.row_totals, strict=True)]
    lines.append([*table.column_totals, table.total])
    return np.array([[-1 if cell is None else cell for cell in line] for line in lines])


def could_be(shown: np.ndarray, most: int) -> set[tuple[int, int, int]]:
    """(row, column, value) of every hidden cell in every table of numbers up to `most` that fits what is shown."""
    height, width = shown.shape[0] - 1, shown.shape[1] - 1
    inner = [[[n] if n >= 0 else range(most + 1) for n in line[:-1]] for line in shown[:-1]]
    found = set()
    for chosen in product(*(cell for line in inner for cell in line)):
        cells = np.array(chosen).reshape(height, width)
        whole = np.vstack([cells, cells.sum(axis=0)])
        whole = np.hstack([whole, whole.sum(axis=1, keepdims=True)])
        if ((shown < 0) | (whole == shown)).all():
            found |= {(r, c, int(whole[r, c])) for r, c in zip(*np.nonzero(shown < 0), strict=True)}
    return found


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(st.integers(0, 3), min_size=2, max_size=2), min_size=2, max_size=2))
def test_of_no_hidden_cell_can_a_reader_tell_that_it_is_small(counts: list[list[int]]) -> None:
    table = publishing.published("甲乙", "一二", np.array(counts), least=LEAST)
    shown = told(table)
    whole = told(publishing.published("甲乙", "一二", np.array(counts), least=0))
    assert not ((shown > 0) & (shown < LEAST)).any()
    assert ((shown < 0) | (shown == whole)).all()
    possible = could_be(shown, 6)
    for row, column in zip(*np.nonzero((shown < 0) & (whole < LEAST)), strict=True):
        assert max(value for r, c, value in possible if (r, c) == (row, column)) >= LEAST


def test_nothing_is_hidden_where_nobody_stands_out() -> None:
    table = publishing.published(["甲", "乙"], ["一", "二"], np.array([[10, 0], [25, 40]]), least=10)
    assert (table.cells, table.row_totals, table.column_totals, table.total) == (
        ((10, 0), (25, 40)), (10, 65), (35, 40), 75,
    )  # fmt: skip


def test_a_small_cell_takes_others_with_it_and_the_totals_stay() -> None:
    table = publishing.published(["甲", "乙"], ["一", "二"], np.array([[4, 60], [25, 40]]), least=10)
    assert table.cells == ((None, None), (None, None))
    assert (table.row_totals, table.column_totals, table.total) == ((64, 65), (29, 100), 129)


@pytest.mark.django_db
def test_the_register_by_county_is_written_with_small_numbers_hidden(tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("WENHOU_TODAY", factories.TODAY.isoformat())
    factories.places()
    home = None
    for number in range(1, 13):
        who = factories.person(number)
        home = home or factories.Membership.objects.get(person=who).household
        RegisterEntry.objects.create(
            contract="SA-ARCH", delivery=1, line=number, as_of=factories.TODAY, recorded_at="2024-11-15T00:00Z",
            household=home, person=who, category="DB" if number > 2 else "TK", division="640104005990",
            resides_division="640104005990", urban_rural="城市", status="在保", is_covered=True, details={},
        )  # fmt: skip
    assert register.by_county(factories.TODAY).total == 12
    path = tmp_path / "published.csv"
    assert cli.main(["insight", "published", "--to", str(path)]) == 0
    text = path.read_text(encoding="utf-8-sig")
    assert "兴庆区" in text
    assert ",2," not in text
    assert "*" in text
