"""One household, read: every formula followed in plain Python, with the reason of every part."""

import gc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from wenhou.engine.plan import Plan
from wenhou.engine.reasons import Reason
from wenhou.engine.subjects import Row, Rows, Subject, World, world

Told = Mapping[tuple[str, int], Mapping[str, Reason]]
"""By subject and name."""


@dataclass(frozen=True)
class Answers:
    """Answers by key: every name the plan answers, with its keys. told: the reasons of a reading; of a batch none."""

    persons: Mapping[int, Row]
    households: Mapping[int, Row]
    told: Told | None = field(default=None, compare=False, repr=False)


def read(plan: Plan, rows: Rows) -> Answers:
    """Every answer of everybody in the rows; a rule is read after those it rests on."""
    with _undisturbed():
        found = world(plan, rows)
        _, of_people, _ = plan.tellers
        for name in plan.order:
            for one in (found.persons if name in of_people else found.households).values():
                one[name]
        of = {name: name in of_people for name in plan.persons}
        persons = {key: _person(one, of) for key, one in found.persons.items()}
        households = {key: _household(one, plan.households) for key, one in found.households.items()}
        return Answers(persons, households, _parted(found))


def _person(one: Subject, names: Mapping[str, bool]) -> Row:
    keys = {"person": one.key, "household": one.given["household"]}
    return keys | {name: (one if own else one.home)[name].value for name, own in names.items()}


def _household(one: Subject, names: tuple[str, ...]) -> Row:
    keys = {"household": one.key, "county": one.given["county"]}
    return keys | {name: one[name].value for name in names}


def _parted(found: World) -> Told:
    """The reasons alone. Subjects, who know each other in circles, let go of them, so that nothing waits to be collected."""
    everybody = [*found.persons.values(), *found.households.values()]
    told = {one.about: dict(one) for one in everybody}
    for one in (*everybody, *found.nowhere.values()):
        one.clear()
    return told


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Without the collector: some ten thousand reasons would have it walk the whole process, and none is garbage."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()
