"""What rooms above may read of places. A code is 2, 4, 6, 9 or 12 digits everywhere; a day is always named."""

import time
from collections.abc import Iterable
from datetime import date
from typing import TypedDict

from django.db.models import Exists, F, OuterRef

from wenhou.base.errors import Refused
from wenhou.divisions import codes
from wenhou.divisions.models import Division, DivisionQuerySet

KEEP_NAMES_SECONDS = 300
KEEP_NAMES = 50_000


class NotValid(Refused):
    """The code was never loaded, or was not in use on the day; the sentence says which and, if known, what is."""


class Choice(TypedDict):
    """One place in a picker."""

    code: str
    name: str
    level: int
    has_children: bool


def find(code: str, on: date) -> Division:
    """The place that bore the code on the day. Raises BadCode, or NotValid: a code is never carried over."""
    rows = list(Division.objects.filter(code=codes.pad(code)).order_by("valid_from"))
    for row in rows:
        if row.valid_from <= on and (row.valid_to is None or on < row.valid_to):
            return row
    if not rows:
        raise NotValid(f"区划代码 {code} 不在已载入的名录中。")
    raise NotValid(f"区划代码 {code}：{why_not_valid(rows[-1], on)}")


def why_not_valid(row: Division, on: date) -> str:
    """One sentence on a row that was not in use on the day."""
    if on < row.valid_from:
        return f"{row.name}自{row.valid_from}起才使用此代码，{on}时无效。"
    successor = f"，现代码为 {codes.prefix(row.replaced_by)}" if row.replaced_by else ""
    return f"{row.name}的此代码自{row.valid_to}起停用{successor}，{on}时无效。"


def is_valid(code: str, on: date) -> bool:
    """Whether the code is loaded and in use on the day."""
    return codes.is_code(code) and Division.objects.on(on).filter(code=codes.pad(code)).exists()


def parents_of(code: str, on: date) -> list[Division]:
    """The places above, highest first. Raises NotValid."""
    find(code, on)
    return list(Division.objects.on(on).filter(code__in=codes.parents_of(code)).order_by("code"))


def children_of(code: str | None, on: date) -> DivisionQuerySet:
    """The places directly below, by code; the provinces for None."""
    return Division.objects.on(on).filter(parent_code=codes.pad(code) if code else "").order_by("code")


def neighbours_of(code: str, on: date) -> DivisionQuerySet:
    """The other places under the same place above. Raises NotValid."""
    place = find(code, on)
    siblings = Division.objects.on(on).filter(parent_code=place.parent_code, level=place.level)
    return siblings.exclude(code=place.code).order_by("code")


def search(text: str, on: date, under: str | None = None, limit: int = 20) -> list[Division]:
    """Places whose name contains the text, or whose code begins with it; higher levels first."""
    text = text.strip()
    if not text:
        return []
    places = Division.objects.on(on)
    if under:
        places = places.under(under)
    by = {"code__startswith": text} if text.isascii() and text.isdigit() else {"name__contains": text}
    return list(places.filter(**by).order_by("level", "code")[:limit])


def choices(code: str | None, on: date) -> list[Choice]:
    """What a picker shows below a place."""
    below = Division.objects.on(on).filter(parent_code=OuterRef("code"))
    rows = children_of(code, on).annotate(has_children=Exists(below))
    return [
        Choice(code=code, name=name, level=level, has_children=deeper)
        for code, name, level, deeper in rows.values_list("code", "name", "level", "has_children")
    ]


_names: dict[str, tuple[float, str]] = {}


def lookup(asked: Iterable[str]) -> dict[str, str]:
    """Names for a list: '兴庆区', '兴庆区 大新镇', '兴庆区 大新镇 燕祥社区居委会'; '银川市' for a city.

    The latest name of each code, of codes no longer in use too. A code not loaded is its own name. At most one query;
    names are kept for five minutes.
    """
    wanted = set(asked)
    now = time.monotonic()
    fresh = {code: kept[1] for code in wanted if (kept := _names.get(code)) and kept[0] > now}
    missing = wanted - fresh.keys()
    if missing:
        found = _look_up(missing)
        if len(_names) + len(found) > KEEP_NAMES:
            _names.clear()
        _names.update((code, (now + KEEP_NAMES_SECONDS, name)) for code, name in found.items())
        fresh.update(found)
    return fresh


def name_of(code: str) -> str:
    """The name of one place as `lookup` gives it."""
    return lookup([code])[code]


def forget_names() -> None:
    """Called when a list was loaded."""
    _names.clear()


def _look_up(missing: set[str]) -> dict[str, str]:
    chains = {code: _chain(code) for code in missing}
    every = {each for chain in chains.values() for each in chain}
    rows = Division.objects.filter(code__in=every).order_by(F("valid_from").asc()).values_list("code", "name")
    names: dict[str, str] = dict(rows)
    return {
        code: " ".join(names[each] for each in chain if each in names)
        if chain and chain[-1] in names
        else code
        for code, chain in chains.items()
    }


def _chain(code: str) -> tuple[str, ...]:
    """County, town, village for what lies in a county; the place alone above that."""
    if not codes.is_code(code):
        return ()
    full = codes.pad(code)
    return tuple(
        each for each in (*codes.parents_of(full), full) if each == full or codes.level_of(each) >= 3
    )
