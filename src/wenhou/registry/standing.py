"""How everybody stood on a day: steps of SQL, taken as common table expressions for a few, as tables for all."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q

from wenhou.lake.models import SamePerson
from wenhou.registry.statements import statements

STEPS = (
    "records",
    "known_entries",
    "entries",
    "register_homes",
    "residence_homes",
    "homes",
    "permits",
    "persons",
)
"""Each reads those before it."""


def with_same(persons: Iterable[int]) -> list[int]:
    """These keys, and the others of the same people."""
    asked = set(persons)
    same = SamePerson.objects.filter(absorbed__in=asked)
    theirs = Q(kept__in=asked) | Q(kept__in=same.values("kept"))
    pairs = SamePerson.objects.filter(theirs).values_list("kept", "absorbed")
    return sorted(asked.union(*pairs))


def query(upon: str) -> str:
    """A query upon the steps, for a few persons. Parameters: day, persons (keys: those of `with_same`)."""
    sql = statements("standing")
    steps = ", ".join(f"{name} as ({sql[name]})" for name in STEPS)
    return f"with {steps} {upon}"


def make(cursor: Any, told: dict[str, Any]) -> None:
    """The steps as temporary tables with statistics, until the transaction ends: for everybody."""
    sql = statements("standing")
    for name in STEPS:
        cursor.execute(f"drop table if exists pg_temp.{name}")
        cursor.execute(f"create temp table {name} on commit drop as {sql[name]}", told)
        cursor.execute(f"analyze {name}")
