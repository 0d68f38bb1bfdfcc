"""What the registry publishes to the lake for a day: people, households, register (one-path §3)."""

from datetime import date
from pathlib import Path

import pyarrow as pa
from django.db import connection as django_connection
from django.db import transaction
from django.db.models import Count, Max

from wenhou.base.errors import Refused
from wenhou.lake import store
from wenhou.lake.models import SamePerson
from wenhou.registry import bulk, standing
from wenhou.registry.actions.arrivals import LOCK
from wenhou.registry.models import Membership, PersonRecord, Publication, RegisterEntry, Residence
from wenhou.registry.statements import statements

KEY, TEXT, DAY, YES = pa.int64(), pa.string(), pa.date32(), pa.bool_()

PEOPLE = {
    "person": KEY,
    "household": KEY,
    "relation": TEXT,
    "sex": TEXT,
    "birth_date": DAY,
    "hukou_division": TEXT,
    "hukou_type": TEXT,
    "resides_division": TEXT,
    "father": KEY,
    "mother": KEY,
    "spouse": KEY,
    "guardian": KEY,
    "registered_on": DAY,
    "place": TEXT,
}
"""`place`, 12 digits: where a person's records are to be expected. The register's place, else the residence
registration's; for a relative of whom nothing more is known, that of the person who names them."""

HOUSEHOLDS = {
    "household": KEY,
    "household_no": TEXT,
    "division": TEXT,
    "county": TEXT,
    "hukou_county": TEXT,
    "urban_rural": TEXT,
    "on_register": YES,
    "category": TEXT,
}
REGISTER = {
    "as_of": DAY,
    "household_no": TEXT,
    "id_no": KEY,
    "applied_on": DAY,
    "authorised": YES,
    "work_able": YES,
    "category": TEXT,
    "is_covered": YES,
    "relation_to_head": TEXT,
    "dibao_class": TEXT,
    "single_person": YES,
    "confirmed_on": DAY,
    "valid_until": DAY,
    "last_review_on": DAY,
    "next_review_on": DAY,
    "grace_end": DAY,
    "exit_on": DAY,
    "exit_reason": TEXT,
    "refused_on": DAY,
    "refused_reason": TEXT,
    "pci_determined": KEY,
    "income_items": TEXT,
    "assets_determined": TEXT,
    "supporters": TEXT,
    "self_care": TEXT,
    "self_care_on": DAY,
    "care_mode": TEXT,
    "carer_id": KEY,
    "care_colour": TEXT,
    "family_colour": TEXT,
    "division_code": TEXT,
    "resides_division": TEXT,
    "urban_rural": TEXT,
    "kin_of_staff": YES,
    "refusals_of_work": KEY,
    "status": TEXT,
    "delivery": KEY,
    "line": KEY,
    "household": KEY,
}
TABLES = {"people": PEOPLE, "households": HOUSEHOLDS, "register": REGISTER}


def publish(*, as_of: date) -> dict[str, Path]:
    """Write people, households and register as of a day; what was published for that day is replaced."""
    written: dict[str, Path] = {}
    with transaction.atomic(), django_connection.cursor() as cursor, store.connect(memory="1GB") as lake:
        cursor.execute("select pg_advisory_xact_lock_shared(%s)", [LOCK])
        lake.execute("set preserve_insertion_order = true")
        standing.make(cursor, {"day": as_of, "persons": None})
        for name, columns in TABLES.items():
            rows = bulk.fetch(cursor.cursor, statements("standing")[name], columns)
            written[name] = store.publish(name, as_of, lake.from_arrow(rows))
        Publication.objects.update_or_create(as_of=as_of, defaults={"mark": _mark()})
    return written


def ensure(*, as_of: date) -> None:
    """Publish for a day unless that was done since the registry last learnt something."""
    kept = Publication.objects.filter(as_of=as_of).values_list("mark", flat=True).first()
    if not _is_there(as_of) or kept != _mark():
        publish(as_of=as_of)


def require(*, as_of: date) -> None:
    """Nothing is published anew. Raises Refused where nothing was for that very day."""
    if not _is_there(as_of):
        raise Refused(f"{as_of}没有留下当日的名册，不能按那一天算，请换成运行过监测的日子。")


def _is_there(as_of: date) -> bool:
    found = (store.published(name, as_of) for name in TABLES)
    return all(path is not None and path.stem == str(as_of) for path in found)


def _mark() -> str:
    """Changes whenever a row is added or superseded, or people are found to be one, or two; no clock has part in it."""
    counted = [
        model._default_manager.aggregate(last=Max("pk"), superseded=Count("superseded_at"))
        for model in (PersonRecord, Residence, Membership, RegisterEntry)
    ]
    rows = " ".join(f"{one['last'] or 0}-{one['superseded']}" for one in counted)
    same = SamePerson.objects.aggregate(last=Max("pk"), standing=Count("pk"))
    return f"{rows} {same['last'] or 0}-{same['standing']}"
