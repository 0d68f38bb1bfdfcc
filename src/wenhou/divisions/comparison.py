"""What an official list changes, measured against the table on the list's day. Reads, never writes."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from wenhou.divisions import codes, listing, queries
from wenhou.divisions.models import Division, ListKind, PlaceList

# The day from which our own table speaks; before it no code is vouched for.
TABLE_BEGINS = date(2005, 1, 1)


@dataclass(frozen=True)
class Row:
    """A row about to be written."""

    code: str
    name: str
    valid_from: date
    valid_to: date | None = None
    replaced_by: str = ""
    urban_rural_class: str | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """A row of the table as a new list meets it."""

    id: int
    name: str
    valid_from: date
    valid_to: date | None
    urban_rural_class: str | None
    source: str
    list_kind: str | None


def standing_rows(places: dict[str, listing.Place], on: date) -> dict[str, Standing]:
    """By code, the rows valid on the day in the provinces that the list touches."""
    fields = (
        "code",
        "id",
        "name",
        "valid_from",
        "valid_to",
        "urban_rural_class",
        "source",
        "place_list__kind",
    )
    found: dict[str, Standing] = {}
    for province in _provinces(places):
        rows = Division.objects.on(on).under(province).values_list(*fields)
        found.update((row[0], Standing(*row[1:])) for row in rows.iterator(chunk_size=20_000))
    return found


def problems(
    places: dict[str, listing.Place], standing: dict[str, Standing], on: date
) -> Iterator[listing.Problem]:
    """Rows whose code was not in use on the day, or that hang on nothing."""
    elsewhen: dict[str, Division] = {}
    for province in _provinces(places):
        elsewhen.update((row.code, row) for row in Division.objects.under(province).not_on(on))
    for code, place in places.items():
        parent = codes.parent_of(code)
        if code not in standing and code in elsewhen:
            why = queries.why_not_valid(elsewhen[code], on)
            yield listing.Problem(place.line, f"代码 {code}：{why}")
        elif parent and parent not in places and parent not in standing:
            yield listing.Problem(place.line, f"代码 {code} 的上级 {parent} 不在名录中，也未曾载入")


def new_rows(places: dict[str, listing.Place], standing: dict[str, Standing], on: date) -> list[Row]:
    """The codes the table does not have: they begin on the day where an official list of their siblings was loaded
    before, else with the place above them, for a list does not say since when. They end with the place above."""
    listed = {codes.parent_of(code) for code, row in standing.items() if row.list_kind == ListKind.OFFICIAL}
    spans = {code: (row.valid_from, row.valid_to) for code, row in standing.items()}
    rows = []
    for code in sorted(places.keys() - standing.keys()):
        parent = codes.parent_of(code)
        begins, ends = spans[parent] if parent else (min(on, TABLE_BEGINS), None)
        spans[code] = (on if parent in listed else begins, ends)
        kind = places[code].urban_rural_class
        rows.append(Row(code, places[code].name, *spans[code], urban_rural_class=kind))
    return rows


def renamed(
    places: dict[str, listing.Place], standing: dict[str, Standing]
) -> list[tuple[Standing, listing.Place]]:
    """Codes that stand under another name, with the new one."""
    return [(standing[code], place) for code, place in places.items()
            if code in standing and standing[code].name != place.name]  # fmt: skip


def gone(places: dict[str, listing.Place], standing: dict[str, Standing], on: date) -> list[int]:
    """Rows that a complete list no longer has; those of our own making (自拟) were never in one."""
    return [row.id for code, row in standing.items()
            if code not in places and row.source != "自拟" and row.valid_from < on]  # fmt: skip


def reclassified(places: dict[str, listing.Place], standing: dict[str, Standing]) -> dict[str, list[int]]:
    """城乡分类代码 → the standing rows that the list now gives it."""
    by_class: dict[str, list[int]] = {}
    for code, place in places.items():
        old = standing.get(code)
        if old and place.urban_rural_class and old.urban_rural_class != place.urban_rural_class:
            by_class.setdefault(place.urban_rural_class, []).append(old.id)
    return by_class


def counties(places: dict[str, listing.Place]) -> list[str]:
    """The counties, by 6 digits, that the list speaks of."""
    return sorted({code[:6] for code in places if code[4:6] != "00" or code[6:].strip("0")})


def later_list(places: dict[str, listing.Place], on: date) -> PlaceList | None:
    """An official list of the same counties as of a later day: the order of lists is the order of their days."""
    spoken_of = set(counties(places))
    later = PlaceList.objects.filter(kind=ListKind.OFFICIAL, on__gt=on).order_by("-on", "pk")
    return next((each for each in later if spoken_of.intersection(each.counties)), None)


def _provinces(places: dict[str, listing.Place]) -> list[str]:
    return sorted({code[:2] for code in places})
