"""What estimates never decides: a determination rests on no screen, at any depth, in any version, on any day."""

from datetime import date
from typing import Any

import pytest

from wenhou.engine import Book, household, person, plan, when
from wenhou.engine.declared import Rule
from wenhou.engine.faults import DeclarationFault, PlanFault


@pytest.fixture
def book() -> Book:
    book = Book()
    book.fact("income", household, unit="fen", label="收入")
    book.fact("wage", person, unit="fen", label="工资")
    book.link("father", label="父亲")
    book.link("children", label="子女", inverse_of=("father",))
    book.rule(household, name="estimate", label="估算", unit="fen", screen=True)(lambda income: income * 2)
    book.rule(household, name="ordering", label="排序", unit="fen")(lambda estimate: estimate + 1)
    book.rule(person, name="guess", label="猜测", screen=True)(lambda wage: wage > 5)
    book.rule(household, name="line", label="线", unit="fen")(lambda income: income + 1)
    book.rule(household, name="entitled", label="认定", determines=True)(lambda line: line < 100)
    return book


@pytest.mark.parametrize(
    ("about", "formula", "screen"),
    [
        (household, lambda estimate: estimate > 5, "estimate"),
        (household, lambda ordering: ordering > 5, "estimate"),
        (household, lambda members: members.guess.any(), "guess"),
        (household, lambda income, members: when(income > 5, members.where(members.guess).count() > 1, False), "guess"),
        (person, lambda father: father.guess, "guess"),
        (person, lambda children: children.guess.any(), "guess"),
        (person, lambda father: father.ordering > 5, "estimate"),
    ],
)  # fmt: skip
def test_a_determination_rests_on_no_screen(book: Book, about: Any, formula: Any, screen: str) -> None:
    with pytest.raises(DeclarationFault, match=f"“found”是认定，不能以筛查“{screen}”为据"):
        book.rule(about, name="found", label="认定", determines=True)(formula)
    assert "found" not in book
    book.rule(about, name="found", label="非认定")(formula)
    book.indicator("X1", about, type="", weight=1, basis=(), name="watch", label="监测")(formula)


def test_neither_does_a_later_version(book: Book) -> None:
    with pytest.raises(DeclarationFault, match="“entitled”是认定，不能以筛查“estimate”为据"):
        book.rule(household, name="entitled", label="认定", determines=True, region="64")(
            lambda ordering: ordering < 5
        )
    with pytest.raises(DeclarationFault, match="“line”的新写法使认定“entitled”以筛查“estimate”为据"):
        book.rule(household, name="line", label="线", unit="fen", since="2026-01")(lambda ordering: ordering)
    with pytest.raises(DeclarationFault, match="一种是筛查或认定，另一种不是"):
        book.rule(household, name="line", label="线", unit="fen", since="2026-01", screen=True)(
            lambda income: income
        )
    with pytest.raises(DeclarationFault, match="既是筛查又是认定"):
        book.rule(household, name="both", label="两样", screen=True, determines=True)(
            lambda income: income > 1
        )
    assert [len(rule.versions) for rule in book.rules if rule.name in ("line", "entitled")] == [1, 1]


def test_a_branch_of_one_day_is_met_when_planning(book: Book) -> None:
    @book.rule(household, determines=True)
    def seasonal(income: Any, members: Any, as_of: date) -> Any:
        """冬季另算."""
        return members.guess.any() if as_of.month == 12 else income < 5

    assert plan.make(as_of=date(2026, 1, 31), book=book, wanted=["seasonal"]).households == ("seasonal",)
    with pytest.raises(PlanFault, match="认定“seasonal”在2026-12-01以筛查“guess”为据"):
        plan.make(as_of=date(2026, 12, 1), book=book, wanted=["seasonal"])


def test_a_rule_carries_both_flags(book: Book) -> None:
    flags = {rule.name: (rule.screen, rule.determines) for rule in book.rules}
    assert flags["estimate"] == (True, False)
    assert flags["entitled"] == (False, True)
    assert flags["ordering"] == (False, False)
    book.rule(household, name="estimate", label="估算", unit="fen", screen=True, since="2026-01")(
        lambda income: income * 3
    )
    later = book["estimate"]
    assert isinstance(later, Rule)
    assert (later.screen, len(later.versions)) == (True, 2)


def test_what_uses_a_name_and_what_it_uses(book: Book) -> None:
    book.rule(person, name="kin", label="亲")(
        lambda father, children, wage: father.guess & children.guess.any()
    )
    book.rule(household, name="line", label="线", unit="fen", since="2026-01")(
        lambda members: members.wage.sum()
    )
    assert book.behind("kin") == {"father", "children", "wage", "guess"}
    assert book.behind("children") == {"father"}
    assert book.behind("line") == {"income", "wage"}
    assert book.behind("income") == frozenset()
    assert book.dependants("estimate") == {"ordering"}
    assert book.dependants("wage") == {"guess", "kin", "line"}
    assert book.rests_on(["entitled"]) == {"entitled", "line", "income", "wage"}
    with pytest.raises(DeclarationFault, match="您是否想写“wage”？"):
        book.dependants("wag")
