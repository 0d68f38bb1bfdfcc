"""Applications by the million: the same arguments give the same rows, people hang together, boundaries are met."""

from datetime import date

import pyarrow.compute as pc
import pytest

from wenhou.engine.words import DEFAULT
from wenhou.policy.facts.choices import CHOICES
from wenhou.sandbox.law import lines, tables

MADE = tables(60_000, 7)


def test_the_same_arguments_give_the_same_rows() -> None:
    again = tables(60_000, 7)
    assert all(MADE[name].equals(again[name]) for name in MADE)
    assert not MADE["persons"].equals(tables(60_000, 8)["persons"])
    # a chunk is its own: the first households are those of a larger draw, whatever is kept of them
    fewer = tables(50_000, 7, only=["wages_12m", "homes"])
    assert fewer["persons"].column_names == ["person", "household", "wages_12m"]
    assert (
        fewer["persons"]["wages_12m"].to_pylist()
        == MADE["persons"]["wages_12m"].to_pylist()[: fewer["persons"].num_rows]
    )


def test_there_are_three_people_to_a_household_and_every_key_leads_somewhere() -> None:
    persons, households = MADE["persons"], MADE["households"]
    assert households.num_rows == 60_000
    assert persons.num_rows / households.num_rows == pytest.approx(3, abs=0.1)
    keys = set(persons["person"].to_pylist())
    assert len(keys) == persons.num_rows
    assert set(persons["household"].to_pylist()) == set(households["household"].to_pylist())
    for link in ("father", "mother", "spouse", "supports_first", "supports_second", "supports_third"):
        named = persons[link].drop_null().to_pylist()
        assert named
        assert set(named) <= keys
    applicants = persons.filter(pc.equal(persons["kinship"], "申请人"))
    assert len(set(applicants["household"].to_pylist())) == applicants.num_rows > 57_000


def test_what_may_be_said_is_said_and_sometimes_nothing_is() -> None:
    for table in ("persons", "households"):
        for name in MADE[table].column_names:
            column = MADE[table][name]
            if name in CHOICES:
                assert set(column.drop_null().unique().to_pylist()) == set(CHOICES[name]), name
            elif name in DEFAULT and column.type == "bool":
                assert set(column.drop_null().unique().to_pylist()) == {True, False}, name


def test_standards_are_the_published_ones_and_what_nobody_published_lacks_somewhere() -> None:
    held = {row["county"]: row for row in MADE["standards"].to_pylist()}
    assert tuple(held) == tuple(lines.COUNTIES)
    assert (held["640104"]["dibao_urban"], held["640104"]["dibao_rural"]) == (76_500, 60_500)
    assert held["640104"]["disposable_income_urban"] == 4_452_000
    assert held["640402"]["disposable_income_urban"] is None
    assert held["610305"]["dibao_urban"] is None
    before = {row["county"]: row for row in tables(10, as_of=date(2025, 9, 30))["standards"].to_pylist()}
    assert before["640104"]["dibao_urban"] == 69_000
