"""Rounding is exact to the fen and dates agree with the calendar, on every backend."""

from datetime import date, timedelta
from decimal import Decimal

from engine.conftest import AS_OF
from wenhou.base.month import Month, full_years, months_before
from wenhou.engine import (
    Book,
    ceil_div,
    ceil_to,
    days_after,
    days_between,
    floor_div,
    floor_to,
    household,
    month_of,
    months,
    months_after,
    person,
    quantity,
    round_half_up,
    year_of,
)
from wenhou.engine import full_years as age_of
from wenhou.engine.run import Rows

HOME = [{"household": 1, "county": "640104"}]


def _arithmetic() -> Book:
    book = Book()
    book.fact("x", person, unit="fen", label="甲")
    book.fact("n", person, unit="count", label="乙")
    forms = {
        "down": lambda x, n: floor_div(x, n),
        "same_down": lambda x, n: x // n,
        "up": lambda x, n: ceil_div(x, n),
        "near": lambda x, n: round_half_up(x * 10, n * 100),
        "whole_yuan": lambda x, n: ceil_to(ceil_div(x, n), 100),
        "floor_yuan": lambda x: floor_to(x, 100),
    }
    for name, form in forms.items():
        book.rule(person, unit="fen", name=name, label=name)(form)
    book.rule(person, unit="fen/month", name="monthly", label="月均")(lambda x: floor_div(x, months(12)))
    book.rule(person, unit="ratio", name="share", label="比")(
        lambda x, n: x / (x * 0 + n * quantity(1, "fen"))
    )
    return book


def test_rounding(ask):
    pairs = [
        (x, n)
        for x in (0, 1, 99, 100, 101, 149, 150, 151, -1, -150, -151, 45_000_001, 2**53 - 1)
        for n in (1, 2, 3, 7, 0, -3)
    ] + [(None, 3), (10, None), (2**53 + 2, 2)]
    rows = Rows([{"person": at, "household": 1, "x": x, "n": n} for at, (x, n) in enumerate(pairs)], HOME)
    answers = ask(_arithmetic(), rows).persons
    for at, (x, n) in enumerate(pairs):
        got = answers[at]
        if None in (x, n) or n == 0:
            assert (got["down"], got["up"], got["near"], got["whole_yuan"]) == (None,) * 4
            continue
        if abs(x) >= 2**53:
            assert got["down"] is None  # not exact everywhere, so not answered
            continue
        assert got["down"] == got["same_down"] == x // n
        assert got["up"] == -(-x // n)
        assert got["whole_yuan"] == -(got["up"] * -1 // 100) * 100
        assert got["floor_yuan"] == x // 100 * 100
        assert got["monthly"] == x // 12
        assert got["share"] == x / n
        if abs(x) < 2**49:
            assert got["near"] == (2 * x * 10 + n * 100) // (2 * n * 100)


def test_areas_are_exact(ask):
    book = Book()
    book.fact("area", household, unit="sqm", label="面积")
    book.fact("own", person, unit="sqm", label="本人份额")

    @book.rule(household)
    def is_small(area, members):
        """人均不足30平方米."""
        return area < quantity(30, "sqm/person") * members.count()

    @book.rule(household, unit="sqm")
    def owned(members):
        """份额合计."""
        return members.own.sum()

    @book.rule(household)
    def is_exact(owned):
        """合计恰为0.3."""
        return owned == Decimal("0.3")

    people = [{"person": at, "household": at // 2, "own": Decimal("0.1") * (1 + at % 2)} for at in range(4)]
    homes = [
        {"household": 0, "county": "1", "area": Decimal("59.9999")},
        {"household": 1, "county": "1", "area": Decimal(60)},
    ]
    answers = ask(book, Rows(people, homes)).households
    assert [answers[home]["is_small"] for home in (0, 1)] == [True, False]
    assert answers[0]["owned"] == Decimal("0.3")
    assert answers[0]["is_exact"] is True


def _dates() -> Book:
    book = Book()
    book.fact("born", person, kind="date", label="出生")
    book.fact("n", person, unit="months", label="几个月")
    book.fact("d", person, unit="days", label="几天")

    @book.rule(person, unit="years")
    def age(born, as_of):
        """周岁."""
        return age_of(born, as_of)

    @book.rule(person)
    def lately(born, as_of):
        """近12个月."""
        return (born >= months_before(as_of, 12)) & (born <= as_of)

    forms = {
        "later": lambda born, n: months_after(born, n),
        "quarter": lambda born: months_after(born, 3),
        "earlier": lambda born: months_after(born, -1),
        "days_later": lambda born, d: days_after(born, d),
        "fortnight": lambda born: days_after(born, 14),
        "month": lambda born: month_of(born),
    }
    for name, form in forms.items():
        book.rule(person, unit="date", name=name, label=name)(form)
    book.rule(person, unit="year", name="year", label="年")(lambda born: year_of(born))
    book.rule(person, unit="days", name="since", label="至今")(lambda born, as_of: days_between(born, as_of))
    return book


def _months_later(day, n):
    return months_before(day, -n)


def test_dates(ask):
    days = [date(2024, 2, 29), date(2023, 2, 28), date(2024, 1, 31), date(2025, 1, 31), date(2025, 1, 30)]
    days += [
        date(2026, 1, 31),
        date(2026, 2, 1),
        date(1936, 2, 29),
        date(2025, 12, 31),
        date(2024, 3, 1),
        None,
    ]
    several = [(day, n) for day in days for n in (-13, -1, 0, 1, 12, 25, None)]
    rows = Rows(
        [{"person": at, "household": 1, "born": day, "n": n, "d": n} for at, (day, n) in enumerate(several)],
        HOME,
    )
    for as_of in (AS_OF, date(2023, 2, 28)):
        answers = ask(_dates(), rows, as_of=as_of).persons
        for at, (day, n) in enumerate(several):
            got = answers[at]
            if day is None:
                assert {value for name, value in got.items() if name not in ("person", "household")} == {None}
                continue
            assert got["age"] == full_years(day, as_of)
            assert got["lately"] is (months_before(as_of, 12) <= day <= as_of)
            assert got["later"] == (None if n is None else _months_later(day, n))
            assert got["quarter"] == _months_later(day, 3)
            assert got["earlier"] == months_before(day, 1)
            assert got["days_later"] == (None if n is None else day + timedelta(days=n))
            assert got["fortnight"] == day + timedelta(days=14)
            assert got["month"] == Month.of(day).first
            assert got["year"] == day.year
            assert got["since"] == (as_of - day).days
