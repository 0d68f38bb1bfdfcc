"""The tree of reasons as it is shown."""

import re
from datetime import date

from desk import factories
from wenhou.desk import reasons
from wenhou.policy import queries, standards


def test_one_line_for_a_rule_and_its_formula() -> None:
    html = reasons.render(factories.tree("D01"))
    assert html.count('<li class="root">') == 1
    assert "下面各条都成立" in html
    assert (
        html.index("年度个人自付达到2万元")
        < html.index("不在低收入人口库的六类里")
        < html.index("下面有一条成立")
    )


def test_the_yes_is_unfolded_and_the_unknown_is_not() -> None:
    html = reasons.render(factories.tree("D01"))
    told = re.findall(r'<span class="val">([^<]+)</span></div><details class="deeper"( open)?>', html)
    assert told == [("不知道 ≥ 20,000.00元", ""), ("43,186.40 ≥ 20,000.00元", " open"), ("43,186.40元", "")]


def test_the_other_people_of_a_tree_are_masked_or_not_named() -> None:
    node = {
        "kind": "person", "name": "members", "label": "成员 77", "answer": "yes", "value": True, "unit": "bool",
        "shown": "计入", "subject": ["person", 77], "law": "", "sources": [], "children": [],
    }  # fmt: skip
    assert "成员　王＊" in reasons.render(node, reasons.Known(people={77: "王＊"}))
    assert "77" not in reasons.render(node)


def test_a_threshold_past_its_review_says_so_in_the_tree() -> None:
    rows = standards.resolve(queries.from_files(), "640104", date(2027, 7, 1))
    last, late = (reasons.Known(rows, {}, on) for on in (date(2027, 6, 30), date(2027, 7, 1)))
    assert "已过复核日" not in reasons.render(factories.tree("D01"), last)
    assert "已过复核日2027-06-30" in reasons.render(factories.tree("D01"), late)


def test_a_sum_says_up_to_which_month_it_was_counted_where_a_file_is_late() -> None:
    node = {
        "kind": "fact", "name": "wages_12m", "label": "近12个月工资", "answer": "known", "value": 0, "unit": "fen",
        "shown": "0.00元", "subject": ["person", 1], "law": "", "sources": ["DI26"], "children": [],
    }  # fmt: skip
    assert "只算到" not in reasons.render(node)
    assert "；来件迟到，只算到2024年9月</span>" in reasons.render(node | {"until": "2024-09-30"})


def test_what_a_tree_says_is_escaped() -> None:
    html = reasons.render(factories.tree("D01") | {"label": "<script>", "law": "《<b>》"})
    assert "<script>" not in html
    assert "《&lt;b&gt;》" in html


def test_no_tree_is_no_html() -> None:
    assert reasons.render({}) == ""
