"""What people do with a gap: open a review, say that it is not so, set it aside. None of it changes a payment.

Each act checks who may, then the state, then writes the row and its history.
"""

from datetime import date, timedelta
from typing import Any

from django.db import transaction

from wenhou.base.errors import Refused
from wenhou.base.numbers import next_numbers
from wenhou.monitoring import terms
from wenhou.monitoring.actions.alerts import SHORTEST_NOTE, SHORTEST_REASON, moment
from wenhou.monitoring.gaps import explaining
from wenhou.monitoring.gaps import terms as reviews
from wenhou.monitoring.gaps.actions.writing import wake_row
from wenhou.monitoring.gaps.enums import Confidence, GapConclusion, GapState
from wenhou.monitoring.models import Gap, GapEvent, GapReview
from wenhou.staff import permits
from wenhou.staff.models import Account
from wenhou.staff.permits import Act


def review(gap: Gap, *, by: Account, on: date) -> GapReview:
    """Open a review with its day and the reason told. Raises NotAllowed, Refused."""
    with transaction.atomic():
        kept = _taken(gap, Act.DISPATCH, by, on)
        _need_state(kept, GapState.OPEN, GapState.SNOOZED)
        found = explaining.trees(kept.item, kept.kind, kept.subject, kept.household or 0, as_of=kept.as_of)
        (number,) = next_numbers(GapReview, on.year)
        opened = GapReview.objects.create(
            number=number,
            gap=kept,
            opened_on=on,
            due_on=_due(kept, on),
            reason=kept.reason,
            tree=found[0] if found else {},
            by=by,
        )
        kept.state, kept.snoozed_until = GapState.REVIEWED, None
        kept.save(update_fields=["state", "snoozed_until"])
        _write(kept, "reviewed", by=by, on=on, note=kept.reason, review=number)
        return opened


def _due(gap: Gap, on: date) -> date:
    """Somebody asks for it now, so within the term of an alert."""
    return reviews.due_on(
        on=on,
        confidence=Confidence.DETERMINED,
        workdays=terms.at(gap.county, on).answer_workdays,
        reviewed_on=None,
        review_months=None,
    )


def conclude(gap: Gap, *, conclusion: GapConclusion, note: str, by: Account, on: date) -> Gap:
    """Close with what was found; it outranks later runs until the evidence changes. Raises NotAllowed, Refused."""
    with transaction.atomic():
        kept = _taken(gap, Act.CLOSE, by, on)
        _need_open(kept)
        if conclusion not in GapConclusion.values:
            raise Refused("请选择结果。")
        if len(note.strip()) < SHORTEST_NOTE:
            raise Refused(f"请写明核实情况，至少{SHORTEST_NOTE}个字，便于以后的同事看懂。")
        kept.reviews.filter(closed_on=None).update(closed_on=on)
        kept.state, kept.conclusion, kept.closed_on = GapState.CLOSED, conclusion, on
        kept.snoozed_until = None
        kept.save(update_fields=["state", "conclusion", "closed_on", "snoozed_until"])
        _write(kept, "closed", by=by, on=on, note=note.strip(), conclusion=conclusion)
        return kept


def snooze(gap: Gap, *, until: date, reason: str, by: Account, on: date) -> Gap:
    """Set aside until a day, at most `longest_snooze_days` on, with a reason. Raises NotAllowed, Refused."""
    with transaction.atomic():
        kept = _taken(gap, Act.SNOOZE, by, on)
        _need_state(kept, GapState.OPEN, GapState.REVIEWED)
        longest = terms.at(kept.county, on).longest_snooze_days
        if not on < until <= on + timedelta(days=longest):
            raise Refused(f"暂缓须在今天之后、{longest}天以内。")
        if len(reason.strip()) < SHORTEST_REASON:
            raise Refused(f"请写明暂缓原因，至少{SHORTEST_REASON}个字。")
        kept.state, kept.snoozed_until = GapState.SNOOZED, until
        kept.save(update_fields=["state", "snoozed_until"])
        _write(kept, "snoozed", by=by, on=on, note=reason.strip(), until=str(until))
        return kept


def wake(gap: Gap, *, by: Account, on: date) -> Gap:
    """Take a set-aside gap up again before its day. Raises NotAllowed, Refused."""
    with transaction.atomic():
        kept = _taken(gap, Act.SNOOZE, by, on)
        _need_state(kept, GapState.SNOOZED)
        wake_row(kept)
        _write(kept, "woken", by=by, on=on)
        return kept


def reference(gap: Gap) -> str:
    """How other rooms refer to a gap: 'gap:QK2026000001'."""
    return f"gap:{gap.number}"


def _taken(gap: Gap, act: Act, by: Account, on: date) -> Gap:
    """The row locked and fresh, once the act is permitted at its place."""
    kept = Gap.objects.select_for_update().get(pk=gap.pk)
    permits.require(by, act, kept.division, on=on, wall=kept.wall)
    return kept


def _need_open(gap: Gap) -> None:
    if gap.state == GapState.CLOSED:
        raise Refused(f"{gap.number} 已经办结，不能再办理。")


def _need_state(gap: Gap, *states: GapState) -> None:
    _need_open(gap)
    if gap.state not in states:
        raise Refused(f"{gap.number} 现为“{gap.state}”，不能这样办理。")


def _write(gap: Gap, kind: str, *, by: Account, on: date, note: str = "", **detail: Any) -> None:
    GapEvent.objects.create(gap=gap, kind=kind, at=moment(on), by=by, note=note[:400], detail=detail)
