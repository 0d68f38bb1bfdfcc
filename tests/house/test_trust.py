"""Every table of every room is spoken for, and whatever is said of it names what is there."""

import re
from pathlib import Path

from wenhou.base import trust
from wenhou.exchange import contracts
from wenhou.supervision.personal import purposes


def test_every_table_is_spoken_for_by_its_own_room() -> None:
    said = trust.declared()
    assert set(said) == trust.tables()


def test_what_is_said_names_fields_that_are_there() -> None:
    for model, kept in trust.declared().items():
        there = {field.name for field in model._meta.concrete_fields}
        ways = [*kept.seen.ways(), *(way for by in trust.writers(kept).values() for way in by.ways())]
        named = {
            *kept.secret,
            *kept.digested,
            *kept.passing,
            *(kept.about.tells if kept.about else ()),
            *kept.updates,
            *kept.reads,
        }
        named |= {column for way in ways for column in way.columns}
        named |= {kept.wall.column, *kept.wall.places} if kept.wall else set()
        assert (kept.wall is not None) == ("wall" in there), model.__name__
        assert named <= there, model.__name__
        told = set(kept.about.tells) if kept.about else set()
        assert kept.secret <= told, f"{model.__name__}: what is secret tells of somebody"


def test_what_is_seen_by_person_or_household_tells_of_them() -> None:
    for model, kept in trust.declared().items():
        kinds = {way.kind for way in kept.seen.ways()} & {"person", "household", "unplaced"}
        assert not kinds or kept.about, f"{model.__name__}: of whom, and what for?"


def test_the_ways_from_a_row_to_people_and_to_its_end_can_be_gone() -> None:
    for model, kept in trust.declared().items():
        for way in (*kept.about.people, *kept.about.households, kept.about.since) if kept.about else ():
            if way:
                model._default_manager.values_list(way)


def test_every_purpose_is_in_the_register_and_none_is_for_nothing() -> None:
    said = {kept.about.purpose for kept in trust.declared().values() if kept.about}
    files = {purposes.of_file(contract) for contract in contracts.all_contracts()} - {""}
    assert said | files | {"rights"} == set(purposes.PURPOSES)


def test_nothing_is_copied_into_a_table_that_has_row_security() -> None:
    """PostgreSQL refuses it to whoever is not the owner, which the worker is not: copy into a table of one's own first."""
    tables = {model._meta.db_table for model in trust.tables()}
    for path in Path(trust.__file__).parents[1].rglob("*.py"):
        for table in re.findall(r"(?i)copy (\w+)[^\n]*\n?[^\n]*from stdin", path.read_text()):
            assert table not in tables, f"{path.name}: {table}"
