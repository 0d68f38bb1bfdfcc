"""Whose record is this: pairs written by hand, each with what must become of it. One registry, one run."""

from pathlib import Path
from typing import Any

import duckdb
import pytest

from wenhou.base.identity import check_digit
from wenhou.linkage.identities import matching, reference, sounds
from wenhou.linkage.identities.weights import NAME

VILLAGE, NEXT_VILLAGE, ELSEWHERE = "640106001001", "640106002001", "640522100001"
COLUMNS = "id_no varchar, name varchar, birth_date varchar, sex varchar, division varchar, phone varchar"


def number(area: str, birth: str, order: str) -> str:
    first17 = area + birth.replace("-", "") + order
    return first17 + check_digit(first17)


def somebody(
    name: str, birth: str, order: str, division: str = VILLAGE, phone: str | None = None
) -> tuple[Any, ...]:
    sex = "1" if int(order) % 2 else "2"
    return number(division[:6], birth, order), name, birth, sex, division, phone


HOME = "13909510001"
PEOPLE = {
    1: somebody("马大宝", "1980-05-12", "001", phone=HOME),  # twins
    2: somebody("马小宝", "1980-05-12", "003", phone=HOME),
    3: somebody("王秀英", "1955-11-03", "002"),
    4: somebody("王建国", "1950-03-02", "011", phone="13709510004"),  # father and son
    5: somebody("王建军", "1976-08-21", "013", phone="13709510004"),
    6: somebody("李晓明", "1990-02-10", "015"),
    7: somebody("单小燕", "1988-07-01", "022"),
    8: somebody("张伟", "1985-01-20", "017"),
    9: somebody("张伟", "1985-01-20", "019", NEXT_VILLAGE),  # of the same name and day
    10: somebody("林静", "1972-12-30", "024", ELSEWHERE),
    11: somebody("马志强", "1963-04-15", "021", phone="13895110011"),
    12: somebody("杨淑兰", "1948-06-06", "026"),
    13: somebody("买买提·吐尔逊", "1979-09-09", "023"),
    14: somebody("赵文博", "2015-05-05", "025", phone="13609510014"),  # only one of two twins is registered
    15: somebody("周平", "1969-10-11", "027", NEXT_VILLAGE),
    16: somebody("刘翠花", "1958-01-31", "028"),
}


def of(key: int) -> str:
    return str(PEOPLE[key][0])


def wrong(key: int, place: int, add: int = 1) -> str:
    """The number with the digit at `place` (from 1) another one."""
    text = of(key)
    return f"{text[: place - 1]}{(int(text[place - 1]) + add) % 10}{text[place:]}"


def short(key: int) -> str:
    text = of(key)
    return text[:6] + text[8:17]


def record(
    id_no: str | None = None,
    name: str | None = None,
    birth: str | None = None,
    sex: str | None = None,
    division: str | None = None,
    phone: str | None = None,
) -> tuple[Any, ...]:
    return id_no, name, birth, sex, division, phone


APART: tuple[Any, ...] = ("apart",)
TWINS = "姓名只是相近，号码也不近：双生子也是这样"
CASES: dict[str, tuple[tuple[Any, ...], tuple[Any, ...]]] = {
    "the number alone": (record(of(1)), ("link", 1, "number")),
    "number and name": (record(of(3), "王秀英"), ("link", 3, "number")),
    "wide digits and blanks": (record(" ６４０１０６ " + of(3)[6:].lower(), "王秀英"), ("link", 3, "number")),
    "the letter O for nought": (record(of(3).replace("0", "O"), "王秀英"), ("link", 3, "number")),
    "a disability certificate's number": (record(of(3) + "43", "王秀英"), ("link", 3, "number")),
    "15 digits": (record(short(3), "王秀英"), ("link", 3, "short")),
    "15 digits alone": (record(short(11)), ("link", 11, "short")),
    "15 digits, a homophone": (record(short(6), "李小明"), ("link", 6, "short")),
    "15 digits, one of them wrong": (
        record(short(12)[:13] + "9" + short(12)[14:], "杨淑兰"),
        ("link", 12, "model"),
    ),
    "number, married name in variants": (record(of(10), "林靜"), ("link", 10, "number")),
    "number, both characters by ear": (record(of(8), "章玮", None, "1"), ("link", 8, "model")),
    "number of one, name of another": (record(of(4), "陈桂芳"), ("doubtful", [4], "号码相同而姓名不同")),
    "father's number, own name and day": (
        record(of(4), "王建军", "1976-08-21", "1", VILLAGE),
        ("link", 5, "model"),
    ),
    "number, one character and one digit of the day wrong": (
        record(of(3), "王秀芝", "1955-11-08"),
        ("link", 3, "model"),
    ),
    "number and name, another day": (record(of(3), "王秀英", "1956-01-01"), ("link", 3, "number")),
    "one digit wrong": (record(wrong(3, 9), "王秀英"), ("link", 3, "model")),
    "one digit wrong, the area": (record(wrong(3, 2), "王秀英"), ("link", 3, "model")),
    "one digit wrong, the order": (record(wrong(12, 16), "杨淑兰"), ("link", 12, "model")),
    "the check character wrong": (
        record(of(11)[:17] + ("0" if of(11)[17] != "0" else "1"), "马志强"),
        ("link", 11, "model"),
    ),
    "a digit missing": (record(of(6)[:8] + of(6)[9:], "李晓明"), ("link", 6, "model")),
    "a digit too many": (record(of(6)[:8] + "7" + of(6)[8:], "李晓明"), ("link", 6, "model")),
    "two neighbours changed about": (
        record(of(12)[:6] + "9148" + of(12)[10:], "杨淑兰"),
        ("link", 12, "model"),
    ),
    "two digits wrong, all else right": (
        record(wrong(11, 9)[:15] + "9" + of(11)[16:], "马志强", "1963-04-15", "男", VILLAGE),
        ("link", 11, "model"),
    ),
    "one digit wrong, no name": (record(wrong(3, 9)), APART),
    "one digit wrong, a homophone": (record(wrong(6, 9), "黎晓鸣", "1990-02-10"), ("link", 6, "model")),
    "one digit wrong, one character wrong": (
        record(wrong(3, 9), "王秀芝", "1955-11-03", "2", VILLAGE),
        ("link", 3, "model"),
    ),
    "no number: name, day, sex": (record("", "王秀英", "1955-11-03", "女"), ("link", 3, "model")),
    "no number: variants": (record(None, "劉翠花", "19580131", None, VILLAGE), ("link", 16, "model")),
    "no number: a homophone, same township": (
        record(None, "王绣英", "1955.11.03", "2", VILLAGE),
        ("link", 3, "model"),
    ),
    "no number: a homophone and the day": (
        record(None, "王绣英", "1955-11-03"),
        ("doubtful", [3], "凭据不够"),
    ),
    "no number: a surname read otherwise": (
        record(None, "单晓燕", "1988-07-01", "2", VILLAGE),
        ("link", 7, "model"),
    ),
    "no number: month and day changed about": (
        record(None, "马大寶", "1980-12-05", "男", VILLAGE),
        ("link", 1, "model"),
    ),
    "no number: one digit of the day": (
        record(None, "马志强", "1963-04-13", "1", VILLAGE, "138 9511 0011"),
        ("link", 11, "model"),
    ),
    "no number: n for l": (
        record(None, "宁静", "1972-12-30", None, ELSEWHERE[:9]),
        ("doubtful", [10], "凭据不够"),
    ),
    "no number: only name, place, telephone": (
        record(None, "王建国", None, None, VILLAGE, "13709510004"),
        ("link", 4, "model"),
    ),
    "no number: name and village": (
        record(None, "李晓明", None, None, VILLAGE),
        ("doubtful", [6], "凭据不够"),
    ),
    "no number: only a name": (record(None, "李晓明"), APART),
    "a name without its dot": (record(wrong(13, 9), "买买提吐尔逊"), ("link", 13, "model")),
    "a name cut short": (record(wrong(13, 9), "买买提", "1979-09-09"), ("link", 13, "model")),
    "twins: each to his own": (
        record(None, "马小宝", "1980-05-12", "1", VILLAGE, HOME),
        ("link", 2, "model"),
    ),
    "twins: the other one too": (
        record(None, "马大宝", "1980-05-12", "1", VILLAGE, HOME),
        ("link", 1, "model"),
    ),
    "twins: a number between the two": (
        record(of(1)[:16] + of(2)[16] + of(1)[17], "马小宝", "1980-05-12"),
        ("link", 2, "model"),
    ),
    "twins: one is not registered": (
        record(None, "赵文渊", "2015-05-05", "1", VILLAGE, "13609510014"),
        ("doubtful", [14], TWINS),
    ),
    "twins: not registered, with a number": (
        record(number("640106", "2015-05-05", "029"), "赵文渊", "2015-05-05", "1", VILLAGE, "13609510014"),
        APART,
    ),
    "twins: a name like neither": (
        record(None, "马二宝", "1980-05-12", "1", VILLAGE, HOME),
        ("doubtful", [1, 2], TWINS),
    ),
    "father and son: the son": (
        record(None, "王建军", "1976-08-21", "1", VILLAGE, "13709510004"),
        ("link", 5, "model"),
    ),
    "father and son: a brother nobody knows": (
        record(None, "王建民", "1978-01-02", "1", VILLAGE, "13709510004"),
        APART,
    ),
    "father and son: the son's day, the father's name": (
        record(None, "王建国", "1976-08-21", "1", VILLAGE, "13709510004"),
        ("doubtful", [5, 4], TWINS),
    ),
    "two of one name and one day": (
        record(None, "张伟", "1985-01-20", "1"),
        ("doubtful", [8, 9], "另有一人也很像"),
    ),
    "two of one name and one day, the county told": (
        record(None, "张伟", "1985-01-20", "1", NEXT_VILLAGE[:6]),
        ("doubtful", [8, 9], "另有一人也很像"),
    ),
    "two of one name and one day, the village told": (
        record(None, "张伟", "1985-01-20", "1", NEXT_VILLAGE),
        ("link", 9, "model"),
    ),
    "a stranger of the same name and place": (
        record(number("640106", "1971-01-01", "035"), "李晓明", None, "1", VILLAGE),
        APART,
    ),
    "a stranger of the same name, place and day": (
        record(number("640106", "1990-02-10", "035"), "李晓明", "1990-02-10", "1", VILLAGE),
        ("doubtful", [6], "号码是另一个有效的号码"),
    ),
    "another name, everything else": (record(None, "钱多多", "1955-11-03", "2", VILLAGE), APART),
    "a woman of that name and day": (record(None, "周平", "1969-10-11", "2", ELSEWHERE), APART),
    "cut by a spreadsheet": (record(of(3)[:15] + "000", "王秀英"), ("link", 3, "model")),
    "masked, the last four left": (
        record(of(11)[:6] + "********" + of(11)[14:], "马志强", "1963-04-15"),
        ("link", 11, "model"),
    ),
    "masked, another's last four": (
        record(of(11)[:6] + "********" + of(12)[14:], "马志强", None, "1", VILLAGE),
        APART,
    ),
    "ended in noughts": (record(of(12)[:14] + "0000", "杨淑兰"), ("link", 12, "model")),
    "a power of ten": (record("6.40106E+17", "杨淑兰", "1948-06-06", "2", VILLAGE), ("link", 12, "model")),
    "filled up": (record("9" * 18, "杨淑兰", "1948-06-06", "2", VILLAGE), ("link", 12, "model")),
    "number, a marked name": (record(of(6), "李晓明（已故）"), ("link", 6, "number")),
    "number, invisible marks in the name": (
        record(of(6), "\u202e李晓\u200b明\ufeff2*"),
        ("link", 6, "number"),
    ),
    "number and day, called otherwise": (record(of(6), "李二娃", "1990-02-10", "1"), ("link", 6, "model")),
    "number and day of one, name of the other at that telephone": (
        record(of(5), "王建国", "1976-08-21", "1", VILLAGE, "13709510004"),
        ("doubtful", [4, 5], "号码是一人的，姓名是与其同住或同用电话的另一人的"),
    ),
    "a relative's number, another telephone": (
        record(of(4), "周平", "1969-10-11", "1", NEXT_VILLAGE),
        ("link", 15, "model"),
    ),
    "lunar day": (record(None, "马志强", "1963-03-22", "1", VILLAGE, "13895110011"), ("link", 11, "model")),
    "first of January": (
        record(None, "马志强", "1963-01-01", "1", VILLAGE, "13895110011"),
        ("link", 11, "model"),
    ),
    "nothing at all": (record("", "", "", "", "", ""), APART),
    "rubbish": (record("不详", "不详", "不详", "不详", "不详", "无"), APART),
}
NUMBERED = dict(enumerate(CASES, start=1))


def matched(
    records: list[tuple[Any, ...]], decided: list[tuple[int, int, bool]] | None = None
) -> matching.Matched:
    """Run over the registry above; records are (record, told…)."""
    connection = duckdb.connect()
    connection.execute(f"create table people (person bigint, {COLUMNS})")
    connection.execute(f"create table records (record bigint, {COLUMNS})")
    connection.execute("create table decided (record bigint, person bigint, same boolean)")
    people = [(key, *told) for key, told in PEOPLE.items()]
    for table, rows in (("people", people), ("records", records), ("decided", decided or [])):
        if rows:
            marks = ", ".join("?" for _ in rows[0])
            connection.executemany(f"insert into {table} values ({marks})", rows)
    return matching.match(connection, records="records", people="people", decided="decided")


def became(found: matching.Matched, key: int) -> tuple[Any, ...]:
    """('link', person, method), ('doubtful', people, why of the likeliest) or ('apart',)."""
    given = found.connection.execute
    link = given("select person, method from identity_links where record = ?", [key]).fetchall()
    doubts = given(
        "select person, why from identity_doubts where record = ? order by place", [key]
    ).fetchall()
    assert len(link) + bool(doubts) <= 1
    if link:
        return ("link", *link[0])
    return ("doubtful", [person for person, _ in doubts], doubts[0][1]) if doubts else APART


@pytest.fixture(scope="module")
def run() -> matching.Matched:
    return matched([(key, *CASES[case][0]) for key, case in NUMBERED.items()])


@pytest.mark.parametrize("key", NUMBERED, ids=NUMBERED.values())
def test_a_record_becomes(run: matching.Matched, key: int) -> None:
    assert became(run, key) == CASES[NUMBERED[key]][1]


def test_every_record_is_linked_doubtful_or_apart(run: matching.Matched) -> None:
    expected = [outcome[0] for _, outcome in CASES.values()]
    counted = (run.links, run.doubtful, run.apart)
    assert counted == tuple(expected.count(kind) for kind in ("link", "doubtful", "apart"))
    assert run.records == len(CASES)


def test_what_was_decided_stands() -> None:
    twin = record(None, "赵文渊", "2015-05-05", "1", VILLAGE, "13609510014")
    exact = record(of(3), "王秀英")
    assert became(matched([(1, *twin)]), 1) == ("doubtful", [14], TWINS)
    assert became(matched([(1, *twin)], [(1, 14, False)]), 1) == APART
    assert became(matched([(1, *twin)], [(1, 14, True)]), 1) == ("link", 14, "decided")
    assert became(matched([(1, *exact)], [(1, 3, False)]), 1) == APART


def test_only_the_residue_is_weighed() -> None:
    found = matched(
        [(1, *record(of(3), "王秀英")), (2, *record(short(11))), (3, *record(wrong(3, 9), "王秀英"))]
    )
    assert (found.links, found.weighed) == (3, 1)


PLANTED = "null::varchar as id_no, {name} as name, {birth} as birth_date, '1' as sex, '{place}' as division, {phone} as phone"
VARIED = (
    "chr((19968 + key % 83)::int) || chr((20000 + key * 7 % 997)::int) || chr((21000 + key * 13 % 991)::int)"
)
DAYS = "date '1950-01-01' + (key * 37 % 25000)::int"


def crowd(count: int, *, name: str, birth: str, phone: str = "null::varchar") -> matching.Matched:
    """As many people as records, all told alike but for what varies, in two gigabytes."""
    told = PLANTED.format(name=name, birth=birth, place=VILLAGE, phone=phone)
    connection = duckdb.connect()
    connection.execute("set memory_limit = '2GB'")
    for table, column in (("people", "person"), ("records", "record")):
        connection.execute(
            f"create table {table} as select key as {column}, {told} from range({count}) all_(key)"
        )
    return matching.match(connection, records="records", people="people")


def test_a_crowd_of_one_day_is_not_compared_each_with_each() -> None:
    found = crowd(5_000, name=VARIED, birth="'1955-01-01'")
    assert (found.links, found.crowded) == (0, 0)
    assert found.connection.execute("select max(place) from identity_doubts").fetchone() == (1,)


def test_a_crowd_of_one_name_and_one_day_is_left_apart_and_counted() -> None:
    found = crowd(5_000, name="'马丽'", birth="'1955-01-01'")
    assert (found.links, found.doubtful, found.apart, found.crowded) == (0, 0, 5_000, 5_000)


def test_dates_may_come_as_dates_and_a_telephone_of_all_is_nobodys() -> None:
    found = crowd(2_000, name=VARIED, birth=DAYS, phone=f"'{HOME}'")
    wrong = found.connection.execute("select count(*) from identity_links where record <> person").fetchone()
    assert (found.links, wrong) == (2_000, (0,))


def test_a_number_told_under_many_names_is_nobodys() -> None:
    names = ("李晓明", "马志强", "杨淑兰", "刘翠花", "周平", "林静")
    found = matched([(key, *record(of(3), name)) for key, name in enumerate(names, start=1)])
    assert (found.links, found.doubtful, found.apart) == (0, 0, 6)


def test_nothing_comes_of_nothing() -> None:
    found = matched([])
    assert (found.records, found.links, found.doubtful, found.weighed) == (0, 0, 0, 0)


def test_more_records_than_a_slice_are_weighed_in_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(matching, "SLICE", 2)
    keys = (3, 6, 11, 12, 16)
    found = matched([(key, *record(wrong(key, 9), str(PEOPLE[key][1]))) for key in keys])
    assert {key: became(found, key) for key in keys} == {key: ("link", key, "model") for key in keys}


@pytest.mark.parametrize(
    ("name", "sound", "loose"),
    [
        ("单小明", "shan xiao ming", "san xiao min"),
        ("尉迟恭", "yu chi gong", "yu ci gong"),
        ("林静", "lin jing", "nin jin"),
        ("乐", "yue", "yue"),
        ("ABC", "a b c", "a b c"),
        ("", "", ""),
    ],
)
def test_names_are_read_as_names(name: str, sound: str, loose: str) -> None:
    assert sounds.sound(name) == sound
    assert sounds.loose(sound) == loose


@pytest.mark.parametrize(
    ("name", "also"),
    [
        ("单小明", ["dan xiao ming"]),
        ("解乐", ["jie le", "xie yue"]),
        ("仇英", ["chou ying"]),
        ("区长河", ["ou chang he", "qu zhang he"]),
        ("查良", ["cha liang"]),
        ("尉迟恭", ["wei chi gong"]),
        ("单于丹", ["dan yu dan", "shan yu dan"]),
        ("王秀英", []),
    ],
)
def test_characters_of_two_readings_are_read_both_ways(name: str, also: list[str]) -> None:
    assert sounds.also(name) == also


def test_a_name_typed_by_the_other_reading_sounds_the_same() -> None:
    """单 is shàn, but whoever reads dān types 丹; 乐 in a given name is lè or yuè."""
    as_dan = record(None, "丹小燕", "1988-07-01", "2", VILLAGE)
    as_tan = record(None, "谈小燕", "1988-07-01", "2", VILLAGE)
    found = matched([(1, *as_dan), (2, *as_tan)])
    assert became(found, 1) == ("link", 7, "model")
    assert became(found, 2)[0] == "doubtful"
    level = found.connection.execute("select name from identity_links where record = 1").fetchone()
    assert level is not None
    assert NAME.levels_by_code[level[0]] == "reading"


def test_whose_number_it_is_but_neither_name_nor_day_is_in_doubt_where_nobody_else_is_likely() -> None:
    nobodys = record(of(4), "王建平", "1981-02-03", "1", VILLAGE)
    assert became(matched([(1, *nobodys)]), 1) == ("doubtful", [4], "号码相同而姓名、出生日期都不同")


@pytest.mark.parametrize("end", ["000", "0000"])
def test_a_number_made_up_or_cut_by_a_spreadsheet_is_no_other_persons(end: str) -> None:
    cut = of(11)[: 18 - len(end)] + end
    found = matched([(1, *record(cut, "马志强", "1963-04-15", "1", VILLAGE)), (2, *record(cut))])
    assert became(found, 1) == ("link", 11, "model")
    assert became(found, 2) == APART


def test_variants_are_single_characters_once_and_lead_to_no_other() -> None:
    variants, common = sounds.variants()
    assert len(variants) == len(set(variants)) == len(common)
    assert not set(variants) & set(common)


def test_the_page_of_weights_is_what_the_code_says() -> None:
    page = Path(__file__).resolve().parents[2] / "docs" / "reference" / "identities.md"
    assert page.read_text(encoding="utf-8") == reference.page(), "run make docs"
