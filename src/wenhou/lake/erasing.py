"""Erasure: what tells of somebody opens no more, and every run and judgement comes out as it did (ADR 0021).

The lake keeps people under numbers that mean nothing. Who a number is stands in the vault and in words of rows (names, addresses,
plates); both go. Amounts, dates and places stay under the number. Files that departments sent are `exchange`'s to destroy.
"""

import secrets
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb
from django.db import transaction

from wenhou.lake import filekeys, files, parquet, sealed, store, vault
from wenhou.lake.filekeys import DESTROYED
from wenhou.lake.models import Erasure, Identity, SamePerson
from wenhou.lake.schema import PERSON_KEYS, literal

TELLING = frozenset(
    {
        "name", "person_name", "hukou_addr", "hukou_address", "reside_addr", "address", "location", "phone", "permit_no",
        "cert_no", "student_no", "plate_no", "subject_name_masked", "account_masked",
    }
)  # fmt: skip
"""Columns whose words say who somebody is, or where."""
HIDDEN = "已删除"
HELD = "held.parquet"
"""Rows held in the sender's words (exchange.loading.holding)."""
KEYS = frozenset({*PERSON_KEYS, "person"})
"""Columns that say whom a row tells of."""


@dataclass(frozen=True)
class Erased:
    """What was done: files written anew, and deliveries in which their rows came."""

    person: int
    files: int
    deliveries: tuple[int, ...]


def erase(person: int, *, by: str, on: date, ground: str) -> Erased:
    """Take away what says who `person` is, under every number that is read as theirs. by: an account's name.

    Begun anew after a crash, it is finished. To be run as a job: every Parquet file that may tell of them is looked at.
    """
    numbers = {person, *SamePerson.objects.filter(kept=person).values_list("absorbed", flat=True)}
    told = vault.identity_of(numbers).values()
    for number in sorted(numbers):
        Erasure.objects.get_or_create(person=number, defaults={"by": by, "on": on, "ground": ground})
    row = Erasure.objects.get(person=person)
    row.salt = row.salt or secrets.token_hex(16)
    row.save()
    written, deliveries = 0, set[int]()
    for path in _telling():
        found = _write_anew(path, numbers, row.salt, on=on, ground=ground)
        written, deliveries = written + bool(found), deliveries | found
    for number in deliveries:
        destroy(*_sent(number), on=on, ground=ground)
    for path in sorted(files.root().glob("landing/*/*.parquet")):
        _leave_out(path, told, on=on, ground=ground)
    with transaction.atomic():
        Identity.objects.filter(key__in=numbers).delete()
        Erasure.objects.filter(person__in=numbers).update(done=True, salt="")
    return Erased(person, written, tuple(sorted(number for number in deliveries if number)))


def erase_again() -> list[Erased]:
    """All erasures once more: after a backup is put back, which still held what they took away."""
    rows = Erasure.objects.order_by("pk")
    return [erase(row.person, by=row.by, on=row.on, ground=row.ground) for row in rows]


def said_of(person: int) -> str:
    """已依法删除 and the day, of somebody erased; empty of others."""
    row = Erasure.objects.filter(person=person).first()
    return f"{DESTROYED}（{row.on:%Y-%m-%d}）" if row else ""


def destroy(*paths: Path, on: date, ground: str) -> int:
    """Remove files, and destroy their keys: copies open no more either. Gives how many there were."""
    there = [path for path in paths if path.exists()]
    filekeys.destroy(sealed.numbers_under(*there), on=on, ground=ground)
    for path in there:
        path.unlink()
    return len(there)


def _sent(delivery: int) -> list[Path]:
    """What a department sent, and what it got back; not the rows held to be recognised, which are other people's too."""
    folder = files.landing_folder(delivery)
    sent = [path for path in folder.glob("*") if path.name != HELD]
    return [*sent, files.rejects_path(delivery)] if delivery else []


def _leave_out(path: Path, told: Collection[str], *, on: date, ground: str) -> None:
    """Of rows that are held in the sender's words, those with one of these identity numbers."""
    if path.name != HELD or not told:
        return
    theirs = " or ".join(f"contains(raw::varchar, {literal(number)})" for number in sorted(told))
    with store.connect(memory="512MB") as connection:
        if not connection.execute(f"select 1 from {parquet.file(path)} where {theirs} limit 1").fetchone():
            return
        before = sealed.numbers_under(path)
        _write(connection, f"select * from {parquet.file(path)} where not ({theirs})", path)
        filekeys.destroy(before, on=on, ground=ground)


def _telling() -> Iterator[Path]:
    """Files of the lake with words that may say who somebody is."""
    for folder in ("facts", "links", "published", "judgements"):
        for path in sorted((files.root() / folder).rglob("*.parquet")):
            try:
                names = set(parquet.columns(path))
            except filekeys.Destroyed:
                continue
            if names & TELLING and names & KEYS:
                yield path


def _write_anew(path: Path, numbers: Collection[int], salt: str, *, on: date, ground: str) -> set[int]:
    """Their words replaced by others that mean nothing, equal where they were equal, so that what stands on their being equal
    still stands. Gives the deliveries their rows came in, 0 of rows of no delivery."""
    names = parquet.columns(path)
    listed = ", ".join(str(int(number)) for number in sorted(numbers))
    theirs = " or ".join(f'"{name}" in ({listed})' for name in names if name in KEYS)
    with store.connect(memory="1GB") as connection:
        delivery = "delivery" if "delivery" in names else "0"
        query = f"select distinct {delivery} from {parquet.file(path)} where {theirs}"
        found = {int(row[0] or 0) for row in connection.execute(query).fetchall()}
        if found:
            before = sealed.numbers_under(path)
            hidden = _hidden(names, theirs, salt)
            _write(connection, f"select * replace ({hidden}) from {parquet.file(path)}", path)
            filekeys.destroy(before, on=on, ground=ground)
    return found


def _hidden(names: Collection[str], theirs: str, salt: str) -> str:
    """Expressions for the columns of words. What is hidden already stays as it is."""
    said = "case when ({theirs}) and {column} not like '{mark}%' then '{mark}' || left(sha256('{salt}' || {column}), 12)"
    told = f"{said} else {{column}} end as {{column}}"
    return ", ".join(
        told.format(theirs=theirs, column=f'"{name}"', mark=HIDDEN, salt=salt)
        for name in names
        if name in TELLING
    )


def _write(connection: duckdb.DuckDBPyConnection, query: str, path: Path) -> None:
    """In the place of what it is made of."""
    connection.execute("set preserve_insertion_order = true")
    with files.whole(path) as temporary:
        parquet.write(connection, query, temporary)
