"""One household, read: every formula followed in plain Python, with the reason of every part."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from wenhou.engine.plan import Plan
from wenhou.engine.subjects import Row, Rows, Subject, World, world


@dataclass(frozen=True)
class Answers:
    """Answers by key: every name the plan answers, with its keys. read: whence a tree of reasons can be told."""

    persons: Mapping[int, Row]
    households: Mapping[int, Row]
    read: World | None = field(default=None, compare=False, repr=False)


def read(plan: Plan, rows: Rows) -> Answers:
    """Every answer of everybody in the rows; a rule is read after those it rests on."""
    found = world(plan, rows)
    of_homes, of_people, _ = plan.tellers
    for name in plan.trees:
        if name in of_people:
            for person in found.persons.values():
                person[name]
        elif name in of_homes:
            for home in found.households.values():
                home[name]
    of = {name: name in of_people for name in plan.persons}
    return Answers(
        {key: _person(one, of) for key, one in found.persons.items()},
        {key: _household(one, plan.households) for key, one in found.households.items()},
        found,
    )


def _person(one: Subject, names: Mapping[str, bool]) -> Row:
    keys = {"person": one.key, "household": one.given["household"]}
    return keys | {name: (one if own else one.home)[name].value for name, own in names.items()}


def _household(one: Subject, names: tuple[str, ...]) -> Row:
    keys = {"household": one.key, "county": one.given["county"]}
    return keys | {name: one[name].value for name in names}
