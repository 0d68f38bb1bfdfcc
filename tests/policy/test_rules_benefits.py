"""Benefits by example: the vectors of the law's facts, what is missed by one unit, and what is not known."""

from datetime import date
from typing import Any

import pytest

from policy.benefits import WHO, answer, answers, document

DIBAO = {"在册低保": "是", "在册": "是"}
INDICES = {"cpi_growth": 34, "food_price_growth": 60, "scpi_growth": 38}
CHILD = {"出生日期": date(2016, 5, 1), "父亲": "王父", "母亲": "王母", "近12个月职工与机关养老金": "0.00元"}


def priced(person: dict[str, Any], on: date = date(2025, 10, 15), rural: bool = False, **indices: Any) -> Any:
    said = INDICES | indices
    given = {name: value for name, value in said.items() if value is not None}
    told = document(person, 日期=on, 标准=given, 城乡="农村" if rural else "城市")
    return answer(told, "price_subsidy")


def test_vector_9_food_starts_the_subsidy() -> None:
    told = document(DIBAO, 标准=INDICES)
    assert answers(told, "is_price_subsidy_started", "price_subsidy") == {
        "is_price_subsidy_started": True,
        "price_subsidy": 2_907,
    }


@pytest.mark.parametrize(
    ("person", "indices", "fen"),
    [
        (DIBAO, {"food_price_growth": 59}, 0),
        (DIBAO, {"food_price_growth": 59, "cpi_growth": 35}, 2_907),
        (DIBAO, {"food_price_growth": None}, None),
        (DIBAO, {"food_price_growth": None, "cpi_growth": 35}, 2_907),
        # 涨幅不高于零的为零
        (DIBAO, {"scpi_growth": 0}, 0),
        # 只看在册：本次可认定低保也不算
        ({"近12个月职工与机关养老金": "0.00元"}, {}, 0),
        ({"在册特困": "是"}, {}, 2_907),
        ({"领取失业保险金": "是"}, {}, 2_907),
        ({"享受国家定期抚恤补助": "是", "在册低保": "是"}, {}, 2_907),
        ({"艾滋病病毒感染": "是"}, {}, 0),
        ({"艾滋病病毒感染": "是", "出生日期": date(2007, 10, 16)}, {}, 2_907),
        ({"在册低保": "不知道"}, {}, None),
        # 阶段性的对象已过
        ({"在册低保边缘": "是"}, {}, 0),
    ],
)
def test_the_price_subsidy(person: dict[str, Any], indices: dict[str, Any], fen: int | None) -> None:
    assert priced(person, **indices) == fen


def test_prices_that_fall_bring_nothing() -> None:
    started = INDICES | {"scpi_growth": -5, "price_subsidy_minimum": 3_000}
    assert answers(document(DIBAO), "price_subsidy", given=started) == {"price_subsidy": 0}
    assert answers(document(DIBAO), "price_subsidy", given=started | {"scpi_growth": 1}) == {
        "price_subsidy": 3_000
    }


def test_the_price_subsidy_goes_up_to_the_fen() -> None:
    # 605元×3.7%＝22.385元
    assert priced(DIBAO, rural=True, scpi_growth=37) == 2_239


@pytest.mark.parametrize(
    ("on", "cpi", "fen"),
    [
        (date(2022, 7, 31), 30, 0),
        (date(2022, 8, 1), 30, 620 * 38 // 10),
        (date(2023, 2, 28), 30, 620 * 38 // 10),
        (date(2023, 2, 28), 29, 0),
        (date(2023, 3, 1), 34, 0),
    ],
)
def test_the_lower_trigger_and_its_months(on: date, cpi: int, fen: int) -> None:
    said = {"food_price_growth": 0, "cpi_growth": cpi}
    assert priced({"在册低保": "是"}, on, **said) == fen
    assert priced({"领取失业补助金": "是"}, on, **said) == fen
    assert priced({"在册低保边缘": "是"}, on, **said) == fen


def test_vector_6_the_living_of_tekun() -> None:
    tekun = {"在册特困": "是"}
    assert answer(document(tekun), "tekun_living_allowance") == 99_500
    assert answer(document(tekun, 城乡="农村"), "tekun_living_allowance") == 78_700
    assert answer(document(tekun | {"供养方式": "集中"}), "tekun_living_allowance") is None
    assert answer(document(), "tekun_living_allowance") == 0


def test_vector_13_decides_the_care_tier() -> None:
    tiers = {
        "tekun_care_independent": "100.00元",
        "tekun_care_partial": "300.00元",
        "tekun_care_full": "600.00元",
    }
    acts = ["能自主吃饭", "能自主穿衣", "能自主上下床", "能自主如厕", "能室内自主行走", "能自主洗澡"]

    def care(lost: int) -> Any:
        person = {"在册特困": "是"} | {act: "否" if at < lost else "是" for at, act in enumerate(acts)}
        return answer(document(person, 标准=tiers), "tekun_care_allowance")

    assert [care(lost) for lost in (0, 1, 3, 4, 6)] == [10_000, 30_000, 30_000, 60_000, 60_000]
    # 没有查到宁夏的标准
    assert answer(document({"在册特困": "是"} | dict.fromkeys(acts, "是")), "tekun_care_allowance") is None


def test_vector_7_the_floors_of_relief() -> None:
    spouse = {"李某": {"与申请人关系": "配偶", "出生日期": date(1986, 1, 1)}}
    child = {"王小": {"与申请人关系": "子女", "出生日期": date(2016, 1, 1)}}
    two = document(home={"遭遇急难": "是"}, more=spouse)
    assert answer(two, "emergency_relief_floor") == 306_000
    three = document(
        home={"支出突增致基本生活困难": "是", "本地户籍": "是"}, more=spouse | child, 城乡="农村"
    )
    assert answer(three, "expenditure_relief_floor") == 688_500


@pytest.mark.parametrize(
    ("home", "verdict"),
    [
        ({"遭遇急难": "是"}, True),
        ({"遭遇急难": "不知道"}, None),
        ({"当日无法维持基本生活": "是"}, True),
        ({"遭遇急难": "是", "同一事由已获临时救助": "是"}, False),
        ({"遭遇急难": "不知道", "同一事由已获临时救助": "是"}, False),
        ({"遭遇急难": "是", "本年已获临时救助次数": 9}, True),
        ({}, False),
    ],
)
def test_relief_in_an_emergency_asks_for_no_hukou(home: dict[str, Any], verdict: bool | None) -> None:
    assert answer(document(home=home), "qualifies_for_emergency_relief") is verdict


def test_a_place_may_limit_the_times_of_relief() -> None:
    limit = {"relief_times_limit": 2}
    for times, verdict in ((1, True), (2, False), ("不知道", None)):
        told = document(home={"遭遇急难": "是", "本年已获临时救助次数": times}, 标准=limit)
        assert answer(told, "qualifies_for_emergency_relief") is verdict


def test_first_help_waits_for_nothing() -> None:
    told = document(home={"当日无法维持基本生活": "是"}, 已核对=[])
    assert answer(told, "is_helped_first") is True


@pytest.mark.parametrize(
    ("person", "on", "verdict"),
    [
        ({}, date(2025, 10, 15), True),
        ({"连续无收入月数": 2}, date(2025, 10, 15), False),
        ({"参加失业保险": "是"}, date(2025, 10, 15), False),
        ({"在册低保": "是"}, date(2025, 10, 15), False),
        ({"参加失业保险": "不知道"}, date(2025, 10, 15), None),
        ({"登记失业": "否"}, date(2025, 10, 15), False),
        ({"出生日期": date(2009, 10, 15)}, date(2025, 10, 15), True),
        ({"出生日期": date(2009, 10, 16)}, date(2025, 10, 15), False),
        ({}, date(2022, 10, 20), True),
        ({}, date(2022, 10, 19), False),
    ],
)
def test_the_uninsured_without_income_for_three_months(
    person: dict[str, Any], on: date, verdict: bool | None
) -> None:
    told = document({"登记失业": "是", "连续无收入月数": 3} | person, 日期=on)
    assert answer(told, "qualifies_for_emergency_relief") is verdict


@pytest.mark.parametrize(
    ("person", "home", "verdict"),
    [
        ({}, {"本地户籍": "是"}, True),
        ({}, {"持居住证并居住": "是"}, True),
        ({}, {}, False),
        (DIBAO, {}, True),
        ({"农业农村部门监测中": "是"}, {}, True),
        ({}, {"本地户籍": "不知道"}, None),
        ({}, {"本地户籍": "是", "支出突增致基本生活困难": "不知道"}, None),
        ({}, {"本地户籍": "是", "支出突增致基本生活困难": "否"}, False),
    ],
)
def test_relief_of_spending(person: dict[str, Any], home: dict[str, Any], verdict: bool | None) -> None:
    told = document(person, {"支出突增致基本生活困难": "是"} | home)
    assert answer(told, "qualifies_for_expenditure_relief") is verdict


@pytest.mark.parametrize(
    ("on", "person", "verdict"),
    [
        (date(2023, 2, 28), {"近12个月定点医院住院自付": "29999.99元"}, False),
        (date(2023, 2, 28), {"近12个月定点医院住院自付": "30000.00元"}, True),
        # 旧口径不看门诊慢特病，也不看其他机构
        (date(2023, 2, 28), {"近12个月门诊慢特病自付": "50000.00元"}, False),
        (date(2023, 3, 1), {"近12个月门诊慢特病自付": "19999.99元"}, False),
        (date(2023, 3, 1), {"近12个月门诊慢特病自付": "20000.00元"}, True),
        (date(2023, 3, 1), {"近12个月门诊慢特病自付": "5000.00元", "近12个月住院自付": "15000.00元"}, True),
        (date(2023, 3, 1), {"本年度个人自付": "20000.00元", "近12个月住院自付": "不知道"}, True),
        (date(2023, 3, 1), {"近12个月住院自付": "不知道"}, None),
    ],
)
def test_the_line_of_illness_and_of_which_bills(
    on: date, person: dict[str, Any], verdict: bool | None
) -> None:
    assert answer(document(person, 日期=on), "has_paid_beyond_illness_line") is verdict


def test_illness_is_at_most_unknown_without_limits_of_means() -> None:
    ill = {"本年度个人自付": "20000.00元"}
    limits = {"illness_income_limit": "40000.00元", "illness_property_limit": "100.00元"}
    assert answer(document(ill), "qualifies_for_illness_poverty") is None
    assert answer(document(), "qualifies_for_illness_poverty") is False
    assert answer(document(ill, 标准=limits), "qualifies_for_illness_poverty") is True
    assert answer(document(ill | {"存款": "100.00元"}, 标准=limits), "qualifies_for_illness_poverty") is True
    assert answer(document(ill | {"存款": "100.01元"}, 标准=limits), "qualifies_for_illness_poverty") is False


@pytest.mark.parametrize(
    ("person", "living", "care"),
    [
        ({"残疾类别": "肢体", "残疾等级": 3}, 11_500, 0),
        ({"残疾类别": "肢体", "残疾等级": 2, "有长期照护记录": "是"}, 11_500, 13_000),
        ({"残疾类别": "肢体", "残疾等级": 3, "有长期照护记录": "是"}, 11_500, 0),
        ({"残疾类别": "智力", "残疾等级": 3, "有长期照护记录": "是"}, 11_500, 0),
        ({"残疾类别": "肢体", "残疾等级": 2, "有长期照护记录": "不知道"}, 11_500, None),
        ({"残疾类别": "肢体", "残疾等级": 2, "有长期照护记录": "是", "在册特困": "是"}, 0, 0),
        ({"残疾类别": "肢体", "残疾等级": 2, "在册低保": "否"}, 0, 0),
        ({}, 0, 0),
    ],
)
def test_the_two_allowances_of_the_disabled(person: dict[str, Any], living: int, care: int | None) -> None:
    found = answers(document(DIBAO | person), "disability_living_allowance", "disability_care_allowance")
    assert found == {"disability_living_allowance": living, "disability_care_allowance": care}


def test_a_place_may_extend_the_allowances() -> None:
    near = {"残疾类别": "精神", "残疾等级": 4, "有长期照护记录": "是", "在册低保边缘": "是"}
    wider = {"disability_living_covers_near_dibao": "是", "disability_care_covers_mental": "是"}
    names = ("disability_living_allowance", "disability_care_allowance")
    assert list(answers(document(near), *names).values()) == [0, 0]
    assert list(answers(document(near, 标准=wider), *names).values()) == [11_500, 13_000]


def child(father: dict[str, Any], mother: dict[str, Any], **facts: Any) -> dict[str, Any]:
    parents = {
        "王父": {"与申请人关系": "父母", "出生日期": date(1985, 1, 1)} | father,
        "王母": {"与申请人关系": "父母", "出生日期": date(1986, 1, 1)} | mother,
    }
    return document(CHILD | facts, more=parents)


DEAD, LOST, JAILED = {"公安登记死亡": "是"}, {"查找不到": "是"}, {"在押": "是", "在押且刑期满6个月": "是"}


@pytest.mark.parametrize(
    ("father", "mother", "orphan", "without_care"),
    [
        (DEAD, DEAD, True, False),
        (DEAD, LOST, True, False),
        (DEAD, JAILED, False, True),
        (JAILED, {"重病在管": "是"}, False, True),
        (JAILED, {"残疾类别": "智力", "残疾等级": 4}, False, True),
        (JAILED, {"残疾类别": "肢体", "残疾等级": 3}, False, False),
        (JAILED, {"被限制人身自由满6个月": "是"}, False, True),
        ({"在押": "是"}, DEAD, False, False),
        (DEAD, {}, False, False),
        (DEAD, {"查找不到": "不知道", "重病在管": "是"}, None, None),
        (DEAD, {"重病在管": "不知道"}, False, None),
    ],
)
def test_children_without_parents_or_care(
    father: dict[str, Any], mother: dict[str, Any], orphan: bool | None, without_care: bool | None
) -> None:
    found = answers(
        child(father, mother), "qualifies_as_orphan", "qualifies_as_child_without_care", "is_child_in_care"
    )
    out = None if None in (orphan, without_care) else orphan or without_care
    assert list(found.values())[:2] == [orphan, without_care]
    # 孤儿还是事实无人抚养分不清时，保障本身已可知
    assert found["is_child_in_care"] is (
        True if father is DEAD and "重病在管" in mother and orphan is None else out
    )


def test_a_child_is_one_until_eighteen() -> None:
    assert answer(child(DEAD, DEAD, 出生日期=date(2007, 10, 16)), "qualifies_as_orphan") is True
    assert answer(child(DEAD, DEAD, 出生日期=date(2007, 10, 15)), "qualifies_as_orphan") is False


def test_the_living_of_orphans() -> None:
    assert answer(child(DEAD, DEAD), "orphan_allowance") == 120_000
    assert answer(child(DEAD, DEAD, 供养方式="集中"), "orphan_allowance") == 160_000
    assert answer(child(DEAD, JAILED), "orphan_allowance") == 0


def test_a_child_without_care_gets_the_difference() -> None:
    # 本人是单人户的低保：1200−765＝435；持三级残疾证另有生活补贴115，差320
    chosen = {"选择孤儿或事实无人抚养保障": "是"}
    poor = answers(child(DEAD, JAILED, **chosen), "dibao_amount", "child_without_care_allowance")
    assert poor == {"dibao_amount": 76_500, "child_without_care_allowance": 43_500}
    disabled = child(DEAD, JAILED, 残疾类别="听力", 残疾等级=3, **chosen)
    assert answer(disabled, "child_without_care_allowance") == 32_000
    # 没有选择的先是特困：1200−995＝205
    modest = JAILED | {"义务人财产符合规定": "是"}
    assert answer(child(DEAD, modest), "child_without_care_allowance") == 20_500
    # 未纳入低保的全额
    rich = child(DEAD, JAILED, 近12个月职工与机关养老金="400000.00元")
    assert answer(rich, "child_without_care_allowance") == 120_000
    # 在册低保而本次算不出低保金：已领多少不知道
    listed = child(DEAD, JAILED, 近12个月职工与机关养老金="400000.00元", 在册低保="是")
    assert answer(listed, "child_without_care_allowance") is None


HEATING = ("qualifies_for_heating_aid", "heating_aid_low", "heating_aid_high")


@pytest.mark.parametrize(
    ("person", "rural", "place", "told"),
    [
        (DIBAO, False, "640104", (True, 40_000, 123_500)),
        (DIBAO, True, "640104", (True, 40_000, 40_000)),
        ({"在册低保边缘": "是"}, False, "640105", (True, 30_000, 30_000)),
        ({"在册低保边缘": "是"} | DIBAO, False, "640106", (True, 40_000, 123_500)),
        ({"在册特困": "是", "供养方式": "分散"}, True, "640104", (True, 50_000, 50_000)),
        ({"在册特困": "是", "供养方式": "集中"}, True, "640104", (False, 0, 0)),
        ({"在册特困": "是", "当年实际采暖费": "1832.50元"}, False, "640104", (True, 183_250, 183_250)),
        ({"在册特困": "是", "当年实际采暖费": "不知道"}, False, "640104", (True, None, None)),
        ({"享受孤儿": "是"}, False, "640104", (True, 50_000, 50_000)),
        # 别处只有自治区底线，且只及低保
        (DIBAO, False, "640202", (True, 20_000, None)),
        (DIBAO, True, "640202", (True, 10_000, None)),
        ({"在册低保边缘": "是"}, False, "640202", (None, None, None)),
        (DIBAO, False, "610303", (None, None, None)),
        ({}, False, "610303", (False, 0, 0)),
        ({"在册低保": "不知道"}, False, "640104", (None, None, None)),
        # 本次可认定也不算：只看在册
        ({"近12个月职工与机关养老金": "0.00元"}, False, "640104", (False, 0, 0)),
    ],
)
def test_heating(person: dict[str, Any], rural: bool, place: str, told: tuple[Any, ...]) -> None:
    asked = document(person, 区划=place, 城乡="农村" if rural else "城市", 日期=date(2025, 11, 5))
    assert tuple(answers(asked, *HEATING).values()) == told


def test_the_floor_of_heating_is_by_person() -> None:
    family = {
        f"王{n}": {"与申请人关系": "子女", "出生日期": date(2016, 1, n), "在册低保": "是"}
        for n in range(1, 6)
    }
    asked = document(DIBAO, more=family, 城乡="农村", 日期=date(2025, 11, 5))
    assert tuple(answers(asked, *HEATING).values()) == (True, 60_000, 60_000)


def test_there_was_no_tier_before_november_2024() -> None:
    asked = document(DIBAO, 日期=date(2024, 10, 31))
    assert tuple(answers(asked, *HEATING).values()) == (True, 20_000, None)


@pytest.mark.parametrize(
    ("home", "person", "name"),
    [
        ({}, {}, "无"),
        ({"户的救助类别": "TK"}, {}, "特困"),
        ({"户的救助类别": "DB"}, {}, "低保"),
        ({"户的救助类别": "BY"}, {}, "边缘"),
        ({"户的救助类别": "GX"}, {}, "刚性"),
        ({"户的救助类别": "JC"}, {}, "监测及其他"),
        ({"户的救助类别": "GX"}, {"近12个月职工与机关养老金": "0.00元"}, "低保"),
        ({"户的救助类别": "BY"}, {"在册低保": "是"}, "边缘"),
        ({}, {"申请未获批": "是"}, "监测及其他"),
        ({}, {"曾退出": "是", "退出日期": date(2023, 10, 16)}, "监测及其他"),
        ({}, {"曾退出": "是", "退出日期": date(2023, 10, 15)}, "无"),
        ({}, {"申请未获批": "不知道"}, None),
    ],
)
def test_the_layer(home: dict[str, Any], person: dict[str, Any], name: str | None) -> None:
    assert answer(document(person, home), "layer") == name


def test_the_case_is_about_its_man() -> None:
    assert WHO in document()["人员"]
