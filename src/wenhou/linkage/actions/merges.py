"""Two keys, one person: merged by somebody, and parted again. Never by a machine; nothing is moved or lost."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from wenhou.base import clock
from wenhou.base.errors import Refused
from wenhou.base.outbox import tell
from wenhou.lake.actions import same_people
from wenhou.lake.models import Identity
from wenhou.linkage import queries, tasks
from wenhou.linkage.events import PeopleMerged, PeopleParted
from wenhou.linkage.models import Mention, PersonMerge
from wenhou.staff import permits
from wenhou.staff.models import Account

SHORTEST = 5  # characters of a reason
UNKNOWN = "登记和救助档案里没有这个人。"


def merge(*, kept: int, absorbed: int, reason: str, by: Account, on: date) -> PersonMerge:
    """From now on `absorbed` is read as `kept`: facts, register and alerts follow. Of `kept` the place must be known, of
    `absorbed` no more than the number: a wrong one may stand in departments' files alone. Neither may be absorbed
    already, and the one that goes may not have absorbed others. Raises NotAllowed or Refused.
    """
    if kept == absorbed:
        raise Refused("这是同一个人。")
    _require(kept, absorbed, by, on)
    with transaction.atomic():
        held = Identity.objects.select_for_update().filter(key__in=(kept, absorbed)).order_by("key")
        if len(held) != 2:
            raise Refused(UNKNOWN)
        standing = PersonMerge.objects.filter(undone_on=None)
        if standing.filter(Q(absorbed__in=(kept, absorbed)) | Q(kept=absorbed)).exists():
            raise Refused("其中一人已经合并过，请先撤销那次合并。")
        merge = PersonMerge.objects.create(
            kept=kept,
            absorbed=absorbed,
            reason=_reason(reason),
            by=by,
            merged_on=on,
            recorded_at=datetime.combine(on, clock.now().timetz()),
        )
        same_people.read_as(absorbed=absorbed, kept=kept)
        _follow(merge)
        tell(PeopleMerged(kept=kept, absorbed=absorbed))
        return merge


def part(*, merge: PersonMerge, reason: str, by: Account, on: date) -> PersonMerge:
    """Two people again. The merge stays in the history, with who undid it and why. Raises NotAllowed or Refused."""
    _require(merge.kept, merge.absorbed, by, on)
    with transaction.atomic():
        held = PersonMerge.objects.select_for_update().get(pk=merge.pk)
        if held.undone_on is not None:
            raise Refused("这次合并已经撤销过了。")
        held.undone_on, held.undone_by, held.undone_reason = on, by, _reason(reason)
        held.save(update_fields=["undone_on", "undone_by", "undone_reason"])
        same_people.read_apart(absorbed=held.absorbed)
        _follow(held)
        tell(PeopleParted(kept=held.kept, absorbed=held.absorbed))
        return held


def _follow(merge: PersonMerge) -> None:
    """What was in doubt between the two may be so no longer, or again."""
    about = Q(doubts__person__in=(merge.kept, merge.absorbed))
    tasks.defer_follow_all(Mention.objects.filter(about).distinct().values_list("pk", flat=True))


def _reason(told: str) -> str:
    if len(told.strip()) < SHORTEST:
        raise Refused(f"请写明理由，至少{SHORTEST}个字。")
    return told.strip()[:200]


def _require(kept: int, absorbed: int, by: Account, on: date) -> None:
    """Who may decide where both are; a number of which no place is known goes where the other is."""
    place = queries.place_of(kept)
    if not place:
        raise Refused(UNKNOWN)
    for where in (place, queries.place_of(absorbed) or place):
        permits.require(by, permits.Act.IDENTIFY, where, on=on)
