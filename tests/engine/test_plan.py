"""The plan chooses formulas by date and region, computes what is wanted and loses nobody."""

from datetime import date

import pytest

from wenhou.engine import Book, household, months, person, plan, when
from wenhou.engine.faults import PlanFault
from wenhou.engine.run import Rows

AS_OF = date(2026, 1, 31)


def _law() -> Book:
    book = Book()
    book.fact("income", household, unit="fen", label="收入")
    book.fact("x", person, unit="fen", label="甲")
    book.fact("unused", person, unit="fen", label="不用")
    book.link("father", label="父亲")
    book.standard("dibao", unit="fen/month", label="低保标准")
    book.rule(household, name="line", label="线", unit="fen", since="2020-01")(
        lambda dibao: dibao * months(1)
    )
    book.rule(household, name="line", label="线", unit="fen", since="2026-01-31")(
        lambda dibao: dibao * months(2)
    )
    book.rule(household, name="line", label="线", unit="fen", region="64")(lambda dibao: dibao * months(3))
    book.rule(household, name="line", label="线", unit="fen", region="6401", since="2025-07")(
        lambda dibao: dibao * months(4)
    )

    @book.indicator("X1", household, type="", weight=1, basis=("line",))
    def is_poor(income, line):
        """收入低于线."""
        return income < line

    @book.indicator("X2", person, type="", weight=1, basis=("x", "line"))
    def is_poorer(x, line):
        """本人低于线."""
        return x < line

    return book


HOMES = [
    {"household": 1, "county": "640104", "income": 150},
    {"household": 2, "county": "610305", "income": 150},
    {"household": 3, "county": None, "income": 150},
]
ROWS = Rows(
    [{"person": 10 * home, "household": home, "x": 150} for home in (1, 2, 3)] + [{"person": 99, "x": 1}],
    HOMES,
    [{"county": "640104", "dibao": 100}, {"county": "640105", "dibao": 9}],
)


@pytest.mark.parametrize(
    ("as_of", "region", "line"),
    [
        (date(2026, 1, 30), None, 100),
        (date(2026, 1, 31), None, 200),
        (date(2026, 1, 31), "610305", 200),
        (date(2026, 1, 31), "640202", 300),
        (date(2025, 6, 30), "640104", 300),
        (date(2025, 7, 1), "640104", 400),
    ],
)
def test_versions_by_date_and_region(ask, as_of, region, line) -> None:
    answers = ask(_law(), ROWS, as_of=as_of, region=region)
    assert answers.households[1] == {
        "household": 1, "county": "640104", "line": line, "is_poor": line > 150,
    }  # fmt: skip


def test_a_county_without_a_standard_stays_and_is_unknown(ask) -> None:
    answers = ask(_law(), ROWS)
    assert {key: row["is_poor"] for key, row in answers.households.items()} == {1: True, 2: None, 3: None}
    assert {key: row["is_poorer"] for key, row in answers.persons.items()} == {
        10: True,
        20: None,
        30: None,
        99: None,
    }


def test_only_what_is_wanted_is_asked_of_the_input() -> None:
    book = _law()
    made = plan.make(as_of=AS_OF, book=book, wanted=["X1"])
    assert made.needs == {"persons": {}, "households": {"income": "int"}, "standards": {"dibao": "int"}}
    assert made.households == ("is_poor", "line")
    assert plan.make(as_of=AS_OF, book=book, wanted=["is_poor"]) is made
    both = plan.make(as_of=AS_OF, book=book)
    assert (both.persons, both.households) == (("is_poorer", "x", "line"), ("is_poor", "line"))


def test_a_rule_not_in_force_is_left_out_with_its_reason() -> None:
    book = _law()
    made = plan.make(as_of=date(2019, 12, 31), book=book)
    assert (made.persons, made.households) == ((), ())
    assert made.left_out == dict.fromkeys(("line", "is_poor", "is_poorer"), made.left_out["line"])
    assert "没有施行的写法" in made.left_out["line"]
    with pytest.raises(PlanFault, match="没有施行的写法"):
        plan.make(as_of=date(2019, 12, 31), book=book, wanted=["X1"])
    with pytest.raises(PlanFault, match="您是否想写“is_poor”？"):
        plan.make(as_of=AS_OF, book=book, wanted=["is_por"])


def test_a_declaration_after_a_plan_is_not_missed() -> None:
    book = _law()
    before = plan.make(as_of=AS_OF, book=book)
    book.indicator("X3", person, type="", weight=1, basis=(), name="later", label="后来")(lambda x: x > 1)
    assert "later" not in before.persons
    assert "later" in plan.make(as_of=AS_OF, book=book).persons


def test_the_sql_of_a_stage() -> None:
    """A shared rule is not written out again and again, however many rest on it; only a small one, and once."""
    book = Book()
    book.fact("x", household, unit="fen", label="甲")
    book.rule(household, name="r0", label="零", unit="fen")(lambda x: x + 1)
    for at in range(1, 9):
        namespace = {}
        exec(f"def r{at}(r{at - 1}): return r{at - 1} * 2 - r{at - 1} - r{at - 1} + r{at - 1}", namespace)
        book.rule(household, label=str(at), unit="fen")(namespace[f"r{at}"])
    made = plan.make(as_of=AS_OF, book=book, wanted=["r8"])
    sql = "".join(made.queries("duckdb"))
    assert sql.count('"x" + 1') == 1
    assert len(sql) < 5000


def test_a_wide_table_stays_where_it_is() -> None:
    """What a later stage needs of the first table it reads there; it is not written again and again."""
    book = Book()
    book.link("father", label="父亲")
    book.fact("x", person, unit="fen", label="甲")
    for at in range(1, 4):
        before = "x" if at == 1 else f"r{at - 1}"
        namespace = {}
        exec(f"def r{at}(x, father): return x + father.{before}", namespace)
        book.rule(person, label=str(at), unit="fen")(namespace[f"r{at}"])
    made = plan.make(as_of=AS_OF, book=book, wanted=["r3"])
    kept = [stage.keep for stage in made.stages if stage.entity == "person"]
    assert kept == [("father", "x"), ("r1",), ("r2",), ("r3",)]


def test_a_guard_only_where_something_may_be_unknown() -> None:
    book = Book()
    book.fact("x", person, unit="fen", label="甲")
    book.rule(person, name="filled", label="补", unit="fen")(lambda x: x.fill(0))
    book.rule(household, name="of_known", label="知", unit="fen")(lambda members: members.filled.sum())
    book.rule(household, name="of_all", label="全", unit="fen")(lambda members: members.x.sum())
    for name, guards in (("of_known", 0), ("of_all", 1)):
        made = plan.make(as_of=AS_OF, book=book, wanted=[name])
        assert made.columns["household", name].sure is (guards == 0)
        assert "".join(made.queries("duckdb")).count("= COUNT(") == guards


def test_a_long_condition_over_pairs_is_not_written_out() -> None:
    book = Book()
    book.link("father", label="父亲")
    book.link("children", label="子女", inverse_of=("father",))
    book.fact("x", person, unit="fen", label="甲")

    @book.rule(person, unit="fen")
    def steps(children, x):
        """多级."""
        found = children.x
        for at in range(12):
            found = when(children.x > x * at, found + x, children.x - x)
        return found.sum()

    made = plan.make(as_of=AS_OF, book=book, wanted=["steps"])
    assert len("".join(made.queries("duckdb"))) < 20_000
