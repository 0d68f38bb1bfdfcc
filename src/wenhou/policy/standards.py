"""Standards as data: dated regional numbers of the law, read from YAML, checked, and resolved for a place. Pure.

A file under `standards/` maps a standard's name to its rows. A row holds at its division from `since` until the
day before the next row there, or until its own `until`; nothing is carried over silently. For a place the nearest
division wins (village, town, county, city, province, nation `00`), except where the law takes the highest.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from itertools import pairwise
from pathlib import Path
from typing import Any

import yaml

from wenhou.base.errors import WenhouError
from wenhou.base.money import parse_yuan
from wenhou.policy.law import LAW

NATION = "00"
UNITS = {
    "元": "fen",
    "元/月": "fen/month",
    "元/年": "fen/year",
    "个月": "months",
    "日": "days",
    "个工作日": "workdays",
    "周岁": "years",
    "次": "times",
    "人": "count",
    "分": "points",
    "%": "percent",
    "‰": "permille",
    "平方米/人": "sqm/person",
    "是否": "bool",
    "文字": "text",
}
_ANSWERS = {"是": True, "否": False}
HIGHEST = frozenset({"dibao_urban", "dibao_rural"})
"""Facts §7: 取自治区最低与市标准中高者."""

_NEEDED = {"division", "since", "value", "unit", "document"}
_OPTIONAL = {"until", "article", "provisional", "review_by", "note"}
_LENGTHS = (2, 4, 6, 9, 12)


class StandardFault(WenhouError):
    """A standards file that cannot be right; the sentence names the file, the standard and the place."""


@dataclass(frozen=True)
class Row:
    """One dated value at one division. `value` is fen, a whole number, yes or no, or text, as `unit` (engine's) says."""

    name: str
    division: str
    since: date
    until: date | None
    value: bool | int | str
    unit: str
    document: str
    article: str
    provisional: bool
    review_by: date | None
    note: str

    def holds(self, on: date) -> bool:
        """Whether the row is in force on a day, its successor aside."""
        return self.since <= on and (self.until is None or on <= self.until)

    @property
    def basis(self) -> str:
        """The document, for people: number, article, and 暂定 where it is."""
        return f"{self.document} {self.article}".strip() + ("（暂定）" if self.provisional else "")

    def is_overdue(self, on: date) -> bool:
        """Whether its day of review has passed by a day: it may still decide, but not quietly."""
        return self.review_by is not None and self.review_by < on

    def basis_on(self, on: date) -> str:
        """The document as it must be told on a day: also that the day of review has passed."""
        if not self.is_overdue(on):
            return self.basis
        late = f"已过复核日{self.review_by}"
        return f"{self.document} {self.article}".strip() + f"（{'暂定，' * self.provisional}{late}）"


def read(folder: Path) -> tuple[Row, ...]:
    """Every row under a folder of YAML files, checked: keys, money, documents, overlaps. Raises StandardFault."""
    return settled(written(folder))


def written(folder: Path) -> tuple[Row, ...]:
    """The same rows one by one as they are written, an end only where one is written. Raises StandardFault."""
    rows: list[Row] = []
    for path in sorted(folder.rglob("*.yaml")):
        for name, entries in _content(path).items():
            where = f"{path.parent.name}/{path.name} {name}"
            rows.extend(row(str(name), entry, where) for entry in _entries(entries, where))
    if not rows:
        raise StandardFault(f"{folder.name} 中没有任何标准。")
    return tuple(rows)


def _content(path: Path) -> Mapping[Any, Any]:
    where = f"{path.parent.name}/{path.name}"
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
    except (yaml.YAMLError, ValueError, RecursionError):
        raise StandardFault(f"{where}：不是UTF-8的YAML，或嵌套太深。") from None
    if not isinstance(content, Mapping):
        raise StandardFault(f"{where}：最外层应是标准的名称。")
    return content


def _entries(entries: object, where: str) -> list[Mapping[str, Any]]:
    if not isinstance(entries, list) or not all(isinstance(one, Mapping) for one in entries):
        raise StandardFault(f"{where}：应是一列标准，每个写成键和值。")
    return entries


def settled(rows: Iterable[Row]) -> tuple[Row, ...]:
    """Written rows beside each other: a row ends the day before the next at its place. Raises StandardFault."""
    known = list(rows)
    _check_overlaps(known)
    return tuple(_until_next(known))


def row(name: str, entry: Mapping[str, Any], where: str, *, registered: bool = True) -> Row:
    """One row of the grammar, checked by itself. registered: its document must stand in policy/law.

    where: what a fault's sentence begins with. Raises StandardFault.
    """
    _check_keys(entry, where)
    _check_words(entry, where)
    unit = UNITS.get(entry["unit"])
    if unit is None:
        raise StandardFault(f"{where}：单位“{entry['unit']}”不认识，可用{'、'.join(UNITS)}。")
    made = Row(
        name=name,
        division=_division(entry["division"], where),
        since=_day(entry["since"], where),
        until=_day(entry["until"], where) if entry.get("until") else None,
        value=_value(entry["value"], unit, where),
        unit=unit,
        document=entry["document"],
        article=entry.get("article", ""),
        provisional=entry.get("provisional", False),
        review_by=_day(entry["review_by"], where) if entry.get("review_by") else None,
        note=entry.get("note", ""),
    )
    _check_row(made, where, registered=registered)
    return made


def _check_keys(entry: Mapping[str, Any], where: str) -> None:
    unknown = {str(key) for key in set(entry) - _NEEDED - _OPTIONAL}
    missing = _NEEDED - set(entry)
    if unknown:
        raise StandardFault(f"{where}：不认识的字段 {'、'.join(sorted(unknown))}。")
    if missing:
        raise StandardFault(f"{where}：缺少 {'、'.join(sorted(missing))}。")


def _check_words(entry: Mapping[str, Any], where: str) -> None:
    for key in ("unit", "document", "article", "note"):
        if not isinstance(entry.get(key, ""), str):
            raise StandardFault(f"{where}：{key}应是文字。")


def _check_row(row: Row, where: str, *, registered: bool) -> None:
    if registered:
        _check_document(row, where)
    if row.provisional and row.review_by is None:
        raise StandardFault(f"{where}：暂定的标准要写明复核日（review_by）。")
    if row.until is not None and row.until < row.since:
        raise StandardFault(f"{where}：截止日早于起始日。")


def _check_document(row: Row, where: str) -> None:
    if row.document not in LAW:
        raise StandardFault(f"{where}：文件“{row.document}”没有登记在法规目录里。")
    if row.article and row.article not in LAW[row.document].articles:
        raise StandardFault(f"{where}：“{row.document}”没有登记“{row.article}”。")


def _division(text: object, where: str) -> str:
    if isinstance(text, str) and text.isdigit() and len(text) in _LENGTHS:
        return text
    raise StandardFault(f"{where}：区划“{text}”应为加引号的2、4、6、9或12位数字。")


def _day(value: object, where: str) -> date:
    if type(value) is date:
        return value
    raise StandardFault(f"{where}：日期“{value}”应写成 2025-10-01。")


def _value(value: object, unit: str, where: str) -> bool | int | str:
    if not isinstance(value, str) or not value:
        raise StandardFault(f"{where}：数值要加引号，写成文字（金额以元计，例如 '765.00'）。")
    if unit == "text":
        return value
    if unit == "bool" and value in _ANSWERS:
        return _ANSWERS[value]
    try:
        return parse_yuan(value) if unit.startswith("fen") else _whole(value)
    except (ValueError, InvalidOperation):
        raise StandardFault(f"{where}：“{value}”不是这个单位的数。") from None


def _whole(text: str) -> int:
    number = Decimal(text)
    if number != number.to_integral_value():
        raise ValueError(text)
    return int(number)


def _by_place(rows: Iterable[Row]) -> dict[tuple[str, str], list[Row]]:
    places: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        places[row.name, row.division].append(row)
    for group in places.values():
        group.sort(key=lambda row: row.since)
    return places


def _check_overlaps(rows: list[Row]) -> None:
    for (name, division), group in _by_place(rows).items():
        if len({row.unit for row in group}) > 1:
            raise StandardFault(f"{name} {division}：同一标准的单位不一致。")
        for early, late in pairwise(group):
            if early.since == late.since or (early.until is not None and early.until >= late.since):
                raise StandardFault(f"{name} {division}：{early.since}与{late.since}两条的有效期重叠。")


def _until_next(rows: list[Row]) -> list[Row]:
    closed = []
    for group in _by_place(rows).values():
        for row, following in zip(group, [*group[1:], None], strict=True):
            until = row.until or (following.since - timedelta(days=1) if following else None)
            closed.append(Row(**{**vars(row), "until": until}))
    return closed


def resolve(rows: Iterable[Row], place: str, on: date) -> dict[str, Row]:
    """The row in force at a place (a significant prefix of 2 to 12 digits) on a day, by standard's name.

    A standard without a row in force anywhere above the place is absent: 标准缺失.
    """
    chain = [NATION, *(place[:length] for length in _LENGTHS if length <= len(place))]
    found: dict[str, Row] = {}
    for row in rows:
        if row.division in chain and row.holds(on) and _prevails(row, found.get(row.name)):
            found[row.name] = row
    return found


def _prevails(row: Row, held: Row | None) -> bool:
    if held is None:
        return True
    if row.name in HIGHEST:
        return (row.value, len(row.division)) > (held.value, len(held.division))
    # the nation's code has two digits as a province's has
    return (row.division != NATION, len(row.division)) > (held.division != NATION, len(held.division))


def wide(
    rows: Iterable[Row], places: Iterable[str], on: date, *, fallback: Iterable[Row] = ()
) -> list[dict[str, Any]]:
    """One row per place: each standard's value, and `<name>__document` beside it; None where it is missing.

    fallback: rows that decide only where `rows` have nothing in force.
    """
    known, others = tuple(rows), tuple(fallback)
    names = sorted({row.name for row in (*known, *others)})
    return [
        _wide_row(resolve(others, place, on) | resolve(known, place, on), place, names, on)
        for place in places
    ]


def _wide_row(found: Mapping[str, Row], place: str, names: list[str], on: date) -> dict[str, Any]:
    made: dict[str, Any] = {"county": place}
    for name in names:
        row = found.get(name)
        made[name] = row.value if row else None
        made[f"{name}__document"] = row.basis_on(on) if row else None
    return made


def gaps(rows: Iterable[Row], places: Iterable[str], on: date) -> list[tuple[str, str]]:
    """(place, standard) pairs that have no value on a day."""
    return [
        (row["county"], name)
        for row in wide(rows, places, on)
        for name, value in row.items()
        if value is None and not name.endswith("__document")
    ]
