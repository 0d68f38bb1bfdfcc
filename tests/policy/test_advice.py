"""What a family is told under the real law: advice that can be followed, conditions that lack, facts to be asked for once."""

from datetime import date
from typing import Any

import pytest

from wenhou.engine import household
from wenhou.policy import answers, queries
from wenhou.policy.applications import reader
from wenhou.policy.asking import advice, changes
from wenhou.policy.asking.changes import sentence
from wenhou.policy.asking.determinations import Determination, Screen, determine
from wenhou.policy.telling import brief, gaps, replies
from wenhou.policy.telling.household import screen_text, text

__all__ = ["household"]
THREE = {
    "马某": {"与申请人关系": "申请人", "性别": "男", "出生日期": "1980-01-01"},
    "李某": {"与申请人关系": "配偶", "性别": "女", "出生日期": "1981-01-01"},
    "马小": {"与申请人关系": "子女", "性别": "男", "出生日期": "2016-05-01"},
}
OLD = {"王某": {"与申请人关系": "申请人", "性别": "男", "出生日期": "1954-01-01"}}


def ask(people: dict[str, Any], **more: Any) -> Determination | Screen:
    told = {"日期": date(2025, 10, 15), "区划": "640104", "城乡": "城市", "已核对": "全部", "授权": "是"}
    law = answers.declare()
    read = reader.read(told | {"人员": people} | more, book=law)
    return determine(read, known=queries.from_files(), book=law)


def found(people: dict[str, Any], **more: Any) -> Determination:
    told = ask(people, **more)
    assert isinstance(told, Determination)
    return told


def wages(amount: str) -> dict[str, Any]:
    return THREE | {"马某": THREE["马某"] | {"近12个月工资性收入": amount}}


def sentences(told: Determination) -> dict[tuple[str, str], str]:
    return {(one.verdict.name, one.verdict.whose): sentence(one) for one in changes.turnings(told)}


def test_what_a_change_becomes_is_said_and_a_better_row_says_it_once() -> None:
    told = found(wages("60000.00元"))
    by_name = {one.verdict.name: one for one in changes.turnings(told)}
    near, spending = by_name["qualifies_for_near_dibao"], by_name["qualifies_for_unavoidable_spending"]
    assert sentence(near).startswith("马某的近12个月工资性收入再少14,100.01元（为45,899.99元）即符合；")
    assert sentence(spending) == (
        "马某的近12个月工资性收入再少14,100.01元（为45,899.99元）将改为低保边缘家庭；现为60,000.00元，"
        "临界45,900.00元仍不是。"
    )
    assert (near.told_by, spending.told_by) == (None, "qualifies_for_near_dibao")
    printed = text(told, changes.turnings(told))
    assert "将改为" not in printed
    assert "刚性支出困难家庭：" not in printed
    assert [one["told_by"] for one in replies.reply(told)["refusals"]][2:4] == [
        None,
        "qualifies_for_near_dibao",
    ]


@pytest.mark.parametrize("amount", ["45899.99元", "45900.00元"])
def test_the_sentence_is_true_of_the_verdict_it_speaks_of(amount: str) -> None:
    told = found(wages(amount))
    assert told.home("qualifies_for_near_dibao").answer == ("yes" if amount == "45899.99元" else "no")
    assert told.home("qualifies_for_unavoidable_spending").answer == "no"


def test_a_car_is_met_by_its_grounds_and_never_by_hardship() -> None:
    told = sentences(found(THREE, 本户={"有汽车": "是"}))
    assert told["qualifies_for_dibao", "本户"] == (
        "本户的汽车豁免理由若为“唯一谋生小型经营车”“生产用车”“已灭失无法销户”“残疾人专用车”“二三轮摩托”之一，"
        "或“其他”且经批准，即符合；现为“无”。"
    )
    assert told["qualifies_for_emergency_relief", "本户"] == (
        "缺条件：遭遇急难，或先行救助，或家中有未参保失业、连续无收入的人。"
    )
    assert told["qualifies_as_orphan", "马小"] == "缺条件：父亲死亡或查找不到。"
    assert told["qualifies_for_heating_aid", "本户"].startswith("缺条件：按低保享采暖补贴，或")
    assert told["qualifies_for_tekun_household", "本户"] == "缺条件：（马某、李某、马小）特困人员。"


def test_another_ground_is_offered_with_its_approval_and_an_approval_alone_where_the_ground_is_given() -> (
    None
):
    rich = THREE | {"马某": THREE["马某"] | {"存款": "999999.00元"}}
    told = sentences(found(rich))["qualifies_for_dibao", "本户"]
    assert told == "本户的货币财产豁免理由若为“其他”且经批准，即符合；现为“无”。"
    home = {"货币财产豁免理由": "其他", "货币财产豁免已批准": "否"}
    told = sentences(found(rich, 本户=home))["qualifies_for_dibao", "本户"]
    assert told == "本户的货币财产豁免已批准若为“是”，即符合；现为“否”。"


def test_what_supporters_have_comes_last_and_what_is_far_is_no_advice() -> None:
    son = {
        "赡养扶养对象": "王某", "对受养人的身份": "子女", "性别": "男", "出生日期": "1980-01-01", "义务人家庭": "甲",
        "义务人家庭人数": 3, "义务人家庭近12个月收入": "72000.00元", "被赡养人数": 2,
    }  # fmt: skip
    told = sentences(found(OLD, 义务人={"王小": son}))
    assert told["qualifies_for_dibao", "本户"].startswith("王小的义务人家庭近12个月收入再少")
    assert told["qualifies_for_tekun", "王某"] == "缺条件：（王小）义务人无履行义务能力。"
    rich = found(OLD, 义务人={"王小": son | {"义务人家庭近12个月收入": "999999.00元"}})
    assert sentences(rich)["qualifies_for_dibao", "本户"].startswith("缺条件：人均月收入 < 当地月低保标准")


def test_only_listed_facts_are_advice() -> None:
    book = answers.declare()
    ranked = {one.name: advice.rank(one.name, is_supporter=False) for one in book.facts}
    for name in ("has_emergency", "gets_orphan_allowance", "is_tekun", "disability_level", "has_serious_illness",
                 "is_in_prison", "months_without_income", "birth_date", "kinship", "has_spending_surge"):  # fmt: skip
        assert ranked[name] is None
    assert (ranked["vehicle_exemption"], ranked["wages_12m"]) == (1, 2)
    assert advice.rank("supporter_household_income_12m", is_supporter=True) == 3
    assert advice.rank("wages_12m", is_supporter=True) is None
    missing = (advice._TO_BE_MADE | advice._OWN | advice._SUPPORTERS) - {one.name for one in book.facts}
    assert missing == frozenset()


def test_before_a_kind_of_family_was_known_it_is_said() -> None:
    told = found(wages("90000.00元"), 日期=date(2024, 10, 15))
    assert (
        sentences(told)["qualifies_for_unavoidable_spending", "本户"]
        == "缺条件：所问之日的规则里没有这一类。"
    )


def test_missing_facts_are_told_once_by_whom_to_ask() -> None:
    told = found(OLD, 已核对=[])
    printed = text(told, changes.turnings(told))
    assert printed.count("有死亡医学证明") == 1
    needed = len(told.category.missing)
    assert f"认定：不知道，缺{needed}项（见“缺的事实”）\n" in printed
    assert (
        f"\n缺的事实：认定用的（{needed}项），向谁核对\n  王某\n    死亡与户口注销：公安登记死亡、宣告失踪\n"
        in printed
    )
    assert len(told.missing) > needed
    assert "等53项" not in printed
    assert "缺的事实：其余事项用的（" in printed
    reply = replies.reply(told)
    listed = {fact["name"] for one in reply["ask"] for fact in one["facts"]}
    assert listed == {gap.name for gap in told.missing}
    asked = {one["whom"] for one in reply["ask"]}
    assert {"死亡与户口注销", "本人申报", "标准（standards/）"} <= asked


def test_people_of_whom_the_same_is_missing_are_told_together() -> None:
    several = [
        one for one in gaps.asks(found(THREE, 已核对=["申报"]).missing) if one.whom == "死亡与户口注销"
    ]
    assert [(one.whose, [label for _, label in one.several]) for one in several] == [
        (("马某", "李某", "马小"), ["公安登记死亡", "宣告失踪"])
    ]


def test_a_screen_names_what_is_missing_once_too() -> None:
    told = ask(OLD, 授权="不知道", 已核对=[])
    assert isinstance(told, Screen)
    assert screen_text(told).count("惠农补贴、土地流转租金") == 1


def test_where_nobody_counts_it_is_said() -> None:
    prisoner = {"王某": OLD["王某"] | {"在押": "是"}}
    told = found(prisoner)
    assert told.home("family_size").value == 0
    assert "人均月收入            　不知道，没有人计入共同生活的家庭成员，无从计算" in text(told, [])


def test_a_rule_that_nobody_laid_down_is_named() -> None:
    far = found(THREE, 区划="110101")
    labels = {gap.label for gap in far.category.missing}
    assert "汽车不符合规定" in labels
    assert {gap.kind for gap in far.category.missing if gap.label == "汽车不符合规定"} == {"rule"}
    assert "当地的规定（没有查到）：" in text(far, [])


@pytest.mark.parametrize("people", [THREE, OLD, wages("60000.00元")])
@pytest.mark.parametrize("asked", ["全部", [], ["申报", "DI03"]])
@pytest.mark.parametrize("place", ["640104", "610303", "110101"])
def test_every_unknown_names_something(people: dict[str, Any], asked: Any, place: str) -> None:
    told = found(people, 已核对=asked, 区划=place)
    untold = [one.name for one in told.answers.values() if one.value is None and not one.missing]
    assert untold == []


def test_reasons_for_families_are_short_and_the_complete_tree_is_kept() -> None:
    pension = THREE | {"马某": THREE["马某"] | {"近12个月职工与机关养老金": "14400.00元"}}
    told = found(pension)
    short, whole = (text(told, [], why=why).partition("\n理由\n")[2].splitlines() for why in ("brief", "all"))
    assert len(short) < 90 < 400 < len(whole)
    assert not [line for line in short if "无记录" in line or "×100" in line]
    assert short[0] == "  ＝ 本户类别：最低生活保障家庭（DB）"
    said = "\n".join(short)
    assert "    ✓ 整户低保〔《最低生活保障审核确认办法》（民发〔2021〕57号）第9条" in said
    assert "✓ 人均月收入 < 当地月低保标准（按居住地城乡）：400.00 < 765.00元/月" in said
    assert "＝ 近12个月职工与机关养老金（马某）：14,400.00元〔写明；来源：" in said
    assert "＝ 城市低保标准：765.00元/月〔银川市低保标准 低保标准〕" in said
    assert "✗ 支出型临时救助〔" in said
    assert list(brief.lines(told)) == short


def test_reasons_for_machines_are_what_decided_unless_all_is_asked_for() -> None:
    told = found(THREE)
    short, whole = (replies.reply(told, why=why)["reasons"] for why in ("brief", "all"))
    assert short.keys() < whole.keys()
    assert len(str(short)) < len(str(whole)) / 3
    assert short["category@本户"]["value"] == "DB"
    assert "reasons" not in replies.reply(told)


def test_an_unasked_family_of_sixty_is_answered_in_some_megabytes() -> None:
    many = {
        f"子{n}": {"与申请人关系": "子女", "性别": "男", "出生日期": f"{2008 + n % 17}-02-03"}
        for n in range(59)
    }
    reply = replies.reply(found(OLD | many, 已核对=[]), why="")
    assert len(str(reply)) < 8_000_000


def test_remarks_are_told_with_the_answer() -> None:
    young = THREE | {"李某": THREE["李某"] | {"出生日期": "2006-01-01"}}
    told = found({name: young[name] for name in ("马某", "李某")})
    remark = "李某是配偶，只有19周岁，未到法定婚龄20周岁，请核对。"
    assert f"\n  请留意：{remark}\n" in text(told, [])
    assert replies.reply(told)["remarks"] == [remark]
