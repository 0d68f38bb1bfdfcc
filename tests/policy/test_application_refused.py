"""Faults of a household that a careful reader would see: forged lines, invisible marks, places and families that cannot be."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from wenhou.policy.applications import overlay, strict
from wenhou.policy.applications.faults import ApplicationFault, said
from wenhou.policy.applications.reader import MOST_PEOPLE, read
from wenhou.policy.rules import people

__all__ = ["people"]
DAY = date(2025, 10, 15)
UNSEEN = {
    "newline": "\n",
    "escape": "\x1b",
    "nul": "\x00",
    "right to left": "\u202e",
    "no width": "\u200b",
    "line": "\u2028",
    "half a surrogate": "\ud800",
}


def document(**changed: Any) -> dict[str, Any]:
    return {"日期": DAY, "区划": "640104", "人员": {"王某": {"与申请人关系": "申请人"}}} | changed


def family(**others: dict[str, Any]) -> dict[str, Any]:
    applicant = {"与申请人关系": "申请人", "性别": "男", "出生日期": "1980-02-03"}
    return document(人员={"王某": applicant} | others)


def faults(told: Any) -> list[str]:
    with pytest.raises(ApplicationFault) as refusal:
        read(told)
    return list(refusal.value.faults)


@pytest.mark.parametrize("mark", UNSEEN.values(), ids=UNSEEN)
def test_what_cannot_be_seen_is_refused_wherever_it_would_be_shown(mark: str) -> None:
    person = {"与申请人关系": "申请人"}
    for told, begin in (
        (document(说明=f"甲户{mark}认定：特困供养户"), "说明不是一句话"),
        (document(人员={f"王{mark}某": person}), "人员里的名字“"),
        (document(人员={"王某": person | {"户籍县区": f"640104{mark}"}}), "王某的“户籍县区”写的是“"),
        (document(人员={"王某": person | {"义务人家庭": f"甲{mark}乙"}}), "王某的“义务人家庭”写的是“"),
        (document(**{f"说{mark}明": "一户"}), "不认识“"),
    ):
        (sentence,) = faults(told)
        assert sentence.startswith(begin)
        assert mark not in sentence
        assert sentence.encode()
    (sentence,) = faults(document(人员={"王某": person | {"义务人家庭": f"甲{mark}乙"}}))
    assert sentence.endswith("有换行或看不见的字符；请重新输入这几个字。")


def test_half_a_surrogate_in_json_is_one_sentence_that_can_be_written() -> None:
    told = strict.from_json(b'{"\\ud800": 1}')
    (*_, sentence) = faults(document() | told)
    assert sentence.startswith("不认识“�”")


def test_standards_of_a_file_hold_nothing_unseen_either() -> None:
    entry = {"division": "6401", "since": DAY, "value": "1.00", "unit": "元/月", "document": "通知\x1b[31m"}
    with pytest.raises(ApplicationFault, match="有换行或看不见的字符"):
        overlay.read({"dibao_urban": [entry]})


@pytest.mark.parametrize("name", ["", " ", "　", "王某 ", " 王某", "\u3164", "本户", "本 户"])
def test_a_name_is_neither_blank_nor_framed_in_blanks(name: str) -> None:
    (sentence,) = [one for one in faults(document(人员={name: {}})) if "名字" in one]
    assert sentence.endswith("请写20字以内的姓名。")


@pytest.mark.parametrize("other", ["王 某", "王　某", "王某\ufe0f"])
def test_two_names_that_look_the_same_are_refused(other: str) -> None:
    (sentence,) = faults(family(**{other: {"与申请人关系": "其他"}}))
    assert sentence.endswith("看起来是一个名字：两个人要分得清；请改其中一个，例如加上“大”“小”。")


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("649999", "名录里没有 6499"),
        ("640199", "名录里没有 640199"),
        ("640199001001", "名录里没有 640199"),
        ("690101", "没有这个省级区划"),
        ("610322", "610322自2021-01-29起停用，现为 610305"),
    ],
)
def test_a_division_that_cannot_be_is_refused(code: str, why: str) -> None:
    assert faults(document(区划=code)) == [f"区划“{code}”不是一个地方：{why}；请核对区划代码。"]


def test_a_division_is_known_by_its_county_and_on_its_days() -> None:
    for code, on in (("640104001001", DAY), ("110101", DAY), ("610322", date(2020, 1, 1)), ("6401", DAY)):
        assert read(document(区划=code), as_of=on).place == code


def test_answers_after_the_day_are_refused_and_old_ones_remarked_on() -> None:
    assert faults(document(已核对={"DI26": "2025-10-16"})) == [
        "DI26的答复日“2025-10-16”晚于所问的2025-10-15：还没有答复的不能算已核对；请核对答复日。"
    ]
    told = read(document(已核对={"DI26": "2024-10-14", "DI47": "2024-10-16", "申报": "2025-10-15"}))
    assert told.remarks == ("DI26的答复已过一年，请重新核对。",)
    assert told.without_names().remarks == ()


def test_a_family_has_one_spouse_who_is_no_child() -> None:
    spouse = {"与申请人关系": "配偶", "性别": "女", "出生日期": "1981-01-01"}
    assert "甲、乙都写了配偶：一个申请人至多有一个配偶；请改正与申请人关系。" in faults(
        family(甲=spouse, 乙=spouse)
    )
    assert faults(family(甲=spouse | {"出生日期": "2009-10-16"})) == [
        "甲是配偶，只有15周岁：这不可能；请核对出生日期和与申请人关系。"
    ]
    young = read(family(甲=spouse | {"出生日期": "2005-10-16"}))
    assert young.remarks == ("甲是配偶，只有19周岁，未到法定婚龄20周岁，请核对。",)
    assert read(family(甲=spouse | {"出生日期": "2005-10-15"})).remarks == ()


@pytest.mark.parametrize(
    ("kin", "born", "sentence"),
    [
        ("子女", "1980-02-03", "甲的父亲王某生得比他还晚：这不可能；请核对两人的出生日期和关系。"),
        (
            "孙子女",
            "1950-01-01",
            "甲是申请人的孙子女，却不比申请人生得晚：这不可能；请核对两人的出生日期和关系。",
        ),
        (
            "祖父母",
            "1990-01-01",
            "甲是申请人的祖父母，却不比申请人生得早：这不可能；请核对两人的出生日期和关系。",
        ),
    ],
)
def test_generations_are_born_in_order(kin: str, born: str, sentence: str) -> None:
    assert faults(family(甲={"与申请人关系": kin, "性别": "男", "出生日期": born})) == [sentence]


def test_a_child_older_than_an_applicant_whose_sex_is_not_told_is_refused_too() -> None:
    told = family(甲={"与申请人关系": "子女", "出生日期": "1980-02-03"})
    del told["人员"]["王某"]["性别"]
    assert faults(told) == ["甲是申请人的子女，却不比申请人生得晚：这不可能；请核对两人的出生日期和关系。"]


@pytest.mark.parametrize(("written", "kept"), [("男", "1"), ("女", "2"), ("1", "1"), ("2", "2"), (1, "1")])
def test_sex_is_written_in_words_or_by_number(written: Any, kept: str) -> None:
    told = read(document(人员={"王某": {"与申请人关系": "申请人", "性别": written}}))
    assert told.people["王某"].values["sex"] == kept


def test_sex_is_refused_in_words() -> None:
    assert faults(document(人员={"王某": {"与申请人关系": "申请人", "性别": "男性"}})) == [
        "王某的“性别”写的是“男性”：不在可选的值里；请从男、女中选一个。"
    ]


def test_money_of_too_many_digits_says_so() -> None:
    (sentence,) = faults(document(人员={"王某": {"与申请人关系": "申请人", "存款": f"{10**15}.00元"}}))
    assert sentence == "王某的“存款”写的是“****.00元”：大得不可能；请核对单位和位数。"
    (sentence,) = faults(document(本户={"住房建筑面积": Decimal("1e30")}))
    assert sentence == "本户的“住房建筑面积”写的是“1E+30”：大得不可能；请核对单位和位数。"


def test_an_impossible_date_in_yaml_hides_no_other_fault() -> None:
    text = "日期: 2025-10-15\n区划: 1\n人员: {王某: {与申请人关系: 申请人, 出生日期: 2025-02-30, 存款: 1}}"
    assert len(faults(strict.from_yaml(text.replace("区划: 1", '区划: "640104"')))) == 2


def test_a_wrong_file_is_refused_shortly() -> None:
    several = faults(document(人员={"王某": {"与申请人关系": "申请人"} | {f"甲{n}": 1 for n in range(5000)}}))
    assert len(several) == 101
    assert several[-1] == "另有4900处要改：没有一一列出；请先改上面的。"
    assert len(said("长" * 500)) == 41
    many = {f"人{n}": {"与申请人关系": "其他"} for n in range(MOST_PEOPLE)}
    assert faults(family(**many)) == [f"超过{MOST_PEOPLE}人：这不像一户；请只写一户的人。"]
