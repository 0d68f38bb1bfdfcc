"""A past for a synthetic place, and how many visits an order of its list takes: what a learnt order is proved on.

Half of the families' alerts become last season's: visited and concluded with what `sandbox.visits` says a visit finds.
The other half stays on the list, to be ordered by what those taught.
"""

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import mean
from typing import Any

from django.db import transaction

from wenhou.base import clock
from wenhou.fieldwork.enums import Purpose
from wenhou.fieldwork.models import Visit
from wenhou.monitoring.enums import AlertState
from wenhou.monitoring.models import Alert
from wenhou.monitoring.worth import listing
from wenhou.staff.models import Account

SEASON = timedelta(days=120)
"""How far back the concluded half was raised."""

LATEST = 5
"""Days within which somebody went."""

AT_ONCE = 2_000
SHUFFLES = 200


@dataclass(frozen=True)
class Needed:
    """Visits (each family once) until half of the newly found families are found, of all there are to visit."""

    families: int
    newly_found: int
    by_benefit: int
    by_deadline: int
    by_chance: float


def split(found: Sequence[Mapping[str, Any]], seed: int) -> set[str]:
    """Half of the families of what visits would find, drawn."""
    families = sorted({str(row["family"]) for row in found})
    return set(random.Random(seed).sample(families, len(families) // 2))


def conclude(found: Iterable[Mapping[str, Any]], families: set[str], *, by: Account, on: date) -> int:
    """Write the alerts of these families down as visited and concluded a season before; gives how many."""
    rows = {str(row["number"]): row for row in found if row["family"] in families}
    alerts = list(Alert.objects.filter(number__in=rows))
    visits = [_conclude(alert, rows[alert.number], by, on) for alert in alerts]
    fields = ["raised_on", "state", "outcome", "closed_on"]
    with transaction.atomic():
        Alert.objects.bulk_update(alerts, fields, batch_size=AT_ONCE)
        Visit.objects.bulk_create(visits, batch_size=AT_ONCE)
    return len(alerts)


def _conclude(alert: Alert, row: Mapping[str, Any], by: Account, on: date) -> Visit:
    went = random.Random(alert.number).randint(
        1, LATEST
    )  # whatever was found: an order must not learn from it
    alert.raised_on = on - SEASON
    visited_on = alert.raised_on + timedelta(days=went)
    closed_on = max(visited_on, alert.raised_on + timedelta(days=int(row["days_to_close"])))
    alert.closed_on = min(on - timedelta(days=1), closed_on)
    alert.state, alert.outcome = AlertState.CLOSED, row["outcome"]
    return Visit(
        number=f"ZF-{alert.number}",
        purpose=Purpose.VERIFY,
        division=alert.division,
        household=alert.household,
        person=alert.person,
        visited_on=visited_on,
        met=True,
        found="造出的走访。",
        reference=f"alert:{alert.number}",
        by=by,
        recorded_at=clock.now(),
    )


def needed(found: Sequence[Mapping[str, Any]], *, on: date) -> Needed:
    """How many visits each order of the open alerts takes on a day."""
    family = {str(row["number"]): str(row["family"]) for row in found}
    newly = {str(row["family"]) for row in found if row["newly_found"]}
    listed = listing.keyed(Alert.objects.exclude(state=AlertState.CLOSED), on).filter(number__in=family)
    orders = [
        [family[number] for number in listed.order_by(*order).values_list("number", flat=True)]
        for order in (listing.ORDER, ("due_on", "-severity", "id"))
    ]
    here = set(orders[0])
    shuffled = [_visits(_shuffled(orders[0], seed), newly & here) for seed in range(SHUFFLES)]
    by_benefit, by_deadline = (_visits(one, newly & here) for one in orders)
    return Needed(len(here), len(newly & here), by_benefit, by_deadline, round(mean(shuffled), 1))


def _shuffled(order: Sequence[str], seed: int) -> list[str]:
    return random.Random(seed).sample(order, len(order))


def _visits(order: Iterable[str], newly: set[str]) -> int:
    half, seen, met = (len(newly) + 1) // 2, set(), 0
    for one in order:
        if met >= half:
            break
        if one not in seen:
            seen.add(one)
            met += one in newly
    return len(seen)
