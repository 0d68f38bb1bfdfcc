"""The household around an alert: who lives with whom, masked, with the file each line came from."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from wenhou.base.identity import mask_id_number, mask_name
from wenhou.base.month import full_years
from wenhou.desk import reasons
from wenhou.exchange import contracts
from wenhou.lake import vault
from wenhou.monitoring.models import Alert
from wenhou.registry.models import Household, Membership, PersonRecord, RegisterEntry
from wenhou.staff.queries import Scope

ADULT = 18


@dataclass(frozen=True)
class Member:
    """One line of a household. `id_masked` is empty for minors: their number is never shown."""

    key: int
    name_masked: str
    id_masked: str
    sex: str
    age: int
    relation: str
    standing: str
    contract: str
    delivery: int
    as_of: date
    visible: bool

    @property
    def source(self) -> str:
        """The department and its file."""
        return reasons.contract_name(self.contract)


@dataclass(frozen=True)
class Family:
    """A household on a day."""

    household: Household | None
    members: tuple[Member, ...]


def around(alert: Alert, scope: Scope, *, on: date) -> Family:
    """The household of an alert's person on a day."""
    household = alert.household or household_of(alert.person, on)
    if household is None:
        return Family(None, ())
    return of(household, scope, on=on)


def household_of(person: int, on: date) -> int | None:
    """The household somebody is in on a day: that of the register before that of the residence records."""
    found = (
        _on(Membership.objects.filter(person_id=person), on)
        .order_by("-household__kind", "-since")
        .values_list("household_id", "household__kind")
    )
    ranked = sorted(found, key=lambda row: row[1] != "register")
    return ranked[0][0] if ranked else None


def of(household: int, scope: Scope, *, on: date) -> Family:
    """The members of a household on a day: memberships, records, standings and numbers, in four queries."""
    kept = Household.objects.filter(pk=household).first()
    lines = list(_on(Membership.objects.filter(household_id=household), on).order_by("relation", "person_id"))
    keys = [line.person_id for line in lines]
    records = {
        one.person_id: one for one in PersonRecord.objects.filter(person_id__in=keys, superseded_at=None)
    }
    standings = {
        one.person_id: one
        for one in RegisterEntry.objects.filter(person_id__in=keys, superseded_at=None).order_by("as_of")
    }
    numbers = vault.identity_of(keys)
    return Family(
        kept,
        tuple(
            _member(
                line,
                records.get(line.person_id),
                standings.get(line.person_id),
                numbers.get(line.person_id, ""),
                scope,
                on,
            )
            for line in lines
        ),
    )


def _on(found: QuerySet[Membership], on: date) -> QuerySet[Membership]:
    return found.filter(Q(until__isnull=True) | Q(until__gt=on), superseded_at=None, since__lte=on)


def _member(
    line: Membership,
    record: PersonRecord | None,
    entry: RegisterEntry | None,
    number: str,
    scope: Scope,
    on: date,
) -> Member:
    age = full_years(record.birth_date, on) if record else 0
    return Member(
        key=line.person_id,
        name_masked=mask_name(record.name) if record else "不知道",
        id_masked=mask_id_number(number) if record and number and age >= ADULT else "",
        sex=record.sex if record else "",
        age=age,
        relation=relation(line.relation),
        standing=entry.get_category_display() if entry and entry.is_covered else "",
        contract=line.contract,
        delivery=line.delivery,
        as_of=line.as_of,
        visible=bool(record and scope.covers(record.hukou_division)),
    )


def relation(code: str) -> str:
    """GB/T 4761 in words; the code where the table lacks it."""
    try:
        return contracts.code_table("relation").get(code, code)
    except FileNotFoundError:
        return code
