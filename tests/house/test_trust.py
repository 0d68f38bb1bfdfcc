"""Every table of every room is spoken for, and whatever is said of it names what is there."""

from wenhou.base import trust


def test_every_table_is_spoken_for_by_its_own_room() -> None:
    said = trust.declared()
    assert set(said) == trust.tables()


def test_what_is_said_names_fields_that_are_there() -> None:
    for model, kept in trust.declared().items():
        there = {field.name for field in model._meta.concrete_fields}
        ways = [*kept.seen.ways(), *(kept.written.ways() if kept.written else ())]
        named = {*kept.secret, *kept.digested, *kept.passing, *kept.personal}
        named |= {column for way in ways for column in way.columns}
        assert named <= there, model.__name__
        assert kept.secret <= set(kept.personal), f"{model.__name__}: what is secret tells of somebody"
