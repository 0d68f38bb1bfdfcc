"""Trying a fault: only what rests on the changed formula is read again, in plain Python, over every example."""

import ast
import inspect
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import wenhou.engine
from mutation.faults import CALLED, Fault
from policy.examples import Example, Whom
from wenhou.base.errors import WenhouError
from wenhou.engine import nodes, plan, telling, tracing
from wenhou.engine.declared import Version, day
from wenhou.engine.plan import Plan
from wenhou.engine.reasons import Reason
from wenhou.engine.subjects import Subject, Tell, World, world
from wenhou.engine.words import DEFAULT

KILLED, SURVIVED, IMPOSSIBLE, IDLE = "killed", "survived", "impossible", "idle"
"""IMPOSSIBLE: the engine refuses the formula when it is declared. IDLE: the formula says the same as before."""


@dataclass
class Ground:
    """One day and region: its plan, its examples read once, and what rests on what."""

    made: Plan
    read: list[tuple[Example, World]] = field(default_factory=list)
    above: dict[str, frozenset[str]] = field(default_factory=dict)


class Trials:
    """Every example read with the rules as they are. wrong: what the rules already answer otherwise than is right."""

    def __init__(self, examples: Iterable[Example]) -> None:
        groups: dict[tuple[date, str | None], list[Example]] = defaultdict(list)
        for example in examples:
            groups[example.as_of, example.region].append(example)
        self.wrong: list[tuple[str, Whom, str, Any, Any]] = []
        self.grounds = [self._ground(as_of, region, several) for (as_of, region), several in groups.items()]
        self.grounds.sort(key=lambda ground: -len(ground.read))

    def _ground(self, as_of: date, region: str | None, several: list[Example]) -> Ground:
        wanted = sorted({name for example in several for name in example.names})
        ground = Ground(plan.make(as_of=as_of, region=region, wanted=wanted))
        ground.above = _above(ground.made)
        for example in several:
            found = world(ground.made, example.rows)
            right = self._held(example, found)
            _fill(ground.made, found)
            ground.read.append((replace(example, right=right), found))
        return ground

    def _held(self, example: Example, found: World) -> dict[Whom, dict[str, Any]]:
        """The right answers that the rules give; the others are noted as wrong."""
        held: dict[Whom, dict[str, Any]] = {}
        for whom, answers in example.right.items():
            subject = _subject(found, whom)
            held[whom] = {}
            for name, value in answers.items():
                got = subject[name].value
                if got == value:
                    held[whom][name] = value
                else:
                    self.wrong.append((example.where, whom, name, value, got))
        return held

    def outcome(self, fault: Fault) -> str:
        """What became of a fault, over every day and region it reaches."""
        try:
            formulas = declared_by(fault.module, fault.tree)
        except (WenhouError, TypeError, ValueError, AttributeError, ArithmeticError, NameError, LookupError):
            return IMPOSSIBLE
        reached = False
        for ground in self.grounds:
            try:
                changed = _changed(ground.made, formulas)
            except (
                WenhouError,
                TypeError,
                ValueError,
                AttributeError,
                ArithmeticError,
                NameError,
                LookupError,
            ):
                return IMPOSSIBLE
            if changed:
                reached = True
                if _told_apart(ground, changed):
                    return KILLED
        return SURVIVED if reached else IDLE


def _above(made: Plan) -> dict[str, frozenset[str]]:
    """Of each rule, all that rests on it and it itself."""
    direct: dict[str, set[str]] = defaultdict(set)
    for name, (_, tree) in made.trees.items():
        for other in nodes.names(tree):
            direct[other].add(name)
    found: dict[str, frozenset[str]] = {}
    for name in reversed(list(made.trees)):
        found[name] = frozenset({name}).union(*(found[other] for other in direct[name]))
    return found


def _subject(found: World, whom: Whom) -> Subject:
    return (found.persons if whom[0] == "person" else found.households)[whom[1]]


def _fill(made: Plan, found: World) -> None:
    """Every rule's value of everybody, without the reasons below it."""
    homes, people, _ = made.tellers
    for several, tellers in ((found.persons, people), (found.households, homes)):
        for one in several.values():
            for name in tellers:
                one[name]
    for one in (*found.persons.values(), *found.households.values(), *found.nowhere.values()):
        for name, reason in list(one.items()):
            one[name] = Reason(reason.part, reason.value, reason.subject)


Formulas = dict[tuple[str, date | None, str | None], Callable[..., Any]]


def declared_by(module: str, tree: ast.Module) -> Formulas:
    """The formulas that a changed module would declare, by name, since and region."""
    found: Formulas = {}

    def record(_entity: Any, **said: Any) -> Callable[[Any], Any]:
        def keep(formula: Any) -> Any:
            found[said.get("name") or formula.__name__, day(said.get("since")), said.get("region")] = formula
            return formula

        return keep

    words = {name: getattr(wenhou.engine, name) for name in CALLED.values()}
    space = {**words, "__name__": module, "__file__": sys.modules[module].__file__}
    with _recording(record):
        exec(compile(tree, f"<{module}>", "exec"), space)
    return found


@contextmanager
def _recording(record: Callable[..., Any]) -> Iterator[None]:
    kept = wenhou.engine.rule
    wenhou.engine.rule = record
    try:
        yield
    finally:
        wenhou.engine.rule = kept


def _changed(made: Plan, formulas: Formulas) -> dict[str, tuple[str, nodes.Node]]:
    """Trees of the plan's rules that are no longer what they were."""
    found = {}
    for name, (entity, tree) in made.trees.items():
        version = made.versions[name]
        formula = formulas.get((name, version.since, version.region))
        if formula is None:
            continue
        other = tracing.trace(DEFAULT, name, entity, _with(version, formula), as_of=made.as_of)
        if other != tree:
            found[name] = (entity, other)
    return found


def _with(version: Version, formula: Callable[..., Any]) -> Version:
    return replace(version, formula=formula, parameters=tuple(inspect.signature(formula).parameters))


def _told_apart(ground: Ground, changed: Mapping[str, tuple[str, nodes.Node]]) -> bool:
    """Whether some example's right answers are no longer given."""
    made = ground.made
    anew = frozenset().union(*(ground.above[name] for name in changed))
    tellers = telling.Tellers(DEFAULT, {**made.trees, **changed}, made.versions)
    told = {name: tellers.name(name) for name in changed}
    homes, people, _nowhere = made.tellers
    replaced = (
        {**homes, **{n: t for n, t in told.items() if n in homes}},
        {**people, **{n: t for n, t in told.items() if n in people}},
    )
    return any(_differs(example, found, anew, replaced) for example, found in ground.read)


def _differs(
    example: Example,
    found: World,
    anew: frozenset[str],
    tellers: tuple[Mapping[str, Tell], Mapping[str, Tell]],
) -> bool:
    asked = {whom: anew.intersection(answers) for whom, answers in example.right.items()}
    if not any(asked.values()):
        return False
    kept = _forget(found, anew, tellers)
    try:
        return any(
            _subject(found, whom)[name].value != example.right[whom][name]
            for whom, names in asked.items()
            for name in names
        )
    except (ArithmeticError, TypeError, ValueError, KeyError, AttributeError):
        return True
    finally:
        for one, values, its in kept:
            for name in anew:
                one.pop(name, None)
            one.update(values)
            one.tellers = its


def _forget(
    found: World, anew: frozenset[str], tellers: tuple[Mapping[str, Tell], Mapping[str, Tell]]
) -> list[tuple[Subject, dict[str, Reason], Mapping[str, Tell]]]:
    kept = []
    for several, its in ((found.households, tellers[0]), (found.persons, tellers[1])):
        for one in several.values():
            values = {name: one.pop(name) for name in anew if name in one}
            kept.append((one, values, one.tellers))
            one.tellers = its
    return kept
