"""What a reader chose on the alert list, read from the address and turned into a condition."""

from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.http import QueryDict

from wenhou.desk import access, watched
from wenhou.divisions import calendar
from wenhou.monitoring import queries
from wenhou.monitoring.enums import AlertType, Colour
from wenhou.monitoring.models import Alert
from wenhou.staff.queries import Scope
from wenhou.web import choices, numbers

TABS = {
    "open": "未办结",
    "late": "已逾期",
    "today": "今天",
    "soon": "三个工作日内",
    "waiting": "待派",
    "snoozed": "暂缓",
    "closed": "本月办结",
}
AGES: dict[str, tuple[str, tuple[int | None, int | None]]] = {
    "3": ("3天内", (None, 3)),
    "7": ("7天内", (None, 7)),
    "30": ("30天内", (None, 30)),
    "over30": ("超过30天", (31, None)),
}
DUES = {"week": "本周", "next": "下周前", "month": "本月"}
ORDERS = {"": "按限办时间", "benefit": "按预期成效"}
LABELS = {
    "place": "地点",
    "category": "类别",
    "indicator": "指标",
    "type": "类型",
    "colour": "颜色",
    "age": "发现至今",
    "due": "限办",
    "household": "只看",
}


@dataclass(frozen=True)
class Chosen:
    """The filters; '' where nothing was chosen. Values that are not on offer were dropped when read."""

    tab: str = "open"
    place: str = ""
    category: str = ""
    indicator: str = ""
    type: str = ""
    colour: str = ""
    age: str = ""
    due: str = ""
    household: str = ""
    order: str = ""

    @classmethod
    def read(cls, query: QueryDict, scope: Scope) -> "Chosen":
        """From the address; a place outside the scope is nothing."""
        tab = query.get("tab", "open")
        return cls(
            tab=tab if tab in TABS else "open",
            place=access.narrowed(scope, query.get("place", "")),
            category=choices.among(query.get("category", ""), watched.categories()),
            indicator=choices.among(query.get("indicator", ""), watched.names()),
            type=choices.among(query.get("type", ""), AlertType.values),
            colour=choices.among(query.get("colour", ""), Colour.values),
            age=choices.among(query.get("age", ""), AGES),
            due=choices.among(query.get("due", ""), DUES),
            household=str(numbers.whole(query.get("household", "")) or ""),
            order=choices.among(query.get("order", ""), ORDERS),
        )

    @property
    def narrowing(self) -> dict[str, str]:
        """The filters in force, without the tab."""
        return {name: value for name in LABELS if (value := getattr(self, name))}

    def without(self, name: str) -> "Chosen":
        return replace(self, **{name: ""})

    def address(self, **more: str) -> str:
        """The query part that leads back here: '?tab=late&place=640104'."""
        given = {field.name: getattr(self, field.name) for field in fields(self)} | more
        return "?" + urlencode({key: value for key, value in given.items() if value and value != "open"})

    def found(self, scope: Scope, on: date) -> QuerySet[Alert]:
        """Alerts the reader may see and asked for, unordered."""
        urgent = self.tab if self.tab in ("late", "today", "soon") else ""
        asked = queries.Filters(
            on=on,
            tab="open" if urgent else self.tab,
            place=self.place,
            category=self.category,
            indicator=self.indicator,
            alert_type=self.type,
            colour=self.colour,
            due="" if urgent == "soon" else urgent,
            age=AGES[self.age][1] if self.age else (None, None),
            household=int(self.household) if self.household else None,
        )
        return queries.filtered(scope, asked).filter(self._of_tab(on) & _due(self.due, on))

    def _of_tab(self, on: date) -> Q:
        if self.tab == "soon":
            return Q(due_on__gt=on, due_on__lte=soon_until(on))
        return Q(closed_on__gte=on.replace(day=1)) if self.tab == "closed" else Q()


def soon_until(on: date) -> date:
    """The third working day from a day; the same day three on where the year is not covered."""
    try:
        return calendar.add_working_days(on, 3)
    except calendar.NotCovered:
        return on + timedelta(days=3)


def _due(due: str, on: date) -> Q:
    sunday = on + timedelta(days=6 - on.weekday())
    match due:
        case "week":
            return Q(due_on__lte=sunday)
        case "next":
            return Q(due_on__lte=sunday + timedelta(days=7))
        case "month":
            return Q(due_on__lt=(on.replace(day=1) + timedelta(days=32)).replace(day=1))
    return Q()
