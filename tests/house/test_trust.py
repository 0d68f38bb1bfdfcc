"""Every table of every room is spoken for, and whatever is said of it names what is there."""

import re
from pathlib import Path

from wenhou.base import trust


def test_every_table_is_spoken_for_by_its_own_room() -> None:
    said = trust.declared()
    assert set(said) == trust.tables()


def test_what_is_said_names_fields_that_are_there() -> None:
    for model, kept in trust.declared().items():
        there = {field.name for field in model._meta.concrete_fields}
        ways = [*kept.seen.ways(), *(way for by in trust.writers(kept).values() for way in by.ways())]
        named = {*kept.secret, *kept.digested, *kept.passing, *kept.personal, *kept.updates, *kept.reads}
        named |= {column for way in ways for column in way.columns}
        named |= {kept.wall.column, *kept.wall.places} if kept.wall else set()
        assert (kept.wall is not None) == ("wall" in there), model.__name__
        assert named <= there, model.__name__
        assert kept.secret <= set(kept.personal), f"{model.__name__}: what is secret tells of somebody"


def test_nothing_is_copied_into_a_table_that_has_row_security() -> None:
    """PostgreSQL refuses it to whoever is not the owner, which the worker is not: copy into a table of one's own first."""
    tables = {model._meta.db_table for model in trust.tables()}
    for path in Path(trust.__file__).parents[1].rglob("*.py"):
        for table in re.findall(r"(?i)copy (\w+)[^\n]*\n?[^\n]*from stdin", path.read_text()):
            assert table not in tables, f"{path.name}: {table}"
