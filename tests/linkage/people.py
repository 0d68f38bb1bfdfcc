"""People of the registry, made by hand."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from wenhou.base.identity import check_digit
from wenhou.lake import vault
from wenhou.registry.models import Person, PersonRecord

ON = date(2026, 11, 2)
VILLAGE = "640104002001"


def number(birth: str, order: str) -> str:
    first17 = "640104" + birth.replace("-", "") + order
    return first17 + check_digit(first17)


def registered(name: str, birth: str, order: str) -> int:
    """Somebody in the vault and in the registry; gives the key."""
    text = number(birth, order)
    key = vault.give_keys([text])[text]
    Person.objects.create(key=key, known_since=ON)
    PersonRecord.objects.create(
        person_id=key,
        name=name,
        sex="1" if int(order) % 2 else "2",
        nation="01",
        birth_date=date.fromisoformat(birth),
        hukou_division=VILLAGE,
        hukou_address="",
        hukou_type="农业",
        household_no="1",
        relation="01",
        status="正常",
        contract="DI01",
        delivery=1,
        line=2,
        as_of=ON,
        recorded_at=datetime(2026, 11, 2, tzinfo=ZoneInfo("Asia/Shanghai")),
    )
    return key
