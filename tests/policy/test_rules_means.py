"""The means tests by example: fractions that must stay exact, capacity counted once, vetoes, and what is not known."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from wenhou.engine import plan, run
from wenhou.engine.words import DEFAULT
from wenhou.policy import rules, standards
from wenhou.policy.applications import reader
from wenhou.policy.queries import from_files

assert rules.__doc__
OLD = {"与申请人关系": "申请人", "性别": "1", "出生日期": date(1955, 5, 1)}
ADULT = {"与申请人关系": "申请人", "性别": "1", "出生日期": date(1980, 5, 1)}
SPOUSE = {"与申请人关系": "配偶", "性别": "2", "出生日期": date(1982, 5, 1)}
CHILD = {"与申请人关系": "子女", "性别": "1", "出生日期": date(2016, 5, 1)}
SON = {
    "赡养扶养对象": "甲",
    "对受养人的身份": "子女",
    "义务人家庭": "子家",
    "义务人家庭人数": 3,
    "义务人家庭近12个月收入": "72000.00元",
    "被赡养人数": 1,
    "出生日期": date(1985, 1, 1),
}
DISABLED = {"残疾类别": "肢体", "残疾等级": 1}


def answers(
    people: dict[str, Any],
    *names: str,
    supporters: dict[str, Any] | None = None,
    home: dict[str, Any] | None = None,
    **top: Any,
) -> dict[str, Any]:
    """The household's answers, and people's as name → answer, for Xingqing on 2025-10-15 with every source asked."""
    told = {
        "日期": date(2025, 10, 15),
        "区划": "640104",
        "城乡": "城市",
        "已核对": "全部",
        "授权": "是",
        "人员": people,
        "义务人": supporters or {},
        "本户": home or {},
    } | top
    asked = reader.read({key: value for key, value in told.items() if value != {}})
    values = {
        name: row.value for name, row in standards.resolve(from_files(), asked.place, asked.as_of).items()
    }
    made = plan.make(as_of=asked.as_of, region=asked.place, wanted=names)
    found = run.one(made, asked.rows(values | dict(asked.standards)))
    return {
        name: found.households[1][name]
        if DEFAULT[name].entity == "household"  # type: ignore[union-attr]
        else {who: found.persons[key][name] for who, key in asked.keys.items()}
        for name in names
    }


def one(people: dict[str, Any], name: str, **more: Any) -> Any:
    return answers(people, name, **more)[name]


def pension(yuan: str) -> dict[str, Any]:
    return {"近12个月职工与机关养老金": f"{yuan}元"}


# Exactness


@pytest.mark.parametrize(
    ("wages", "poor"),
    # 三口一年 36×765＝27540元；工资扣10%：30600.00×0.9 恰为 27540，30599.99×0.9＝27539.991
    [("30599.99", True), ("30600.00", False)],
)
def test_the_tenth_of_wages_is_not_rounded_before_the_line(wages: str, poor: bool) -> None:
    family = {"甲": ADULT | {"近12个月工资性收入": f"{wages}元"}, "乙": SPOUSE, "丙": CHILD}
    assert one(family, "qualifies_for_dibao") is poor


@pytest.mark.parametrize(
    ("income", "near"),
    # 一人，标准160.83元：线241.245元/月＝2894.94元/年
    [("2894.93", True), ("2894.94", False)],
)
def test_half_a_fen_of_the_near_line_decides(income: str, near: bool) -> None:
    given = {"dibao_urban": "160.83元"}
    assert one({"甲": ADULT | pension(income)}, "qualifies_for_near_dibao", 标准=given) is near


def test_a_third_of_a_support_is_carried_whole_into_the_amount() -> None:
    # 能力余额 72000.01−27540＝44460.01元/年，×50%÷7，三人补差合计向上到元
    family = {"甲": OLD, "乙": ADULT | {"与申请人关系": "子女", "不能独立生活": "是"}}
    son = SON | {"被赡养人数": 7, "义务人家庭近12个月收入": "72000.01元"}
    told = answers(family, "support_due_to_me", "support_due", "dibao_amount", supporters={"子": son})
    due = Fraction(4_446_001, 2 * 7)
    assert told["support_due_to_me"]["甲"] == due // 12
    assert told["support_due"] == due // 12
    lacking = 2 * 76_500 - due / 12
    assert told["dibao_amount"] == -(-lacking // 100) * 100


@pytest.mark.parametrize(("spent", "above"), [("18523.80", False), ("18523.81", True)])
def test_the_share_of_spending_is_of_the_exact_income(spent: str, above: bool) -> None:
    # 应得 (72000−27540)×50%÷7＝3175.71428…元/年；养老金27697.29元，合计30873.00428…，60%＝18523.80257…
    family = {"甲": OLD | pension("27697.29")}
    told = answers(
        family,
        "spending_line_12m",
        "is_spending_above_share",
        supporters={"子": SON | {"被赡养人数": 7}},
        home={"近12个月必需生活支出": f"{spent}元"},
    )
    assert told == {"spending_line_12m": 1_852_380, "is_spending_above_share": above}


def test_great_incomes_are_a_no_and_not_an_overflow() -> None:
    family = {"甲": ADULT | {"近12个月工资性收入": "100000000.00元"}}
    told = answers(family, "qualifies_for_dibao", "category", "income_per_head", "annual_income_per_head")
    assert told == {
        "qualifies_for_dibao": False,
        "category": "QT",
        "income_per_head": 750_000_000,
        "annual_income_per_head": 9_000_000_000,
    }


# Support


def test_one_family_of_supporters_is_able_once_and_each_counts_for_the_rate() -> None:
    brothers = {f"子{number}": SON for number in "一二三"}
    # (72000−27540)×40%÷12＝1482元
    assert one({"甲": OLD}, "support_due_to_me", supporters=brothers)["甲"] == 148_200
    apart = {name: {**son, "义务人家庭": "无"} for name, son in brothers.items()}
    assert one({"甲": OLD}, "support_due_to_me", supporters=apart)["甲"] == 3 * 148_200


def test_the_next_of_the_family_owes_where_the_first_is_exempt() -> None:
    pair = {"子": SON | DISABLED, "女": SON}
    told = answers({"甲": OLD}, "support_due_to_me", "owes_support", supporters=pair)
    assert told["support_due_to_me"]["甲"] == 185_250
    assert (told["owes_support"]["子"], told["owes_support"]["女"]) == (False, True)


def test_the_capacity_of_a_home_is_counted_once_for_each_person_supported() -> None:
    couple = {"甲": OLD, "乙": SPOUSE | {"出生日期": date(1957, 5, 1)}}
    of_two = SON | {"被赡养人数": 2}
    sons = {"长子": of_two | {"赡养扶养对象": "乙"}, "次子": of_two | {"赡养扶养对象之二": "乙"}}
    told = answers(couple, "support_due_to_me", "bears_for_first", "bears_for_second", supporters=sons)
    assert (told["support_due_to_me"]["甲"], told["support_due_to_me"]["乙"]) == (92_625, 92_625)
    assert (told["bears_for_first"]["长子"], told["bears_for_first"]["次子"]) == (True, True)
    assert told["bears_for_second"]["次子"] is False


@pytest.mark.parametrize(
    ("judged", "paid", "due"),
    [
        ("1852.51", "0.00", 185_251),
        ("1852.50", "100.00", 185_250),
        ("1000.00", "300.00", 30_000),
        ("1000.00", "0.00", 100_000),
        ("1000.00", "不知道", None),
        ("不知道", "0.00", None),
    ],
)
def test_a_judgement_counts_where_it_is_higher(judged: str, paid: str, due: int | None) -> None:
    told = {
        name: value if value == "不知道" else f"{value}元"
        for name, value in {"判决或协议给付": judged, "实际给付": paid}.items()
    }
    son = SON | {"有赡养判决或协议": "是"} | told
    assert one({"甲": OLD}, "support_due_to_me", supporters={"子": son})["甲"] == due


def test_an_exemption_comes_before_a_judgement() -> None:
    son = SON | {"有赡养判决或协议": "是", "判决或协议给付": "900.00元", "在册低保边缘": "是"}
    assert one({"甲": OLD}, "support_due_to_me", supporters={"子": son})["甲"] == 0


@pytest.mark.parametrize(
    ("on", "approved", "due"),
    [
        (date(2022, 10, 19), "是", "owed"),
        (date(2022, 10, 20), "是", "none"),
        (date(2022, 10, 20), "否", "owed"),
        (date(2022, 10, 20), "不知道", "unknown"),
    ],
)
def test_a_waiver_needs_its_day_and_an_approver(on: date, approved: str, due: str) -> None:
    sister = SON | {"对受养人的身份": "兄弟姐妹", "酌情豁免已批准": approved}
    found = one({"甲": ADULT | DISABLED}, "support_due_to_me", supporters={"姐": sister}, 日期=on)["甲"]
    assert {"none": found == 0, "owed": found is not None and found > 0, "unknown": found is None}[due]


def test_supporters_that_are_not_listed_are_not_nobody() -> None:
    unlisted = one({"甲": OLD}, "support_due_to_me", home={"另有未列的义务人": "是"})
    assert unlisted["甲"] is None
    assert one({"甲": OLD}, "support_due_to_me")["甲"] == 0


# Property


def test_another_ground_waits_for_its_approver() -> None:
    told = {"有汽车": "是", "汽车豁免理由": "其他"}
    names = ("vehicle_is_barred", "qualifies_for_dibao")
    assert answers({"甲": ADULT}, *names, home=told) == dict.fromkeys(names)
    approved = answers({"甲": ADULT}, *names, home=told | {"汽车豁免已批准": "是"})
    assert approved == {"vehicle_is_barred": False, "qualifies_for_dibao": True}
    refused = answers({"甲": ADULT}, *names, home=told | {"汽车豁免已批准": "否"})
    assert refused == {"vehicle_is_barred": True, "qualifies_for_dibao": False}


def test_where_no_list_is_known_property_is_unknown_and_poverty_alone_does_not_grant() -> None:
    told = answers(
        {"甲": ADULT},
        "has_property_within_limits",
        "qualifies_for_dibao",
        区划="610902",
        标准={"dibao_urban": "645.00元"},
    )
    assert told == {"has_property_within_limits": None, "qualifies_for_dibao": None}


@pytest.mark.parametrize(("deposits", "barred"), [("44713.00", False), ("44713.01", True)])
def test_baoji_goes_by_deposits_and_last_years_income(deposits: str, barred: bool) -> None:
    on = date(2024, 5, 15)
    who = {"甲": ADULT | {"存款": f"{deposits}元", "证券理财基金": "90000.00元"}}
    assert one(who, "has_property_within_limits", 区划="610304", 日期=on) is not barred


# 特困


def test_an_old_couple_without_means_is_destitute_together() -> None:
    modest = {"义务人财产符合规定": "是"}
    couple = {"甲": OLD | modest, "乙": SPOUSE | {"出生日期": date(1955, 5, 1)} | modest}
    names = ("qualifies_for_tekun", "category", "dibao_amount")
    told = answers(couple, *names, 标准={"disposable_income_urban": "42395.00元"})
    assert told == {"qualifies_for_tekun": {"甲": True, "乙": True}, "category": "TK", "dibao_amount": 0}


def test_a_couple_in_their_sixties_supports_each_other() -> None:
    couple = {
        "甲": OLD | {"出生日期": date(1960, 5, 1)} | pension("6000.00"),
        "乙": SPOUSE | {"出生日期": date(1963, 5, 1)} | pension("6000.00"),
    }
    told = answers(couple, "qualifies_for_tekun", "category", "dibao_amount")
    assert told == {
        "qualifies_for_tekun": {"甲": False, "乙": False},
        "category": "DB",
        "dibao_amount": 53_000,
    }


def test_a_child_with_able_parents_is_not_and_with_an_unlisted_supporter_is_unknown() -> None:
    family = {"甲": ADULT, "乙": SPOUSE, "丙": CHILD}
    told = answers(family, "qualifies_for_tekun", "category")
    assert told == {"qualifies_for_tekun": {"甲": False, "乙": False, "丙": False}, "category": "DB"}
    assert one({"甲": OLD}, "qualifies_for_tekun", home={"另有未列的义务人": "是"})["甲"] is None


@pytest.mark.parametrize(
    ("born", "income", "property_", "capable"),
    [
        (date(1955, 10, 15), "1.00", "是", False),
        (date(1955, 10, 16), "1.00", "是", True),
        (date(1955, 10, 15), "1.00", "否", True),
        (date(1955, 10, 15), "1.00", "不知道", None),
        (date(1955, 10, 15), "42395.00", "是", True),
        (date(1955, 10, 15), "42394.99", "是", False),
    ],
)
def test_who_of_the_supporters_is_able(born: date, income: str, property_: str, capable: bool | None) -> None:
    brother = SON | {
        "对受养人的身份": "兄弟姐妹",
        "义务人家庭人数": 1,
        "义务人家庭近12个月收入": f"{income}元",
        "义务人财产符合规定": property_,
        "出生日期": born,
    }
    given = {"disposable_income_urban": "42395.00元"}
    assert one({"甲": OLD}, "has_able_supporter", supporters={"弟": brother}, 标准=given)["甲"] is capable


def test_a_destitute_member_is_not_paid_for_twice() -> None:
    # 甲有劳动能力、在册特困（无履行能力），乙三级智力残疾、无收入，是特困：两口人，保障人口一人
    family = {
        "甲": ADULT | pension("3600.00") | {"在册特困": "是"},
        "乙": {
            "与申请人关系": "兄弟姐妹",
            "性别": "1",
            "出生日期": date(1975, 5, 1),
            "长期共同居住": "是",
            "与申请人有法定赡养抚养扶养义务": "是",
            "残疾类别": "智力",
            "残疾等级": 3,
        },
    }
    told = answers(family, "qualifies_for_tekun", "dibao_people", "dibao_amount", "category")
    assert told["qualifies_for_tekun"] == {"甲": False, "乙": True}
    # 人均150元，补差615元
    assert (told["category"], told["dibao_people"], told["dibao_amount"]) == ("DB", 1, 61_500)


# Ability, classes, procedure


@pytest.mark.parametrize(
    ("yes", "no", "level"),
    [(6, 0, "自理"), (5, 0, None), (5, 1, "部分丧失"), (3, 1, "部分丧失"), (2, 1, None), (0, 4, "完全丧失"), (2, 4, "完全丧失")],
)  # fmt: skip
def test_self_care_is_told_as_soon_as_it_is_certain(yes: int, no: int, level: str | None) -> None:
    acts = [
        "能自主吃饭",
        "能自主穿衣",
        "能自主上下床",
        "能自主如厕",
        "能室内自主行走",
        "能自主洗澡",
    ]
    told = dict.fromkeys(acts[:yes], "是") | dict.fromkeys(acts[yes : yes + no], "否")
    assert one({"甲": OLD | told}, "self_care_level")["甲"] == level


@pytest.mark.parametrize(
    ("category", "level", "lacks"),
    [("多重", 3, None), ("多重", 4, False), ("视力", 1, True), ("视力", 2, False), ("精神", 3, True), ("听力", 1, False)],
)  # fmt: skip
def test_several_disabilities_in_one_are_not_guessed(category: str, level: int, lacks: bool | None) -> None:
    who = {"甲": ADULT | {"残疾类别": category, "残疾等级": level}}
    assert one(who, "lacks_work_ability")["甲"] is lacks


def test_the_first_ground_in_the_order_of_the_law_is_named() -> None:
    family = {"甲": ADULT | pension("27000.00"), "乙": SPOUSE | DISABLED | {"重病在管": "是"}, "丙": CHILD}
    told = answers(family, "category", "single_person_ground", "stands_as_dibao", "stands_as_near_dibao")
    assert told["category"] == "DB"
    assert set(told["single_person_ground"].values()) == {"无"}
    family["甲"] = ADULT | pension("28000.00")
    told = answers(family, "category", "single_person_ground", "stands_as_dibao", "stands_as_near_dibao")
    assert told["category"] == "BY"
    assert told["single_person_ground"] == {"甲": "无", "乙": "8(一)", "丙": "8(四)"}
    assert told["stands_as_dibao"] == {"甲": False, "乙": True, "丙": True}
    assert set(told["stands_as_near_dibao"].values()) == {True}


def test_nobody_counted_is_no_household() -> None:
    told = answers({"甲": ADULT | {"在押": "是"}}, "family_size", "category", "qualifies_for_dibao")
    assert told == {"family_size": 0, "category": "QT", "qualifies_for_dibao": False}


def test_grace_ends_with_its_last_day() -> None:
    home = {"户的救助类别": "DB", "因就业收入超标准": "是", "收入超标准起始日期": date(2025, 4, 15)}
    assert one({"甲": ADULT}, "is_within_grace", home=home) is True
    assert one({"甲": ADULT}, "is_within_grace", home=home, 日期=date(2025, 10, 16)) is False


def test_what_determines_rests_on_no_screen() -> None:
    screens = {rule.name for rule in DEFAULT.rules if rule.screen}
    assert {
        "visible_income_12m",
        "visible_income_per_head",
        "has_low_visible_income",
        "seen_income_12m",
    } <= screens
    decided = [rule.name for rule in DEFAULT.rules if rule.determines]
    assert {"category", "dibao_amount", "qualifies_for_single_dibao"} <= set(decided)
    assert not screens & DEFAULT.rests_on(decided)
