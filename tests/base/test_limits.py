"""A minute's worth at once, then one for each that has run out; nobody is counted for another."""

from typing import Any

import pytest

from wenhou.base import limits
from wenhou.base.limits import Limit


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The clock, to be set."""
    clock = [1000.0]
    monkeypatch.setattr(limits.time, "monotonic", lambda: clock[0])
    return clock


def test_a_minutes_worth_and_then_one_at_a_time(at: list[float]) -> None:
    limit = Limit()
    assert [limit.wait("a", 6) for _ in range(6)] == [0] * 6
    assert limit.wait("a", 6) == 10
    at[0] += 9.5
    assert limit.wait("a", 6) == 1
    at[0] += 0.5
    assert (limit.wait("a", 6), limit.wait("a", 6)) == (0, 10)
    at[0] += 60
    assert [limit.wait("a", 6) for _ in range(7)] == [0] * 6 + [10]


def test_nobody_is_counted_for_another_and_nothing_is_no_limit(at: list[float]) -> None:
    limit = Limit()
    assert (limit.wait("a", 1), limit.wait("b", 1), limit.wait("a", 1)) == (0, 0, 60)
    assert [limit.wait("c", 0) for _ in range(100)] == [0] * 100
    limit.forget()
    assert limit.wait("a", 1) == 0


def test_what_is_remembered_has_an_end(at: list[float], monkeypatch: Any) -> None:
    monkeypatch.setattr(limits, "MOST", 3)
    limit = Limit()
    for one in "abcd":
        assert limit.wait(one, 1) == 0
    assert limit.wait("d", 1) == 60
    assert limit.wait("a", 1) == 0
