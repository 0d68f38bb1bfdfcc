"""What agreement is worth: every comparison, its levels, how often a level is seen on records of one person (`m`) and
of two people at random (`u`), and the lines between link, doubt and apart. Pure; docs/reference/identities.md is
written from here.

The frame is a province: `PEOPLE` residents, whatever the size of the registry at hand, so that a small one does not
make chance look like proof. Weights are in bits: log2(m / u). They are judgements of ours, not trained on a file.
"""

from dataclasses import dataclass
from math import log2

PEOPLE = 7_300_000
"""Among so many anybody may be the one: the weight to overcome is log2 of it."""
COUNTED_BEFORE = 100_000
"""How often a name is borne is counted among the registry's people and so many others of the published `u`."""

LINK_AT = log2(0.99 / 0.01)
"""Bits: one wrong in a hundred at the very edge of the band; nearly all links lie far above it."""
DOUBT_AT = 0.0
"""Bits: as likely as not. Below, nothing is proposed."""
LEAD = 6.0
"""Bits by which the likeliest person must lead the next one."""
CANDIDATES = 3
"""At most so many people are put beside a doubtful record."""
PHONE_SHARED_BY = 10
"""A telephone of more people than this says nothing about any of them."""


@dataclass(frozen=True)
class Level:
    """One way in which two values compare; the first whose `sql` holds counts. The last has none: all else.

    `frequency` names the column whose own frequency stands in for `u`: a rare name says more than a common one.
    """

    name: str
    label: str
    m: float
    u: float
    sql: str = ""
    frequency: str = ""

    @property
    def bits(self) -> float:
        return log2(self.m / self.u)


@dataclass(frozen=True)
class Comparison:
    """`unknown` is when nothing can be said, which weighs nothing."""

    name: str
    label: str
    unknown: str
    levels: tuple[Level, ...]

    def code(self, level: str) -> int:
        """The number of a level in a scored pair: the first level's is the highest, the last one's 0."""
        names = [one.name for one in self.levels]
        return len(names) - 1 - names.index(level)

    @property
    def levels_by_code(self) -> dict[int, str]:
        """The number in a scored pair → the level's name; -1 is unknown."""
        return {-1: "unknown", **{self.code(one.name): one.name for one in self.levels}}


def _absent(column: str) -> str:
    return f"{column}_l is null or {column}_r is null"


_EDITS = "edits_of(number_l, number_r, short_l, short_r)"
NUMBER = Comparison(
    "number",
    "身份证号",
    f"{_absent('number')} or (hollow_l and number_l <> number_r)",
    (
        Level("same", "相同（而姓名不同，否则不必权衡）", 0.05, 1e-13, "number_l = number_r"),
        Level("other", "是另一个有效的号码", 0.003, 0.98, "whole_l and whole_r"),
        Level("one", "差一处（一位错、漏、多，或相邻两位颠倒）", 0.75, 1e-6, f"{_EDITS} = 1"),
        Level("two", "差两处", 0.12, 2e-5, f"{_EDITS} = 2"),
        Level("far", "差得多，且不是有效的号码", 0.077, 0.98),
    ),
)
NAME = Comparison(
    "name",
    "姓名",
    _absent("name"),
    (
        Level("same", "相同（异体、繁体视同）", 0.858, 1e-5, "name_l = name_r", "name"),
        Level("sound", "同音", 0.06, 3e-5, "sound_l = sound_r", "sound"),
        Level("reading", "同音，多音字另读", 0.002, 4e-6, "read_otherwise(sound_l, sound_r, also_l, also_r)"),
        Level("near", "近音（平翘舌、前后鼻音、n与l）", 0.02, 4e-4, "loose_l = loose_r"),
        Level(
            "close",
            "三字以上，一字不同、多一字、少一字或两字颠倒",
            0.04,
            6e-3,
            "one_character_off(name_l, name_r)",
        ),
        Level("half", "两字名，一字相同", 0.01, 0.08, "half_the_same(name_l, name_r)"),
        Level("other", "不同", 0.01, 0.91),
    ),
)
_BIRTH_TWICE = f"(not (birth_told_l and birth_told_r) and {_EDITS} <= 2)"
BIRTH = Comparison(
    "birth",
    "出生日期",
    f"{_absent('birth')} or {_BIRTH_TWICE}",
    (
        Level("same", "相同", 0.93, 1 / 25_550, "birth_l = birth_r"),
        Level("swapped", "月与日颠倒", 0.015, 1 / 25_550, "birth_key_l = birth_key_r"),
        Level("digit", "差一位", 0.03, 8e-4, "hamming(birth_l, birth_r) = 1"),
        Level("year", "年相同", 0.01, 0.013, "substr(birth_l, 1, 4) = substr(birth_r, 1, 4)"),
        Level("other", "不同", 0.015, 0.986),
    ),
)
SEX = Comparison(
    "sex",
    "性别",
    _absent("sex"),
    (Level("same", "相同", 0.99, 0.5, "sex_l = sex_r"), Level("other", "不同", 0.01, 0.5)),
)
DIVISION = Comparison(
    "division",
    "区划",
    _absent("county"),
    (
        Level("town", "同一乡镇", 0.75, 0.005, "town_l = town_r"),
        Level("county", "同一县区", 0.12, 0.045, "county_l = county_r"),
        Level("city", "同一地市", 0.05, 0.15, "substr(county_l, 1, 4) = substr(county_r, 1, 4)"),
        Level("other", "不同", 0.08, 0.8),
    ),
)
PHONE = Comparison(
    "phone",
    "电话",
    _absent("phone"),
    (Level("same", "相同", 0.6, 3e-6, "phone_l = phone_r"), Level("other", "不同", 0.4, 0.999997)),
)
COMPARISONS = (NUMBER, NAME, BIRTH, SEX, DIVISION, PHONE)

BLOCKS = (
    ("号码前十四位相同", "l.number_head = r.number_head"),
    ("号码后十二位相同", "l.number_tail = r.number_tail"),
    ("号码除出生年外相同", "l.number_but_year = r.number_but_year"),
    ("号码除出生月日外相同", "l.number_but_day = r.number_but_day"),
    ("读音和出生日期相同（月日可颠倒）", "l.sound = r.sound and l.birth_key = r.birth_key"),
    ("电话相同", "l.phone = r.phone"),
    ("读音和县区相同", "l.sound = r.sound and l.county = r.county"),
    ("近音和出生年相同", "l.loose = r.loose and l.birth_year = r.birth_year"),
    ("出生日期和县区相同", "l.birth = r.birth and l.county = r.county"),
)
"""Which pairs are looked at at all: those that agree in one of these."""


def _is(comparison: Comparison, *levels: str) -> str:
    codes = ", ".join(str(comparison.code(level)) for level in levels)
    return f"{comparison.name} in ({codes})"


_NUMBER_FITS = _is(NUMBER, "same", "one")
CONTRADICTED = (
    f"({_is(NUMBER, 'same')} and {_is(NAME, 'close', 'half', 'other')} and {_is(BIRTH, 'year', 'other')})"
)
"""Whose number it is, and whose name and birth date it is not: comes last, and nobody need be ahead of them."""
NEVER_PROPOSED = (
    ("姓名不同，号码也不近", f"{_is(NAME, 'other')} and not {_NUMBER_FITS}"),
    (
        "姓名只是相近，出生日期或性别不同，号码也不近",
        f"{_is(NAME, 'close', 'half')} and ({_is(BIRTH, 'year', 'other')} or {_is(SEX, 'other')}) and not {_NUMBER_FITS}",
    ),
    (
        "号码是另一个有效的号码，姓名又不同音",
        f"{_is(NUMBER, 'other')} and not {_is(NAME, 'same', 'sound', 'reading')}",
    ),
)
NEVER_LINKED = (
    ("号码相同而姓名不同", f"{_is(NUMBER, 'same')} and {_is(NAME, 'other')}"),
    (
        "号码相同而姓名、出生日期都不同",
        f"{_is(NUMBER, 'same')} and {_is(NAME, 'close', 'half')} and {_is(BIRTH, 'year', 'other')}",
    ),
    ("姓名不同", _is(NAME, "other")),
    ("姓名只是相近，号码也不近：双生子也是这样", f"{_is(NAME, 'close', 'half')} and not {_NUMBER_FITS}"),
    ("出生日期不同，号码也不近", f"{_is(BIRTH, 'year', 'other')} and not {_NUMBER_FITS}"),
    ("号码是另一个有效的号码", _is(NUMBER, "other")),
    ("没有姓名，号码也不近", f"{NAME.name} = -1 and not {_NUMBER_FITS}"),
)
"""What no weight outbids. A pair here may be doubtful; it is never linked by itself."""
NOT_FAR_ENOUGH_AHEAD = "另有一人也很像"
NOT_SURE_ENOUGH = "凭据不够"
