"""Keeping scores with their explanation: whatever moves what weighs on somebody writes both. The answer-by date stays
as promised."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Protocol

from django.db.models import Q

from wenhou.engine.declared import Watch
from wenhou.engine.words import DEFAULT
from wenhou.monitoring import severity
from wenhou.monitoring.actions import keeping
from wenhou.monitoring.enums import OPEN_STATES
from wenhou.monitoring.indicators.watch import WALLS
from wenhou.monitoring.models import Alert
from wenhou.monitoring.severity import Matters, Weighed
from wenhou.monitoring.terms import TermsOf


class Weighty(Protocol):
    """An open alert, as a row or as a run knows it."""

    @property
    def id(self) -> int: ...

    @property
    def subject(self) -> str: ...

    @property
    def household(self) -> int | None: ...

    @property
    def division(self) -> str: ...

    @property
    def wall(self) -> str: ...


def watch(code: str) -> Watch:
    """An indicator's declaration as a watch."""
    found = DEFAULT.of_code(code).watch
    assert found is not None
    return found


def weighed(subject: str, household: int | None, code: str, since: date) -> Weighed:
    """A matter with its weight; one of an indicator that is no longer declared weighs nothing."""
    weight = watch(code).weight if code in DEFAULT.codes else 0
    return Weighed(subject, household, code, weight, since, WALLS.get(code, ""))


def write(several: Iterable[tuple[Weighty, list[Any]]], *, matters: Matters, terms: TermsOf) -> None:
    """Write score, colour and parts of those open alerts whose parts are no longer what was kept beside them."""
    moved: list[Alert] = []
    for one, kept in several:
        held = terms(one.division)
        parts = matters.weighing(one.subject, one.household, held, terms.on, wall=one.wall)
        now = [part.kept() for part in parts]
        if now != kept:
            score = severity.score(parts)
            moved.append(Alert(pk=one.id, severity=score, colour=severity.colour(score, held), weighing=now))
    keeping.change(moved, ["severity", "colour", "weighing"])


def again(alert: Alert, *, on: date) -> None:
    """After a person's act closed an alert: what is still open of the same people weighs less."""
    about = Q(subject=alert.subject)
    if alert.household is not None:
        about |= Q(household=alert.household)
    opened = list(Alert.objects.filter(about, state__in=OPEN_STATES))
    matters = Matters(weighed(one.subject, one.household, one.indicator, one.raised_on) for one in opened)
    write(((one, one.weighing) for one in opened), matters=matters, terms=TermsOf(on))
