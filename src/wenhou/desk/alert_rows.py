"""The body of the alert list as HTML, straight from tuples: fifty rows through a template cost more than the query.

Everything that comes from a row passes `escape`; what does not is written here.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from wenhou.divisions import calendar
from wenhou.monitoring.enums import AlertState
from wenhou.monitoring.queries import ROW
from wenhou.web import words

_STATE, _DUE, _NUMBER = (ROW.index(name) for name in ("state", "due_on", "number"))
BY_BENEFIT = "按预期成效"
LEAST_CHANCE = 50  # ten-thousandths
_GROUP = '<tr class="group"><th colspan="8" scope="rowgroup">{}<span>{}</span></th></tr>'
_TICK = (
    '<td><input type="checkbox" name="number" value="{number}" form="bulk" data-tick '
    'aria-label="选中{code} {number}"></td>'
)
_ROW = (
    "<tr data-row>{tick}"
    '<td><span class="sev">{stamp} {severity}</span></td>'
    '<td><span class="due{late}">{due}</span><span class="sub{latetx}">{left}</span></td>'
    '<td><a class="who" href="{href}">{name}</a>　{sex}，{age}岁<span class="sub">{number_of}{standing}</span>{family}</td>'
    '<td><span class="code">{code}</span>{indicator}<span class="sub">{headline}</span></td>'
    "<td>{place}</td>"
    '<td class="nb">{kind}</td>'
    "<td>{state}</td></tr>"
)


def render(
    rows: Iterable[Sequence[Any]],
    *,
    on: date,
    soon: date,
    counts: Mapping[str, int] | None,
    indicators: Mapping[str, str],
    places: Mapping[str, str],
    own: tuple[str, ...],
    groups: bool = True,
    ticks: bool = True,
    likely: Mapping[str, int] | None = None,
    families: Mapping[int, int] | None = None,
) -> SafeString:
    """Rows in the order of `monitoring.queries.ROW`, with a heading where the urgency changes.

    families: household → how many of its alerts are open, where each row shall lead to the family's others.
    likely: number → ten-thousandths, where the list is by expected benefit: what is not due yet is then one group.
    """
    pieces: list[str] = []
    group = ""
    left = _Left(on)
    base = reverse("desk:alert", args=["0"]).removesuffix("0/")
    for row in rows:
        now = _group(row[_STATE], row[_DUE], on, soon)
        if likely and row[_DUE] > on:
            now = BY_BENEFIT
        if groups and now != group:
            group = now
            pieces.append(_GROUP.format(group, _about(group, on, soon, counts)))
        shown = row[: len(ROW)]
        piece = _row(shown, left, base, indicators, places, own, _TICK if ticks else "", families or {})
        pieces.append(_withchance(piece, likely[row[_NUMBER]]) if likely and now == BY_BENEFIT else piece)
    return mark_safe("".join(pieces))


def _withchance(piece: str, likely: int) -> str:
    """Below the stamp, how likely a visit newly helps the family."""
    return piece.replace("</span></td>", f'</span><span class="sub">{chance(likely)}</span></td>', 1)


def chance(likely: int) -> str:
    """'约34%'; what is all but nothing is not given a figure."""
    return f"约{round(likely / 100)}%" if likely >= LEAST_CHANCE else "很小"


def _row(
    row: Sequence[Any],
    left: "_Left",
    base: str,
    indicators: Mapping[str, str],
    places: Mapping[str, str],
    own: tuple[str, ...],
    tick: str,
    families: Mapping[int, int],
) -> str:
    (
        _, number, code, kind, colour, severity, name, id_no, sex, age, size, standing, headline, division, copy,
        state, _, due_on, snoozed_until, closed_on, outcome, _, hand, household,
    ) = row  # fmt: skip
    days, on = left.until(due_on), left.on
    late = due_on < on and state not in (AlertState.CLOSED, AlertState.SNOOZED)
    elsewhere = not division.startswith(own)
    return _ROW.format(
        tick=tick.format(number=escape(number), code=escape(code)),
        code=escape(code),
        stamp=words.stamp(colour),
        severity=severity,
        late=" late" if late else "",
        latetx=" latetx" if late else "",
        due="今天" if days == 0 and state != AlertState.CLOSED else words.day(due_on),
        left=_left(state, days, snoozed_until, closed_on),
        href=f"{base}{escape(number)}/",
        name=words.mask(name),
        sex=words.SEXES.get(sex, ""),
        age=age,
        number_of=words.mask(id_no) if id_no else "证号不显",
        standing=_standing(standing, size),
        family=_family(household, families),
        indicator=escape(indicators.get(code, "")),
        headline=escape(headline),
        place=_place(places, copy if elsewhere and copy else division, elsewhere),
        kind=escape(kind),
        state=_state(state, late, hand, outcome),
    )


def _family(household: int | None, families: Mapping[int, int]) -> str:
    """The way to all of a family's open alerts, where this is not the only one."""
    number = families.get(household, 0) if household is not None else 0
    if number < 2:
        return ""
    return f'<a class="sub" href="?household={household}">这一户共{words.count(number)}条</a>'


def _standing(standing: str, size: int) -> str:
    people = "独居" if size == 1 else f"一户{size}人"
    said = [standing, people] if standing else [people]
    return "".join(f'　<span class="nb">{escape(one)}</span>' for one in said)


def _place(places: Mapping[str, str], code: str, elsewhere: bool) -> str:
    """The village, with its town below; a copy says that another place answers."""
    county, _, rest = short(places.get(code, code)).partition(" ")
    town, _, village = rest.partition(" ")
    main, sub = (village, town) if village else (town, "") if town else (county, "")
    note = "副本，别处在办" if elsewhere else sub
    return f'{escape(main)}<span class="sub">{escape(note)}</span>' if note else escape(main)


def short(place: str) -> str:
    """A village as people say it: '大新镇 燕祥社区' for its committee's full name."""
    return (
        place.removesuffix("居民委员会")
        .removesuffix("居委会")
        .replace("村民委员会", "村")
        .replace("村委会", "村")
    )


def _left(state: str, days: int | None, snoozed_until: date | None, closed_on: date | None) -> str:
    if state == AlertState.CLOSED and closed_on:
        return f"{closed_on.month}月{closed_on.day}日办结"
    if state == AlertState.SNOOZED and snoozed_until:
        return f"暂缓到{snoozed_until.month}月{snoozed_until.day}日"
    return words.days_left(days) if days else ""


def _state(state: str, late: bool, hand: str | None, outcome: str) -> str:
    by = hand or ""
    if state == AlertState.CLOSED:
        return words.state("done", outcome or "已自动销号")
    if state == AlertState.SNOOZED:
        return words.state("wait", "暂缓")
    if state == AlertState.WAITING:
        return words.state("late" if late else "wait", "待派")
    if state == AlertState.VERIFIED:
        return words.state("late" if late else "doing", f"{by}已核" if by else "已核")
    return words.state("late" if late else "doing", f"派{by}，未回" if late else f"派{by}")


def _group(state: str, due_on: date, on: date, soon: date) -> str:
    if state == AlertState.CLOSED:
        return "本月办结"
    if state == AlertState.SNOOZED:
        return "暂缓"
    if due_on < on:
        return "已逾期"
    if due_on == on:
        return "今天到期"
    return "三个工作日内" if due_on <= soon else "以后"


def _about(group: str, on: date, soon: date, counts: Mapping[str, int] | None) -> str:
    key = {"已逾期": "late", "今天到期": "today", "三个工作日内": "soon"}.get(group)
    said = {
        "已逾期": "",
        "今天到期": f"{on.month}月{on.day}日",
        "三个工作日内": f"到{soon.month}月{soon.day}日",
        "以后": f"{soon.month}月{soon.day}日以后",
        BY_BENEFIT: "还没到期的，走访最可能新帮到一户的在前",
    }.get(group, "")
    if counts is None:
        return said
    if group == "以后":
        number = counts["open"] - counts["late"] - counts["today"] - counts["soon"]
    elif key:
        number = counts[key]
    else:
        return said
    return f"{said}，{words.count(number)}条" if said else f"{words.count(number)}条"


class _Left:
    """Working days until a day, each day asked once a page; None where its year is not covered."""

    def __init__(self, on: date) -> None:
        self.on = on
        self.known: dict[date, int | None] = {}

    def until(self, day: date) -> int | None:
        if day not in self.known:
            self.known[day] = working_days_left(day, self.on)
        return self.known[day]


def working_days_left(day: date, on: date) -> int | None:
    """Working days from `on`, which does not count, to `day`; negative when it has passed; None = not covered."""
    try:
        left = calendar.working_days_between(on, day)
    except calendar.NotCovered:
        return None
    # Passed over a weekend only: late all the same.
    return -1 if left == 0 and day < on else left
