"""One household as it was read: what is told of whom, from where, and the engine's rows of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Literal

from wenhou.engine.nodes import Value
from wenhou.engine.run import Rows

HOME = "本户"
Origin = Literal["写明", "推得", "无记录", "写明不知道", "未查"]
"""How a value came: written, following from what is written, none where all sources were asked, said to be unknown,
or nobody asked."""


@dataclass(frozen=True)
class Told:
    """What is known of one person or the household. values: by name; links hold the other's name."""

    values: Mapping[str, Value]
    written: frozenset[str]
    derived: frozenset[str] = frozenset()
    unknown: frozenset[str] = frozenset()

    def origin(self, name: str) -> Origin:
        """How a fact's value came."""
        if name in self.written:
            return "写明"
        if name in self.derived:
            return "推得"
        if name in self.values:
            return "无记录"
        return "写明不知道" if name in self.unknown else "未查"


@dataclass(frozen=True)
class Application:
    """A household as the law is asked about it.

    place: significant division code of 4 to 12 digits. asked: sources that answered, with the day where it is told.
    people: the family's and then the supporters, by name, in the order written. standards: given with the case.
    remarks: what may be right and deserves a second look, a sentence each.
    """

    note: str
    as_of: date
    place: str
    asked: Mapping[str, date | None]
    home: Told
    people: Mapping[str, Told]
    links: frozenset[str]
    standards: Mapping[str, Value] = field(default_factory=dict)
    remarks: tuple[str, ...] = ()

    @property
    def keys(self) -> dict[str, int]:
        """Person keys by name, from 1."""
        return {name: at for at, name in enumerate(self.people, start=1)}

    def name_of(self, entity: str, key: int) -> str:
        """The person's name; 本户 for the household."""
        return HOME if entity == "household" else tuple(self.people)[key - 1]

    def told(self, entity: str, key: int) -> Told:
        return self.home if entity == "household" else tuple(self.people.values())[key - 1]

    def rows(self, standards: Mapping[str, Value]) -> Rows:
        """Rows for the engine; standards: values in force by name, those of the case among them."""
        keys = self.keys
        persons = [
            {"person": keys[name], "household": 1} | self._person(told.values, keys)
            for name, told in self.people.items()
        ]
        home = {"household": 1, "county": self.place} | dict(self.home.values)
        return Rows(persons, [home], [{"county": self.place} | dict(standards)])

    def without_names(self) -> "Application":
        """The same with people by number (第1人, 第2人) and without the note: as it may lie in the lake."""
        other = {name: f"第{at}人" for name, at in self.keys.items()}
        people = {other[name]: self._renamed(told, other) for name, told in self.people.items()}
        return replace(self, note="", people=people, remarks=())

    def _renamed(self, told: Told, other: Mapping[str, str]) -> Told:
        values = {
            name: other[str(value)] if name in self.links else value for name, value in told.values.items()
        }
        if isinstance(values.get("supporter_household"), str):
            values["supporter_household"] = self._families[str(values["supporter_household"])]
        return replace(told, values=values)

    @property
    def _families(self) -> dict[str, str]:
        told = (one.values.get("supporter_household") for one in self.people.values())
        names = dict.fromkeys(str(name) for name in told if name is not None)
        return {name: f"第{at}家" for at, name in enumerate(names, start=1)}

    def _person(self, values: Mapping[str, Value], keys: Mapping[str, int]) -> dict[str, Any]:
        return {name: keys[str(value)] if name in self.links else value for name, value in values.items()}
