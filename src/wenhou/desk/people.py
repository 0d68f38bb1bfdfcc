"""What is known of a person and of a household, value by value, each with the file it came from."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from wenhou.base.identity import mask_id_number, mask_name
from wenhou.base.month import full_years
from wenhou.desk import family, reasons
from wenhou.divisions import queries as divisions
from wenhou.exchange import contracts
from wenhou.exchange.models import Delivery
from wenhou.lake import vault
from wenhou.registry import search
from wenhou.registry.enums import Category
from wenhou.registry.models import Person, PersonRecord, RegisterEntry, Residence
from wenhou.registry.models.person import Said
from wenhou.staff.queries import Scope

MOST_FOUND = 30


@dataclass(frozen=True)
class Value:
    """One value with its source: department and file, the delivery's number, the line, the day it speaks for."""

    label: str
    text: str
    source: str
    delivery: int
    number: str
    line: int
    as_of: date
    replaced: bool = False


def places_of(key: int) -> set[str]:
    """Every place a person is registered at, lives at or is on the register of, 12 digits."""
    return {
        code
        for found, field in (
            (PersonRecord.objects, "hukou_division"),
            (Residence.objects, "division"),
            (RegisterEntry.objects, "division"),
            (RegisterEntry.objects, "resides_division"),
        )
        for code in found.filter(person_id=key, superseded_at=None).values_list(field, flat=True)
        if code
    }


def find(text: str, scope: Scope, *, on: date) -> list[family.Member]:
    """People within the scope whose name, pinyin or initials fit; an identity number finds its bearer."""
    text = text.strip()
    condition = _wanted(text)
    if condition is None:
        return []
    within = scope.q("hukou_division") | Q(
        person_id__in=Residence.objects.filter(scope.q("division"), superseded_at=None).values("person_id")
    )
    found = PersonRecord.objects.filter(condition, within, superseded_at=None).order_by("name", "person_id")
    records = list(found[:MOST_FOUND])
    numbers = vault.identity_of([one.person_id for one in records])
    return [_found(one, numbers.get(one.person_id, ""), on) for one in records]


def _wanted(text: str) -> Q | None:
    if len(text) in (15, 18) and text[:14].isdigit():
        keys = vault.keys_of([text.upper()])
        return Q(person_id__in=list(keys.values()))
    tokens = search.wanted(text)
    return Q(search__contains=tokens) if tokens else None


def _found(record: PersonRecord, number: str, on: date) -> family.Member:
    age = full_years(record.birth_date, on)
    return family.Member(
        key=record.person_id,
        name_masked=mask_name(record.name),
        id_masked=mask_id_number(number) if number and age >= family.ADULT else "",
        sex=record.sex,
        age=age,
        relation=divisions.name_of(record.hukou_division),
        standing="",
        contract=record.contract,
        delivery=record.delivery,
        as_of=record.as_of,
        visible=True,
    )


def known(key: int, *, on: date) -> tuple[family.Member | None, list[Value]]:
    """Who it is, masked, and every value the registry holds, the present ones first."""
    records = list(PersonRecord.objects.filter(person_id=key).order_by("superseded_at", "-as_of"))
    current = next((one for one in records if one.superseded_at is None), None)
    entries = list(RegisterEntry.objects.filter(person_id=key).order_by("-as_of"))
    residences = list(Residence.objects.filter(person_id=key).order_by("-as_of"))
    told: list[tuple[Said, str, str]] = []
    for record in records:
        told += [(record, label, text) for label, text in _of_record(record)]
    for residence in residences:
        told += [(residence, label, text) for label, text in _of_residence(residence)]
    for entry in entries:
        told += [(entry, label, text) for label, text in _of_entry(entry)]
    told.sort(key=lambda one: one[0].superseded_at is not None)
    number = vault.identity_of([key]).get(key, "")
    return (_found(current, number, on) if current else None), values(told)


def exists(key: int) -> bool:
    """Whether the registry knows the person."""
    return Person.objects.filter(pk=key).exists()


def values(told: Iterable[tuple[Said, str, str]]) -> list[Value]:
    """Each value with its file; one query for the files."""
    told = list(told)
    files = Delivery.objects.in_bulk({one.delivery for one, _, _ in told})
    return [
        Value(
            label=label,
            text=text,
            source=reasons.contract_name(one.contract),
            delivery=one.delivery if one.delivery in files else 0,
            number=files[one.delivery].number if one.delivery in files else "",
            line=one.line,
            as_of=one.as_of,
            replaced=one.superseded_at is not None,
        )
        for one, label, text in told
    ]


def _of_record(record: PersonRecord) -> list[tuple[str, str]]:
    return [
        ("出生", f"{record.birth_date.year}年{record.birth_date.month}月"),
        ("民族", _code("nation", record.nation)),
        ("户籍地", divisions.name_of(record.hukou_division)),
        ("户口性质", record.hukou_type),
        ("与户主关系", family.relation(record.relation)),
        ("户籍状态", record.status),
    ]


def _of_residence(residence: Residence) -> list[tuple[str, str]]:
    until = f"到{residence.valid_to:%Y-%m-%d}"
    return [("居住地", f"{divisions.name_of(residence.division)}，{residence.status}，{until}")]


def _of_entry(entry: RegisterEntry) -> list[tuple[str, str]]:
    standing = Category(entry.category).label if entry.category in Category.values else entry.category
    said = [("低收入人口库", "　".join(filter(None, (standing, entry.status))))]
    if entry.confirmed_on:
        said.append(("认定日", f"{entry.confirmed_on:%Y-%m-%d}"))
    if entry.exit_on:
        said.append(("退出日", f"{entry.exit_on:%Y-%m-%d}"))
    return said


def _code(table: str, code: str) -> str:
    try:
        return contracts.code_table(table).get(code, code)
    except FileNotFoundError:
        return code
