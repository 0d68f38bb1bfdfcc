"""Reasons are told while the answer is read; gaps name what an unknown lacks."""

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from engine.worlds import AS_OF, law, populations
from wenhou.engine import explain, person, plan, run, unknown, when
from wenhou.engine.faults import PlanFault
from wenhou.engine.words import Book

BOOK = law()
RULES = tuple(rule.name for rule in BOOK.rules)
MADE = plan.make(as_of=AS_OF, book=BOOK, wanted=RULES)

ROWS = run.Rows(
    [
        {"person": 1, "household": 1, "birth_date": date(1960, 1, 31), "is_dead": False, "category": "在家",
         "medical": 4_318_640},
        {"person": 2, "household": 1, "birth_date": date(2012, 5, 1), "is_dead": False, "category": None, "father": 1},
        {"person": 3, "household": 1, "is_dead": True, "category": "在家", "medical": 1},
    ],
    [{"household": 1, "county": "A", "income": 12_000_00}],
    [{"county": "A", "dibao": 76_500, "threshold": 2_000_000}],
)  # fmt: skip


def _find(reason: explain.Reason, kind: str, name: str = "") -> explain.Reason:
    waiting = [reason]
    while waiting:
        one = waiting.pop(0)
        if one.kind == kind and name in (one.name, ""):
            return one
        waiting.extend(one.children)
    raise AssertionError(f"{kind} {name} is not in the tree")


def _lines(reason: explain.Reason, depth: int = 0) -> list[str]:
    said = [f"{'  ' * depth}{reason.label}｜{reason.shown}"]
    return said + [line for child in reason.children for line in _lines(child, depth + 1)]


def test_a_comparison_shows_both_sides() -> None:
    answers = run.one(MADE, ROWS)
    tree = explain.tree(MADE, answers, "P1", 1)
    compared = _find(tree, ">=")
    assert (compared.label, compared.shown) == ("年度个人自付 ≥ 门槛", "43,186.40 ≥ 20,000.00元")
    assert (compared.answer, compared.value, compared.subject) == ("yes", True, ("person", 1))
    assert [(child.kind, child.name, child.value) for child in compared.children] == [
        ("fact", "medical", 4_318_640),
        ("standard", "threshold", 2_000_000),
    ]
    assert compared.children[0].sources == ("DI31",)
    assert (tree.kind, tree.label, tree.law, tree.answer) == (
        "rule",
        "自付达门槛而户未列入",
        "第2条",
        "unknown",
    )


def test_the_whole_tree_of_a_small_rule() -> None:
    tree = explain.tree(MADE, run.one(MADE, ROWS), "heads", 1)
    assert _lines(tree)[:8] == [
        "计入人数｜不知道",
        "  成员中“计入成员”的人数｜不知道",
        "    成员 1｜是",
        "      计入成员｜是",
        "        同时满足：不属于“死亡”；没有“类别属于服刑、失踪”的情形｜是",
        "          不属于“死亡”｜是",
        "            死亡｜否",
        "          没有“类别属于服刑、失踪”的情形｜是",
    ]
    assert _lines(explain.tree(MADE, run.one(MADE, ROWS), "age", 1)) == [
        "周岁｜66岁",
        "  按出生日期算到2026-01-31的周岁｜66岁",
        "    出生日期｜1960-01-31",
        "    2026-01-31｜2026-01-31",
    ]


def test_gaps_name_what_decides_and_whose_it_is() -> None:
    """Person 3 is dead, so that the unknown category of person 2 alone leaves the head count open."""
    answers = run.one(MADE, ROWS)
    tree = explain.tree(MADE, answers, "heads", 1)
    assert explain.gaps(tree) == (explain.Gap("category", "类别", ("person", 2)),)
    assert explain.missing(tree) == ("category",)
    assert explain.missing(explain.tree(MADE, answers, "child_without_care", 2)) == ("mother", "category")
    assert explain.missing(explain.tree(MADE, answers, "child_without_care", 1)) == ()


def test_a_missing_standard_is_a_gap() -> None:
    far = run.Rows(ROWS.persons, [ROWS.households[0] | {"county": "C"}], ROWS.standards)
    tree = explain.tree(MADE, run.one(MADE, far), "P1", 1)
    assert "threshold" in explain.missing(tree)
    assert _find(tree, ">=").shown == "43,186.40元 ≥ 不知道"


def test_what_cannot_be_explained_is_refused() -> None:
    answers = run.one(MADE, ROWS)
    with pytest.raises(PlanFault, match="列入 wanted"):
        explain.tree(plan.make(as_of=AS_OF, book=BOOK, wanted=["heads"]), answers, "P1", 1)
    with pytest.raises(PlanFault, match=r"请用 run\.one"):
        explain.tree(MADE, run.Answers(answers.persons, answers.households), "P1", 1)
    with pytest.raises(PlanFault, match="没有编号为 77 的人"):
        explain.tree(MADE, answers, "P1", 77)


@settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(populations())
def test_every_tree_agrees_with_the_answers_and_survives_json(rows: run.Rows) -> None:
    answers = run.one(MADE, rows)
    for name in RULES:
        subjects = answers.persons if BOOK[name].entity == "person" else answers.households
        for key, row in subjects.items():
            tree = explain.tree(MADE, answers, name, key)
            assert tree.value == row[name]
            assert tree.children[0].value == row[name]
            assert (tree.answer == "unknown") == (row[name] is None)
            assert bool(explain.gaps(tree)) <= (row[name] is None)
            assert explain.from_json(json.loads(json.dumps(explain.to_json(tree)))) == tree


@settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(populations())
def test_an_unknown_has_a_gap_unless_it_divides_by_nobody(rows: run.Rows) -> None:
    answers = run.one(MADE, rows)
    for name in ("counts", "heads", "age", "child_without_care"):
        subjects = answers.persons if BOOK[name].entity == "person" else answers.households
        for key, row in subjects.items():
            home = answers.households[row["household"]]
            if row[name] is None and home["heads"] != 0:
                assert explain.gaps(explain.tree(MADE, answers, name, key))


def test_where_the_law_itself_leaves_a_question_open_what_it_turned_on_is_named() -> None:
    """A formula may answer `unknown`: the gaps are the unknowns beneath its condition, else what the condition read."""
    law = Book()
    law.fact("can_eat", person, kind="bool", label="能吃饭")
    law.fact("has_others", person, kind="bool", label="另有他人")

    @law.rule(person, unit="count")
    def surely_lost(can_eat: Any) -> Any:
        """确不达的项数."""
        return when(can_eat.fill(True), 0, 1)

    @law.rule(person, unit="text")
    def level(surely_lost: Any) -> Any:
        """等级."""
        return when(surely_lost >= 1, "丧失", unknown)

    @law.rule(person, unit="count")
    def owed(has_others: Any) -> Any:
        """应付."""
        return when(has_others, unknown, 0)

    made = plan.make(as_of=AS_OF, book=law, wanted=["level", "owed"])
    rows = run.Rows([{"person": 1, "household": 1, "has_others": True}], [{"household": 1, "county": "A"}])
    answers = run.one(made, rows)
    assert explain.missing(explain.tree(made, answers, "level", 1)) == ("can_eat",)
    assert explain.missing(explain.tree(made, answers, "owed", 1)) == ("has_others",)
