"""Code arithmetic of GB/T 2260 and 统计用区划代码."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wenhou.divisions import codes

DIGITS = st.text("0123456789", min_size=10, max_size=10)
FULL = st.builds("{}{}".format, st.sampled_from(["11", "44", "61", "64", "82"]), DIGITS)


@pytest.mark.parametrize(
    ("code", "prefix", "level"),
    [
        ("640000000000", "64", 1),
        ("64", "64", 1),
        ("640100", "6401", 2),
        ("640104", "640104", 3),
        ("640110000000", "640110", 3),
        ("640104008", "640104008", 4),
        ("640104010000", "640104010", 4),
        ("640104008006", "640104008006", 5),
        ("640105005990", "640105005990", 5),
    ],
)
def test_prefix_and_level(code, prefix, level):
    assert codes.prefix(code) == prefix
    assert codes.level_of(code) == level
    assert codes.pad(prefix) == codes.pad(code)


@pytest.mark.parametrize(
    "text", ["", "6", "640", "64010400800", "6401040080061", "64010A", "０４", "00", "99", "640104 "]
)
def test_what_is_no_code_is_refused(text):
    with pytest.raises(codes.BadCode, match="应为2、4、6、9或12位数字"):
        codes.pad(text)


def test_contains_is_by_significant_digits():
    assert codes.contains("640100000000", "640104008006")
    assert codes.contains("6401", "640100")
    assert not codes.contains("640104", "640100")
    assert not codes.contains("640104", "640105008006")


def test_a_renumbered_county_does_not_contain_its_old_code():
    assert not codes.contains("610305", "610322")


def test_parents_highest_first():
    above = ("640000000000", "640100000000", "640104000000", "640104008000")
    assert codes.parents_of("640104008006") == above
    assert codes.parent_of("640104008006") == "640104008000"
    assert codes.parents_of("64") == ()
    assert codes.parent_of("64") is None


def test_a_city_without_counties_stands_above_its_towns():
    assert codes.parents_of("441900003000") == ("440000000000", "441900000000")


@given(FULL)
def test_every_parent_contains_its_place(code):
    for parent in codes.parents_of(code):
        assert codes.contains(parent, code)
        assert not codes.contains(code, parent)
        assert codes.level_of(parent) < codes.level_of(code)


@given(FULL)
def test_padding_the_prefix_gives_the_code_back(code):
    assert codes.pad(codes.prefix(code)) == code
