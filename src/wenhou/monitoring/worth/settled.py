"""What people concluded about certain people or households, after a visit."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet, Value
from django.db.models.functions import Concat

from wenhou.fieldwork.models import Visit
from wenhou.monitoring.models import Alert
from wenhou.monitoring.worth.figures import CONFIRMED
from wenhou.monitoring.worth.shares import Share


@dataclass(frozen=True)
class Settled:
    """subjects: how many are asked about. precision: confirmed of their alerts concluded after a visit."""

    subjects: int
    precision: Share


def own(subjects: Iterable[str], code: str, since: date, until: date) -> Settled:
    """Their alerts of the indicator, of runs for the days from `since` to `until`."""
    asked = list(subjects)
    return _settled(asked, _concluded(asked, since, until).filter(indicator=code))


def others(subjects: Iterable[str], code: str, since: date, until: date) -> Settled:
    """Their alerts of every other indicator."""
    asked = list(subjects)
    return _settled(asked, _concluded(asked, since, until).exclude(indicator=code))


def _concluded(subjects: list[str], since: date, until: date) -> QuerySet[Alert]:
    made = Concat(Value("alert:"), OuterRef("number"))
    went = Exists(Visit.objects.filter(reference=made, visited_on__lte=OuterRef("closed_on")))
    found = Alert.objects.filter(
        subject__in=subjects, run__as_of__range=(since, until), closed_on__isnull=False
    )
    return found.exclude(outcome="").filter(went)


def _settled(subjects: list[str], found: QuerySet[Alert]) -> Settled:
    outcomes = list(found.values_list("outcome", flat=True))
    return Settled(len(subjects), Share(sum(one in CONFIRMED for one in outcomes), len(outcomes)))
