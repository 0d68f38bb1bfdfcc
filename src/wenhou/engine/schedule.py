"""Which stage computes and keeps which columns: as few stages as crossings, nothing carried that nobody reads.

A table holds what its own stage has reckoned and others need; whoever needs columns of several joins them by key. That is
cheaper than writing some hundred columns again at each stage.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from wenhou.engine.columns import KEYS, Column, Fold, Given, Spread, across, same_row

Columns = Mapping[tuple[str, str], Column]


@dataclass(frozen=True, eq=False)
class Stage:
    """One table: the columns it computes and those it keeps (keys besides)."""

    entity: str
    round: int
    new: tuple[Column, ...]  # in an order in which each may read those before it
    keep: tuple[str, ...]  # of the new ones
    before: "tuple[Stage, ...]"  # the same entity's tables; none: the input
    persons: "tuple[Stage, ...]"  # the persons' tables that crossings read
    households: "tuple[Stage, ...]"  # the households' tables that people are given values of

    @property
    def table(self) -> str:
        return f"{self.entity}_{self.round}"

    @property
    def reads(self) -> "tuple[Stage, ...]":
        """Tables that its statement may read."""
        return () if self.plain else (*self.before, *self.persons, *self.households)

    @property
    def plain(self) -> bool:
        """Whether it reckons nothing: what came in is read where it lies."""
        return all(isinstance(column.made, Given) for column in self.new)


@dataclass
class _Need:
    """Going backwards: what the stages after want of each entity's tables."""

    persons: set[str]
    households: set[str]

    def of(self, entity: str) -> set[str]:
        return self.persons if entity == "person" else self.households


_Chosen = tuple[str, int, list[Column], tuple[str, ...]]


def arrange(
    columns: Columns, persons: Iterable[str], households: Iterable[str], forward: dict[str, tuple[str, ...]]
) -> tuple[Stage, ...]:
    """Stages in the order to run, for the columns wanted at the end of each table."""
    need = _Need(set(persons), set(households))
    chosen: list[_Chosen] = []
    for at in range(_last(columns, need), -1, -1):
        for entity in ("person", "household"):
            new = _new(columns, need, entity, at)
            if new or at == 0:
                kept = need.of(entity).intersection(column.name for column in new)
                chosen.append((entity, at, new, tuple(sorted(kept))))
            _settle(columns, need, entity, at, new, forward)
    return _chain(reversed(chosen))


def _last(columns: Columns, need: _Need) -> int:
    wanted = [columns["person", name] for name in need.persons]
    wanted += [columns["household", name] for name in need.households]
    return max((column.round for column in wanted), default=0)


def _new(columns: Columns, need: _Need, entity: str, at: int) -> list[Column]:
    """Columns of this round that are wanted, and those of the same round that they read."""
    waiting = [columns[entity, name] for name in need.of(entity) if columns[entity, name].round == at]
    new: dict[str, Column] = {}
    while waiting:
        column = waiting.pop()
        if column.name in new:
            continue
        new[column.name] = column
        waiting.extend(
            columns[entity, name] for name in same_row(column) if columns[entity, name].round == at
        )
    return sorted(new.values(), key=lambda column: (column.depth, column.name))


def _settle(
    columns: Columns,
    need: _Need,
    entity: str,
    at: int,
    new: list[Column],
    forward: dict[str, tuple[str, ...]],
) -> None:
    """What this stage computes it no longer needs; what it reads it needs of those before."""
    mine = need.of(entity)
    for column in new:
        mine.discard(column.name)
        if isinstance(column.made, Spread):
            need.households.add(column.name)
        need.persons.update(across(column, forward))
        mine.update(name for name in same_row(column) if columns[entity, name].round < at)


def _chain(chosen: Iterable[_Chosen]) -> tuple[Stage, ...]:
    stages: list[Stage] = []
    there: dict[str, tuple[Stage, ...]] = {"person": (), "household": ()}
    for entity, at, new, keep in chosen:
        stage = Stage(entity, at, tuple(new), keep, there[entity], there["person"], there["household"])
        there[entity] = (*there[entity], stage)
        stages.append(stage)
    return tuple(stages)


def holding(tables: Sequence[Stage], names: Iterable[str]) -> dict[Stage, tuple[str, ...]]:
    """Which of an entity's tables to read for which of these columns."""
    found: dict[Stage, list[str]] = {}
    for name in sorted(set(names) - KEYS):
        stage = next(stage for stage in tables if name in stage.keep)
        found.setdefault(stage, []).append(name)
    return {stage: tuple(found[stage]) for stage in tables if stage in found} or {tables[0]: ()}


def folds(stage: Stage) -> dict[str, list[Column]]:
    """The stage's aggregates by group: one group-by each."""
    found: dict[str, list[Column]] = {}
    for column in stage.new:
        if isinstance(column.made, Fold):
            found.setdefault(column.made.group, []).append(column)
    return found


def given(stage: Stage) -> set[str]:
    """Columns that the stage reads of the input."""
    return {column.name for column in stage.new if isinstance(column.made, Given)}
