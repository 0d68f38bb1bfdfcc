"""Small random populations with unknowns, and a law that uses every word."""

from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from wenhou.base.month import months_before
from wenhou.engine import Book, ceil_to, floor_div, full_years, greatest, household, months, person, when
from wenhou.engine.run import Rows

AS_OF = date(2026, 1, 31)


def law() -> Book:
    """Facts of every kind, links both ways, aggregates upon aggregates: four crossings deep."""
    book = Book()
    _facts(book)
    _means(book)
    _verdicts(book)
    return book


def _facts(book: Book) -> None:
    book.fact("birth_date", person, kind="date", label="出生日期", sources=("DI01",))
    book.fact("medical", person, unit="fen", label="年度个人自付", sources=("DI31",))
    book.fact("is_dead", person, label="死亡", sources=("DI03", "DI45"))
    book.fact("category", person, kind="text", label="类别", sources=("SA-ARCH",))
    book.fact("income", household, unit="fen", label="家庭年收入", sources=("DI26",))
    book.standard("dibao", unit="fen/month", label="低保标准")
    book.standard("threshold", unit="fen", label="门槛")
    book.link("father", label="父亲")
    book.link("mother", label="母亲")
    book.link("children", label="子女", inverse_of=("father", "mother"))


def _means(book: Book) -> None:
    @book.rule(person, unit="years", law="户口登记条例")
    def age(birth_date: Any, as_of: date) -> Any:
        """周岁."""
        return full_years(birth_date, as_of)

    @book.rule(person)
    def counts(is_dead: Any, category: Any) -> Any:
        """计入成员."""
        return ~is_dead & ~category.isin(["服刑", "失踪"])

    @book.rule(household, unit="count")
    def heads(members: Any) -> Any:
        """计入人数."""
        return members.counts.count()

    @book.rule(household, unit="fen/month")
    def per_head(income: Any, heads: Any) -> Any:
        """人均月收入."""
        return floor_div(floor_div(income, months(12)), heads)

    @book.rule(household)
    def is_poor(per_head: Any, dibao: Any) -> Any:
        """人均收入低于低保标准."""
        return per_head < dibao


def _verdicts(book: Book) -> None:
    @book.rule(person)
    def child_without_care(age: Any, father: Any, mother: Any, is_poor: Any) -> Any:
        """未成年、父母一方死亡且家庭贫困."""
        return (age < 18) & (father.is_dead | mother.is_dead) & is_poor

    @book.rule(person)
    def supported(children: Any, age: Any) -> Any:
        """有成年子女不在贫困户."""
        return (
            children.where(~children.is_dead & (children.age < age)).age >= 18
        ).any() & ~children.is_poor.all()

    @book.indicator(
        "H1", household, type="主动发现", weight=30, basis=("per_head",), sources=("DI26",), law="第1条"
    )
    def needs_help(members: Any, is_poor: Any, dibao: Any, heads: Any) -> Any:
        """贫困且有缺少照料的儿童或自付沉重."""
        heavy = members.where(members.counts).medical.sum() > dibao * months(3) * heads
        return is_poor & (members.child_without_care.any() | heavy)

    @book.indicator("P1", person, type="应纳尽纳", weight=20, basis=("medical", "per_head"), law="第2条")
    def is_burdened(medical: Any, threshold: Any, needs_help: Any, housemates: Any, supported: Any) -> Any:
        """自付达门槛而户未列入."""
        alone = housemates.where(housemates.counts).count() == 0
        return (medical >= threshold) & ~needs_help & when(alone, ~supported, True)

    @book.rule(person, unit="fen")
    def amount(needs_help: Any, medical: Any, birth_date: Any, as_of: date) -> Any:
        """补差，向上到元."""
        lately = birth_date >= months_before(as_of, 12)
        return when(needs_help & ~lately, ceil_to(greatest(medical - 10_000, 0), 100), 0)


def _maybe(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.one_of(st.none(), strategy)


@st.composite
def populations(draw: st.DrawFn) -> Rows:
    """Up to five households of up to four; links anywhere, also to nobody; three counties, two with standards."""
    homes = draw(st.integers(1, 5))
    sizes = draw(st.lists(st.integers(0, 4), min_size=homes, max_size=homes))
    keys = [(home, home * 10 + at) for home, size in enumerate(sizes, start=1) for at in range(size)]
    kin = _maybe(st.sampled_from([key for _, key in keys] + [9999]))
    born = st.integers(0, 36_000).map(lambda days: date(1927, 2, 28) + timedelta(days=days))
    fen = st.one_of(st.integers(0, 500), st.integers(0, 50).map(lambda n: n * 1000))
    persons = [
        {
            "person": key,
            "household": home,
            "birth_date": draw(_maybe(born)),
            "medical": draw(_maybe(fen)),
            "is_dead": draw(st.sampled_from([False, False, True, None])),
            "category": draw(st.sampled_from(["在家", "在家", "服刑", "失踪", None])),
            "father": draw(kin),
            "mother": draw(kin),
        }
        for home, key in keys
    ]
    households = [
        {"household": home, "county": draw(st.sampled_from(["A", "B", "C"])), "income": draw(_maybe(fen.map(lambda n: n * 12)))}
        for home in range(1, homes + 1)
    ]  # fmt: skip
    standards = [
        {"county": county, "dibao": draw(_maybe(st.integers(1, 60_000))), "threshold": draw(_maybe(fen))}
        for county in ("A", "B")
    ]
    return Rows(persons, households, standards)
