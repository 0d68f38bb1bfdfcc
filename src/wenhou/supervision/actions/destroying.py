"""What its purpose no longer needs is destroyed, and that it was is kept: tables, how many, until when, by whom."""

from datetime import date
from graphlib import TopologicalSorter

from django.db import transaction
from django.db.models import ForeignKey, Model

from wenhou.base import clock
from wenhou.base.errors import Refused
from wenhou.supervision.models import Destruction
from wenhou.supervision.personal import keeping
from wenhou.supervision.personal.keeping import Due


def destroy(*, expected: int, by: str, on: date) -> Destruction:
    """Delete the rows whose time is over, all or nothing. expected: how many rows, as the list just shown said.

    What another row still names stays until that one goes. by: who decided, in words. Raises Refused where the number is
    another, or nothing is due.
    """
    with transaction.atomic():
        found = keeping.due(on)
        total = sum(len(one.keys) for one in found)
        if not total:
            raise Refused("没有到期的内容。")
        if total != expected:
            raise Refused(f"到期的有{total}行，不是{expected}行：请重新看一遍清单再定。")
        counts = {one.table: _deleted(one) for one in _in_order(found)}
        return Destruction.objects.create(
            until=on, destroyed_at=clock.now(), by=by, counts=counts, left=total - sum(counts.values())
        )


def _deleted(one: Due) -> int:
    gone, _ = keeping.free(one.model, one.keys).delete()
    return gone


def _in_order(found: list[Due]) -> list[Due]:
    """Whoever names another goes before it."""
    by_model = {one.model: one for one in found}
    named: dict[type[Model], set[type[Model]]] = {model: set() for model in by_model}
    for model in by_model:
        for field in model._meta.concrete_fields:
            if (
                isinstance(field, ForeignKey)
                and field.related_model in named
                and field.related_model is not model
            ):
                named[field.related_model].add(model)  # type: ignore[index]
    return [by_model[model] for model in TopologicalSorter(named).static_order()]
