"""A record in the queue beside somebody registered, as the matcher would have put it there."""

from datetime import date
from typing import Any

from desk import factories
from wenhou.linkage.models import IdentityDoubt, Mention, Sighting
from wenhou.registry.models import PersonRecord

LEVELS = {
    "number": "unknown",
    "name": "close",
    "birth": "same",
    "sex": "same",
    "division": "town",
    "phone": "unknown",
}


def mention(person: int, **told: Any) -> Mention:
    """The words of a record like somebody's, but for the last character of the name."""
    record = PersonRecord.objects.get(person=person, superseded_at=None)
    given = {
        "name": record.name[:-1] + "渊",
        "birth": f"{record.birth_date:%Y%m%d}",
        "sex": record.sex,
        "division": record.hukou_division[:9],
        "phone": "136****0014",
        "source": "DI31",
        "first_seen": date(2024, 11, 12),
    } | told
    return Mention.objects.create(words=f"{person}-{Mention.objects.count()}", **given)


def doubt(person: int, of: Mention | None = None, **fields: Any) -> IdentityDoubt:
    """The record may mean this person."""
    record = PersonRecord.objects.get(person=person, superseded_at=None)
    given = {
        "division": record.hukou_division,
        "place": 1,
        "bits": 9.5,
        "why": "姓名只是相近，号码也不近：双生子也是这样",
        "levels": LEVELS,
        "raised_on": date(2024, 11, 12),
    } | fields
    return IdentityDoubt.objects.create(mention=of or mention(person), person=person, **given)


def sighting(of: Mention, line: int = 17) -> Sighting:
    """The line of a file that spoke in these words."""
    file = factories.delivery("2024-11-DI31", contract="DI31")
    return Sighting.objects.create(mention=of, delivery=file.pk, line=line, field="id_no")
