"""What people did while a run compared and gave its reasons: theirs stands, and the next run sees it."""

from collections.abc import Iterable, Sequence
from typing import Protocol

from django.db.models import Model

AT_ONCE = 5000


class Known(Protocol):
    """An alert or a gap as a run read it, its fields under their names."""

    @property
    def id(self) -> int: ...


def untouched(
    of: type[Model], several: Iterable[Known], fields: Sequence[str], *, lock: bool = True
) -> set[int]:
    """Ids of those whose rows still say what was read of them; locked, unless told otherwise, until the caller's
    transaction ends."""
    read = {one.id: tuple(getattr(one, name) for name in fields) for one in several}
    keys = sorted(read)
    left: set[int] = set()
    for start in range(0, len(keys), AT_ONCE):
        rows = of._default_manager.filter(pk__in=keys[start : start + AT_ONCE]).order_by("pk")
        rows = rows.select_for_update(no_key=True) if lock else rows
        told = rows.values_list("pk", *fields)
        left |= {key for key, *now in told if tuple(now) == read[key]}
    return left
