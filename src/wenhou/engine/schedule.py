"""Which stage computes and keeps which columns: as few stages as crossings, nothing carried that nobody reads."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from wenhou.engine.columns import Column, Fold, Given, Spread, across, same_row

Columns = Mapping[tuple[str, str], Column]


@dataclass(frozen=True)
class Stage:
    """One table: the columns it computes and those it keeps (keys besides)."""

    entity: str
    round: int
    new: tuple[Column, ...]  # in an order in which each may read those before it
    keep: tuple[str, ...]
    source: "Stage | None"  # the same entity's table before; None: the input
    persons: "Stage | None"  # the persons' table that crossings read
    households: "Stage | None"  # the households' table that people are given values of

    @property
    def table(self) -> str:
        return f"{self.entity}_{self.round}"


@dataclass
class _Need:
    """Going backwards: what the stages after want of each entity's table."""

    persons: set[str]
    households: set[str]

    def of(self, entity: str) -> set[str]:
        return self.persons if entity == "person" else self.households


def arrange(
    columns: Columns, persons: Iterable[str], households: Iterable[str], forward: dict[str, tuple[str, ...]]
) -> tuple[Stage, ...]:
    """Stages in the order to run, for the columns wanted at the end of each table."""
    need = _Need(set(persons), set(households))
    chosen: list[tuple[str, int, list[Column], tuple[str, ...]]] = []
    for at in range(_last(columns, need), -1, -1):
        for entity in ("person", "household"):
            new = _new(columns, need, entity, at)
            if new or at == 0:
                chosen.append((entity, at, new, tuple(sorted(need.of(entity)))))
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


def _chain(chosen: Iterable[tuple[str, int, list[Column], tuple[str, ...]]]) -> tuple[Stage, ...]:
    stages: list[Stage] = []
    latest: dict[str, Stage | None] = {"person": None, "household": None}
    for entity, at, new, keep in chosen:
        stage = Stage(entity, at, tuple(new), keep, latest[entity], latest["person"], latest["household"])
        latest[entity] = stage
        stages.append(stage)
    return tuple(stages)


def given(stages: Iterable[Stage], entity: str) -> tuple[Column, ...]:
    """Columns that the input table of the entity must bring."""
    return tuple(
        column
        for stage in stages
        for column in stage.new
        if stage.entity == entity and isinstance(column.made, Given)
    )


def folds(stage: Stage) -> dict[str, list[Column]]:
    """The stage's aggregates by group: one group-by each."""
    found: dict[str, list[Column]] = {}
    for column in stage.new:
        if isinstance(column.made, Fold):
            found.setdefault(column.made.group, []).append(column)
    return found
