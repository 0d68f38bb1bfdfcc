"""None where a source has spoken for the place and the days; unknown where it has not."""

from datetime import date, timedelta
from typing import Any

import pytest

from linkage.drawn import DAY, HOME, facts_of, somebody
from wenhou.base.month import Month
from wenhou.lake.store import Coverage
from wenhou.linkage.case_tables import Written
from wenhou.linkage.coverage import PATIENCE, Spoken
from wenhou.linkage.facts import counted_until, evidence, tables
from wenhou.linkage.fills import FILLS
from wenhou.linkage.fills.declare import Fill

FIRST = date(2025, 1, 1)
PAID = {"id_no": 1, "year": 2026, "oop_total": 5}
EARNED = {
    "id_no": 1,
    "withholder_uscc": "U",
    "period": "2026-03",
    "income_item": "工资薪金",
    "income": 100,
    "tax": 10,
}


def test_nothing_said_is_unknown() -> None:
    names = (
        "out_of_pocket_this_year",
        "disability_level",
        "has_police_death",
        "last_marital_event",
        "is_dibao",
    )
    assert facts_of(*names, rows={}, coverage=()) == dict.fromkeys(names)


def test_spoken_and_nothing_there_is_none() -> None:
    names = (
        "out_of_pocket_this_year",
        "disability_level",
        "police_death_on",
        "last_marital_event",
        "is_dibao",
    )
    assert facts_of(*names, rows={}) == dict(zip(names, (0, 0, None, "无", False), strict=True))


def test_what_is_found_needs_no_coverage() -> None:
    assert facts_of("out_of_pocket_this_year", rows={"DI31": [PAID]}, coverage=()) == {
        "out_of_pocket_this_year": 5
    }


@pytest.mark.parametrize(
    ("division", "covered"),
    [
        ("64", True),
        ("6401", True),
        ("640104", True),
        ("640106", False),
        ("640104001", True),
        ("640104002", False),
    ],
)
def test_a_part_speaks_for_everybody_under_its_division(division, covered) -> None:
    told = facts_of("disability_level", rows={}, coverage={"DI41": [(division, FIRST, DAY)]})
    assert told == {"disability_level": 0 if covered else None}


def test_one_of_registration_and_residence_is_enough() -> None:
    away = [somebody(hukou_division="610302001001")]
    for division, known in (("610302", 0), ("640104", 0), ("610303", None)):
        told = facts_of("disability_level", rows={}, people=away, coverage={"DI41": [(division, FIRST, DAY)]})
        assert told == {"disability_level": known}


@pytest.mark.parametrize(("last", "known"), [(date(2026, 10, 22), 0), (date(2026, 10, 21), None)])
def test_a_state_may_be_as_late_as_its_contract(last, known) -> None:
    told = facts_of("disability_level", rows={}, coverage={"DI41": [("640104", FIRST, last)]})
    assert told == {"disability_level": known}


@pytest.mark.parametrize(
    ("parts", "found"),
    [
        ([(date(2025, 10, 1), date(2026, 9, 30))], 90),
        ([(date(2025, 10, 2), date(2026, 9, 30))], None),
        ([(date(2025, 10, 1), date(2026, 9, 29))], None),
        ([(date(2025, 1, 1), date(2026, 3, 31)), (date(2026, 4, 1), date(2026, 10, 31))], 90),
        ([(date(2025, 1, 1), date(2026, 3, 30)), (date(2026, 4, 1), date(2026, 10, 31))], None),
    ],
)
def test_income_needs_every_day_of_its_window(parts, found) -> None:
    """Months that are missing would make somebody look poorer than they are."""
    coverage = {"DI26": [("640104", *part) for part in parts]}
    told = facts_of("earnings_after_tax_12m", rows={"DI26": [EARNED]}, coverage=coverage)
    assert told == {"earnings_after_tax_12m": found}


def test_matching_two_contracts_needs_both() -> None:
    fact = "has_unrecognised_chronic_discharge"
    assert facts_of(fact, rows={}, coverage=["DI29"]) == {fact: None}
    assert facts_of(fact, rows={}, coverage=["DI29", "DI30"]) == {fact: False}


def test_being_off_the_register_is_known_only_where_the_register_is() -> None:
    names = ("is_on_register", "on_register", "household_category")
    assert facts_of(*names, rows={}) == dict(zip(names, (False, False, "OUT"), strict=True))
    assert facts_of(*names, rows={}, coverage=()) == dict.fromkeys(names)


NOVEMBER = date(2024, 11, 15)


def _spoken(last: date, *, contract: str, days: int, patience: int = PATIENCE) -> Spoken:
    return Spoken({contract: (Coverage("64", date(2022, 1, 1), last),)}, {contract: days}, patience)


def _fill(fact: str) -> Fill:
    return FILLS[fact]


@pytest.mark.parametrize(
    ("last", "months"),
    [
        (date(2024, 11, 15), ["2024-08", "2024-09", "2024-10"]),
        (date(2024, 10, 31), ["2024-08", "2024-09", "2024-10"]),
        (date(2024, 10, 30), ["2024-07", "2024-08", "2024-09"]),
        (date(2024, 9, 30), ["2024-07", "2024-08", "2024-09"]),
        (date(2024, 9, 29), ["2024-06", "2024-07", "2024-08"]),
        (date(2024, 9, 6), ["2024-06", "2024-07", "2024-08"]),
        (date(2024, 9, 5), None),  # more than twice 35 days
    ],
)
def test_the_watch_counts_complete_months_from_the_last_one_told(
    last: date, months: list[str] | None
) -> None:
    spoken, fill = _spoken(last, contract="DI26", days=35), _fill("earnings_after_tax_3m")
    told = [fill.window(at) for at, _ in spoken.choice(fill, NOVEMBER, ["640104001001"])]
    assert [(span.first, span.last) for span in told] == (
        [(Month.parse(months[0]).first, Month.parse(months[-1]).last)] if months else []
    )


def test_the_law_counts_no_month_from_another_day() -> None:
    fill = _fill("earnings_after_tax_3m")
    for last, known in ((date(2024, 10, 31), 1), (date(2024, 10, 30), 0)):
        spoken = _spoken(last, contract="DI26", days=35, patience=0)
        assert len(spoken.choice(fill, NOVEMBER, ["640104"])) == known


def test_windows_that_end_earlier_go_back_with_the_others() -> None:
    """Or the months before and the months now would overlap."""
    spoken = _spoken(date(2024, 9, 30), contract="DI26", days=35)
    ends = {}
    for fact in ("earnings_after_tax_3m", "earnings_after_tax_4_15m"):
        ((at, _),) = spoken.choice(_fill(fact), NOVEMBER, ["640104"])
        ends[fact] = (_fill(fact).window(at).first, _fill(fact).window(at).last)
    assert ends["earnings_after_tax_4_15m"] == (date(2023, 7, 1), date(2024, 6, 30))
    assert ends["earnings_after_tax_3m"] == (date(2024, 7, 1), date(2024, 9, 30))


def test_each_place_is_looked_at_from_its_own_day() -> None:
    parts = (
        Coverage("640104", date(2022, 1, 1), date(2024, 10, 31)),
        Coverage("640105", date(2022, 1, 1), date(2024, 9, 30)),
        Coverage("640106", date(2022, 1, 1), date(2024, 5, 31)),
    )
    spoken = Spoken({"DI26": parts}, {"DI26": 35}, PATIENCE)
    chosen = spoken.choice(_fill("wages_12m"), NOVEMBER, ["640104", "640105", "640106", "640107"])
    assert [(at.behind, sorted(places)) for at, places in chosen] == [(0, ["640104"]), (1, ["640105"])]


@pytest.mark.parametrize(("days", "known"), [(60, True), (61, False)])
def test_the_watch_bears_sixty_days_of_every_state(days: int, known: bool) -> None:
    """DI41 may be 9 days late, and twice as much for the watch; a missed refresh is borne all the same."""
    fill = _fill("disability_level")
    last = NOVEMBER - timedelta(days=days)
    assert bool(_spoken(last, contract="DI41", days=9).choice(fill, NOVEMBER, ["640104"])) is known
    assert not _spoken(last, contract="DI41", days=9, patience=0).choice(fill, NOVEMBER, ["640104"])


def _watched(rows: dict[str, Any], coverage: dict[str, Any]) -> Written:
    """Two people at home in two counties, as the watch reads what is told."""
    homes = {10: "640104001001", 20: "640105001001"}
    people = [somebody(1), somebody(2, household=20, hukou_division=homes[20])]
    told = Written(rows, people, [HOME | {"household": k, "division": v} for k, v in homes.items()], coverage)
    told.spoken = Spoken(told.spoken.parts, told.spoken.tolerance, PATIENCE)
    return told


def test_sums_and_their_rows_are_of_the_months_each_place_has_told() -> None:
    months = ("2023-10", "2023-11", "2024-09", "2024-10")
    earned = [
        {**EARNED, "id_no": person, "period": month, "income": 1000 * person + number, "tax": 0}
        for person in (1, 2)
        for number, month in enumerate(months, start=1)
    ]
    start = date(2022, 1, 1)
    sources = _watched(
        {"DI26": earned},
        {"DI26": [("640104", start, date(2024, 10, 31)), ("640105", start, date(2024, 10, 1))]},
    )
    fact = "earnings_after_tax_12m"
    persons = tables(sources, as_of=NOVEMBER, wanted=[fact]).persons.to_pyarrow().to_pylist()
    sums = {row["person"]: row[fact] for row in persons}
    assert sums == {1: 1002 + 1003 + 1004, 2: 2001 + 2002 + 2003}
    rows = evidence(sources, as_of=NOVEMBER, facts=[fact], persons=[1, 2])
    assert [(row.subject, row.fields["period"].isoformat()[:7]) for row in rows] == [
        (1, "2023-11"),
        (1, "2024-09"),
        (1, "2024-10"),
        (2, "2023-10"),
        (2, "2023-11"),
        (2, "2024-09"),
    ]
    until = counted_until(sources, as_of=NOVEMBER, fact=fact, persons=[1, 2])
    assert until == {2: date(2024, 9, 30)}


def test_who_stands_in_two_places_is_looked_at_from_the_later_day() -> None:
    earned = [{**EARNED, "period": month} for month in ("2024-09", "2024-10")]
    start = date(2022, 1, 1)
    away = somebody(1, hukou_division="640105001001", place="640105001001")
    sources = Written({"DI26": earned}, [away], [HOME], None)
    sources.spoken = Spoken(
        {
            "DI26": (
                Coverage("640104", start, date(2024, 10, 31)),
                Coverage("640105", start, date(2024, 9, 30)),
            )
        },
        {"DI26": 35},
        PATIENCE,
    )
    fact = "earnings_after_tax_12m"
    (row,) = tables(sources, as_of=NOVEMBER, wanted=[fact]).persons.to_pyarrow().to_pylist()
    assert row[fact] == 180
    assert len(evidence(sources, as_of=NOVEMBER, facts=[fact], persons=[1])) == 2
