"""Working days and deadlines, over every year the calendar covers."""

from datetime import date, datetime, timedelta

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wenhou.base.errors import WenhouError
from wenhou.divisions import arrangement, calendar
from wenhou.divisions.calendar import NotCovered, Pause, StillPaused, add_working_days, working_days_between

DAY = timedelta(days=1)
FIRST, LAST = date(calendar.covered_years()[0], 1, 1), date(calendar.covered_years()[-1], 12, 31)
ANY_DAY = st.dates(FIRST, LAST)
EVERY_DAY = [FIRST + n * DAY for n in range((LAST - FIRST).days + 1)]


def test_the_years_covered():
    assert calendar.covered_years() == tuple(range(2004, 2027))


def test_every_day_is_as_the_library_has_it():
    """Our own table is empty: each of the 8,400 days must be the library's."""
    assert [
        day for day in EVERY_DAY if calendar.is_working_day(day) != chinese_calendar.is_workday(day)
    ] == []


@pytest.mark.parametrize(
    ("day", "working"),
    [
        (date(2025, 9, 28), True),  # Sunday, swapped for 国庆
        (date(2025, 10, 8), False),  # Wednesday, 国庆中秋
        (date(2025, 10, 11), True),  # Saturday, swapped
        (date(2026, 1, 2), False),
        (date(2026, 1, 4), True),  # Sunday, swapped for 元旦
        (date(2020, 1, 31), False),  # 春节假期延长
        (date(2015, 9, 3), False),  # 抗战胜利70周年
    ],
)
def test_swapped_days(day, working):
    assert calendar.is_working_day(day) is working


@pytest.mark.parametrize(
    ("n", "due"),
    [(3, date(2025, 11, 13)), (20, date(2025, 12, 8)), (30, date(2025, 12, 22)), (45, date(2026, 1, 13))],
)
def test_vector_10_deadlines_of_a_case_accepted_on_10_november(n, due):
    accepted = date(2025, 11, 10)
    assert add_working_days(accepted, n) == due
    assert working_days_between(accepted, due) == n


def test_vector_12_three_months_after_a_death():
    assert calendar.add_months(date(2025, 11, 20), 3) == date(2026, 2, 20)


def test_three_working_days_before_a_deadline():
    assert add_working_days(date(2026, 1, 6), -3) == date(2025, 12, 31)


@pytest.mark.parametrize(
    ("day", "n", "expected"),
    [
        (date(2025, 1, 31), 1, date(2025, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2025, 11, 30), 3, date(2026, 2, 28)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2026, 1, 15), 0, date(2026, 1, 15)),
    ],
)
def test_add_months(day, n, expected):
    assert calendar.add_months(day, n) == expected


def test_natural_days_end_on_a_rest_day_too():
    assert calendar.add_natural_days(date(2025, 9, 26), 7) == date(2025, 10, 3)


# --- years not covered ----------------------------------------------------------------------------


@pytest.mark.parametrize("day", [date(2003, 12, 31), date(2027, 1, 1), date(1949, 10, 1)])
def test_a_day_of_a_year_not_covered_is_an_error(day):
    with pytest.raises(NotCovered, match=f"{day.year}年的放假调休安排尚未载入") as refused:
        calendar.is_working_day(day)
    assert refused.value.year == day.year
    assert isinstance(refused.value, WenhouError)


def test_only_what_must_be_counted_has_to_be_covered():
    assert add_working_days(date(2026, 12, 30), 1) == date(2026, 12, 31)
    assert add_working_days(date(2003, 12, 31), 1) == date(2004, 1, 2)
    assert add_working_days(date(2030, 5, 1), 0) == date(2030, 5, 1)
    assert working_days_between(date(2026, 12, 24), date(2026, 12, 31)) == 5
    assert calendar.add_natural_days(date(2026, 12, 31), 7) == date(2027, 1, 7)
    with pytest.raises(NotCovered, match="2027年"):
        add_working_days(date(2026, 12, 31), 1)
    with pytest.raises(NotCovered, match="2027年"):
        add_working_days(date(2026, 12, 30), 2)
    with pytest.raises(NotCovered, match="2003年"):
        add_working_days(date(2004, 1, 2), -1)
    with pytest.raises(NotCovered, match="2027年"):
        working_days_between(date(2026, 12, 31), date(2027, 1, 1))


def test_a_library_year_cut_off_after_new_year_is_not_covered(monkeypatch):
    """An arrangement may reach into January: one festival does not make a year."""
    reaching = {**arrangement.constants.holidays, date(2027, 1, 1): "New Year's Day"}
    monkeypatch.setattr(arrangement.constants, "holidays", reaching)
    assert max(arrangement.of_library().years) == 2026


def test_a_moment_is_not_a_day():
    with pytest.raises(TypeError):
        calendar.is_working_day(datetime(2025, 11, 10, 9, 0))


# --- our own table --------------------------------------------------------------------------------


def test_a_document_corrects_a_day_and_brings_a_year(tmp_path):
    table = tmp_path / "working_days.yaml"
    table.write_text(
        "documents:\n"
        "  - {number: 甲, covers: [2027], rest: [2027-01-01..2027-01-03], work: [2027-01-09]}\n"
        "  - {number: 乙, rest: ['2026-12-31'], work: ['2027-01-02']}\n",
        encoding="utf-8",
    )
    amended = calendar.WorkingCalendar(arrangement.read(table, arrangement.of_library()))
    assert amended.add(date(2026, 12, 30), 1) == date(2027, 1, 2)
    assert amended.is_working_day(date(2027, 1, 9))
    assert not amended.is_working_day(date(2027, 1, 1))
    assert amended.count(date(2026, 12, 30), date(2027, 1, 4)) == 2


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ("{number: 丙, rest: ['2027-13-01']}", "丙 的日期不正确"),
        ("{number: 丙, rest: ['2027-01-03..2027-01-01']}", "先后颠倒"),
        ("{number: 丙, rest: ['2027-01-03'], work: ['2027-01-03']}", "既列为放假又列为上班"),
    ],
)
def test_a_faulty_document_is_named(tmp_path, entry, said):
    table = tmp_path / "working_days.yaml"
    table.write_text(f"documents:\n  - {entry}\n", encoding="utf-8")
    with pytest.raises(WenhouError, match=said):
        arrangement.read(table, arrangement.of_library())


def test_the_table_as_it_stands_reads():
    assert arrangement.read(arrangement.TABLE, arrangement.of_library()) == arrangement.current()


# --- the clock stopped ----------------------------------------------------------------------------


def test_neither_end_of_a_pause_counts():
    """Accepted on Monday the 10th, 补正 from Wednesday to Friday: only Tuesday is used up before it."""
    pause = Pause(date(2025, 11, 12), date(2025, 11, 14))
    assert add_working_days(date(2025, 11, 10), 1, [pause]) == date(2025, 11, 11)
    assert add_working_days(date(2025, 11, 10), 2, [pause]) == date(2025, 11, 17)
    assert working_days_between(date(2025, 11, 10), date(2025, 11, 17), [pause]) == 2


def test_a_pause_on_the_last_day_moves_it():
    assert add_working_days(date(2025, 11, 10), 3, [Pause(date(2025, 11, 13), date(2025, 11, 13))]) == date(
        2025, 11, 14
    )


def test_pauses_that_overlap_count_once():
    pauses = [Pause(date(2025, 11, 13), date(2025, 11, 18)), Pause(date(2025, 11, 12), date(2025, 11, 14))]
    assert add_working_days(date(2025, 11, 10), 3, pauses) == date(2025, 11, 20)


def test_natural_days_are_paused_too():
    assert calendar.add_natural_days(
        date(2025, 11, 10), 7, [Pause(date(2025, 11, 15), date(2025, 11, 16))]
    ) == date(2025, 11, 19)


def test_an_open_pause_leaves_no_deadline():
    with pytest.raises(StillPaused, match="自2025-11-13起停表"):
        add_working_days(date(2025, 11, 10), 3, [Pause(date(2025, 11, 13))])
    assert add_working_days(date(2025, 11, 10), 3, [Pause(date(2025, 11, 14))]) == date(2025, 11, 13)
    assert working_days_between(date(2025, 11, 10), date(2025, 11, 20), [Pause(date(2025, 11, 13))]) == 2


def test_a_pause_into_a_year_not_covered():
    pause = Pause(date(2026, 12, 30), date(2027, 3, 1))
    assert add_working_days(date(2026, 12, 28), 1, [pause]) == date(2026, 12, 29)
    with pytest.raises(NotCovered, match="2027年"):
        add_working_days(date(2026, 12, 28), 2, [pause])


def test_a_pause_that_ends_before_it_begins_is_a_mistake():
    with pytest.raises(ValueError, match="ends before it begins"):
        Pause(date(2025, 1, 2), date(2025, 1, 1))


# --- laws of the arithmetic -----------------------------------------------------------------------


def step_by_step(start: date, n: int, paused: set[date]) -> date:
    """The definition, one day at a time."""
    day, left = start, n
    while left:
        day += DAY
        left -= chinese_calendar.is_workday(day) and day not in paused
    return day


@given(ANY_DAY, st.integers(1, 60))
def test_a_term_is_what_counting_gives(start, n):
    if start + timedelta(days=150) <= LAST:
        due = add_working_days(start, n)
        assert due == step_by_step(start, n, set())
        assert calendar.is_working_day(due)
        assert working_days_between(start, due) == n
        assert working_days_between(start, due - DAY) == n - 1


@given(ANY_DAY, st.integers(1, 300))
def test_back_and_forth(start, n):
    if calendar.is_working_day(start) and start - timedelta(days=500) >= FIRST:
        assert add_working_days(add_working_days(start, -n), n) == start


@given(ANY_DAY, ANY_DAY, ANY_DAY)
def test_counts_add_up(a, b, c):
    assert working_days_between(a, b) + working_days_between(b, c) == working_days_between(a, c)


@given(
    ANY_DAY,
    st.integers(1, 30),
    st.lists(st.tuples(st.integers(-5, 40), st.integers(0, 20)), max_size=4),
)
def test_paused_terms_are_what_counting_gives(start, n, spans):
    if start + timedelta(days=300) > LAST or start - timedelta(days=10) < FIRST:
        return
    pauses = [Pause(start + a * DAY, start + (a + b) * DAY) for a, b in spans]
    paused = {start + k * DAY for a, b in spans for k in range(a, a + b + 1)}
    due = add_working_days(start, n, pauses)
    assert due == step_by_step(start, n, paused)
    assert working_days_between(start, due, pauses) == n


@pytest.mark.parametrize("year", calendar.covered_years())
def test_each_year_has_a_plausible_number_of_working_days(year):
    """365 less 104 or so weekend days less 10 to 13 statutory ones."""
    assert 247 <= len(calendar.in_force().days_of(year)) <= 254
