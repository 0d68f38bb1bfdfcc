"""What must hold of every application, whoever it is: order, sums, caps, exclusion, and that an unknown is never a no."""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from policy.answers import AMOUNTS, ANSWERS, DEFAULT, unit
from policy.households import DAY, PLACE, Drawn, Place, applications, facts_of, place, places, settle, value
from wenhou.engine import plan, run
from wenhou.engine.run import Answers, Rows

MANY = 400 if settings.default.max_examples > 100 else 25
"""Examples of each property: more under `--hypothesis-profile prove`."""

GENTLY = settings(
    max_examples=MANY,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)
THERE = place()
INCOME_KNOWN = place(day=date(2024, 6, 30))
"""When last year's income per head is published, without which many a 特困 is unknown, and so are its amounts."""
EXCLUSIVE = {
    "TK": "qualifies_for_tekun_household",
    "DB": "qualifies_for_dibao",
    "BY": "qualifies_for_near_dibao",
    "GX": "qualifies_for_unavoidable_spending",
}
OF_THE_HOUSEHOLD = ("dibao_amount",)
OF_PEOPLE = (
    "single_dibao_amount",
    "tekun_living_allowance",
    "tekun_care_allowance",
    "disability_living_allowance",
    "disability_care_allowance",
    "orphan_allowance",
    "child_without_care_allowance",
)
INCOMES = (
    "wages_12m",
    "rental_income_12m",
    "other_transfers_12m",
    "business_revenue_12m",
    "interest_and_dividends_12m",
)
WHOLE = ("wage_income_12m", "business_income_12m", "property_income_12m", "transfer_income_12m",
         "employment_cost_12m", "income_per_head", "annual_income_per_head", "family_size")  # fmt: skip


def asked(rows: Rows, of: Place = THERE) -> Answers:
    return run.one(plan.make(as_of=of.day, region=of.county, wanted=ANSWERS), rows)


def home(answers: Answers) -> Mapping[str, Any]:
    (row,) = answers.households.values()
    return row


def given_in_all(answers: Answers) -> int | None:
    """Fen a month that the household and its people get; unknown where any part is."""
    parts = [home(answers)[name] for name in OF_THE_HOUSEHOLD]
    parts += [row[name] for row in answers.persons.values() for name in OF_PEOPLE]
    return None if None in parts else sum(parts)


def changed(rows: Rows, key: int, **facts: Any) -> Rows:
    """The application with some of a person's facts otherwise."""
    persons = [dict(row) | facts if row["person"] == key else row for row in rows.persons]
    return Rows(persons, rows.households, rows.standards)


known = applications(THERE, unknowns=False)


@GENTLY
@given(applications(THERE), st.randoms(use_true_random=False))
def test_the_order_of_members_is_nothing(rows: Rows, random: Any) -> None:
    turned = list(rows.persons)
    random.shuffle(turned)
    assert asked(rows) == asked(Rows(turned, rows.households, rows.standards))


@GENTLY
@given(known, st.sampled_from(INCOMES), st.integers(1, 12_000_000), st.data())
def test_income_split_between_two_who_count_adds_up(rows: Rows, kind: str, amount: int, data: Any) -> None:
    told = asked(rows)
    counted = [key for key, row in told.persons.items() if row["counts"] and _may_share(rows, key)]
    assume(len(counted) >= 2)
    one, other = counted[0], counted[-1]
    part = data.draw(st.integers(0, amount))
    whole = home(asked(changed(changed(rows, one, **{kind: amount}), other, **{kind: 0})))
    split = home(asked(changed(changed(rows, one, **{kind: amount - part}), other, **{kind: part})))
    assert {name: split[name] for name in WHOLE} == {name: whole[name] for name in WHOLE}


def _may_share(rows: Rows, key: int) -> bool:
    """Whose other income leaves nothing that depends on who has it."""
    row = next(row for row in rows.persons if row["person"] == key)
    return not any(row.get(name) for name in COSTS)


COSTS = (
    "business_costs_12m",
    "depreciation_12m",
    "production_tax_12m",
    "property_costs_12m",
    "income_tax_12m",
    "social_insurance_paid_12m",
    "support_paid_12m",
)


@GENTLY
@given(known, st.sampled_from(INCOMES), st.integers(1, 3_000_000), st.data())
def test_more_income_never_raises_what_one_gets_in_the_same_category(
    rows: Rows, kind: str, more: int, data: Any
) -> None:
    before = asked(rows)
    key = data.draw(st.sampled_from([key for key, row in before.persons.items() if row["counts"]] or [0]))
    assume(key)
    held = next(row for row in rows.persons if row["person"] == key).get(kind) or 0
    after = asked(changed(rows, key, **{kind: held + more}))
    if _standing(before) == _standing(after):
        less, much = given_in_all(after), given_in_all(before)
        assert less is None or much is None or less <= much


def _standing(answers: Answers) -> Any:
    """The household's category, and what each of its people is."""
    names = [name for name in OF_PEOPLE_IS if name in ANSWERS]
    people = {key: [row[name] for name in names] for key, row in answers.persons.items()}
    return home(answers)["category"], home(answers)["family_size"], people


OF_PEOPLE_IS = (
    "counts",
    "qualifies_for_tekun",
    "single_person_ground",
    "qualifies_for_single_dibao",
    "qualifies_as_orphan",
    "qualifies_as_child_without_care",
)


DISABILITIES = ("视力", "听力", "言语", "肢体", "智力", "精神", "多重")
ITEMS = tuple(f"item_yl{number:02}" for number in range(1, 44))
LOST_WITH_A_DISABILITY = {
    "item_yl21": "没有劳动能力的人不能安置公益性岗位",
    "item_yl22": "没有劳动能力的人不培训上岗",
}
"""Items that somebody may lose by a disability, and why."""
LOST_WITH_THE_CATEGORY = frozenset({"item_yl01", "item_yl03", "item_yl04", "item_yl23", "item_yl40"})
"""Items of one category, lost by who comes into a better one: 特困 is before 低保, 低保 before 边缘 and 刚性."""


def test_a_disability_never_lowers_what_is_given() -> None:
    """Neither money nor items; a share of the draws must really compare."""
    seen: Counter[str] = Counter()

    @settings(GENTLY, max_examples=4 * MANY)
    @given(
        applications(INCOME_KNOWN, unknowns=False),
        st.integers(1, 4),
        st.sampled_from(DISABILITIES),
        st.data(),
    )
    def holds(rows: Rows, level: int, category: str, data: Any) -> None:
        able = [row["person"] for row in rows.persons if row["disability_level"] == 0]
        assume(able)
        key = data.draw(st.sampled_from(able))
        rows = changed(_comparable(rows), key, disability_category="无")
        before = asked(rows, INCOME_KNOWN)
        told = changed(rows, key, disability_level=level, disability_category=category)
        after = asked(told, INCOME_KNOWN)
        seen["drawn"] += 1
        sums = given_in_all(before), given_in_all(after)
        if None not in sums:
            seen["money"] += 1
            assert sums[1] >= sums[0]
        seen["items"] += any(home(before)[name] for name in ITEMS)
        lost = {name for name in ITEMS if home(before)[name] and home(after)[name] is False}
        moved = _people_are(before) != _people_are(after)
        assert lost <= {*LOST_WITH_A_DISABILITY, *(LOST_WITH_THE_CATEGORY if moved else ())}

    holds()
    assert seen["drawn"] >= 2 * MANY
    assert seen["items"] * 5 >= seen["drawn"], seen
    assert seen["money"] * 2 >= seen["drawn"], seen


def _comparable(rows: Rows) -> Rows:
    """Who names no parents is of age, or it is unknown whether he is an orphan, and what he is given.

    Supporters of one family are told one income, one size of it and as many whom they support, whichever of them pays.
    """
    grown = date(2000, 1, 1)
    families: dict[Any, dict[str, Any]] = {}
    persons = []
    for row in rows.persons:
        told = dict(row)
        if not (row.get("father") and row.get("mother")):
            told["birth_date"] = min(row["birth_date"], grown)
        if row["is_supporter"]:
            own = {name: row[name] for name in OF_A_FAMILY}
            told |= families.setdefault(row["supporter_household"], own)
        persons.append(told)
    return Rows(persons, rows.households, rows.standards)


OF_A_FAMILY = ("supporter_household_income_12m", "supporter_household_size", "supported_people")


def _people_are(answers: Answers) -> Any:
    """The household's category and who of its people is 特困 or covered alone."""
    names = ("qualifies_for_tekun", "qualifies_for_single_dibao")
    return home(answers)["category"], [[row[name] for name in names] for row in answers.persons.values()]


@GENTLY
@given(applications(THERE))
def test_nobody_is_in_two_exclusive_categories(rows: Rows) -> None:
    answers = asked(rows)
    told = home(answers)
    held = [code for code, name in EXCLUSIVE.items() if told[name]]
    assert len(held) <= 1
    if held:
        assert told["category"] == held[0]
    if told["category"] in EXCLUSIVE:
        assert told[EXCLUSIVE[told["category"]]] is True
    if told["category"] == "QT":
        assert all(told[name] is False for name in EXCLUSIVE.values())
    for row in answers.persons.values():
        assert not (row["qualifies_for_tekun"] and row["qualifies_for_single_dibao"])
        assert not (row["qualifies_as_orphan"] and row["qualifies_as_child_without_care"])
        assert not (told["qualifies_for_dibao"] and row["qualifies_for_single_dibao"])


@GENTLY
@given(places().flatmap(lambda of: st.tuples(st.just(of), applications(of))))
def test_amounts_stand_between_nothing_and_their_cap(drawn: tuple[Place, Rows]) -> None:
    of, rows = drawn
    answers = asked(rows, of)
    told = home(answers)
    for name in AMOUNTS:
        subjects = answers.persons if DEFAULT[name].entity == "person" else answers.households  # type: ignore[union-attr]
        for row in subjects.values():
            assert row[name] is None or row[name] >= 0 or name in _MAY_BE_NEGATIVE, name
    line = _line(rows)
    if line is not None:
        size = told["family_size"]
        assert told["dibao_amount"] is None or size is None or told["dibao_amount"] <= _yuan(line * size)
        assert all((row["single_dibao_amount"] or 0) <= _yuan(line) for row in answers.persons.values())
    low, high = told["heating_aid_low"], told["heating_aid_high"]
    assert low is None or high is None or low <= high


_MAY_BE_NEGATIVE = frozenset(
    {"business_income_12m", "property_income_12m", "transfer_income_12m", "wage_income_12m"}
)
"""One kind alone may be a loss; only their sum is not (facts §18)."""


def _line(rows: Rows) -> int | None:
    (house,), (held,) = rows.households, rows.standards
    if house["urban_rural"] is None:
        return None
    return held["dibao_rural" if house["urban_rural"] == "农村" else "dibao_urban"]


def _yuan(fen: int) -> int:
    return -(-fen // 100) * 100


@GENTLY
@given(applications(THERE, changes=24))
def test_no_means_nothing_to_pay(rows: Rows) -> None:
    answers = asked(rows)
    for verdict, amount in PAID.items():
        for row in answers.persons.values():
            if row[verdict] is False:
                assert row[amount] == 0
            if row[verdict] is None:
                assert row[amount] is None, amount
    for amount, verdict in PAID_TO_THE_HOUSEHOLD.items():
        if home(answers)[verdict] is False:
            assert home(answers)[amount] == 0, amount
        if home(answers)[verdict] is None:
            assert home(answers)[amount] is None, amount
    if home(answers)["is_price_subsidy_started"] is False:
        assert all(row["price_subsidy"] == 0 for row in answers.persons.values())


PAID = {
    "qualifies_for_single_dibao": "single_dibao_amount",
    "qualifies_as_orphan": "orphan_allowance",
    "qualifies_as_child_without_care": "child_without_care_allowance",
}
PAID_TO_THE_HOUSEHOLD = {
    "dibao_amount": "qualifies_for_dibao",
    "emergency_relief_floor": "qualifies_for_emergency_relief",
    "expenditure_relief_floor": "qualifies_for_expenditure_relief",
    "heating_aid_low": "qualifies_for_heating_aid",
    "heating_aid_high": "qualifies_for_heating_aid",
}


@st.composite
def completed(draw: st.DrawFn, rows: Rows, of: Place) -> Rows:
    """The application with every unknown fact told, one way or another."""
    size = len(rows.persons)
    persons = [_told(draw, dict(row), "person", of, size) for row in rows.persons]
    households = [_told(draw, dict(row), "household", of, size) for row in rows.households]
    return Drawn(persons, households, rows.standards)


def _told(draw: st.DrawFn, row: dict[str, Any], entity: str, of: Place, size: int) -> dict[str, Any]:
    for fact in facts_of(entity):
        member = entity == "person" and not row["is_supporter"]
        if row.get(fact.name) is None and not (member and _of_supporters(fact.name)):
            row[fact.name] = draw(value(fact, of, size))
    if entity == "person":
        settle(row)
    return row


def _of_supporters(name: str) -> bool:
    return name.startswith("supporter_") or name == "supported_people"


@GENTLY
@given(applications(THERE, changes=10).flatmap(lambda rows: st.tuples(st.just(rows), completed(rows, THERE))))
def test_what_is_answered_with_facts_missing_holds_however_they_turn_out(drawn: tuple[Rows, Rows]) -> None:
    """Known for sure is known: a no or a yes, an amount or a category given in spite of unknowns never changes."""
    rows, whole = drawn
    before, after = asked(rows), asked(whole)
    held = {name for name in ANSWERS if name not in NOT_AWAITED or home(after)["family_size"]}
    wrong = [
        (name, key, row[name], then[key][name])
        for mine, then in ((before.persons, after.persons), (before.households, after.households))
        for key, row in mine.items()
        for name in held
        if name in row and row[name] is not None and row[name] != then[key][name]
    ]
    assert wrong == []


NOT_AWAITED = frozenset(
    {
        "is_helped_first",
        "qualifies_for_emergency_relief",
        "qualifies_for_expenditure_relief",
        "item_yl05",
        "item_yl06",
        "help_emergency",
    }
)
"""Relief does not wait until it is known that somebody counts; nobody counted, once known, is a no."""


STRUCTURE = {"person", "household", "county", "is_supporter", "kinship"}
STRUCTURE |= {"supports_first", "supports_second", "supports_third"}
"""What an application is built of; without it there is another one, not the same with less known."""


@GENTLY
@given(applications(THERE, unknowns=False), st.data())
def test_to_forget_a_fact_never_turns_a_yes_or_an_unknown_into_a_no(rows: Rows, data: Any) -> None:
    """The same seen from the other side, one fact at a time."""
    before = asked(rows)
    row = data.draw(st.sampled_from([*rows.persons, *rows.households]))
    name = data.draw(st.sampled_from(sorted(set(row) - STRUCTURE)))
    assume(row[name] is not None)
    forgotten = dict(row) | {name: None}
    persons = [forgotten if one is row else one for one in rows.persons]
    households = [forgotten if one is row else one for one in rows.households]
    after = asked(Rows(persons, households, rows.standards))
    held = {name for name in ANSWERS if name not in NOT_AWAITED or home(before)["family_size"]}
    for mine, then in ((before.persons, after.persons), (before.households, after.households)):
        for key, told in mine.items():
            turned = {
                n: (told[n], then[key][n]) for n in held if n in told and then[key][n] not in (None, told[n])
            }
            assert turned == {}, name


def test_every_answer_is_asked() -> None:
    """The invariants speak of names that there are."""
    named = {*EXCLUSIVE.values(), *OF_THE_HOUSEHOLD, *OF_PEOPLE, *OF_PEOPLE_IS, *WHOLE}
    assert sorted(named - set(ANSWERS)) == []
    assert all(unit(name).startswith("fen/month") for name in (*OF_THE_HOUSEHOLD, *OF_PEOPLE))
    assert (THERE.day, THERE.county) == (DAY, PLACE)


@pytest.mark.parametrize("name", sorted(EXCLUSIVE))
def test_each_category_is_reached(name: str) -> None:
    """Drawn at random, every category comes up: the invariants are not told about nobody."""
    from wenhou.sandbox.law import tables

    made = plan.make(as_of=DAY, region=PLACE, wanted=("category",))
    found = run.batch(made, tables(3_000, 5, as_of=DAY), _duckdb())
    assert name in set(found.arrow("households")["category"].to_pylist())
    found.close()


def _duckdb() -> Any:
    from wenhou.engine.backends.duckdb import DuckDB

    return DuckDB()
