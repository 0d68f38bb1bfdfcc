"""What others may read of links, doubts and decisions, already limited to what the reader may see."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max, Min, OuterRef, QuerySet, Subquery

from wenhou.exchange.models import Delivery
from wenhou.lake import parquet, store
from wenhou.lake.models import Part
from wenhou.linkage.enums import IdentityVerdict
from wenhou.linkage.models import IdentityDecision, IdentityDoubt, LinkedLine, Mention, PersonMerge, Sighting
from wenhou.linkage.versions import COUNTS
from wenhou.registry import queries as registry
from wenhou.staff.queries import Scope

MOST_SHOWN = 200


@dataclass(frozen=True)
class Waiting:
    """A record in the queue: how many people in sight it may mean, how likely the likeliest is, since when it waits."""

    mention: Mention
    people: int
    bits: float
    since: date


@dataclass(frozen=True)
class Seen:
    """A line of a delivery; of the delivery its contract, its sender's number and its place."""

    contract: str
    number: str
    division: str
    delivery: int
    line: int


@dataclass(frozen=True)
class Counts:
    """Of a scope: records that wait, and pairs decided on a day and in its month."""

    waiting: int
    today: int
    month: int


def waiting(*, scope: Scope) -> list[Waiting]:
    """The records of the queue, those that are likeliest somebody first; at most MOST_SHOWN."""
    grouped = (
        _open(scope).values("mention").annotate(people=Count("pk"), best=Max("bits"), since=Min("raised_on"))
    )
    rows = list(grouped.order_by("-best", "mention")[:MOST_SHOWN])
    mentions = Mention.objects.in_bulk([row["mention"] for row in rows])
    return [Waiting(mentions[row["mention"]], row["people"], row["best"], row["since"]) for row in rows]


def counts(*, scope: Scope, on: date) -> Counts:
    """How much waits, and how much was decided."""
    decided = _decided(scope)
    return Counts(
        waiting=_open(scope).values("mention").distinct().count(),
        today=decided.filter(decided_on=on).count(),
        month=decided.filter(decided_on__gte=on.replace(day=1), decided_on__lte=on).count(),
    )


def queue(*, scope: Scope) -> list[int]:
    """The records of the queue by their numbers, all of them, in the order of `waiting`."""
    grouped = _open(scope).values("mention").annotate(best=Max("bits")).order_by("-best", "mention")
    return list(grouped.values_list("mention", flat=True))


def candidates(*, mention: int, scope: Scope) -> list[IdentityDoubt]:
    """Everybody in sight whom a record was ever thought to mean, each once as last put, the likeliest first, the record
    with each of them. Empty where the record means nobody in sight.
    """
    doubts = IdentityDoubt.objects.filter(scope.q("division"), mention=mention).select_related("mention")
    found = doubts.order_by("person", "-pk").distinct("person")
    return sorted(found, key=lambda one: (-one.bits, one.person))


def verdicts(decisions: Iterable[IdentityDecision]) -> dict[int, IdentityVerdict]:
    """Person key → what stands of a mention's decisions, told in order."""
    last = {one.person: IdentityVerdict(one.verdict) for one in decisions}
    return {key: verdict for key, verdict in last.items() if verdict != IdentityVerdict.UNDONE}


def sightings(*, mention: Mention) -> list[Seen]:
    """The lines of deliveries that spoke in these words, of deliveries we still know."""
    file = Delivery.objects.filter(pk=OuterRef("delivery"))
    found = mention.sightings.annotate(
        contract=Subquery(file.values("contract")),
        number=Subquery(file.values("number")),
        division=Subquery(file.values("division")),
    )
    rows = found.exclude(contract=None).order_by("delivery", "line")
    return [Seen(*row) for row in rows.values_list("contract", "number", "division", "delivery", "line")]


def linked_lines(*, person: int) -> list[tuple[LinkedLine, Seen]]:
    """The lines that stand linked to somebody by likelihood, of deliveries that count, the latest first; at most MOST_SHOWN.
    Not limited to a scope: of whom the reader sees.
    """
    current = Part.objects.filter(COUNTS).values("delivery")
    found = LinkedLine.objects.filter(person=person, delivery__in=current).order_by("-delivery", "line")[
        :MOST_SHOWN
    ]
    files = Delivery.objects.in_bulk({one.delivery for one in found})
    return [(one, _seen(one, files[one.delivery])) for one in found if one.delivery in files]


def _seen(one: LinkedLine, file: Delivery) -> Seen:
    return Seen(file.contract, file.number, file.division, one.delivery, one.line)


def waiting_lines(*, delivery: int) -> int:
    """How many lines of a delivery wait for somebody to decide whose they are."""
    waits = IdentityDoubt.objects.filter(closed_on=None).values("mention")
    return Sighting.objects.filter(delivery=delivery, mention__in=waits).count()


def decisions(*, mention: Mention) -> list[IdentityDecision]:
    """Everything that was ever found of a mention, in order."""
    return list(mention.decisions.select_related("by").order_by("pk"))


def decided(*, scope: Scope) -> list[IdentityDecision]:
    """What was decided and taken back of people in sight, the latest first; at most MOST_SHOWN."""
    found = _decided(scope).select_related("by", "mention")
    return list(found.order_by("-pk")[:MOST_SHOWN])


def place_of(key: int) -> str:
    """Where somebody's records are to be expected (12 digits), who decides about them: the registry's place, else what was
    last published of a relative; '' where nobody but departments' files knows the number. Not limited to a scope.
    """
    return next(iter(registry.places(key)), "") or _published_place(key)


def _published_place(key: int) -> str:
    path = store.published("people")
    if path is None:
        return ""
    with store.connect(memory="256MB") as connection:
        told = f"select place from {parquet.file(path)} where person = ?"
        found = connection.execute(told, [key]).fetchone()
    return (found[0] or "") if found else ""


def merges_of(key: int) -> list[PersonMerge]:
    """Every merge a key was ever in, undone ones too, in order."""
    kept, absorbed = PersonMerge.objects.filter(kept=key), PersonMerge.objects.filter(absorbed=key)
    return list((kept | absorbed).select_related("by", "undone_by").order_by("pk"))


def _open(scope: Scope) -> QuerySet[IdentityDoubt]:
    return IdentityDoubt.objects.filter(scope.q("division"), closed_on=None)


def _decided(scope: Scope) -> QuerySet[IdentityDecision]:
    seen = IdentityDoubt.objects.filter(scope.q("division"))
    return IdentityDecision.objects.filter(
        mention__in=seen.values("mention"), person__in=seen.values("person")
    )
