"""Loading lists of places. A list is taken whole or not at all; what changes its name or ends keeps its old row.

`on` is the day the list speaks of (today where none is given), `by` who loads it; each list is kept as a `PlaceList`.
"""

import csv
import hashlib
import io
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.db import connection, transaction

from wenhou.base import clock
from wenhou.base.errors import Refused
from wenhou.divisions import codes, comparison, listing, queries, seed
from wenhou.divisions.comparison import Row, Standing
from wenhou.divisions.models import Division, Level, ListKind, PlaceList

OWN = Path(__file__).parents[1] / "data" / "places.csv"
COLUMNS = (
    "code", "level", "name", "parent_code", "valid_from", "valid_to", "replaced_by", "urban_rural_class", "source",
    "place_list_id",
)  # fmt: skip
SETUP = "安装程序"
# One at a time: two lists loading together would each miss what the other adds.
LOCK = 7_340_001


@dataclass(frozen=True)
class Loaded:
    """What a list changed: rows added, renamed and closed, and one sentence for the person who loaded it."""

    added: int = 0
    renamed: int = 0
    closed: int = 0
    message: str = ""


def seed_own(*, by: str = SETUP, on: date | None = None) -> Loaded:
    """Our own table: provinces, the counties of 宁夏 and 宝鸡, the places the stories name. Again changes nothing."""
    on, content = on or clock.today(), OWN.read_bytes()
    rows = [_own_row(line) for line in csv.DictReader(io.StringIO(content.decode("utf-8")))]
    with transaction.atomic():
        _lock()
        known = set(
            Division.objects.filter(code__in=[row.code for row in rows]).values_list("code", flat=True)
        )
        new = [row for row in rows if row.code not in known]
        return _record(ListKind.OWN, OWN.name, content, by=by, on=on, rows=new)


def load_seed(node_modules: Path, *, by: str = SETUP, on: date | None = None) -> Loaded:
    """The towns of 宁夏 and 宝鸡 from the npm package, where it is installed; existing codes are left alone.

    A county for which an official list has been loaded is left to that list.
    """
    found = seed.find(node_modules)
    if found is None:
        return Loaded(message=f"没有找到 {seed.PACKAGE}，只载入到县级（故事所在的乡镇除外）。")
    on, content = on or clock.today(), found.read_bytes()
    towns = seed.towns(content)
    with transaction.atomic():
        _lock()
        rows = _missing_towns(towns, on)
        return _record(ListKind.SEED, f"{seed.PACKAGE} {seed.VERSION}", content, by=by, on=on, rows=rows)


def load_official(path: Path, *, by: str = SETUP, on: date | None = None, complete: bool = False) -> Loaded:
    """The official list as it stood on the day `on`: CSV, `code,name[,urban_rural_class]`, all 12-digit codes.

    New codes begin with the place above them, or on `on` where an earlier official list has their siblings and not
    them. A changed name ends the old row on `on`. With `complete`, codes of the listed provinces that the list no
    longer has end on `on`; otherwise they stay. Loading the same list again changes nothing. Raises listing.BadList,
    with every bad row, and writes nothing.
    """
    on, given = on or clock.today(), listing.read(path)
    places = given.places
    with transaction.atomic():
        _lock()
        _refuse_older(given, on)
        standing = comparison.standing_rows(places, on)
        bad = [*given.problems, *comparison.problems(places, standing, on)]
        if bad:
            raise listing.BadList(given.name, sorted(bad, key=lambda problem: problem.line))
        new = comparison.new_rows(places, standing, on)
        record = _list(ListKind.OFFICIAL, given.name, given.sha256, by=by, on=on)
        record.counties = comparison.counties(places)
        changed = _rename(comparison.renamed(places, standing), record, on)
        closed = _close(comparison.gone(places, standing, on), on) if complete else 0
        _write(new, record)
        _confirm(places, standing, record)
        return _finish(record, added=len(new), renamed=changed, closed=closed)


def _lock() -> None:
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [LOCK])


def _refuse_older(given: listing.Listing, on: date) -> None:
    later = comparison.later_list(given.places, on)
    if later:
        raise Refused(
            f"区划名录 {given.name} 的日期{on}早于已载入的 {later.name}（{later.on}），名录须按日期先后载入。"
        )


def _own_row(line: dict[str, str]) -> Row:
    return Row(
        line["code"],
        line["name"],
        date.fromisoformat(line["valid_from"]),
        date.fromisoformat(line["valid_to"]) if line["valid_to"] else None,
        line["replaced_by"],
        source=line["basis"],
    )


def _missing_towns(towns: dict[str, str], on: date) -> list[Row]:
    counties = dict(Division.objects.on(on).filter(level=Level.COUNTY).values_list("code", "valid_from"))
    there = Division.objects.filter(level=Level.TOWN)
    known = set(there.values_list("code", flat=True))
    listed = set(there.filter(place_list__kind=ListKind.OFFICIAL).values_list("parent_code", flat=True))
    return [
        Row(code, name, counties[county])
        for code, name in towns.items()
        if (county := codes.pad(code[:6])) in counties and code not in known and county not in listed
    ]


def _rename(pairs: list[tuple[Standing, listing.Place]], record: PlaceList, on: date) -> int:
    """End the old row on the day and begin the new one; a row that only began that day is corrected in place."""
    ended, again = [], []
    for old, place in pairs:
        if old.valid_from == on:
            Division.objects.filter(pk=old.id).update(name=place.name)
        else:
            ended.append(old.id)
            kind = place.urban_rural_class or old.urban_rural_class
            again.append(Row(place.code, place.name, on, old.valid_to, urban_rural_class=kind))
    _close(ended, on)
    _write(again, record)
    return len(pairs)


def _close(ids: list[int], on: date) -> int:
    return Division.objects.filter(pk__in=ids).update(valid_to=on)


def _confirm(places: dict[str, listing.Place], standing: dict[str, Standing], record: PlaceList) -> None:
    """Rows of other lists that the official one has too are its own from now on; classes follow it."""
    for kind, ids in comparison.reclassified(places, standing).items():
        Division.objects.filter(pk__in=ids).exclude(valid_to=record.on).update(urban_rural_class=kind)
    others = [
        row.id for code, row in standing.items() if code in places and row.list_kind != ListKind.OFFICIAL
    ]
    Division.objects.filter(pk__in=others).update(place_list=record)


def _record(kind: Any, name: str, content: bytes, *, by: str, on: date, rows: list[Row]) -> Loaded:
    if not rows:
        return Loaded(message=f"{name}：没有变化。")
    record = _list(kind, name, hashlib.sha256(content).hexdigest(), by=by, on=on)
    _write(rows, record)
    return _finish(record, added=len(rows))


def _list(kind: Any, name: str, sha256: str, *, by: str, on: date) -> PlaceList:
    if not by:
        raise Refused("载入区划名录须写明载入人。")
    return PlaceList.objects.create(kind=kind, name=name, sha256=sha256, on=on, by=by, loaded_at=clock.now())


def _write(rows: list[Row], record: PlaceList) -> None:
    # Table and columns are constants of this module, not input.
    into = f"COPY {Division._meta.db_table} ({', '.join(COLUMNS)}) FROM STDIN"
    with connection.cursor() as cursor, cursor.copy(into) as copy:
        for row in rows:
            copy.write_row(_columns(row, record))


def _columns(row: Row, record: PlaceList) -> tuple[object, ...]:
    return (
        row.code,
        codes.level_of(row.code),
        row.name,
        codes.parent_of(row.code) or "",
        row.valid_from,
        row.valid_to,
        row.replaced_by,
        row.urban_rural_class,
        row.source or record.name[:120],
        record.pk,
    )


def _finish(record: PlaceList, *, added: int = 0, renamed: int = 0, closed: int = 0) -> Loaded:
    record.added, record.renamed, record.closed = added, renamed, closed
    record.save(update_fields=["added", "renamed", "closed", "counties"])
    transaction.on_commit(queries.forget_names)
    told = f"新增{added}处，更名{renamed}处，停用{closed}处。" if added or renamed or closed else "没有变化。"
    return Loaded(added, renamed, closed, f"{record.name}：{told}")
