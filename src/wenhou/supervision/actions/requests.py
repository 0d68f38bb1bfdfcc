"""Requests of people about what is kept of them: taken, prolonged once, answered, refused with the reason, withdrawn."""

from datetime import date, timedelta

from django.db import transaction

from wenhou.base.errors import Refused
from wenhou.base.numbers import next_numbers
from wenhou.policy import queries
from wenhou.registry.models import Person
from wenhou.staff import permits
from wenhou.staff.models import Account
from wenhou.staff.permits import Act
from wenhou.supervision.enums import Asker, RequestState, RightKind
from wenhou.supervision.models import PersonalRequest

COUNTY = 6
SHORTEST = 5
"""Characters of a reason: fewer say nothing."""
LONGEST = 2000


def take(
    *,
    kind: RightKind,
    person: int,
    division: str,
    asker: Asker,
    shown: str,
    wish: str,
    by: Account,
    on: date,
) -> PersonalRequest:
    """Take a request in. division: 12 digits, the place that answers; shown: how it was seen who asks.

    Raises NotAllowed, Refused.
    """
    permits.require(by, Act.ANSWER_REQUEST, division, on=on)
    if not Person.objects.filter(pk=person).exists():
        raise Refused("没有这个人，请先在“人员”里找到本人。")
    _told(shown, "核实身份的办法", 200)
    _told(wish, "请求内容", LONGEST)
    days = queries.whole_number("personal_request_days", division[:COUNTY], on)
    with transaction.atomic():
        return PersonalRequest.objects.create(
            number=next_numbers(PersonalRequest, on.year)[0],
            kind=kind,
            person=person,
            division=division,
            asker=asker,
            shown=shown.strip(),
            wish=wish.strip(),
            taken_on=on,
            due_on=on + timedelta(days=days),
            taken_by=by,
        )


def prolong(number: str, *, because: str, by: Account, on: date) -> PersonalRequest:
    """A longer term, once, with the reason that the asker is told. Raises NotAllowed, Refused."""
    with transaction.atomic():
        request = _open(number, by, on)
        if request.longer_because:
            raise Refused("这件请求已经延长过一次，不能再延长。")
        _told(because, "延长的理由", 200)
        days = queries.whole_number("personal_request_longer_days", request.division[:COUNTY], on)
        request.due_on += timedelta(days=days)
        request.longer_because = because.strip()
        request.save(update_fields=["due_on", "longer_because"])
    return request


def answer(number: str, *, said: str, by: Account, on: date) -> PersonalRequest:
    """Done as asked; said is what was done. Raises NotAllowed, Refused."""
    return _close(number, RequestState.ANSWERED, said, by, on)


def refuse(number: str, *, because: str, by: Account, on: date) -> PersonalRequest:
    """Not done, with the reason, which the asker is told and may sue over (PIPL §50). Raises NotAllowed, Refused."""
    return _close(number, RequestState.REFUSED, because, by, on)


def withdraw(number: str, *, said: str, by: Account, on: date) -> PersonalRequest:
    """The asker takes it back. Raises NotAllowed, Refused."""
    return _close(number, RequestState.WITHDRAWN, said, by, on)


def _close(number: str, state: RequestState, said: str, by: Account, on: date) -> PersonalRequest:
    with transaction.atomic():
        request = _open(number, by, on)
        _told(said, "答复", LONGEST)
        request.state, request.answer = state, said.strip()
        request.closed_on, request.closed_by = on, by
        request.save(update_fields=["state", "answer", "closed_on", "closed_by"])
    return request


def _open(number: str, by: Account, on: date) -> PersonalRequest:
    """The request, held until the act is done."""
    request = PersonalRequest.objects.select_for_update().filter(number=number).first()
    if request is None:
        raise Refused("没有这件请求，或不在您的辖区。")
    permits.require(by, Act.ANSWER_REQUEST, request.division, on=on)
    if request.state != RequestState.OPEN:
        raise Refused(f"这件请求{request.get_state_display()}，不能再办。")
    return request


def _told(text: str, what: str, longest: int) -> None:
    length = len(text.strip())
    if not SHORTEST <= length <= longest:
        raise Refused(f"请写明{what}，{SHORTEST}到{longest}个字。")
