"""One row of the register's archive, read strictly: exact values, or one sentence for each fault and nothing."""

import json
from datetime import date
from typing import Any

import pytest

from wenhou.linkage import archive
from wenhou.linkage.archive import Archive, Supporter, Told, read
from wenhou.policy.applications.faults import ApplicationFault

DAY = date(2026, 10, 31)
NOBODY = Told({})


def told(**columns: Any) -> Archive:
    kept = {name: json.dumps(value, ensure_ascii=False) for name, value in columns.items()}
    return read(kept, on=DAY)


def test_facts_of_the_person_of_the_household_and_of_supporters() -> None:
    found = told(
        income_items={
            "已核对": ["评定", "申报"],
            "近12个月经营费用": "12345.67元",
            "depreciation_12m": "0.01元",
            "转移性": 500,
            "宗教教职人员": False,
            "有失能记录": "是",
            "义务兵": "不知道",
            "连续无收入月数": 3,
            "脱离家庭日期": "2020-02-29",
        },
        assets_determined={"汽车豁免理由": "生产用车", "汽车豁免已批准": "是"},
        supporters=[
            {"证件号码": "p12", "赡养扶养对象": "p3", "判决或协议给付": "120.00元", "已核对": ["申报"]}
        ],
    )
    person = {
        "business_costs_12m": 1_234_567,
        "depreciation_12m": 1,
        "is_clergy": False,
        "has_incapacity_record": True,
        "months_without_income": 3,
        "left_family_on": date(2020, 2, 29),
    }
    assert found.person == Told(person, ("is_conscript",), ("申报", "评定"))
    home = {"vehicle_exemption": "生产用车", "has_approved_vehicle_exemption": True}
    assert found.household == Told(home)
    assert found.supporters == (Supporter(12, (3,), Told({"judged_support": 12_000}, (), ("申报",))),)


@pytest.mark.parametrize("columns", [{}, {"income_items": "{}", "supporters": "[]"}, {"income_items": None}])
def test_nothing_written_is_nothing_told(columns) -> None:
    found = read(columns, on=DAY)
    assert found == Archive(NOBODY, NOBODY, ())
    assert not found


FORM = "请照格式重新填报"
NAMES = "请照事实的名称填写"


@pytest.mark.parametrize(
    ("column", "text", "fault"),
    [
        ("income_items", '{"近12个月经营费用":', f"income_items不是完好的JSON：读不出来；{FORM}这一行。"),
        ("income_items", '{"已核对": NaN}', f"income_items不是完好的JSON：读不出来；{FORM}这一行。"),
        (
            "income_items",
            '{"义务兵": true, "义务兵": false}',
            f"income_items不是完好的JSON：同一个键写了两次；{FORM}这一行。",
        ),
        ("income_items", "[1]", f"income_items的形状不对：应是对象；{FORM}。"),
        ("supporters", '{"id_no": "p1"}', f"supporters的形状不对：应是清单；{FORM}。"),
        ("supporters", '["p1"]', f"supporters第1人的形状不对：应是对象；{FORM}。"),
        (
            "income_items",
            '{"义务兵": true, "is_conscript": true}',
            "income_items里“义务兵”写了两次：不知道哪个算数；请只留一个。",
        ),
        (
            "income_items",
            '{"汽车豁免理由": "其他"}',
            f"income_items里有不认识的“汽车豁免理由”：它不是这里可以申报或评定的事实；{NAMES}。",
        ),
        (
            "income_items",
            '{"存款": "5.00元"}',
            f"income_items里有不认识的“存款”：它不是这里可以申报或评定的事实；{NAMES}。",
        ),
        (
            "assets_determined",
            '{"已核对": ["DI06"]}',
            (
                "assets_determined的“已核对”写的是“DI06”：部门的答复由部门的来件说明；"
                "请从申报、评定、SA-VISIT、SA-CHK、SA-CLUE、SA-SVC中列出问过的。"
            ),
        ),
        (
            "income_items",
            '{"近12个月经营费用": 300.5}',
            "income_items的“近12个月经营费用”写的是“300.5”：读不懂的值不能当作没写；金额请写成 1200.00元。",
        ),
        (
            "income_items",
            '{"近12个月经营费用": "-1.00元"}',
            "income_items的“近12个月经营费用”写的是“-1.00元”：不能是负数；亏损写在费用里，没有的写0。",
        ),
        (
            "assets_determined",
            '{"汽车豁免理由": "喜欢"}',
            (
                "assets_determined的“汽车豁免理由”写的是“喜欢”：不在可选的值里；"
                "请从无、唯一谋生小型经营车、生产用车、已灭失无法销户、残疾人专用车、二三轮摩托、其他中选一个。"
            ),
        ),
        (
            "income_items",
            '{"脱离家庭日期": "2025-02-30"}',
            "income_items的“脱离家庭日期”写的是“2025-02-30”：历法上没有这一天；请照证件改成真实的日期，写成 2025-10-15。",
        ),
        (
            "supporters",
            '[{"id_no": "640104198001010011"}]',
            "supporters第1人的证件号码认不出人：号码有误，或写了两处；请照证件填写。",
        ),
        (
            "supporters",
            '[{"id_no": "p1"}, {"id_no": "p1"}]',
            "supporters第2人没有写清是谁的义务人：每名义务人写一次，有一个证件号码，至多3名受养人；请照证件填写。",
        ),
        (
            "supporters",
            '[{"id_no": "p1", "被赡养人数": 11}]',
            "supporters第1人的“被赡养人数”写的是“11”：应在1至10之间；请照实改写。",
        ),
    ],
)
def test_a_fault_is_told_in_one_sentence_and_nothing_is_read(column, text, fault) -> None:
    good = {"income_items": '{"义务兵": true}', "assets_determined": '{"已核对": ["申报"]}'}
    with pytest.raises(ApplicationFault) as refused:
        read(good | {column: text}, on=DAY)
    assert refused.value.faults[0] == fault


def test_everything_that_is_declared_or_assessed_has_its_place() -> None:
    person, home, kin = (archive.facts_of(kind) for kind in ("person", "household", "supporter"))
    assert not set(person) & set(home)
    assert set(kin) - archive.ONLY_SUPPORTERS == archive.ALSO_OF_SUPPORTERS
    assert {"wages_12m", "can_eat", "lives_with_family"} <= set(person)
    assert not {"kinship", "is_supporter", "deposits", "paid_support"} & set(person)
