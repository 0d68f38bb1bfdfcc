"""What every rule names, and who names it: the law as a picture of dependence. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from wenhou.engine import nodes, tracing
from wenhou.engine.declared import Rule, Version
from wenhou.engine.nodes import Node
from wenhou.engine.words import DEFAULT, SAMPLE_DAY, Book

GROUPS = frozenset({"members", "housemates"})


@dataclass(frozen=True)
class Graph:
    """`uses`: rule → the facts, standards, rules and links its formulas name, all versions together; `used_by`: back."""

    uses: Mapping[str, frozenset[str]]
    used_by: Mapping[str, frozenset[str]]

    def around(self, name: str, *, levels: int = 2) -> dict[int, list[str]]:
        """Distance → names: below 0 what it rests on, above 0 who rests on it; each name once, at its nearest."""
        found = {0: [name]}
        for sign, way in ((-1, self.uses), (1, self.used_by)):
            seen, last = {name}, [name]
            for level in range(1, levels + 1):
                last = sorted({other for one in last for other in way.get(one, ())} - seen)
                seen.update(last)
                if last:
                    found[sign * level] = last
        return found

    def edges(self, names: Iterable[str]) -> list[tuple[str, str]]:
        """(what is used, who uses it) among some names."""
        among = set(names)
        return sorted((used, user) for user in among for used in self.uses.get(user, ()) if used in among)


def of(book: Book = DEFAULT) -> Graph:
    """The graph of a book as it is declared now."""
    return _of(book, book.revision)


@lru_cache(maxsize=4)
def _of(book: Book, _revision: int) -> Graph:
    uses = {rule.name: _named(book, rule) for rule in book.rules}
    used_by: dict[str, set[str]] = defaultdict(set)
    for user, names in uses.items():
        for name in names:
            used_by[name].add(user)
    return Graph(uses, {name: frozenset(users) for name, users in used_by.items()})


def _named(book: Book, rule: Rule) -> frozenset[str]:
    found: set[str] = set()
    for version in rule.versions:
        tree = formula(book, rule, version)
        found |= nodes.names(tree) | tracing.links(tree)
    return frozenset(found - GROUPS - {rule.name})


def formula(book: Book, rule: Rule, version: Version) -> Node:
    """The tree of one version, on the first day from which both it and the sample day hold."""
    return tracing.trace(book, rule.name, rule.entity, version, as_of=_day(version))


def _day(version: Version) -> date:
    return max(version.since or SAMPLE_DAY, SAMPLE_DAY)


def module(rule: Rule) -> str:
    """The module a rule is declared in: 'family' for wenhou.policy.rules.family."""
    return str(rule.versions[0].formula.__module__).rpartition(".")[2]


def modules(book: Book = DEFAULT) -> dict[str, list[Rule]]:
    """Module → its rules, in order of declaration."""
    found: dict[str, list[Rule]] = {}
    for rule in book.rules:
        found.setdefault(module(rule), []).append(rule)
    return found


def module_edges(book: Book = DEFAULT) -> dict[tuple[str, str], int]:
    """(module used, module using) → how many times a rule of the one names a rule of the other."""
    where = {rule.name: module(rule) for rule in book.rules}
    counted: dict[tuple[str, str], int] = defaultdict(int)
    for user, names in of(book).uses.items():
        for name in names:
            if name in where and where[name] != where[user]:
                counted[where[name], where[user]] += 1
    return dict(counted)
