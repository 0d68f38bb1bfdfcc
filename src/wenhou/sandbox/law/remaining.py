"""Facts that no other part of the drawing speaks of: rarely yes, mostly nothing, on their own."""

import numpy as np

from wenhou.engine import units
from wenhou.engine.declared import Fact
from wenhou.engine.words import DEFAULT
from wenhou.policy.facts.choices import CHOICES
from wenhou.sandbox.law.columns import Columns, chance, picked, spread


def fill(table: Columns, rng: np.random.Generator, entity: str, as_of: np.datetime64) -> None:
    """Everything declared of the entity that the table lacks; free text stays unknown."""
    for fact in DEFAULT.facts:
        if fact.entity == entity and table.lacks(fact.name):
            _draw(table, rng, fact, as_of)


def _draw(table: Columns, rng: np.random.Generator, fact: Fact, as_of: np.datetime64) -> None:
    size = table.size
    happens = chance(rng, size, 0.08)
    match units.storage(fact.unit):
        case "bool":
            table.put(fact.name, happens)
        case "date":
            table.put(fact.name, as_of - rng.integers(0, 1500, size), happens)
        case "text" if fact.name in CHOICES:
            says = CHOICES[fact.name]
            table.put(fact.name, (says, picked(rng, size, [1.0] * len(says))))
        case "text":
            pass
        case "decimal":
            table.put(fact.name, np.where(happens, rng.integers(0, 20_000, size), 0))
        case _ if fact.unit.startswith("fen"):
            table.put(fact.name, np.where(happens, spread(rng, size, 300_000, 1.0), 0))
        case _:
            table.put(fact.name, np.where(happens, rng.integers(1, 5, size), 0))
