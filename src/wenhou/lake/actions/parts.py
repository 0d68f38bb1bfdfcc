"""Parts: a Parquet file of facts becomes known, and tells which earlier ones it replaces."""

from collections.abc import Collection
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce

from wenhou.lake import files
from wenhou.lake.models import Part

_LENGTHS = (2, 4, 6, 9, 12)


def add(
    *,
    contract: str,
    delivery: int,
    division: str,
    period: tuple[date, date],
    mode: str,
    rows: int,
    at: datetime,
    origin: int | None = None,
) -> Part:
    """Make a settled facts file known. A full part replaces the earlier ones within its division and period.

    origin: of rows linked to a person afterwards, the delivery whose lines they are; they age with it.
    """
    path = files.facts_path(contract, delivery).relative_to(files.root())
    part = Part(
        contract=contract,
        delivery=delivery,
        division=division,
        period_from=period[0],
        period_to=period[1],
        mode=mode,
        rows=rows,
        path=str(path),
        loaded_at=at,
        origin=origin,
    )
    # Loaded out of turn: a later full part that is already here speaks for this one too.
    later = _around(part).filter(mode="full", delivery__gt=origin or delivery, superseded_by__isnull=True)
    part.superseded_by = later.order_by("delivery").values_list("delivery", flat=True).first()
    part.save()
    if mode == "full":
        aged = _within(part).annotate(came_in=Coalesce("origin", "delivery"))
        aged.filter(came_in__lt=delivery, superseded_by__isnull=True).update(superseded_by=delivery)
    return part


def take_back(*, deliveries: Collection[int], by: int) -> None:
    """The rows of these linked parts are no longer said; what is left of them stands in the part `by`."""
    Part.objects.filter(delivery__in=deliveries).update(taken_back=True, superseded_by=by)


def sweep(contract: str) -> list[int]:
    """Remove facts of a contract that no part knows, and their links: what a load left that died. Gives their deliveries.

    Only safe while no other load of the contract is between its rename and its commit; `exchange` holds a lock.
    """
    known = set(Part.objects.filter(contract=contract).values_list("delivery", flat=True))
    swept = []
    for path in sorted((files.root() / "facts" / contract).glob("*.parquet")):
        if int(path.stem) not in known:
            path.unlink()
            files.links_path(contract, int(path.stem)).unlink(missing_ok=True)
            swept.append(int(path.stem))
    return swept


def _within(part: Part) -> QuerySet[Part]:
    return Part.objects.filter(
        contract=part.contract,
        division__startswith=part.division,
        period_from__gte=part.period_from,
        period_to__lte=part.period_to,
    )


def _around(part: Part) -> QuerySet[Part]:
    above = Q(division__in=[part.division[:length] for length in _LENGTHS if length <= len(part.division)])
    return Part.objects.filter(
        above, contract=part.contract, period_from__lte=part.period_from, period_to__gte=part.period_to
    )
