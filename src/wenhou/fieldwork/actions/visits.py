"""Visits: what somebody saw, kept as they said it."""

from datetime import date, datetime

from django.db import transaction

from wenhou.base import clock
from wenhou.base.errors import Refused
from wenhou.base.numbers import next_numbers
from wenhou.fieldwork.enums import Purpose
from wenhou.fieldwork.models import Visit
from wenhou.staff import permits
from wenhou.staff.models import Account

SHORTEST = 5  # characters of what was found


def record(
    *,
    purpose: Purpose,
    division: str,
    household: int | None,
    person: int | None,
    visited_on: date,
    met: bool,
    found: str,
    by: Account,
    on: date,
    visitors: int = 1,
    out_of_contact: bool = False,
    county_level: bool = False,
    reference: str = "",
    wall: str = "",
) -> Visit:
    """Keep a visit. `division` has 12 digits; `person` is a person key; wall: of the matter that sent them. Raises NotAllowed
    or Refused."""
    permits.require(by, permits.Act.VISIT, division, on=on, wall=wall)
    _check(household, person, visited_on, met, found, visitors, out_of_contact, on)
    with transaction.atomic():
        return Visit.objects.create(
            number=next_numbers(Visit, on.year)[0],
            purpose=purpose,
            division=division,
            household=household,
            person=person,
            visited_on=visited_on,
            visitors=visitors,
            met=met,
            out_of_contact=out_of_contact,
            county_level=county_level,
            found=found.strip(),
            reference=reference,
            wall=wall,
            by=by,
            recorded_at=datetime.combine(on, clock.now().timetz()),
        )


def _check(
    household: int | None,
    person: int | None,
    visited_on: date,
    met: bool,
    found: str,
    visitors: int,
    out_of_contact: bool,
    on: date,
) -> None:
    if household is None and person is None:
        raise Refused("走访要说明去看了哪一户或哪一人。")
    if visited_on > on:
        raise Refused("走访日期不能晚于今天。")
    if visitors < 1:
        raise Refused("走访人数至少为1人。")
    if met and out_of_contact:
        raise Refused("见到了本人，就不能登记为失联。")
    if len(found.strip()) < SHORTEST:
        raise Refused(f"请写明走访所见，至少{SHORTEST}个字。")
