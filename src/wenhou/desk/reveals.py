"""Opening what is masked: the look is written first, then the value is fetched and shown once."""

from dataclasses import dataclass

from django.db import transaction

from wenhou.base import clock
from wenhou.base.errors import Refused
from wenhou.lake import erasing, vault
from wenhou.registry.models import PersonRecord
from wenhou.staff.models import Account, Look

SHORTEST_PURPOSE = 4
KINDS = {"identity": "身份", "evidence": "依据"}


@dataclass(frozen=True)
class Identity:
    """Somebody's name, number and address in full."""

    name: str
    id_no: str
    address: str


def record(*, by: Account, person: int, page: str, shown: str, purpose: str) -> Look:
    """Write down who looks at whom and what for. Refused without a purpose."""
    purpose = purpose.strip()
    if shown not in KINDS:
        raise Refused("没有说明要看什么。")
    if len(purpose) < SHORTEST_PURPOSE:
        raise Refused(f"请写明查看的用途，至少{SHORTEST_PURPOSE}个字。")
    with transaction.atomic():
        return Look.objects.create(
            account=by, person=person, page=page, shown=shown, purpose=purpose[:200], at=clock.now()
        )


def identity(person: int) -> Identity:
    """What is known of the person now, unmasked. Call `record` first."""
    known = PersonRecord.objects.filter(person_id=person, superseded_at=None).first()
    number = vault.identity_of([person]).get(person, "")
    return Identity(
        name=known.name if known else "不知道",
        id_no=number or erasing.said_of(person) or "不知道",
        address=known.hukou_address if known else "不知道",
    )
