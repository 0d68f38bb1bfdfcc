"""How often what is wrong, and why we think so: three grades of noise.

There is no published count of the mistakes in Chinese civil-affairs records. The rates below are ours (provisional), reasoned
from how the records come to be; they were written down before the matcher was measured. All are shares of the records of the
*usual* grade. `light` is a department that reads cards at the counter (a third of it); `heavy` is a county's paper archive
typed up years later (three times, places and phones one and a half).

Mistakes are not spread evenly: a quarter of all records are *typed* (from paper or a spreadsheet roster; 2.8 times the rate),
the rest are *read* (from a card or another system; 0.4 times). So who has a bad number more often has a bad name, too.

Numbers, 5 %:

- missing 1.5 %: infants, the very old, whoever came without a card; placeholder 0.5 %: a form that refuses an empty box gets
  zeros, nines, 无, or the birth date followed by 0000.
- one digit mistyped 0.9 %, two neighbours swapped 0.3 %, one dropped or doubled 0.3 %: systems of the eighties and rosters in a
  spreadsheet have no check digit; two mistakes in the same number are rare (0.05 %).
- 15 digits 0.8 % of those born before October 1999: first-generation numbers in archives from before 2013.
- spreadsheet 0.3 %: a number taken for a quantity keeps 15 digits, and the last three become 000; 0.05 % stand as 6.40104E+17.
- masked 0.1 %: lists made for publicity (公示) carry stars in the place of the birth date.
- somebody else's, valid but wrong: a member of the same family 0.12 % (a child without a card gets its mother's, a wife her
  husband's, and whoever copies a row forgets the cell), dragged 0.03 % (the cell above, filled down: the neighbour's number
  with its last digit counted on).
- untidy and yet right, 2 % beyond those: small x, full-width digits, blanks and an apostrophe.

Where a typed record's birth date is a formula over its number (0.3 of them), and its sex, whatever is wrong there is wrong in
both: a family member's number then brings the birth date and the sex of that member with it. Where the number is empty or a
placeholder the date was typed by hand.

Names, 2.7 % other than they are registered: homophone 0.8 % (input by pinyin), variant or traditional character 0.5 %, near
sound 0.3 % (Ningxia does not tell -in from -ing, nor everywhere n from l), one character of three dropped 0.3 %, look-alike
0.25 % (five strokes, poor copies), nickname 0.2 % (小红, 尕娃, a Muslim name), swapped characters 0.1 %, a rare character as a
question mark 0.05 %, the head's name in a member's row 0.05 %, married or a stepfather's surname 0.05 %, a mark behind the
name (（大）, 1) 0.1 %. Untidy and yet right: a blank within two-character names 8 % of them (rosters align them so), the
middle dot of minority names lost or another dot in 40 % of those.

Birth dates, 3 %: lunar for solar 0.5 % (1.5 % of those over fifty, of others a seventh of that), first of the month
0.5 %, first of January 0.4 %, a year more (虚岁) 0.4 %, one digit 0.3 %, day and month swapped 0.1 %; missing 1 %. Sex wrong
0.5 %, missing 0.5 %.

Places: known to the county only 12 %, to the township 15 %; moved since 8 % (a quarter within the township, nearly half within
the county); codes of before a change of divisions 3 %; missing 2 %. Phones: changed since 20 %, another member's 8 %, missing
12 %, a digit mistyped 0.5 %, the village officer's own 1.5 %.

Who the records are about: 9 in 10 are of people in the registry; half of the others are strangers, half belong to a family of
which other members are registered. One in twenty is a second record about the same person.

Not every name, number or date admits every mistake (no character can be dropped from 马军): what comes out at the usual grade is
4.7 % bad numbers, 2.2 % other names and 2.7 % other or missing birth dates.
"""

from dataclasses import dataclass, field, replace

NUMBER = {
    "missing": 0.015, "placeholder": 0.005, "mistyped": 0.009, "swapped": 0.003, "dropped_or_doubled": 0.003,
    "two_mistakes": 0.0005, "old_form": 0.008, "spreadsheet": 0.003, "scientific": 0.0005, "masked": 0.001,
    "family": 0.0012, "dragged": 0.0003, "untidy": 0.02,
}  # fmt: skip
NAME = {
    "homophone": 0.008, "variant": 0.005, "near_sound": 0.003, "character_dropped": 0.003, "look_alike": 0.0025,
    "nickname": 0.002, "characters_swapped": 0.001, "question_mark": 0.0005, "the_heads": 0.0005, "surname": 0.0005,
    "mark_behind": 0.001,
}  # fmt: skip
BIRTH = {
    "lunar": 0.015, "first_of_month": 0.005, "first_of_january": 0.004, "year_more": 0.004, "digit": 0.003,
    "day_and_month": 0.001, "missing": 0.01,
}  # fmt: skip
SEX = {"wrong": 0.005, "missing": 0.005}
PLACE = {"moved": 0.08, "old_code": 0.03, "missing": 0.02}
PHONE = {"changed": 0.20, "a_members": 0.08, "missing": 0.12, "digit": 0.005, "officers": 0.015}
# Numbers that are not the person's own eighteen characters, however written.
BAD = tuple(kind for kind in NUMBER if kind != "untidy")


@dataclass(frozen=True)
class Grade:
    """Rates of one grade, per record and kind of mistake; `typed` is the share of records that were typed."""

    name: str
    number: dict[str, float] = field(default_factory=lambda: dict(NUMBER))
    called: dict[str, float] = field(default_factory=lambda: dict(NAME))
    birth: dict[str, float] = field(default_factory=lambda: dict(BIRTH))
    sex: dict[str, float] = field(default_factory=lambda: dict(SEX))
    place: dict[str, float] = field(default_factory=lambda: dict(PLACE))
    phone: dict[str, float] = field(default_factory=lambda: dict(PHONE))
    typed: float = 0.25
    typed_more: float = 2.8
    read_less: float = 0.4
    by_formula: float = 0.3
    blank_within: float = 0.08
    dot_lost: float = 0.4
    to_the_county: float = 0.12
    to_the_township: float = 0.15
    known: float = 0.9
    second_record: float = 0.05


def _times(rates: dict[str, float], by: float) -> dict[str, float]:
    return {kind: rate * by for kind, rate in rates.items()}


def _graded(name: str, by: float, places: float) -> Grade:
    usual = Grade(name)
    return replace(
        usual,
        number=_times(usual.number, by),
        called=_times(usual.called, by),
        birth=_times(usual.birth, by),
        sex=_times(usual.sex, by),
        place=_times(usual.place, places),
        phone=_times(usual.phone, places),
    )


GRADES = {
    "light": _graded("light", 1 / 3, 2 / 3),
    "usual": Grade("usual"),
    "heavy": _graded("heavy", 3.0, 1.5),
}
