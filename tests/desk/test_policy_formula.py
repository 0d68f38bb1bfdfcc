"""A rule's page in plain words: signs said, the day asked about by its name, long parts under each other, told once."""

from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from wenhou.desk.policy import cases, formula, layered, pictures, rules, versions
from wenhou.desk.policy.formula import Formula
from wenhou.desk.policy.sayings import Speaker
from wenhou.engine.declared import Rule
from wenhou.engine.words import DEFAULT, SAMPLE_DAY
from wenhou.policy import graph
from wenhou.policy.telling.wording import Words

HELD = {"elder_age": "60岁", "missing_parent_months": "6个月"}


def rule(name: str) -> Rule:
    found = DEFAULT[name]
    assert isinstance(found, Rule)
    return found


def words(name: str, number: int = -1, held: dict[str, str] | None = None) -> list[Words]:
    known = rule(name)
    version = known.versions[number]
    day = max(version.since or SAMPLE_DAY, SAMPLE_DAY)
    return Formula(Speaker(DEFAULT, day, held or {})).whole(graph.formula(DEFAULT, known, version))


def lines(found: list[Words], depth: int = 0) -> list[str]:
    made = []
    for one in found:
        made.append("  " * depth + (f"{one.lead} " if one.lead else "") + one.text)
        made += lines(list(one.under), depth + 1)
    return made


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("age", ["按出生日期算到判定日的周岁"]),
        ("is_elder", ["周岁达到老年年龄"]),
        ("is_dibao_household", ["户的救助类别是低保"]),
        (
            "is_poor_woman_with_cancer",
            ["同时满足", "  低保、特困、边缘、刚性或监测", "  性别是女", "  患宫颈癌Ⅱb期以上或浸润性乳腺癌"],
        ),
        ("rural_disposable_income", ["上年度农村居民人均可支配收入"]),
        ("has_lost_contact", ["同时满足", "  登记失联", "  失联起始日期起已满“父母失联的期限”"]),
        ("wage_income_12m", ["计入共同生活的家庭成员的“近12个月工资性收入”合计"]),
        (
            "qualifies_for_tekun_household",
            ["同时满足", "  共同生活的家庭成员数超过0", "  计入共同生活的家庭成员中人人符合“特困人员”"],
        ),
        ("is_left_out", ["服刑、强制隔离戒毒、宣告失踪或脱离家庭的宗教教职人员"]),
        ("is_disabled", ["残疾等级 > 0级"]),
        ("household_size", ["“成员（没有死亡记录（死亡数据未覆盖的，按在世计入人口））”的人数"]),
        (
            "dibao_amount",
            [
                "分情形",
                "  若 整户低保",
                "  则 分情形",
                "    若 低保保障人口等于共同生活的家庭成员数",
                "    则 全体成员的月补差",
                "    否则 部分成员的月补差（人均收入按全家）",
                "  否则 0",
            ],
        ),
        (
            "dibao_people",
            ["数成员的人数", "  其中 同时满足", "    计入共同生活的家庭成员", "    并非：特困人员"],
        ),
    ],
)
def test_short_formulas(name: str, said: list[str]) -> None:
    assert lines(words(name, 0)) == said


def test_a_standard_is_followed_by_what_it_is_here() -> None:
    assert lines(words("is_elder", held=HELD)) == ["周岁达到老年年龄〔60岁〕"]


def test_a_window_before_the_day_is_said_as_one() -> None:
    assert "    入监日期在判定日以前“新收监、新强戒的时间窗”以内" in lines(words("is_newly_confined"))


def test_a_quotient_says_to_what_it_is_rounded() -> None:
    said = "家庭近12个月可核收入 ÷ （12个月 × 共同生活的家庭成员数）（舍至分）"
    assert lines(words("income_per_head")) == [said]
    assert lines(words("shortfall_of_some"))[0] == "相除（向上到元）"


def test_a_rule_s_page_says_its_unit_whole(officer: Client) -> None:
    said = officer.get(reverse("desk:policy_rule", args=["dibao_amount"])).content.decode()
    assert "<span>单位：元/月</span>" in said


def test_a_sum_is_set_off_from_what_it_is_compared_with() -> None:
    said = "    近12个月住院自付加近12个月门诊慢特病自付，达到年度个人自付线〔20,000.00元〕"
    assert said in lines(words("medical_cost_is_heavy", held={"medical_oop_line": "20,000.00元"}))


def test_a_sum_stands_term_under_term() -> None:
    assert lines(words("own_transfers_received_12m"))[:4] == [
        "下面各项加减",
        "  加 近12个月职工与机关养老金",
        "  加 近12个月城乡居民养老金",
        "  减 本人近12个月不计收入的中央基础养老金",
    ]


def test_no_regulation_is_no_refusal() -> None:
    assert lines(words("vehicle_is_barred", 0)) == ["没有查到当地的规定：一律不知道，不当作否"]
    assert lines(words("qualifies_for_unavoidable_spending", 0)) == ["一律为否：当时、当地没有这一条"]


def test_what_comes_again_is_told_once_under_a_name() -> None:
    told = lines(words("support_due_12m_in_parts"))
    assert [one for one in told if not one.startswith(" ")] == ["分情形", "甲是", "乙是", "丙是"]
    assert "    每人 甲（见下）" in told
    assert max(map(len, told)) < 60
    assert formula.repeated(graph.formula(DEFAULT, rule("age"), rule("age").versions[0])) == []


def test_no_formula_shows_a_sample_day_a_code_or_an_endless_line() -> None:
    for known in DEFAULT.rules:
        for number in range(len(known.versions)):
            for line in lines(words(known.name, number)):
                assert SAMPLE_DAY.isoformat() not in line, known.name
                assert "9999" not in line, known.name
                assert "若干月之后" not in line, known.name
                assert "＝ DB" not in line, known.name
                assert len(line.strip()) < 100, (known.name, line)


def test_versions_stand_beside_each_other_with_the_one_that_decides_first(officer: Client) -> None:
    on = date(2024, 11, 15)
    told = versions.told(rule("homes_is_barred"), place="640104", on=on, held={})
    assert [(one["where"], one["decides"]) for one in told] == [
        ("宁夏回族自治区", True), ("其他地方", False), ("6103", False),
    ]  # fmt: skip
    told = versions.told(rule("is_covered_as_idle_disabled"), place="640104", on=on, held={})
    assert [(one["where"], one["when"], one["decides"]) for one in told] == [
        ("", "2022年10月20日起", True), ("", "2022年10月19日以前", False),
    ]  # fmt: skip
    said = officer.get(reverse("desk:policy_rule", args=["homes_is_barred"])).content.decode()
    assert '<div class="versions beside">' in said
    assert '<span class="state done">本地现行</span>' in said
    assert "〔30平方米/人〕" in said
    assert "〔　〕里是兴庆区今天的数。" in said


def test_figures_counted_in_parts_are_told_in_wholes(officer: Client) -> None:
    assert lines(words("support_due")) == ["家庭一年应得的赡养费（未舍零头） ÷ 12个月（舍至分）"]
    assert lines(words("countable_income_12m")) == ["家庭近12个月可核收入（未舍零头）（舍至分）"]
    said = officer.get(reverse("desk:policy_rule", args=["support_due_12m_in_parts"])).content.decode()
    assert not [number for number in ("6,300,000", "63,000", "× 100", "× 1<") if number in said]


def test_cases_show_every_kind_of_verdict_first_and_the_household(officer: Client) -> None:
    first, rest = cases.of(rule("qualifies_for_dibao"))
    assert len(first) == 8
    assert {one["answers"][0][2] for one in first[:3]} == {"yes", "no", "unknown"}
    assert len(rest) > 20
    said = officer.get(reverse("desk:policy_rule", args=["qualifies_for_dibao"])).content.decode()
    assert f"其余{len(rest)}个" in said
    assert '<span class="ans yes">是</span>' in said
    assert "<dt>区划</dt><dd>640104</dd>" in said


def test_an_indicator_s_rule_shows_the_indicator_s_cases() -> None:
    first, rest = cases.of(rule("medical_cost_is_heavy"))
    assert [one["about"] for one in [*first, *rest]].count("年度自付恰为20000.00元，达到") == 1


def test_a_case_is_told_person_by_person_over_what_is_shared() -> None:
    told: dict[str, Any] = {
        "说明": "一户", "期望": {}, "日期": date(2025, 10, 15), "授权": True, "本户": {"住房套数": 1},
        "人员": {"王某": {"性别": "男", "近12个月工资性收入": None}}, "义务人": {"王小": {}},
        "已核对": ["DI26", "申报"],
    }  # fmt: skip
    assert cases.facts(told) == [
        ("日期", "2025-10-15"), ("授权", "是"), ("本户", "住房套数 1"), ("王某", "性别 男，近12个月工资性收入 不知道"),
        ("王小（义务人）", "没有别的"), ("已核对", "DI26、申报"),
    ]  # fmt: skip


def test_every_chapter_has_a_name() -> None:
    assert {module for module in graph.modules() if module not in rules.CHAPTERS} == set()


def test_a_line_past_a_row_has_a_place_of_its_own_there() -> None:
    found = layered.laid([["a"], ["b", "c"], ["d"]], [("a", "d"), ("a", "b"), ("c", "d")])
    assert found.chains[0] == ("a", "a→d@1", "d")
    assert sorted(found.rows[1]) == ["a→d@1", "b", "c"]
    widths = {key: 1.0 if "→" in key else 100.0 for row in found.rows for key in row}
    x = layered.placed(found, widths, room=400, gap=20)
    row = found.rows[1]
    for left, right in pairwise(row):
        assert x[right] - x[left] >= (widths[left] + widths[right]) / 2 + 20 - 0.2


def test_rows_are_put_in_the_order_that_crosses_least() -> None:
    edges = [("a", "y"), ("b", "x")]
    assert layered.ordered([["a", "b"], ["x", "y"]], edges) == [["a", "b"], ["y", "x"]]


def test_no_line_of_a_box_ends_with_an_open_bracket() -> None:
    assert pictures.wrapped("低保对象（在册或本次认定）", 5) == ["低保对象", "（在册或…"]
    assert pictures.wrapped("低保对象（在册）", 7) == ["低保对象（在册）"]
