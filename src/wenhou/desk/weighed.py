"""How an alert's score came about, as its page tells it: each open matter, its weight, how much it has faded."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from wenhou.desk import watched
from wenhou.monitoring.indicators.watch import WALLS
from wenhou.monitoring.models import Alert
from wenhou.monitoring.severity import Part
from wenhou.monitoring.terms import Terms


@dataclass(frozen=True)
class Line:
    """One matter: indicator, its name, whose it is, since when, '40分 × 70%', and what it adds in tenths as text."""

    code: str
    name: str
    whose: str
    since: date
    weight: int
    percent: int
    adds: str


@dataclass(frozen=True)
class Weighed:
    """The lines and the sentence above them; `faded` where time has taken something off."""

    lines: tuple[Line, ...]
    scale: str
    fading: str


def of(alert: Alert, terms: Terms, names: Mapping[str, str]) -> Weighed | None:
    """None for an alert raised before scores were kept with what they are made of."""
    parts = [Part.read(kept) for kept in alert.weighing]
    # one written before walls were goes on naming what is behind another until a run weighs it anew
    parts = [part for part in parts if WALLS.get(part.indicator, "") in ("", alert.wall)]
    if not parts:
        return None
    person = alert.subject.startswith("p")
    lines = tuple(_line(part, names, person=person) for part in parts)
    return Weighed(lines, _scale(terms), _fading(terms))


def terms_of(alert: Alert, on: date) -> Terms:
    """The terms of the alert's place, from the rows pages keep."""
    return Terms.read(watched.in_force(alert.division, on), alert.division, on)


def _line(part: Part, names: Mapping[str, str], *, person: bool) -> Line:
    whose = ("本人" if person else "本户") if part.own else "同户"
    adds = f"{part.weight * part.percent / 100:.1f}".removesuffix(".0")
    name = names.get(part.indicator, "已停用的指标")
    return Line(part.indicator, name, whose, part.since, part.weight, part.percent, adds)


def _scale(terms: Terms) -> str:
    red, yellow = terms.severity_red, terms.severity_yellow
    return f"{red}分起为红，{yellow}至{red - 1}分为黄，不满{yellow}分为蓝（暂定）"


def _fading(terms: Terms) -> str:
    fresh, recent = terms.severity_fresh_days, terms.severity_recent_days
    shares = terms.severity_fresh_percent, terms.severity_recent_percent, terms.severity_old_percent
    return f"报出{fresh}日内计{shares[0]}%，{recent}日内计{shares[1]}%，其后计{shares[2]}%；合计去掉小数"
