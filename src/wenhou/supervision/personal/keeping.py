"""What its purpose no longer needs, by the schedule: found table by table. `actions.destroying` takes it away."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db.models import DateTimeField, Exists, Model, OuterRef, QuerySet

from wenhou.base import trust
from wenhou.base.clock import BEIJING
from wenhou.base.month import months_before
from wenhou.policy import queries
from wenhou.supervision.personal.purposes import PURPOSES


@dataclass(frozen=True)
class Due:
    """Rows of a table whose time is over. before: matters that ended before this day; keys: theirs."""

    model: type[Model]
    title: str
    purpose: str
    before: date
    keys: tuple[Any, ...]

    @property
    def table(self) -> str:
        return self.model._meta.db_table


def due(on: date) -> list[Due]:
    """Every table with rows whose time was over before a day, by name. Raises Refused where a standard is missing."""
    return sorted(_due(on), key=lambda one: one.table)


def _due(on: date) -> Iterator[Due]:
    for model, kept in trust.declared().items():
        if kept.about is None or not kept.about.since:
            continue
        purpose = PURPOSES[kept.about.purpose]
        before = months_before(on, queries.whole_number(purpose.months, "", on))
        rows = model._default_manager.filter(
            **{f"{kept.about.since}__lt": _moment(model, kept.about.since, before)}
        )
        keys = tuple(rows.order_by("pk").values_list("pk", flat=True).distinct())
        if keys:
            yield Due(model, kept.about.title, purpose.title, before, keys)


def _moment(model: type[Model], way: str, day: date) -> date | datetime:
    """The day, or its first moment in Beijing where the way leads to a moment."""
    *through, last = way.split("__")
    for step in through:
        model = model._meta.get_field(step).related_model  # type: ignore[assignment]
    is_moment = isinstance(model._meta.get_field(last), DateTimeField)
    return datetime.combine(day, time(), BEIJING) if is_moment else day


def free(model: type[Model], keys: tuple[Any, ...]) -> QuerySet[Model]:
    """Of these rows those that no other row names any more."""
    rows = model._default_manager.filter(pk__in=keys)
    for relation in model._meta.related_objects:
        rows_there = relation.related_model._default_manager  # type: ignore[union-attr]
        rows = rows.filter(~Exists(rows_there.filter(**{relation.field.name: OuterRef("pk")})))
    return rows
