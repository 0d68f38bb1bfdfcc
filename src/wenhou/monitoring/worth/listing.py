"""The list by expected benefit, page by page: what is late or due today first as ever, the rest by chance."""

from dataclasses import astuple, dataclass
from datetime import date

from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce

from wenhou.monitoring.models import Alert

ORDER = ("later", "-likely", "due_on", "-severity", "id")
BACKWARDS = ("-later", "likely", "-due_on", "severity", "-id")
_FALLING = frozenset({"likely", "severity"})


@dataclass(frozen=True)
class Key:
    """Where a row stands. later: 0 where it is late or due by the reader's day, else 1. likely: ten-thousandths, 0 for
    what is due."""

    later: int
    likely: int
    due_on: date
    severity: int
    id: int


def keyed(found: QuerySet[Alert], on: date) -> QuerySet[Alert]:
    """The alerts with `later` and `likely` beside them, to be sorted by ORDER. One without a chance comes last."""
    is_due = Q(due_on__lte=on)
    return found.annotate(
        later=Case(When(is_due, then=Value(0)), default=Value(1), output_field=IntegerField()),
        likely=Case(
            When(is_due, then=Value(0)),
            default=Coalesce(F("expectation__chance"), Value(0)),
            output_field=IntegerField(),
        ),
    )


def behind(key: Key) -> Q:
    """Rows after a row."""
    return _beyond(key, forward=True)


def before(key: Key) -> Q:
    """Rows ahead of a row."""
    return _beyond(key, forward=False)


def _beyond(key: Key, *, forward: bool) -> Q:
    """Further in the first part that differs, those before it being equal."""
    condition, equal = Q(pk__in=()), Q()
    for name, value in zip(Key.__dataclass_fields__, astuple(key), strict=True):
        further = "gt" if (name not in _FALLING) == forward else "lt"
        condition |= equal & Q(**{f"{name}__{further}": value})
        equal &= Q(**{name: value})
    return condition
