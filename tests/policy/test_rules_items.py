"""The 43 items: each had, refused and unknown; the matrix agrees with the menu's data."""

from datetime import date
from typing import Any

import pytest

from policy.benefits import ROOT, answer, answers, document
from wenhou.engine.declared import Rule
from wenhou.engine.words import DEFAULT
from wenhou.policy import items
from wenhou.policy.items import BY_CODE, ITEMS, KINDS

DIBAO = {"在册低保": "是"}
NEAR = {"在册低保边缘": "是"}
TEKUN = {"在册特困": "是"}
SPENDING = {"在册刚性支出困难": "是"}
CANCER = "患宫颈癌Ⅱb期以上或浸润性乳腺癌"
WATCHED = {"农业农村部门监测中": "是"}
DISABLED = {"残疾类别": "肢体", "残疾等级": 2}
OLD = {"出生日期": date(1945, 1, 1)}
LIMITS = {"标准": {"illness_income_limit": "40000.00元", "illness_property_limit": "100.00元"}}
RURAL = {"城乡": "农村"}
Facts = dict[str, Any]

# 事项，享有者本人，本户，其他；去掉或改变哪一个就没有；哪一个不知道就不知道
CASES: list[tuple[str, Facts, Facts, Facts, Facts, str]] = [
    ("YL01", DIBAO, {}, {}, {"在册低保": "否"}, "在册低保"),
    ("YL02", TEKUN, {}, {}, {"在册特困": "否"}, "在册特困"),
    ("YL03", NEAR, {}, {}, {"在册低保边缘": "否"}, "在册低保边缘"),
    ("YL04", SPENDING, {}, {}, {"在册刚性支出困难": "否"}, "在册刚性支出困难"),
    ("YL05", {}, {"遭遇急难": "是"}, {}, {"遭遇急难": "否"}, "遭遇急难"),
    ("YL06", DIBAO, {"支出突增致基本生活困难": "是"}, {}, {"支出突增致基本生活困难": "否"}, "支出突增致基本生活困难"),
    ("YL07", {"享受孤儿": "是"}, {}, {}, {"享受孤儿": "否"}, "享受孤儿"),
    ("YL08", DIBAO | DISABLED, {}, {}, {"残疾等级": 0}, "残疾等级"),
    ("YL09", DISABLED | {"有长期照护记录": "是"}, {}, {}, {"残疾等级": 3}, "有长期照护记录"),
    (
        "YL10", NEAR | {"出生日期": date(1945, 10, 15), "有失能记录": "否"}, {}, {},
        {"出生日期": date(1945, 10, 16)}, "在册低保边缘",
    ),
    ("YL11", NEAR, {}, {}, {"在册低保边缘": "否"}, "在册低保边缘"),
    ("YL12", DIBAO | {"公安登记死亡": "是"}, {}, {}, {"公安登记死亡": "否"}, "在册低保"),
    ("YL13", {"享受国家定期抚恤补助": "是"}, {}, {}, {"享受国家定期抚恤补助": "否"}, "享受国家定期抚恤补助"),
    ("YL14", WATCHED, {}, {}, {"农业农村部门监测中": "否"}, "农业农村部门监测中"),
    ("YL15", {"本年度个人自付": "20000.00元"}, {}, LIMITS, {"本年度个人自付": "19999.99元"}, "本年度个人自付"),
    ("YL16", DISABLED | {"就读学段": "学前"}, {}, {}, {"就读学段": "小学"}, "就读学段"),
    ("YL17", WATCHED | {"就读学段": "初中"}, {}, {}, {"就读学段": "普高"}, "就读学段"),
    ("YL18", DISABLED | {"就读学段": "中职"}, {}, {}, {"就读学段": "高职专科"}, "残疾等级"),
    ("YL19", SPENDING | {"就读学段": "本科"}, {}, {}, {"就读学段": "中职"}, "就读学段"),
    (
        "YL20", DISABLED | {"不能到校就读": "是", "出生日期": date(2009, 10, 16)}, {}, {},
        {"出生日期": date(2009, 10, 15)}, "不能到校就读",
    ),
    ("YL21", NEAR | {"就业登记在岗": "否"}, {}, {}, {"就业登记在岗": "是"}, "就业登记在岗"),
    ("YL22", WATCHED, {}, {}, {"出生日期": date(1965, 10, 15)}, "农业农村部门监测中"),
    ("YL23", SPENDING | {"灵活就业或创业": "是"}, {}, {}, {"灵活就业或创业": "否"}, "灵活就业或创业"),
    ("YL24", DISABLED | {"参加城乡居民养老保险": "是"}, {}, {}, {"残疾等级": 3}, "参加城乡居民养老保险"),
    ("YL25", NEAR, {"住房套数": 0}, {}, {"在册低保边缘": "否"}, "在册低保边缘"),
    ("YL26", NEAR, {"住房套数": 0, "租房居住": "是"}, {}, {"租房居住": "否"}, "租房居住"),
    ("YL27", WATCHED, {"住房鉴定等级": "C"}, RURAL, {"住房鉴定等级": "B"}, "住房鉴定等级"),
    ("YL28", TEKUN, {}, {}, {"在册特困": "否"}, "在册特困"),
    ("YL29", {"疑似残疾未办证": "是"}, {}, {}, {"疑似残疾未办证": "否"}, "疑似残疾未办证"),
    (
        "YL30", DISABLED | {"有康复需求": "是", "出生日期": date(2018, 10, 16)}, {}, {},
        {"出生日期": date(2018, 10, 15)}, "有康复需求",
    ),
    ("YL31", DISABLED | {"有辅具需求": "是"}, {}, {}, {"残疾等级": 0}, "有辅具需求"),
    ("YL32", NEAR | DISABLED, {"需家庭无障碍改造": "是"}, {}, {"残疾等级": 3}, "需家庭无障碍改造"),
    ("YL33", {"急危重伤病需急救": "是", "身份不明": "是"}, {}, {}, {"身份不明": "否"}, "身份不明"),
    ("YL34", NEAR | OLD | {"患慢性病": "是"}, {}, {}, {"出生日期": date(1965, 10, 16)}, "患慢性病"),
    ("YL35", {}, {"受灾": "是"}, {}, {"受灾": "否"}, "受灾"),
    ("YL36", {}, {"住房因灾损坏": "严重损坏", "无房可住": "是"}, {}, {"住房因灾损坏": "一般损坏"}, "无房可住"),
    ("YL37", {}, {"遭遇急难": "是"}, RURAL, {"遭遇急难": "否"}, "遭遇急难"),
    ("YL38", {"脱贫户成员": "是", "就读学段": "高职专科"}, {}, {}, {"就读学段": "普高"}, "脱贫户成员"),
    ("YL39", SPENDING, {"有法律援助事项": "是"}, {}, {"有法律援助事项": "否"}, "有法律援助事项"),
    ("YL40", NEAR | {"工会会员职工": "是"}, {}, {}, {"工会会员职工": "否"}, "工会会员职工"),
    ("YL41", SPENDING | {"就读学段": "小学"}, {}, {}, {"就读学段": "学前"}, "就读学段"),
    ("YL42", WATCHED | {"性别": "2", CANCER: "是"}, {}, {}, {"性别": "1"}, CANCER),
    ("YL43", SPENDING | {"退役军人": "是"}, {}, {}, {"退役军人": "否"}, "退役军人"),
]  # fmt: skip


def asked(person: Facts, home: Facts, top: Facts, changed: Facts) -> Facts:
    """The document with some facts changed, of the man where he has them and else of the household."""
    own = {name: value for name, value in changed.items() if name not in home}
    return document(person | own, home | {k: v for k, v in changed.items() if k in home}, **top)


@pytest.mark.parametrize(
    ("code", "person", "home", "top", "refused", "lacking"), CASES, ids=lambda case: str(case)[:4]
)
def test_an_item_is_had_refused_and_unknown(
    code: str, person: Facts, home: Facts, top: Facts, refused: Facts, lacking: str
) -> None:
    rule = BY_CODE[code].rule
    assert answer(asked(person, home, top, {}), rule) is True
    assert answer(asked(person, home, top, refused), rule) is False
    assert answer(asked(person, home, top, {lacking: "不知道"}), rule) is None


def test_every_item_has_its_example() -> None:
    assert [case[0] for case in CASES] == [item.code for item in ITEMS] == [f"YL{n:02}" for n in range(1, 44)]


def test_town_and_country_have_their_own_housing() -> None:
    home = {"住房套数": 0, "租房居住": "是", "住房鉴定等级": "D"}
    names = ("item_yl25", "item_yl26", "item_yl27")
    assert list(answers(document(NEAR, home), *names).values()) == [True, True, False]
    assert list(answers(document(NEAR, home, 城乡="农村"), *names).values()) == [False, False, True]
    # 集中供养的特困人员不算分散特困
    together = document(TEKUN | {"供养方式": "集中"}, home)
    assert list(answers(together, *names).values()) == [False, False, False]


def test_a_home_is_too_small_only_by_a_known_standard() -> None:
    home = {"住房套数": 1, "住房建筑面积": 12}
    assert answer(document(NEAR, home), "item_yl25") is None
    assert answers(document(NEAR, home), "item_yl25", given={"housing_shortage_area": 13}) == {
        "item_yl25": True
    }
    assert answers(document(NEAR, home), "item_yl25", given={"housing_shortage_area": 12}) == {
        "item_yl25": False
    }


def test_who_else_is_insured_is_the_place_s_to_say() -> None:
    assert answer(document(NEAR), "item_yl13") is None
    assert answers(document(NEAR), "item_yl13", given={"insurance_aid_covers_others": True}) == {
        "item_yl13": True
    }
    assert answer(document(), "item_yl13") is False


def test_a_poor_household_in_the_country_is_watched_below_a_known_line() -> None:
    told = document({"近12个月职工与机关养老金": "5000.00元"}, {"有返贫致贫风险": "是"}, 城乡="农村")
    assert answer(told, "item_yl37") is None
    assert answers(told, "item_yl37", given={"relapse_watch_line": 500_001}) == {"item_yl37": True}
    assert answers(told, "item_yl37", given={"relapse_watch_line": 500_000}) == {"item_yl37": False}


def test_supporters_elsewhere_bring_their_family_nothing() -> None:
    son = {"王小": DIBAO | TEKUN | DISABLED | {
        "赡养扶养对象": "王某", "对受养人的身份": "子女", "义务人家庭": "甲", "义务人家庭人数": 1,
        "义务人家庭近12个月收入": "0.00元", "被赡养人数": 1, "出生日期": date(1990, 1, 1),
        "就读学段": "本科", "有辅具需求": "是", "退役军人": "是", "公安登记死亡": "是",
    }}  # fmt: skip
    rules = [item.rule for item in ITEMS]
    given = {"cpi_growth": 0, "food_price_growth": 0}
    found = answers(document({"就业登记在岗": "是"}, 义务人=son), *rules, given=given)
    assert {name for name, verdict in found.items() if verdict is not False} == set()


def test_a_household_without_work_is_helped_whatever_it_has() -> None:
    spouse = {"李某": {"与申请人关系": "配偶", "出生日期": date(1986, 1, 1), "就业登记在岗": "是"}}
    assert answer(document({"就业登记在岗": "否"}), "item_yl21") is True
    assert answer(document({"就业登记在岗": "否"}, more=spouse), "item_yl21") is False


def test_the_matrix_agrees_with_the_menu() -> None:
    for kind in KINDS:
        declared = DEFAULT[f"help_{kind}"]
        assert isinstance(declared, Rule)
        assert declared.versions[0].parameters == tuple(item.rule for item in items.of_kind(kind))


def test_an_item_is_labelled_and_founded_as_in_the_menu() -> None:
    for item in ITEMS:
        declared = DEFAULT[item.rule]
        assert isinstance(declared, Rule)
        assert (declared.versions[0].label, declared.versions[0].law, declared.determines) == (
            item.name,
            item.basis,
            True,
        )


def test_the_menu_counts_by_department() -> None:
    counted: dict[str, int] = {}
    for item in items.menu():
        counted[item.department] = counted.get(item.department, 0) + 1
    assert list(counted.values()) == [12, 3, 5, 4, 4, 4, 2, 2, 2, 1, 1, 1, 1, 1]


def test_help_is_had_where_an_item_of_the_kind_is() -> None:
    told = document(home={"受灾": "是", "遭遇急难": "不知道"})
    assert answers(told, "help_disaster", "help_emergency", "help_education") == {
        "help_disaster": True,
        "help_emergency": None,
        "help_education": False,
    }


def test_the_page_of_items_is_current() -> None:
    assert (ROOT / "docs/reference/items.md").read_text(encoding="utf-8") == items.page(), (
        "python -m wenhou.policy.items > docs/reference/items.md"
    )
