"""Units carry their scale: what is counted in parts never meets what is not, and people read whole yuan."""

from typing import Any

import pytest

from wenhou.engine import (
    Book,
    ceil_div,
    ceil_to,
    explain,
    floor_div,
    greatest,
    household,
    months,
    phrases,
    plan,
    quantity,
    run,
    units,
    unknown,
    when,
)
from wenhou.engine.faults import DeclarationFault
from wenhou.engine.words import SAMPLE_DAY


@pytest.fixture
def book() -> Book:
    made = Book()
    made.fact("wages", household, unit="fen", label="工资")
    made.fact("rent", household, unit="fen", label="租金")
    made.fact("people", household, unit="count", label="人数")
    made.standard("cost", unit="percent", label="成本比例")
    made.standard("line", unit="fen/month", label="标准")
    return made


def told(book: Book, name: str, **facts: Any) -> explain.Reason:
    """The tree of a rule of household 1; cost is 10%, the line 605.00 a month."""
    made = plan.make(as_of=SAMPLE_DAY, book=book, wanted=[name])
    rows = run.Rows(
        [], [{"household": 1, "county": "A"} | facts], [{"county": "A", "cost": 10, "line": 60_500}]
    )
    return explain.tree(made, run.one(made, rows), name, 1)


def sentences(reason: explain.Reason) -> list[str]:
    return [f"{reason.label}：{reason.shown}", *(line for one in reason.children for line in sentences(one))]


def test_units_are_reckoned_with_their_scale() -> None:
    assert units.times("fen", "percent") == units.times("percent", "fen") == "fen×100"
    assert units.times("fen/month", "permille") == "fen×1000/month"
    assert units.times("fen×100", "percent") == "fen×10000"
    assert units.times("fen×100/month", "months÷4") == "fen×25"
    assert units.over("fen×100", "percent") == "fen"
    assert units.over("fen×100", "months×100") == "fen/month"
    assert units.over("fen×100", "fen×100") == "count"
    assert units.scaled("fen/month", units.scale("fen÷100")) == "fen÷100/month"
    assert [units.storage(unit) for unit in ("fen×100", "×2520", "sqm×100", None)] == [
        "int",
        "int",
        "decimal",
        "int",
    ]
    assert units.checked("fen×6300000", of="x") == "fen×6300000"
    assert units.unscaled(38_880_050, "fen×100") == (units.Decimal("388800.5000"), "fen")
    assert units.unscaled(38_880_000, "fen×100/month") == (388_800, "fen/month")


@pytest.mark.parametrize("unit", ["fen×0", "fen×", "bool×100", "text÷2", "fen×100/week", "yuan×100"])
def test_a_scale_must_make_sense(unit: str, book: Book) -> None:
    with pytest.raises(DeclarationFault, match="不认识"):
        book.rule(household, unit=unit, label="某")(lambda wages: wages)


def test_a_fact_is_counted_in_no_parts(book: Book) -> None:
    with pytest.raises(DeclarationFault, match="“hundredths”是事实，单位不能带倍数：fen×100。"):
        book.fact("hundredths", household, unit="fen×100", label="某")


def refused(book: Book, unit: str, formula: Any) -> str:
    with pytest.raises(DeclarationFault) as fault:
        book.rule(household, unit=unit, name="some", label="某")(formula)
    return fault.value.message


def test_scaled_and_unscaled_are_never_added_or_compared(book: Book) -> None:
    book.rule(household, unit="fen×100", name="net", label="净工资")(lambda wages, cost: wages * cost)
    apart = "倍数不合：fen×100 {0} fen；请把两边化成同样的倍数再算（乘上或除以所差的倍数）。"
    assert refused(book, "fen×100", lambda net, rent: net + rent) == "“some”：" + apart.format("+")
    assert refused(book, "bool", lambda net, rent: net < rent) == "“some”：" + apart.format("<")
    assert refused(book, "fen", lambda net, rent: greatest(net, rent)) == "“some”：" + apart.format(
        "greatest"
    )
    assert refused(book, "fen", lambda net, rent: when(rent > 0, net, rent)) == "“some”：" + apart.format(
        "when"
    )
    assert "倍数不合：fen×100 + fen" in refused(book, "fen×100", lambda net, rent: net + rent * 10)
    assert (
        refused(book, "bool", lambda net: net > 5)
        == "“some”：> 的一边是 fen×100，另一边是没有单位的数：请写明单位。"
    )


def test_a_scale_that_is_not_declared_or_not_taken_back_is_refused(book: Book) -> None:
    forgotten = "“some”声明的单位是 fen，公式算出来是 fen×100；倍数不同，是漏乘了还是漏除了？"
    assert refused(book, "fen", lambda wages, cost: wages * cost) == forgotten
    assert refused(book, "fen", lambda wages, cost: floor_div(wages * cost, 10)) == forgotten
    missing = "“some”声明的单位是 fen×100，公式算出来是 fen；倍数不同，是漏乘了还是漏除了？"
    assert refused(book, "fen×100", lambda wages: wages) == missing


@pytest.mark.parametrize(
    ("unit", "formula"),
    [
        ("fen", lambda wages: wages * 3),
        ("fen×100", lambda wages: wages * 100),
        ("fen×100", lambda wages, rent, cost: (100 - cost) * wages + rent * 100),
        ("fen×100", lambda wages, rent, cost: greatest(wages * cost - rent * 100, 0)),
        ("fen", lambda wages, cost: floor_div(wages * cost, 100)),
        ("fen/month", lambda wages, cost: floor_div(wages * cost, months(12) * 100)),
        ("fen/month", lambda wages, cost: ceil_div(wages * cost, months(12) * 100 * 100) * 100),
        ("bool", lambda wages, cost, rent: wages * cost < rent * 100),
        ("bool", lambda wages, cost: wages * cost == 0),
        ("fen×2520", lambda wages, people: when(people > 0, wages * floor_div(2520, people), unknown)),
        ("fen×25", lambda line, cost: quantity(3, "months÷4") * (line * cost)),
        ("fen", lambda wages, cost: ceil_to(ceil_div(wages * cost, 100), 100)),
    ],
)
def test_plain_numbers_account_for_the_scale(book: Book, unit: str, formula: Any) -> None:
    book.rule(household, unit=unit, name="some", label="某")(formula)
    assert "some" in book


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [
        (38_880_000, "fen×100", "3,888.00元"),
        (-79_200_00, "fen×100", "-792.00元"),
        (38_880_050, "fen×100", "3,888.005元"),
        (38_880_051, "fen×100", "3,888.0051元"),
        (378_000_000_000, "fen×6300000", "600.00元"),
        (100_000, "fen×6300000", "约0.00元"),
        (84_000_000_000, "fen×6300000", "约133.33元"),
        (1_240, "fen÷100/month", "1,240.00元/月"),
        (3, "months÷4", "12个月"),
        (1_260, "×2520", "0.5"),
        (None, "fen×100", "不知道"),
    ],
)
def test_what_is_counted_in_parts_is_read_in_yuan(value: int | None, unit: str, said: str) -> None:
    assert phrases.shown(value, unit) == said


def test_a_tree_tells_no_scaled_number(book: Book) -> None:
    @book.rule(household, unit="fen×100")
    def income(wages: Any, cost: Any, rent: Any) -> Any:
        """收入."""
        return greatest((100 - cost) * wages + rent * 100, 0)

    @book.rule(household, unit="fen/month")
    def shortfall(line: Any, people: Any, income: Any) -> Any:
        """补差."""
        return ceil_div(months(12) * line * people * 100 - income, months(12) * 100 * 100) * 100

    tree = told(book, "shortfall", wages=1_000_001, rent=50, people=2)
    assert tree.value == 46_000
    lacking = "12个月 × 标准 × 人数 − 收入"
    assert sentences(tree)[:8] == [
        "补差：460.00元/月",
        f"（{lacking}） ÷ 12个月（向上到元）：460.00元/月",
        f"（{lacking}） ÷ 12个月（向上到元）：460.00元/月",
        f"{lacking}：5,519.491元",
        "12个月 × 标准 × 人数：14,520.00元",
        "12个月 × 标准 × 人数：14,520.00元",
        "12个月 × 标准：7,260.00元",
        "12个月：12个月",
    ]
    assert "（（100% − 成本比例） × 工资 + 租金）（不足零的按零计）：9,000.509元" in sentences(tree)
    (part,) = [one for one in _all(explain.to_json(tree)) if one["name"] == "income"]
    assert (part["value"], part["unit"], part["shown"]) == ("900050.9000", "fen", "9,000.509元")
    assert explain.from_json(explain.to_json(tree)) == tree


def _all(told: dict[str, Any]) -> list[dict[str, Any]]:
    return [told, *(one for child in told["children"] for one in _all(child))]


def test_amounts_rounded_to_the_yuan_are_read_so_between_the_steps(book: Book) -> None:
    book.rule(household, unit="fen", name="some", label="补贴")(lambda wages: ceil_to(wages, 100))
    assert sentences(told(book, "some", wages=12_345)) == [
        "补贴：124.00元",
        "工资（向上到元）：124.00元",
        "工资（向上到元）：124.00元",
        "工资：123.45元",
        "1：1",
        "1：1",
    ]


def test_conditions_are_denied_in_plain_words() -> None:
    assert [
        phrases.opposite(said)
        for said in ("有死亡记录（公安、火化任一）", "义务人无履行义务能力", "未满18周岁")
    ] == [
        "没有死亡记录（公安、火化任一）",
        "义务人有履行义务能力",
        "已满18周岁",
    ]
    assert phrases.opposite("择校或留学不符合规定") == "择校或留学符合规定"
    assert phrases.opposite("负有义务并有履行能力") == "不属于“负有义务并有履行能力”"
    assert phrases.opposite("孤儿") == "不属于“孤儿”"
