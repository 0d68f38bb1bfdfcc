"""The people and households that a reading speaks of, and what the rows tell of them."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from wenhou.base.errors import Refused
from wenhou.engine.faults import nearest
from wenhou.engine.nodes import Value
from wenhou.engine.reasons import Reason
from wenhou.engine.reckon import typed

if TYPE_CHECKING:
    from wenhou.engine.plan import Plan

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Rows:
    """Input rows: persons (person, household, facts, keys of links), households (household, county, facts) and
    standards (county, values). What a row leaves out is unknown.
    """

    persons: Sequence[Row]
    households: Sequence[Row]
    standards: Sequence[Row] = ()


Tell = Callable[["Subject", "Subject"], Reason]
"""From a subject, and whoever asks about it (inside a group; else the same), to a part's reason."""


class Subject(dict[str, Reason]):
    """A person or a household: each declared name with its reason, told when it is first asked for.

    given: what the rows tell, by name. home: a person's household, NOWHERE's where no row tells of it. members: those
    whose rows name the household, in the order of their keys.
    """

    __slots__ = ("about", "given", "home", "key", "members", "tellers", "world")

    about: tuple[str, int]
    home: "Subject"

    def __init__(
        self, entity: str, key: Any, given: Mapping[str, Value], tellers: Mapping[str, Tell], world: "World"
    ) -> None:
        self.about, self.key, self.given, self.tellers, self.world = (entity, key), key, given, tellers, world
        self.members: list[Subject] = []

    def __missing__(self, name: str) -> Reason:
        found = self[name] = self.tellers[name](self, self)
        return found


@dataclass(frozen=True)
class World:
    """Everybody of one reading, by key."""

    persons: dict[int, Subject] = field(default_factory=dict)
    households: dict[int, Subject] = field(default_factory=dict)
    nowhere: dict[int | None, Subject] = field(default_factory=dict)  # households that no row tells of
    naming: dict[str, dict[int, list[Subject]]] = field(default_factory=dict)  # by link and person named

    def linked(self, one: Subject, link: str) -> Subject | None:
        """The person whom one's link points to, if the rows tell of them."""
        return self.persons.get(one.given.get(link))  # type: ignore[arg-type]

    def named_by(self, one: Subject, links: Iterable[str]) -> list[Subject]:
        """Everybody who names one in any of the links, once, in the order of keys."""
        found = {other.key: other for link in links for other in self._naming(link).get(one.key, ())}
        return [found[key] for key in sorted(found)]

    def _naming(self, link: str) -> dict[int, list[Subject]]:
        if link not in self.naming:
            naming: dict[int, list[Subject]] = defaultdict(list)
            for one in self.persons.values():
                naming[one.given.get(link)].append(one)  # type: ignore[index]
            self.naming[link] = naming
        return self.naming[link]


def world(plan: "Plan", rows: Rows) -> World:
    """The rows checked and put together. Raises Refused for names nobody declared, keys and kinds of values."""
    _check_names(plan, rows)
    of_county = dict(_read(plan, "standards", rows.standards))
    found = World()
    nobody: dict[str, Value] = {}
    tell_home, tell_person, tell_nowhere = plan.tellers
    for key, given in _read(plan, "households", rows.households):
        told = given | of_county.get(given["county"], nobody)
        found.households[key] = Subject("household", key, told, tell_home, found)
    for key, given in _read(plan, "persons", rows.persons):
        one = found.persons[key] = Subject("person", key, given, tell_person, found)
        home: Any = given["household"]
        if home in found.households:
            one.home = found.households[home]
        else:
            if home not in found.nowhere:
                found.nowhere[home] = Subject("household", home, nobody, tell_nowhere, found)
            one.home = found.nowhere[home]
        if home is not None:
            one.home.members.append(one)
    return found


def _check_names(plan: "Plan", rows: Rows) -> None:
    if plan.replays:
        return
    for table, (keys, _) in plan.reads.items():
        known = plan.book.declared
        for name in {name for row in getattr(rows, table) for name in row}.difference(known, keys):
            raise Refused(f"{table} 的行里有没声明过的“{name}”。{nearest(name, known)}")


def _read(plan: "Plan", table: str, rows: Sequence[Row]) -> list[tuple[Any, dict[str, Value]]]:
    """What the plan reads of each row, by key and in the order of keys."""
    keys, kept = plan.reads[table]
    found = []
    for row in rows:
        given = {name: None if (value := row.get(name)) is None else READ[kind](value) for name, kind in kept}
        found.append((given[keys[0]], given))
    several = [key for key, _ in found]
    if None in several or len(set(several)) < len(several):
        raise Refused(f"{table} 的行缺少键 {keys[0]}，或键有重复。")
    return sorted(found, key=lambda one: one[0])


def _refuse(kept: str, value: object) -> Refused:
    return Refused(f"值的种类不对：这里要 {kept}，给的是 {type(value).__name__}。")


def _bool(value: object) -> bool:
    if not isinstance(value, bool):
        raise _refuse("bool", value)
    return value


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise _refuse("text", value)
    return value


def _date(value: object) -> date:
    if type(value) is date:
        return value
    if not isinstance(value, date):
        raise _refuse("date", value)
    return date(value.year, value.month, value.day)


def _int(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise _refuse("int", value)
    return value


def _number(kept: str, unit: str) -> Callable[[object], Value]:
    def read(value: object) -> Value:
        if not isinstance(value, int | Decimal | float) or isinstance(value, bool):
            raise _refuse(kept, value)
        return typed(Decimal(str(value)), unit)

    return read


READ: dict[str, Callable[[object], Value]] = {
    "bool": _bool,
    "text": _text,
    "date": _date,
    "int": _int,
    "decimal": _number("decimal", "number"),
    "float": _number("float", "ratio"),
}
