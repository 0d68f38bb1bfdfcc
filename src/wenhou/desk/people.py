"""What is known of a person, value by value, each with the file it came from; names and numbers masked."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from wenhou.base.identity import mask_name
from wenhou.base.month import full_years
from wenhou.desk import family
from wenhou.desk.sources import Files, Source
from wenhou.divisions import queries as divisions
from wenhou.exchange import contracts
from wenhou.lake import vault
from wenhou.registry import queries
from wenhou.registry.models import PersonRecord
from wenhou.staff.queries import Scope

HIDDEN = frozenset({"name", "hukou_address", "address"})
"""Shown only after a purpose was given, on the alert's page."""
_TABLES = {"nation": "nation", "relation": "relation", "sex": "sex"}


@dataclass(frozen=True)
class Value:
    """One value with its source."""

    label: str
    text: str
    source: Source
    note: str = ""


@dataclass(frozen=True)
class Found:
    """One line of a search."""

    key: int
    name_masked: str
    id_masked: str
    sex: str
    age: int
    place: str


@dataclass(frozen=True)
class Who:
    """A person's head line and values on a day."""

    name_masked: str
    id_masked: str
    sex: str
    age: int | None
    place: str
    why: str
    now: tuple[tuple[Source, tuple[Value, ...]], ...]
    """Values by the line that says them."""
    before: tuple[Value, ...]


def find(text: str, scope: Scope, *, on: date) -> list[Found]:
    """People within the scope whose name, pinyin or initials fit; an identity number finds its bearer."""
    records = queries.find(text=text, scope=scope)
    numbers = vault.identity_of([one.person_id for one in records])
    places = divisions.lookup({one.hukou_division for one in records})
    return [_found(one, numbers.get(one.person_id), places[one.hukou_division], on) for one in records]


def _found(record: PersonRecord, number: str | None, place: str, on: date) -> Found:
    age = full_years(record.birth_date, on)
    return Found(
        key=record.person_id,
        name_masked=mask_name(record.name),
        id_masked=family.masked_number(number, age),
        sex=record.sex,
        age=age,
        place=place,
    )


def who(page: queries.PersonPage, home: family.Family, scope: Scope, *, on: date) -> Who:
    """The page of somebody in words; `home` is who they live with, and knows the files of both."""
    born, hukou = page.value("birth_date"), page.value("hukou_division")
    age = full_years(born, on) if born else None
    member = next((one for one in home.members if one.key == page.key), None)
    return Who(
        name_masked=mask_name(page.value("name") or ""),
        id_masked=member.id_masked if member else _masked(page.key, age),
        sex=page.value("sex") or "",
        age=age,
        place=divisions.name_of(hukou) if hukou else "户籍地不知道",
        why=in_words(page.why, scope),
        now=_by_source(_now(page, home.files)),
        before=tuple(_before(replaced(page, on), home.files)),
    )


def lines(page: queries.PersonPage, on: date) -> set[int]:
    """The deliveries that what is shown of somebody came in."""
    told = [value.source for value in page.values] + [one.source for one in page.standings]
    return {source.delivery for source in [*told, *(change.source for change in replaced(page, on))]}


def replaced(page: queries.PersonPage, on: date) -> list[queries.Change]:
    """What was said once and held no more on a day."""
    return [change for change in page.changes if change.replaced_on and change.replaced_on <= on]


def _masked(key: int, age: int | None) -> str:
    return family.masked_number(vault.identity_of([key]).get(key), age)


def in_words(why: str, scope: Scope) -> str:
    """The reason why something may be seen, with places by name."""
    for code, name in divisions.lookup(scope.divisions).items():
        why = why.replace(f"任职于{code}，", f"任职于{name}，")
    return why


def _by_source(values: Iterable[Value]) -> tuple[tuple[Source, tuple[Value, ...]], ...]:
    groups: dict[Source, list[Value]] = {}
    for value in values:
        groups.setdefault(value.source, []).append(value)
    return tuple((source, tuple(several)) for source, several in groups.items())


def _now(page: queries.PersonPage, files: Files) -> Iterable[Value]:
    for told in page.values:
        if told.value not in (None, "") and told.name not in HIDDEN:
            yield _value(told.label, text(told.name, told.value), told.source, files)
    for one in page.standings:
        since = f"，{one.since:%Y-%m-%d}认定" if one.since else ""
        gone = f"，{one.exit_on:%Y-%m-%d}退出" if one.exit_on else ""
        yield _value("低收入人口库", f"{one.label}　{one.status}{since}{gone}", one.source, files)


def _before(replaced: Iterable[queries.Change], files: Files) -> Iterable[Value]:
    for change in replaced:
        said = "；".join(
            text(name, value)
            for name, value in change.values.items()
            if value not in (None, "") and name not in HIDDEN
        )
        until = f"{change.replaced_on:%Y-%m-%d}" if change.replaced_on else ""
        note = "更正：原来就不对" if change.is_correction else f"到{until}为止"
        yield _value(change.what, said, change.source, files, note)


def _value(label: str, said: str, source: queries.Source, files: Files, note: str = "") -> Value:
    return Value(label, said, files.source(source.contract, source.delivery, source.line, source.as_of), note)


def text(name: str, value: Any) -> str:
    """A value in words: codes by their table, places by name, the day of birth to the month."""
    if name == "birth_date":
        return f"{value.year}年{value.month}月"
    if name.endswith("division"):
        return divisions.name_of(value)
    if name in _TABLES:
        return contracts.code_table(_TABLES[name]).get(value, str(value))
    if isinstance(value, bool):
        return "是" if value else "否"
    return f"{value:%Y-%m-%d}" if isinstance(value, date) else str(value)
