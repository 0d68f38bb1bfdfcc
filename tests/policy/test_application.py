"""A household document is read as it stands, or refused with what, why and what to do; nothing is guessed."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from wenhou.engine.words import DEFAULT
from wenhou.policy.applications import strict
from wenhou.policy.applications.faults import ApplicationFault
from wenhou.policy.applications.model import Application
from wenhou.policy.applications.reader import read
from wenhou.policy.applications.vocabulary import COMPANIONS, PARTS, asked_of_all
from wenhou.policy.rules import people

__all__ = ["people"]
DAY = date(2025, 10, 15)
GUIDE = "请照 docs/reference/household.md 改"
TEXT = """
说明: 一句话说明这一户
日期: 2025-10-15
区划: "640104"
城乡: 城市
已核对: 全部
授权: 是
本户: {住房套数: 1, 住房建筑面积: 60.5}
人员:
  王某: {与申请人关系: 申请人, 性别: 男, 出生日期: 1950-01-01, 近12个月城乡居民养老金: 6600.00元}
  李某: {与申请人关系: 配偶, 性别: 女, 出生日期: 1952-03-04, 残疾类别: 肢体, 残疾等级: 2}
义务人:
  王小: {赡养扶养对象: 王某, 赡养扶养对象之二: 李某, 对受养人的身份: 子女, 义务人家庭: 甲,
         义务人家庭人数: 3, 义务人家庭近12个月收入: 72000.00元, 被赡养人数: 2}
标准: {dibao_rural: 500.00元}
"""


def document(**changed: Any) -> dict[str, Any]:
    """A small one as YAML would give it."""
    return {"日期": DAY, "区划": "640104", "人员": {"王某": {"与申请人关系": "申请人"}}} | changed


def person(**facts: Any) -> dict[str, Any]:
    return document(人员={"王某": {"与申请人关系": "申请人"} | facts})


def faults(told: Any) -> list[str]:
    with pytest.raises(ApplicationFault) as refusal:
        read(told)
    return list(refusal.value.faults)


def values(told: dict[str, Any], name: str = "王某") -> dict[str, Any]:
    return dict(read(told).people[name].values)


def test_the_document_of_the_agreement_is_read() -> None:
    told = read(strict.from_yaml(TEXT))
    assert (told.note, told.as_of, told.place) == ("一句话说明这一户", DAY, "640104")
    assert (told.home.values["homes"], told.home.values["home_area"]) == (1, Decimal("60.5"))
    assert told.home.values["urban_rural"] == "城市"
    assert told.standards == {"dibao_rural": 50000}
    wang, li, xiao = told.people.values()
    assert (wang.values["sex"], wang.values["resident_pension_12m"]) == ("1", 660000)
    assert (wang.values["spouse"], li.values["spouse"], li.origin("spouse")) == ("李某", "王某", "推得")
    assert (wang.values["is_authorised"], wang.values["is_supporter"]) == (True, False)
    assert (li.values["disability_level"], wang.values["disability_level"]) == (2, 0)
    assert (xiao.values["is_supporter"], xiao.values["supporter_rank"]) == (True, 1)
    rows = told.rows({"dibao_urban": 76500})
    assert [row["person"] for row in rows.persons] == [1, 2, 3]
    assert (rows.persons[2]["supports_first"], rows.persons[2]["supports_second"]) == (1, 2)
    assert rows.households[0] | {"county": "640104", "household": 1} == rows.households[0]
    assert rows.standards == [{"county": "640104", "dibao_urban": 76500}]


def test_english_names_and_json_say_the_same() -> None:
    english = {
        "note": "一句话说明这一户", "as_of": "2025-10-15", "division": "640104", "urban_rural": "城市", "asked": "all",
        "authorised": True, "household": {"homes": 1, "home_area": Decimal("60.5")},
        "persons": {
            "王某": {"kinship": "申请人", "sex": "1", "birth_date": "1950-01-01", "resident_pension_12m": "6600.00元"},
            "李某": {"kinship": "配偶", "sex": "2", "birth_date": "1952-03-04", "disability_category": "肢体",
                     "disability_level": 2},
        },
        "supporters": {"王小": {"supports_first": "王某", "supports_second": "李某", "supporter_kinship": "子女",
                               "supporter_household": "甲", "supporter_household_size": 3, "supported_people": 2,
                               "supporter_household_income_12m": "72000.00元"}},
        "standards": {"dibao_rural": "500.00元"},
    }  # fmt: skip
    assert read(english) == read(strict.from_yaml(TEXT))


def test_the_day_given_prevails_and_a_padded_code_is_its_prefix() -> None:
    assert read(document(区划="640100000000"), as_of=date(2024, 1, 1)) == read(
        document(区划="6401", 日期=date(2024, 1, 1))
    )


def test_what_is_left_out_is_unknown_and_none_only_where_every_source_was_asked() -> None:
    assert "deposits" not in values(person())
    asked = values(person() | {"已核对": ["DI47", "DI48", "申报"]})
    assert (asked["deposits"], asked["is_clergy"]) == (0, False)
    assert "medical_self_paid_12m" not in values(person() | {"已核对": ["DI29"]})
    assert values(person() | {"已核对": ["DI29", "DI30"]})["medical_self_paid_12m"] == 0
    everything = values(person() | {"已核对": "全部"})
    assert "can_eat" not in everything
    assert (everything["disability_category"], everything["self_care"], everything["deposits"]) == (
        "无",
        "无",
        0,
    )
    assert not [name for name in everything if getattr(DEFAULT[name], "unit", "") == "date"]
    assert not {"sex", "supported_people", "hukou_type"} & everything.keys()
    assert values(person() | {"已核对": ["评定"]})["can_eat"] is False
    assert read(person() | {"已核对": "全部"}).home.values["household_category"] == "OUT"


def test_what_is_said_to_be_unknown_stays_unknown() -> None:
    told = read(person(存款="不知道") | {"已核对": "全部"})
    assert "deposits" not in told.people["王某"].values
    origins = [told.people["王某"].origin(name) for name in ("deposits", "investments", "kinship", "can_eat")]
    assert origins == ["写明不知道", "无记录", "写明", "未查"]


def test_the_day_of_each_answer_may_be_told() -> None:
    told = read(document(已核对={"DI47": "2025-09-30", "申报": date(2025, 10, 14), "DI48": None}))
    assert told.asked == {"DI47": date(2025, 9, 30), "申报": date(2025, 10, 14), "DI48": None}


def test_a_date_of_an_event_says_that_the_event_was() -> None:
    told = values(person(入监日期="2024-01-01") | {"已核对": "全部"})
    assert told["is_in_prison"] is True
    assert faults(person(入监日期="2024-01-01", 在押="否")) == [
        "王某写了“入监日期”，又写“在押: 否”：两者不能都对；请改其中一处。"
    ]


def test_part_of_a_disability_record_leaves_the_rest_untold() -> None:
    told = values(person(残疾等级=3) | {"已核对": "全部"})
    assert told["disability_level"] == 3
    assert "disability_category" not in told


def test_authorisation_is_short_for_the_family_not_for_supporters() -> None:
    told = read(
        document(授权="是", 义务人={"王小": {"赡养扶养对象": "王某"}}, 人员={
            "王某": {"与申请人关系": "申请人"}, "李某": {"有有效授权书": "否"}})
    )  # fmt: skip
    assert [one.values.get("is_authorised") for one in told.people.values()] == [True, False, None]


REFUSED: list[tuple[dict[str, Any], str]] = [
    (document(城镇="城市"), "不认识“城镇”：不认识的内容不能当作没写；您是否想写“城乡”？" + GUIDE + "或删去。"),
    (person(近12个月工资="1.00元"), ("王某的“近12个月工资”不认识：不认识的事实不能当作没写；您是否想写“近12个月工资性收入”？"
     "请照 docs/reference/household.md 改或删去。")),
    (person(住房套数=1), "王某的“住房套数”不认识：它是户的事实；请写到“本户”下。"),
    (document(本户={"存款": "1.00元"}), "本户的“存款”不认识：它是个人的事实；请写到那个人名下。"),
    (person(is_minor="是"), "王某的“is_minor”不认识：它是规则的结果或标准，不能当作事实给出；请删去。"),
    (person(出生日期="2025-10-16"), ("王某的“出生日期”写的是“2025-10-16”：晚于所问的2025-10-15；"
     "请核对证件上的日期，或改问之后的一天。")),
    (person(出生日期="1890-01-01"), "王某的“出生日期”写的是“1890-01-01”：早于所问的日子130年以上；请核对证件上的日期。"),
    (person(出生日期="2025-02-30"), ("王某的“出生日期”写的是“2025-02-30”：历法上没有这一天；"
     "请照证件改成真实的日期，写成 2025-10-15。")),
    (person(存款="-0.01元"), "王某的“存款”写的是“-0.01元”：不能是负数；亏损写在费用里，没有的写0。"),
    (person(存款="0.001元"), "王某的“存款”写的是“0.001元”：读不懂的值不能当作没写；金额请写成 1200.00元。"),
    (person(存款=100), "王某的“存款”写的是“100”：读不懂的值不能当作没写；金额请写成 1200.00元。"),
    (person(存款="9999999999999.00元"), "王某的“存款”写的是“****.00元”：大得不可能；请核对单位和位数。"),
    (document(本户={"住房套数": -1}), "本户的“住房套数”写的是“-1”：不能是负数；亏损写在费用里，没有的写0。"),
    (document(本户={"住房套数": 10**16}), "本户的“住房套数”写的是“****”：大得不可能；请核对单位和位数。"),
    (document(本户={"住房建筑面积": Decimal("29.99999")}), ("本户的“住房建筑面积”写的是“29.99999”：小数太多，存不准；"
     "请写数，例如 60 或 29.99。")),
    (person(残疾类别="腿"), ("王某的“残疾类别”写的是“腿”：不在可选的值里；"
     "请从无、视力、听力、言语、肢体、智力、精神、多重中选一个。")),
    (person(残疾等级=5), "王某的“残疾等级”写的是“5”：应在0至4之间；请照实改写。"),
    (person(是义务人="是"), "王某写了“是义务人”：它由所在的段和次序定；请删去，把人写到“人员”或“义务人”下。"),
    (person(父亲="王老"), "王某的“父亲”指的“王老”找不到：人员和义务人里没有这个人；请写文件中另一人的名字。"),
    (person(父亲="王某"), "王某的“父亲”指的是他自己：不能指自己；请写文件中另一人的名字。"),
    (person(kinship="申请人"), "王某的“kinship”写了两次（中英文各一次）：两次说法哪个算数无从知道；请只留一处。"),
    (document(人员={}), "人员没有写人：要知道有谁；请写成 人员: {王某: {…}}。"),
    (document(人员={"王某": {}}), "没有申请人：与申请人的关系决定谁计入家庭；请给一个人写“与申请人关系: 申请人”。"),
    (document(人员={n: {"与申请人关系": "申请人"} for n in ("王", "李")}), ("有2个申请人：与申请人的关系决定谁计入家庭；"
     "请给一个人写“与申请人关系: 申请人”。")),
    (document(义务人={"王小": {}}), "义务人王小没有赡养扶养对象：不知道他对谁有义务；请写“赡养扶养对象: 某人”。"),
    (document(义务人={"王某": {}}), "“王某”既在人员又在义务人里：同一个人写了两次；义务人只写不共同生活的，请删去一处。"),
    (document(义务人={"王小": {"赡养扶养对象": "王某", "被赡养人数": 11}}), ("王小的“被赡养人数”写的是“11”："
     "应在1至10之间；请照实改写。")),
    (document(义务人={"王小": {"赡养扶养对象": "王某", "赡养扶养对象之二": "王某"}}), ("义务人王小的对象写重了："
     "同一个人只能受养一次；请删去重复的。")),
    (document(人员={"王某": {"与申请人关系": "申请人", "赡养扶养对象": "李某"}, "李某": {}}),
     "王某在人员里，却写了赡养扶养对象：共同生活的人之间不算赡养费；不共同生活的请移到“义务人”下，其余请删去。"),
    (document(区划="64"), "区划“64”不是区划代码：标准按地方而定；请写带引号的4、6、9或12位代码，例如 区划: \"640104\"。"),
    (document(区划=640104), "区划“640104”不是区划代码：标准按地方而定；请写带引号的4、6、9或12位代码，例如 区划: \"640104\"。"),
    (document(日期=None), "没有说问的是哪一天：标准和规则都随日期而定；请写“日期: 2025-10-15”或给出 --as-of。"),
    (document(日期="2025-02-30"), "日期“2025-02-30”不是日期：历法上没有这样的一天；请写成 2025-10-15。"),
    (document(已核对=["DI99"]), "已核对里的“DI99”不是来源：没有事实出自它；您是否想写“DI39”？" + GUIDE + "。"),
    (document(标准={"dibao_": "1.00元"}), "没有叫“dibao_”的标准：规则不会用它；您是否想写“dibao_urban”？"
     + GUIDE + "或删去。"),
    (document(授权="也许"), "授权“也许”读不懂：要知道计入的成员是否都授权了；请写 是、否 或 不知道。"),
    (person(近12个月中央基础养老金="2.00元", 近12个月城乡居民养老金="1.00元"), ("王某的“近12个月中央基础养老金”大于"
     "“近12个月城乡居民养老金”：前者是后者的一部分；请核对两个金额。")),
    (person(出生日期="2000-01-01", 发证日期="1999-01-01"), "王某的“发证日期”早于出生日期：这不可能；请核对两个日期。"),
]  # fmt: skip


@pytest.mark.parametrize(("told", "sentence"), REFUSED)
def test_what_cannot_be_is_refused_with_what_why_and_what_to_do(told: dict[str, Any], sentence: str) -> None:
    assert sentence in faults(told)


def test_every_fault_is_told_at_once_and_no_identity_number_is_repeated() -> None:
    number = "640104195001011234"
    told = person(**{number: "x", "存款": number, "残疾类别": number}) | {"本户": {number: 1}}
    told["人员"][number] = {}
    several = faults(told)
    assert len(several) == 5
    assert number not in "".join(several)
    with pytest.raises(ApplicationFault, match=r"这份文件有5处要改：\n1\. "):
        read(told)


def test_relations_that_cannot_be_are_refused() -> None:
    father = {"与申请人关系": "申请人", "出生日期": "1980-01-01", "配偶": "赵"}
    child = {"出生日期": "1979-01-01", "父亲": "王", "母亲": "王"}
    spouse = {"配偶": "小王"}
    assert faults(document(人员={"王": father, "小王": child, "赵": spouse})) == [
        "王的配偶是赵，赵的配偶却是小王：婚姻是相互的；请改其中一处。",
        "小王的父亲王生得比他还晚：这不可能；请核对两人的出生日期和关系。",
        "小王的母亲王生得比他还晚：这不可能；请核对两人的出生日期和关系。",
        "小王的父亲和母亲是同一人：这不可能；请改其中一处。",
    ]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            "a: 1\nb: 2\na: 3",
            "第3行“a”写了两次：两次说法哪个算数无从知道；请只留一处，两个人请用不同的名字。",
        ),
        (
            "人员: {王某: {}, 王某: {}}",
            "第1行“王某”写了两次：两次说法哪个算数无从知道；请只留一处，两个人请用不同的名字。",
        ),
        (
            "a: &x {b: 1}\nc: *x",
            "用了 YAML 的引用（*）：一户要照原样写全，引用会藏起重复；把引用的内容写出来。",
        ),
        ("a: {b", "第1行不是YAML：缩进、引号或括号没有对上；请照 docs/reference/household.md 的样子改。"),
        (
            "a: !!python/object:os.system x",
            "第1行用了 YAML 的类型标记（!）：值照写的样子读；删去标记，文字加引号。",
        ),
    ],
)
def test_yaml_is_read_strictly(text: str, sentence: str) -> None:
    with pytest.raises(ApplicationFault) as refusal:
        strict.from_yaml(text)
    assert refusal.value.message == sentence


def test_nothing_is_made_of_a_text_that_yaml_would_take_for_a_number() -> None:
    told = strict.from_yaml("[010, 1:30, yes, 1e3, 1_000, 29.90, 7, true, ~, 640104]")
    assert told == ["010", "1:30", "yes", "1e3", "1_000", Decimal("29.90"), 7, True, None, 640104]


def test_json_is_read_as_strictly() -> None:
    assert strict.from_json(b'{"a": 29.90}') == {"a": Decimal("29.90")}
    for body in (b'{"a": 1, "a": 2}', b'{"a": NaN}', b"{", b"\xff", b'"' + b"x" * strict.LIMIT + b'"'):
        with pytest.raises(ApplicationFault):
            strict.from_json(body)


def test_the_tables_of_the_reader_name_what_is_declared() -> None:
    names = {name for pair in [*COMPANIONS.items(), *PARTS] for name in pair}
    assert sorted(name for name in names if name not in DEFAULT) == []
    assert "评定" not in asked_of_all()
    assert isinstance(read(document()), Application)


def test_without_names_people_and_families_are_numbers_and_all_else_is_the_same() -> None:
    told = read(strict.from_yaml(TEXT))
    bare = told.without_names()
    assert (list(bare.people), bare.note) == (["第1人", "第2人", "第3人"], "")
    before, after = told.rows({}), bare.rows({})
    households = [one.pop("supporter_household", None) for rows in (before, after) for one in rows.persons]  # type: ignore[attr-defined]
    assert households == [None, None, "甲", None, None, "第1家"]
    assert (before.persons, before.households) == (after.persons, after.households)


def test_the_applicant_is_the_parent_of_a_child_unless_another_is_written() -> None:
    people = {
        "马某": {"与申请人关系": "申请人", "性别": "2", "出生日期": "1980-05-01"},
        "马小": {"与申请人关系": "子女", "性别": "1", "出生日期": "2016-05-01"},
        "马二": {"与申请人关系": "子女", "性别": "1", "出生日期": "2018-05-01", "母亲": "马小"},
        "马父": {"与申请人关系": "父母", "性别": "1", "出生日期": "1950-05-01"},
    }
    told = read({"日期": "2025-10-15", "区划": "640104", "城乡": "城市", "人员": people})
    keys = {name: number for number, name in enumerate(people, start=1)}
    rows = told.rows({}).persons
    assert [row.get("mother") for row in rows] == [None, keys["马某"], keys["马小"], None]
    assert [row.get("father") for row in rows] == [keys["马父"], None, None, None]
