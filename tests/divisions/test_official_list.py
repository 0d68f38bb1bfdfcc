"""The official five-level list: whole or not at all, with every bad row named."""

import time
from datetime import date
from pathlib import Path

import pytest

from wenhou.base.errors import Refused
from wenhou.divisions import listing, queries
from wenhou.divisions.actions import places
from wenhou.divisions.models import Division, PlaceList

pytestmark = pytest.mark.django_db
IN_2023, IN_2025 = date(2023, 6, 30), date(2025, 6, 30)
GOOD = (
    "code,name,urban_rural_class\n"
    "640104000000,兴庆区,\n"
    "640104001000,凤凰北街街道,\n"
    "640104001001,新一社区居委会,111\n"
    "640104101000,大新镇,\n"
    "640104101200,塔桥村委会,220\n"
)


@pytest.fixture(autouse=True)
def own_places():
    queries.forget_names()
    return places.seed_own(by="测试", on=IN_2023)


def load(path: Path, content: str | bytes, on: date = IN_2023, *, complete: bool = False) -> places.Loaded:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return places.load_official(path, by="测试", on=on, complete=complete)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "名录.csv"


@pytest.mark.parametrize(
    "content",
    [GOOD.encode(), b"\xef\xbb\xbf" + GOOD.encode(), GOOD.encode("gb18030"), GOOD.replace("\n", "\r\n").encode(),
     GOOD.replace("code,name,urban_rural_class", "代码,名称,城乡分类代码").encode()],
    ids=["utf-8", "bom", "gb18030", "crlf", "chinese header"],
)  # fmt: skip
def test_a_good_list(file, content):
    assert load(file, content) == places.Loaded(3, 0, 0, "名录.csv：新增3处，更名0处，停用0处。")
    village = queries.find("640104101200", IN_2023)
    assert (village.name, village.urban_rural, village.level) == ("塔桥村委会", "农村", 5)
    assert queries.find("640104001001", IN_2023).urban_rural == "城市"
    assert village.valid_from == queries.find("640104", IN_2023).valid_from
    assert village.place_list.name == "名录.csv"


def test_rare_characters_of_a_name_are_kept(file):
    """GB18030 writes some village names with private-use characters; the national list has two."""
    load(file, GOOD.replace("塔桥", "高\ue170").encode("gb18030"))
    assert queries.find("640104101200", IN_2023).name == "高\ue170村委会"


def test_the_same_list_again_changes_nothing(file):
    load(file, GOOD)
    before = list(Division.objects.order_by("pk").values())
    again = load(file, GOOD)
    assert (again.added, again.renamed, again.closed) == (0, 0, 0)
    assert again.message == "名录.csv：没有变化。"
    assert list(Division.objects.order_by("pk").values()) == before


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("64010410120,塔桥村,", "第7行代码 64010410120 有11位，应为12位"),
        ("6401041012000,塔桥村,", "第7行代码 6401041012000 有13位，应为12位"),
        ("64010410120X,塔桥村,", "第7行代码“64010410120X”应全为数字"),
        ("640104101200,又一村,", "第7行代码 640104101200 与第6行重复"),
        ("640104102200,无镇村,", "第7行代码 640104102200 的上级 640104102000 不在名录中，也未曾载入"),
        ("640107000000,新区,", None),
        ("991104102200,外星村,", "第7行代码 991104102200 开头的省级代码不存在"),
        ("640104101201,,", "第7行代码 640104101201 的名称为空、过长或含有不可见字符"),
        ("640104101201,塔\u200b桥,", "第7行代码 640104101201 的名称为空、过长或含有不可见字符"),
        ("640104101201,塔二村,999", "第7行城乡分类代码“999”不在 111、112、121、122、123、210、220 之中"),
        ("640104101201,塔二村", "第7行有2列，首行有3列"),
        ("610322000000,凤翔县,", "第7行代码 610322000000：凤翔县的此代码自2021-01-29起停用，现代码为 610305"),
    ],
)
def test_a_bad_row_is_named_and_nothing_is_written(file, row, reason):
    before = list(Division.objects.order_by("pk").values())
    if reason is None:
        assert load(file, f"{GOOD}{row}\n").added == 4
        return
    with pytest.raises(listing.BadList) as refused:
        load(file, f"{GOOD}{row}\n")
    assert len(refused.value.problems) == 1
    assert str(refused.value.problems[0]).startswith(reason)
    assert refused.value.message.startswith(f"区划名录 名录.csv 有1行不合格，一行也没有载入：{reason}")
    assert list(Division.objects.order_by("pk").values()) == before
    assert PlaceList.objects.count() == 1


def test_every_bad_row_is_counted_the_first_five_are_shown(file):
    bad = "".join(f"64010410{n},村,\n" for n in range(10, 18))
    with pytest.raises(listing.BadList, match=r"有8行不合格.*第11行.*；另有3行。$") as refused:
        load(file, GOOD + bad)
    assert [problem.line for problem in refused.value.problems] == list(range(7, 15))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "首行应为 code,name"),
        ("编号,村名\n1,2\n".encode(), "首行应为 code,name"),
        (b"code,name,name\n", "首行有重复的列名"),
        (b"code,name\n", "一行区划也没有"),
        (b"%PDF-1.7\n\0\1\2", "不是 CSV 文本文件"),
        ("code,name\n640104000000,兴庆区".encode()[:-1] + b"\xff", "编码既不是 UTF-8 也不是 GB18030"),
        ('code,name\n640104000000,"兴庆区\n'.encode(), "引号没有配对"),
    ],
)
def test_a_file_that_cannot_be_read_gets_one_sentence(file, content, said):
    with pytest.raises(Refused, match=said) as refused:
        load(file, content)
    assert refused.value.message.startswith("区划名录 名录.csv")
    assert PlaceList.objects.count() == 1


@pytest.mark.parametrize("name", ["没有.csv", "."])
def test_a_missing_file_gets_one_sentence(tmp_path, name):
    with pytest.raises(Refused, match="没有找到区划名录"):
        places.load_official(tmp_path / name, by="测试", on=IN_2023)


def test_a_renamed_place_keeps_its_old_row(file):
    load(file, GOOD)
    done = load(file, GOOD.replace("塔桥村委会", "塔桥社区居委会").replace("220", "122"), IN_2025)
    assert (done.added, done.renamed, done.closed) == (0, 1, 0)
    before, after = Division.objects.filter(code="640104101200").order_by("valid_from")
    assert (before.name, before.valid_to, before.urban_rural_class) == ("塔桥村委会", IN_2025, "220")
    assert (after.name, after.valid_from, after.urban_rural_class) == ("塔桥社区居委会", IN_2025, "122")
    assert queries.find("640104101200", date(2025, 6, 29)).name == "塔桥村委会"
    assert queries.find("640104101200", IN_2025).name == "塔桥社区居委会"


def test_a_place_new_in_a_later_list_begins_with_it(file):
    load(file, GOOD)
    load(file, GOOD + "640104101201,新二村委会,\n640104102000,月牙湖乡,\n640104102200,月一村委会,\n", IN_2025)
    assert queries.find("640104101201", IN_2025).valid_from == IN_2025
    assert queries.find("640104102200", IN_2025).valid_from == IN_2025
    with pytest.raises(queries.NotValid):
        queries.find("640104101201", date(2025, 6, 29))


def test_a_complete_list_ends_what_it_no_longer_has(file):
    load(file, GOOD)
    without = GOOD.replace("640104101200,塔桥村委会,220\n", "")
    assert load(file, without, IN_2025).closed == 0
    assert queries.is_valid("640104101200", IN_2025)
    own = Division.objects.on(IN_2025).under("64").exclude(source="自拟").count()
    done = load(file, without, IN_2025, complete=True)
    assert done.closed == own - 4
    assert queries.is_valid("640104101200", date(2025, 6, 29))
    assert not queries.is_valid("640104101200", IN_2025)
    assert queries.is_valid("640105005990", IN_2025)
    assert queries.is_valid("610302", IN_2025)


def test_an_older_list_does_not_undo_a_newer_one(file):
    load(file, GOOD, IN_2025)
    before = list(Division.objects.order_by("pk").values())
    with pytest.raises(
        Refused, match=r"的日期2023-06-30早于已载入的 名录\.csv（2025-06-30），名录须按日期先后载入"
    ):
        load(file, GOOD.replace("塔桥村委会", "塔桥旧村委会"), IN_2023)
    assert list(Division.objects.order_by("pk").values()) == before
    assert load(file, "code,name\n640105000000,西夏区\n640105001000,西花园路街道\n", IN_2023).added == 1


def test_places_of_an_ended_county_end_with_it(file):
    old = "code,name\n610322000000,凤翔县\n610322105000,糜杆桥镇\n"
    load(file, old, date(2019, 1, 1))
    assert queries.find("610322105", date(2021, 1, 28)).name == "糜杆桥镇"
    with pytest.raises(queries.NotValid):
        queries.find("610322105", date(2021, 1, 29))
    load(file, old.replace("糜杆桥镇", "糜杆桥乡"), date(2020, 1, 1))
    assert queries.find("610322105", date(2021, 1, 28)).name == "糜杆桥乡"
    assert not queries.is_valid("610322105", date(2021, 1, 29))


def test_who_loads_is_always_said(file):
    file.write_text(GOOD, encoding="utf-8")
    with pytest.raises(Refused, match="须写明载入人"):
        places.load_official(file, by="", on=IN_2023)
    assert PlaceList.objects.count() == 1


def test_thirty_thousand_villages_in_a_breath(file):
    """The nation's 660,000 at this pace take under a minute."""
    rows = "".join(
        f"6401041{town:02d}000,{town}镇,\n"
        + "".join(f"6401041{town:02d}{village:03d},{village}村委会,220\n" for village in range(200, 500))
        for town in range(2, 100)
    )
    started = time.perf_counter()
    assert load(file, GOOD + rows).added == 3 + 98 * 301
    assert time.perf_counter() - started < 20
