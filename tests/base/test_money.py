import pytest
from hypothesis import given
from hypothesis import strategies as st

from wenhou.base.money import format_yuan, parse_yuan


@pytest.mark.parametrize(("text", "fen"), [("20000.00", 2_000_000), ("0.01", 1), ("-3.5", -350), ("7", 700)])
def test_yuan_become_fen_exactly(text: str, fen: int) -> None:
    assert parse_yuan(text) == fen


@pytest.mark.parametrize("text", ["", "1,000", "1e3", "0.005", "１", "01", " 1", "1.", "--1", "NaN"])
def test_what_is_not_an_amount_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not an amount"):
        parse_yuan(text)


@given(st.integers(-(10**14), 10**14))
def test_printing_and_reading_loses_no_fen(fen: int) -> None:
    assert parse_yuan(format_yuan(fen).replace(",", "")) == fen
