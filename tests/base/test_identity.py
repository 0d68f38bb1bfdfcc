import pytest
from hypothesis import given
from hypothesis import strategies as st

from wenhou.base.identity import IdNumber, check_digit, hide_numbers, mask_id_number, mask_name

FIRST17 = "64990119491231002"  # a prefix never assigned


def test_a_correct_number_is_read() -> None:
    number = IdNumber.parse(FIRST17 + check_digit(FIRST17))
    assert (number.birth_date.isoformat(), number.is_female) == ("1949-12-31", True)
    assert str(number) == number.masked != number.text


def test_the_standard_s_own_check_digit() -> None:
    assert check_digit("11010519491231002") == "X"  # the example printed in GB 11643


@given(st.integers(0, 16), st.integers(1, 9))
def test_one_wrong_digit_is_always_noticed(place: int, shift: int) -> None:
    right = FIRST17 + check_digit(FIRST17)
    wrong = right[:place] + str((int(right[place]) + shift) % 10) + right[place + 1 :]
    with pytest.raises(ValueError, match="身份证号"):
        IdNumber.parse(wrong)


def test_the_fifteen_digit_form_is_upgraded() -> None:
    assert IdNumber.parse("649901491231002").text == FIRST17 + check_digit(FIRST17)


@pytest.mark.parametrize(
    "text", ["", "6499011949123100", "64990119490231002X", "６４９９０１１９４９１２３１００２X"]
)
def test_what_is_not_a_number_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="身份证号"):
        IdNumber.parse(text)


def test_masks_keep_three_and_four() -> None:
    assert mask_id_number("649901194912310023") == "649****0023"
    assert [mask_name(name) for name in ("王", "王梅", "马兰花", "欧阳春花")] == [
        "王＊",
        "王＊",
        "马＊花",
        "欧＊＊花",
    ]


def test_a_number_within_a_text_is_hidden_and_other_digits_stay() -> None:
    assert hide_numbers("64010419800101002X") == "640****002X"
    assert hide_numbers("ma 640104800101002，2024-11-15") == "ma 640****1002，2024-11-15"
    assert hide_numbers("zhang3 1390000000012345678901") == "zhang3 1390000000012345678901"
