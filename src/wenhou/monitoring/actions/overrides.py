"""Setting an indicator aside for one person or household, and taking that back."""

from datetime import date, timedelta

from django.db import transaction

from wenhou.base.errors import Refused
from wenhou.monitoring import terms
from wenhou.monitoring.actions import weighing
from wenhou.monitoring.actions.alerts import LONGEST_NOTE, SHORTEST_NOTE, need_open, taken, write
from wenhou.monitoring.enums import AlertState
from wenhou.monitoring.models import Alert, Override
from wenhou.staff import permits
from wenhou.staff.models import Account
from wenhou.staff.permits import Act


def set_aside(alert: Alert, *, reason: str, until: date | None, by: Account, on: date) -> Override:
    """Close an open alert by setting its indicator aside for its subject: no run raises it until the day `until`, or,
    whichever comes first (without a day: only then), until its evidence changes. Raises NotAllowed, Refused."""
    with transaction.atomic():
        kept = taken(alert, Act.SET_ASIDE, by, on)
        need_open(kept)
        why = _reason(reason)
        _check_day(until, kept, on)
        made = Override.objects.create(
            indicator=kept.indicator,
            subject=kept.subject,
            division=kept.division,
            reason=why,
            by=by,
            set_on=on,
            until=until,
            wall=kept.wall,
        )
        kept.override, kept.state, kept.closed_on, kept.snoozed_until = made, AlertState.CLOSED, on, None
        kept.save(update_fields=["override", "state", "closed_on", "snoozed_until"])
        write(kept, "aside", by=by, on=on, note=why, until=until.isoformat() if until else None)
        weighing.again(kept, on=on)
        return made


def take_back(override: Override, *, reason: str, by: Account, on: date) -> Override:
    """End an override before its time; the next run asks again. Raises NotAllowed, Refused."""
    with transaction.atomic():
        kept = Override.objects.select_for_update(of=("self",)).get(pk=override.pk)
        permits.require(by, Act.SET_ASIDE, kept.division, on=on, wall=kept.wall)
        if kept.ended_on is not None:
            raise Refused("这项搁置已经结束，不必再收回。")
        kept.ended_on, kept.ended_by, kept.ended_why = on, by, _reason(reason)
        kept.save(update_fields=["ended_on", "ended_by", "ended_why"])
        write(kept.alert, "unaside", by=by, on=on, note=kept.ended_why)
        return kept


def _reason(text: str) -> str:
    why = text.strip()
    if len(why) < SHORTEST_NOTE:
        raise Refused(f"请写明理由，至少{SHORTEST_NOTE}个字，便于以后的同事看懂。")
    if len(why) > LONGEST_NOTE:
        raise Refused(f"理由写得太长，最多{LONGEST_NOTE}个字。")
    return why


def _check_day(until: date | None, alert: Alert, on: date) -> None:
    longest = terms.at(alert.division, on).longest_override_days
    if until is not None and not on < until <= on + timedelta(days=longest):
        raise Refused(f"搁置的截止日须在今天之后、{longest}天以内；不定截止日的，选“直到依据变化”。")
