"""Lines of the office's first page and of one standard's page."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.safestring import SafeString

from wenhou.desk import reasons
from wenhou.desk.policy import steps
from wenhou.divisions import codes
from wenhou.divisions import queries as divisions
from wenhou.policy import standards
from wenhou.policy.proposals import doubts, proposed
from wenhou.policy.standards import NATION, Row

TABS = {"": "全部", "missing": "标准缺失", "overdue": "已过复核日", "provisional": "暂定"}


@dataclass(frozen=True)
class Line:
    """One standard at a place: what holds today, how it came about, and what is wrong with it."""

    name: str
    label: str
    row: Row | None
    shown: str
    place: str
    document: str
    overdue: bool
    picture: SafeString

    @property
    def kinds(self) -> set[str]:
        """The tabs it stands under."""
        if self.row is None:
            return {"", "missing"}
        return {"", *(["overdue"] * self.overdue), *(["provisional"] * self.row.provisional)}


def lines(rows: tuple[Row, ...], place: str, today: date, titles: dict[str, str]) -> list[Line]:
    """Every declared standard at a place today: what is overdue first, then by how much happened, what is missing last."""
    held = standards.resolve(rows, place, today)
    names = place_names({row.division for row in held.values()})
    by_name = _speaking(rows, place)
    made = [
        _line(name, label, held.get(name), by_name.get(name, []), names, today, titles)
        for name, label in proposed.labels().items()
    ]
    return sorted(
        made,
        key=lambda line: (not line.overdue, line.row is None, -len(by_name.get(line.name, ())), line.label),
    )


def _speaking(rows: Iterable[Row], place: str) -> dict[str, list[Row]]:
    """Name → the rows of the places above a place, and of the place."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        if row.division == NATION or place.startswith(row.division):
            found.setdefault(row.name, []).append(row)
    return found


def _line(
    name: str,
    label: str,
    row: Row | None,
    rows: list[Row],
    names: Mapping[str, str],
    today: date,
    titles: dict[str, str],
) -> Line:
    return Line(
        name=name,
        label=label,
        row=row,
        shown=reasons.amount(row.value, row.unit) if row else "",
        place=names[row.division] if row else "",
        document=proposed.citation(row.document, titles) if row else "",
        overdue=row is not None and row.is_overdue(today),
        picture=steps.lane(rows, row, today),
    )


def place_names(divided: Iterable[str]) -> dict[str, str]:
    """Names for prefixes, the nation among them."""
    wanted = set(divided)
    return divisions.lookup(wanted - {NATION}) | ({NATION: "全国"} if NATION in wanted else {})


def search(found: list[Line], text: str) -> list[Line]:
    """Those whose label or code contains what is looked for."""
    wanted = text.strip().casefold()
    return [line for line in found if wanted in line.label.casefold() or wanted in line.name.casefold()]


def history(rows: Iterable[Row], today: date, titles: dict[str, str]) -> list[dict[str, Any]]:
    """A standard's rows for its table, places from wide to narrow, newest first within one."""
    known = sorted(rows, key=lambda row: row.since, reverse=True)
    known.sort(key=lambda row: steps.order(row.division))
    names = place_names({row.division for row in known})
    return [
        {
            "row": row,
            "place": names[row.division],
            "shown": reasons.amount(row.value, row.unit),
            "citation": proposed.citation(row.document, titles),
            "overdue": row.holds(today) and row.is_overdue(today),
            "holds": row.holds(today),
            "below": _below(row, known, names, today),
            "to_come": row.since > today,
        }
        for row in known
    ]


def _below(row: Row, rows: list[Row], names: Mapping[str, str], today: date) -> str:
    """'低于自治区，按690.00元/月' of a row in force that a wider place's prevails over; '' otherwise."""
    if row.name not in standards.HIGHEST or not row.holds(today):
        return ""
    held = standards.resolve(rows, row.division, today)[row.name]
    if held.division == row.division:
        return ""
    return f"低于{doubts.place(held.division, names)}，按{reasons.amount(held.value, held.unit)}"


def places_to_choose(own: tuple[str, ...], here: str, on: date) -> list[tuple[str, str]]:
    """(prefix, name) a reader may look from: where they are, their places and those directly below, down to counties."""
    chosen = [here]
    for place in (*own, here):
        chosen.append(place)
        if len(place) < 6 and codes.is_code(place):
            chosen += [child.prefix for child in divisions.children_of(place, on)]
    names = divisions.lookup(chosen)
    return [(place, names[place]) for place in dict.fromkeys(chosen)]
