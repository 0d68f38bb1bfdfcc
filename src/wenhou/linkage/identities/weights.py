"""What agreement is worth: every comparison, its levels, how often a level is seen on records of one person (`m`) and
of two people at random (`u`), and the lines between link, doubt and apart. Pure; docs/reference/identities.md is
written from here.

The frame is a province: `PEOPLE` residents, whatever the size of the registry at hand, so that a small one does not
make chance look like proof. Weights are in bits: log2(m / u). They are judgements of ours, not trained on a file.
"""

from dataclasses import dataclass
from math import log2

PEOPLE = 7_300_000
"""Among so many anybody may be the one, until the file's own numbers say how many of its people are registered."""
COUNTED_BEFORE = 100_000
"""How often a name is borne is counted among the registry's people and so many others of the published `u`."""
ASKED_BEFORE = 1_000
"""What the file's valid numbers say of how many of its people are registered weighs as they are to so many."""
ABSENT_AT_LEAST = 0.1
"""However many of the valid numbers are registered: of records without one at least so many are of somebody who is not."""

SURE = 0.9
"""The share of all the probability that the likeliest person must have to be linked."""
LINK_AT = log2(SURE / (1 - SURE))
"""Bits: the weight at which somebody with no rival is that sure."""
DOUBT_AT = 0.0
"""Bits: as likely as not. Below, nothing is proposed."""
LOOKED_AT = -6.0
"""Bits: below, a pair does not even count as the other one who it might be."""
CANDIDATES = 3
"""At most so many people are put beside a doubtful record."""
PHONE_SHARED_BY = 10
"""A telephone of more people than this says nothing about any of them."""
NUMBER_SHARED_BY = 5
"""A number told in more records than this, under more names, says nothing."""
TWINS = 0.005
"""Of records of registered people, for so many there is a twin or other child of the same day, of a name only one
character off, who is in the file in their stead where the registry does not know them."""
BLOCK_PAIRS = 250_000
"""A block of more pairs than this is not looked at: what so many share says nothing."""
BLOCKS_PAIRS = 4_000_000
"""All the pairs that one kind of block may give for a slice of the records; the largest blocks are left out first."""


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


_EDITS = "edits_of(read_l, read_r, short_l, short_r)"


def _where(cheap: str, costly: str) -> str:
    """Both, the costly one reckoned only where the cheap one holds."""
    return f"case when {cheap} then {costly} else false end"


_SHOWN = "head_l is not null and starts_with(read_r, head_l) and (tail_l is null or right(read_r, length(tail_l)) = tail_l)"
_ANOTHER = (
    "name_l <> name_r and sound_l <> sound_r and birth_told_l and birth_told_r"
    " and hamming(birth_l, birth_r) > 1 and abs(birth_day_l - birth_day_r) > 366"
)
_LENT = f"read_l = read_r and (namesake_l or ({_ANOTHER}))"
NUMBER = Comparison(
    "number",
    "身份证号",
    "(read_l is null and head_l is null) or read_r is null",
    (
        Level("lent", "相同，而姓名、出生日期都不同，或姓名是同住的人的：像是借亲属的", 0.9, 1e-10, _LENT),
        Level("same", "相同（而姓名不同，否则不必权衡）", 0.9, 1e-10, "read_l = read_r"),
        Level(
            "old",
            "十五位的，生日相同而顺序码差一处：同一天登记的人号码相连",
            0.3,
            1e-3,
            _where("short_l and birth_told_r and birth_follows_l and birth_l = birth_r", f"{_EDITS} = 1"),
        ),
        Level("one", "差一处（一位错、漏、多，或相邻两位颠倒）", 0.75, 1e-6, f"{_EDITS} = 1"),
        Level(
            "two", "差两处", 0.12, 2e-5, _where("not (whole_l and whole_r) and not short_l", f"{_EDITS} = 2")
        ),
        Level(
            "valid",
            "差两处，不都在末四位，两个都是有效的号码",
            0.002,
            1e-6,
            _where(
                "whole_l and whole_r and not short_l and substr(read_l, 1, 14) <> substr(read_r, 1, 14)",
                f"{_EDITS} = 2",
            ),
        ),
        Level("tail", "只露出末几位，相符", 0.97, 1e-4, f"length(tail_l) >= 3 and {_SHOWN}"),
        Level("head", "只露出前十五位，相符", 0.97, 4e-6, f"length(head_l) = 15 and {_SHOWN}"),
        Level("day", "只露出前十四位，相符", 0.97, 2e-5, f"length(head_l) = 14 and {_SHOWN}"),
        Level("area", "只露出前几位，相符", 0.97, 0.5, _SHOWN),
        Level("hidden", "只露出几位，不相符", 0.03, 0.99, "head_l is not null"),
        Level(
            "kin",
            "是登记在同一村或用同一电话的别人的号码",
            0.002,
            0.002,
            "home_r = holder_home_l or phone_r = holder_phone_l",
        ),
        Level("held", "是登记在别处的另一人的号码", 0.001, 0.002, "holder_l is not null"),
        Level(
            "borrowed",
            "是另一个有效的号码，其中的出生日期却不是所说的：不是说话人自己的",
            0.003,
            0.03,
            "whole_l and whole_r and birth_told_l and not birth_follows_l",
        ),
        Level("other", "是另一个有效的号码", 0.003, 0.98, "whole_l and whole_r"),
        Level("far", "差得多，且不是有效的号码", 0.077, 0.98),
    ),
)
NAME = Comparison(
    "name",
    "姓名",
    _absent("name"),
    (
        Level("same", "相同（异体、繁体视同）", 0.9, 1e-5, "name_l = name_r", "name"),
        Level("sound", "同音", 0.03, 3e-5, "sound_l = sound_r", "sound"),
        Level("reading", "同音，多音字另读", 0.002, 4e-6, "read_otherwise(sound_l, sound_r, also_l, also_r)"),
        Level("near", "近音（平翘舌、前后鼻音、n与l）", 0.015, 4e-4, "loose_l = loose_r"),
        Level(
            "close",
            "三字以上，同姓，一字不同、多一字、少一字或两字颠倒",
            0.03,
            1e-3,
            "one_character_off(name_l, name_r) and of_one_surname(name_l, name_r)",
        ),
        Level(
            "half",
            "两字名，同姓，名不同",
            0.008,
            3e-3,
            "half_the_same(name_l, name_r) and of_one_surname(name_l, name_r)",
        ),
        Level(
            "given",
            "只有姓不同，或漏了、多了姓",
            0.001,
            6e-4,
            "one_character_off(name_l, name_r) or half_the_same(name_l, name_r)",
        ),
        Level("surname", "只有姓相同", 0.005, 0.05, "of_one_surname(name_l, name_r)"),
        Level("other", "不同", 0.01, 0.88),
    ),
)
_NUMBER_TOLD_IT = (
    _where(
        "not (birth_told_l and birth_told_r) or (birth_follows_l and birth_l <> birth_r)", f"{_EDITS} <= 2"
    )
    + f" or (length(head_l) >= 14 and {_SHOWN}) or ({_LENT} and birth_follows_l)"
)
BIRTH = Comparison(
    "birth",
    "出生日期",
    f"{_absent('birth')} or {_NUMBER_TOLD_IT}",
    (
        Level("same", "相同", 0.93, 1 / 25_550, "birth_l = birth_r", "birth"),
        Level("swapped", "月与日颠倒", 0.003, 1 / 25_550, "birth_key_l = birth_key_r"),
        Level(
            "next",
            "月、日相同，年差一",
            0.01,
            2 / 25_550,
            "substr(birth_l, 5) = substr(birth_r, 5) and abs(birth_day_l - birth_day_r) <= 366",
        ),
        Level("digit", "差一位", 0.01, 8e-4, "hamming(birth_l, birth_r) = 1"),
        Level(
            "first",
            "说的是一月一日或当月一日，年或年月相同",
            0.012,
            4e-4,
            "(substr(birth_l, 5) = '0101' and substr(birth_l, 1, 4) = substr(birth_r, 1, 4))"
            " or (right(birth_l, 2) = '01' and substr(birth_l, 1, 6) = substr(birth_r, 1, 6))",
        ),
        Level(
            "lunar",
            "早十七至五十二天：像是农历",
            0.01,
            1.4e-3,
            "birth_day_r - birth_day_l between 17 and 52",
        ),
        Level("year", "年相同", 0.003, 0.012, "substr(birth_l, 1, 4) = substr(birth_r, 1, 4)"),
        Level(
            "read", "不同，是从不对的号码里读出来的", 0.2, 0.986, _where("birth_follows_l", f"{_EDITS} > 2")
        ),
        Level("other", "不同", 0.003, 0.984),
    ),
)
SEX = Comparison(
    "sex",
    "性别",
    _absent("sex"),
    (
        Level("same", "相同", 0.99, 0.5, "sex_l = sex_r"),
        Level(
            "read",
            "不同，与出生日期一起是从不对的号码里读出来的",
            0.2,
            0.5,
            _where("sex_follows_l and birth_l <> birth_r", f"{_EDITS} > 2"),
        ),
        Level("other", "不同", 0.01, 0.5),
    ),
)
DIVISION = Comparison(
    "division",
    "区划",
    _absent("county"),
    (
        Level("village", "同一村居", 0.5, 0.0005, "village_l = village_r", "village"),
        Level("town", "同一乡镇", 0.25, 0.005, "town_l = town_r", "town"),
        Level("county", "同一县区", 0.12, 0.045, "county_l = county_r", "county"),
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


@dataclass(frozen=True)
class Block:
    """Pairs that agree in `key`, SQL over the columns of one table of forms, and for which `also` holds, SQL over l and r."""

    label: str
    key: str
    also: str = "true"


_NAME_OR_NUMBER = (
    "(names_alike(l.name, r.name, l.loose, r.loose, l.sound, r.sound, l.also, r.also)"
    " or numbers_alike(l.read, r.read))"
)
_BIRTH_NOT_ELSE = (
    "(l.birth is null or r.birth is null or l.birth_follows or l.birth_key = r.birth_key"
    " or hamming(l.birth, r.birth) = 1 or right(l.birth, 2) = '01' or right(l.birth, 4) = right(r.birth, 4)"
    " or r.birth_day - l.birth_day between 17 and 52)"
)
_ALIKE = "，姓名相近或号码至多差一处"
BLOCKS = (
    Block(f"号码前十四位相同{_ALIKE}", "number_head", _NAME_OR_NUMBER),
    Block(f"号码后十二位相同{_ALIKE}", "number_tail", _NAME_OR_NUMBER),
    Block(f"号码前六位和后四位相同{_ALIKE}", "number_ends", _NAME_OR_NUMBER),
    Block("读音和出生日期相同（月日可颠倒）", "sound || birth_key"),
    Block(f"电话相同{_ALIKE}", "phone", _NAME_OR_NUMBER),
    Block(
        "读音和县区相同，出生年相同或日期相近",
        "sound || county",
        f"({_BIRTH_NOT_ELSE} or l.birth_year = r.birth_year)",
    ),
    Block("读音和乡镇相同", "sound || town"),
    Block("近音和出生年相同，出生日期相近", "loose || birth_year", _BIRTH_NOT_ELSE),
    Block(f"出生日期和县区相同{_ALIKE}", "birth || county", _NAME_OR_NUMBER),
)
"""Which pairs are looked at at all. What `also` leaves out could not be proposed, or would weigh next to nothing."""


def _is(comparison: Comparison, *levels: str) -> str:
    codes = ", ".join(str(comparison.code(level)) for level in levels)
    return f"{comparison.name} in ({codes})"


_NUMBER_FITS = _is(NUMBER, "lent", "same", "one")
_NUMBER_NEAR = _is(NUMBER, "lent", "same", "old", "one", "two", "tail", "head", "day")
_BIRTH_OFF = _is(BIRTH, "year", "read", "other")
_NAME_LOST = _is(NAME, "surname", "other")
_NUMBER_SHOWS_BIRTH = f"birth = -1 and {_is(NUMBER, 'same', 'one', 'head', 'day')}"
_SAME_PERSON = f"({_is(BIRTH, 'same')} or ({_NUMBER_SHOWS_BIRTH})) and not {_is(SEX, 'read', 'other')}"
_BESIDE = f"({_is(PHONE, 'same')} or {_is(DIVISION, 'village')})"
_CALLED_OTHERWISE = (
    f"{_is(NAME, 'surname')} and ({_NUMBER_NEAR} or {NUMBER.name} = -1) and {_SAME_PERSON} and {_BESIDE}"
)
_NAME_NEAR = _is(NAME, "close", "given", "half")
_NICKNAMED = f"{_NUMBER_FITS} and {_is(NAME, 'surname')} and {_is(BIRTH, 'same')}"
_UNLESS_OF_KIN = f" and not ({_is(NUMBER, 'kin')} and {_NAME_NEAR} and {_SAME_PERSON} and {_BESIDE})"
_ON_ANOTHERS = f"{_is(NUMBER, 'kin', 'held')} and {_is(BIRTH, 'year', 'read', 'other')}"
_TOLD_APART = f"told_apart and {_is(PHONE, 'same')} and {_is(SEX, 'same')}"
CONTRADICTED = _is(NUMBER, "lent")
"""Whose number it is, and whose name and birth date it is not: comes last, and nobody need be ahead of them."""
NEVER_PROPOSED = (
    (
        "姓名不同，号码也不近；只有姓相同的，生日、性别、住处或电话又不都相符",
        f"{_NAME_LOST} and not {_NUMBER_FITS} and not ({_CALLED_OTHERWISE})",
    ),
    (
        "姓名只是相近，出生日期不同，号码也不近",
        f"{_NAME_NEAR} and {_BIRTH_OFF} and not {_NUMBER_NEAR}",
    ),
    (
        "号码是另一个有效的号码，姓名又不同音；是亲属的号码时姓名也不相近，或生日、性别、住处、电话又不都相符",
        f"{_is(NUMBER, 'kin', 'held', 'borrowed', 'other')} and not {_is(NAME, 'same', 'sound', 'reading')}{_UNLESS_OF_KIN}",
    ),
)
NEVER_LINKED = (
    (
        "号码相同而姓名、出生日期都不同",
        f"{_is(NUMBER, 'lent')} and namesake is distinct from 'just so'",
    ),
    (
        "号码相同而姓名不同",
        f"{_is(NUMBER, 'same')} and ({_is(NAME, 'other')} or ({_is(NAME, 'surname')} and not {_is(BIRTH, 'same')}))",
    ),
    (
        "号码是一人的，姓名是与其同住或同用电话的另一人的",
        f"{_is(NUMBER, 'lent')} or ({_ON_ANOTHERS} and namesake = 'just so' and not ({_TOLD_APART}))",
    ),
    (
        "号码是此人的，姓名像是与此人同住或同用电话的另一人的",
        f"{_is(NUMBER, 'same')} and {_NAME_LOST} and namesake = 'nearly'",
    ),
    (
        "姓名不同",
        f"{_NAME_LOST} and not ({_NICKNAMED}) and not ({_CALLED_OTHERWISE})",
    ),
    (
        "号码是另一个有效的号码",
        f"{_is(NUMBER, 'other')} and not ({_is(PHONE, 'same')} and ({_is(BIRTH, 'same', 'first')} or birth = -1))",
    ),
    (
        "姓名只是相近，性别不同，号码也不近：像是双生子",
        f"{_NAME_NEAR} and {_is(SEX, 'other')} and not {_NUMBER_NEAR}",
    ),
    (
        "姓名只是同音，出生日期不同，号码也不近：像是兄弟姐妹",
        f"{_is(NAME, 'sound', 'reading', 'near')} and {_BIRTH_OFF} and not {_NUMBER_NEAR}",
    ),
    ("没有姓名，号码也不近", f"{NAME.name} = -1 and not {_NUMBER_FITS}"),
)
"""What no weight outbids. A pair here may be doubtful; it is never linked by itself."""
NOT_FAR_ENOUGH_AHEAD = "另有一人也很像"
NOT_SURE_ENOUGH = "凭据不够"
TWIN = "姓名只是相近，号码也不近：双生子也是这样"
TWIN_LIKE = (
    f"{_is(NAME, 'close', 'half', 'surname')} and not {_is(NUMBER, 'lent', 'same', 'one', 'two', 'tail')}"
)
"""Where the twin of the person found, unknown to the registry, must be reckoned with."""
