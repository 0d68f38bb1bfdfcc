"""The alert list and its export."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from wenhou.base import clock
from wenhou.desk import access, alert_counts, alert_list, alert_order, alert_rows, frame, watched
from wenhou.desk.alert_filters import AGES, DUES, LABELS, ORDERS, TABS, Chosen, soon_until
from wenhou.divisions import codes
from wenhou.divisions import queries as divisions
from wenhou.monitoring import queries
from wenhou.monitoring.enums import AlertType, Colour
from wenhou.monitoring.queries import ROW
from wenhou.staff.queries import Scope

_NUMBER, _PLACE, _COPY = (ROW.index(name) for name in ("number", "division", "copy_division"))
_HOUSEHOLD = ROW.index("household")


@require_safe
def alerts(request: HttpRequest) -> HttpResponse:
    """What is to be answered, by the day it is due."""
    scope, on = access.scope_of(request), clock.today()
    if scope.duties:
        return redirect("desk:staff")
    chosen = Chosen.read(request.GET, scope)
    learned = alert_order.learned() if alert_order.is_asked(chosen) else None
    page = _page(request, chosen, scope, on, by_benefit=learned is not None)
    counts = alert_counts.summary(scope, on)
    context = {
        "counts": counts,
        "chosen": chosen,
        "tabs": _tabs(chosen, counts),
        "filters": _filters(chosen, scope, on),
        "chips": _chips(chosen),
        "rows": _rows(page, chosen, scope, on, counts),
        "orders": _orders(chosen),
        "learned": learned,
        "not_learned": alert_order.NONE if alert_order.is_asked(chosen) and learned is None else "",
        "previous": chosen.address(before=str(page.previous)) if page.previous else "",
        "next": chosen.address(after=str(page.next)) if page.next else "",
        "size": alert_list.SIZE,
        "export": chosen.address(),
        "blank": None if page.rows else _blank(chosen, scope, on, counts),
    }
    return frame.page(request, "desk/alerts.html", context, here="alerts")


def _page(
    request: HttpRequest, chosen: Chosen, scope: Scope, on: date, *, by_benefit: bool
) -> alert_list.Page:
    after, before = request.GET.get("after", ""), request.GET.get("before", "")
    if by_benefit:
        return alert_order.page(chosen, scope, on, after=after, before=before)
    return alert_list.page(
        chosen, scope, on, after=alert_list.Place.read(after), before=alert_list.Place.read(before)
    )


def _orders(chosen: Chosen) -> list[dict[str, Any]]:
    """The orders of this tab's rows, none where there is but one."""
    if chosen.tab not in alert_order.TABS:
        return []
    return [
        {"word": word, "href": chosen.address(order=order) or "?", "current": chosen.order == order}
        for order, word in ORDERS.items()
    ]


def _rows(page: alert_list.Page, chosen: Chosen, scope: Scope, on: date, counts: dict[str, int]) -> str:
    return alert_rows.render(
        page.rows,
        on=on,
        soon=soon_until(on),
        counts=None if chosen.narrowing else counts,
        indicators=watched.names(),
        places=divisions.lookup({code for row in page.rows for code in (row[_PLACE], row[_COPY]) if code}),
        own=scope.divisions,
        families={} if chosen.household else _families(page, scope),
        likely={row[_NUMBER]: row[-1] for row in page.rows} if _is_by_benefit(page) else {},
    )


def _families(page: alert_list.Page, scope: Scope) -> dict[int, int]:
    """Open alerts of each household on the page: one family reads as one, however many its alerts."""
    return queries.in_households(scope, {row[_HOUSEHOLD] for row in page.rows if row[_HOUSEHOLD] is not None})


def _is_by_benefit(page: alert_list.Page) -> bool:
    return bool(page.rows) and len(page.rows[0]) == len(alert_order.FIELDS)


def _tabs(chosen: Chosen, counts: dict[str, int]) -> list[dict[str, Any]]:
    return [
        {
            "word": word,
            "count": counts["closed_this_month" if key == "closed" else key],
            "current": key == chosen.tab,
            "late": key == "late" and counts[key],
            "href": Chosen(**{**chosen.narrowing, "tab": key, "order": chosen.order}).address() or "?",
        }
        for key, word in TABS.items()
    ]


def _filters(chosen: Chosen, scope: Scope, on: date) -> list[dict[str, Any]]:
    """The selects: name, label, what is chosen, the offers."""
    offers: dict[str, tuple[str, dict[str, str]]] = {
        "place": ("全部", _places(chosen, scope, on)),
        "category": ("全部类别", watched.categories()),
        "indicator": ("全部指标", {code: f"{code} {name}" for code, name in watched.names().items()}),
        "type": ("全部类型", dict(AlertType.choices)),
        "colour": ("红、黄、蓝", {colour: f"只看{colour}" for colour in Colour.values}),
        "age": ("不限", {age: word for age, (word, _) in AGES.items()}),
        "due": ("不限", DUES),
    }
    return [
        {"name": name, "label": LABELS[name], "value": getattr(chosen, name), "all": every, "offers": offered}
        for name, (every, offered) in offers.items()
    ]


def _places(chosen: Chosen, scope: Scope, on: date) -> dict[str, str]:
    """The places directly below those of the reader, and below the one chosen."""
    if not scope.divisions:
        return {}
    above = chosen.place or (scope.divisions[0] if len(scope.divisions) == 1 else "")
    below = {codes.prefix(one["code"]): one["name"] for one in divisions.choices(above, on)} if above else {}
    own = divisions.lookup([*scope.divisions, *([chosen.place] if chosen.place else [])])
    head = {code: _last(name) for code, name in own.items() if code not in scope.divisions or len(own) > 1}
    return head | below


def _last(name: str) -> str:
    return name.rpartition(" ")[2]


def _chips(chosen: Chosen) -> list[dict[str, str]]:
    words = {
        "colour": chosen.colour,
        "age": AGES[chosen.age][0] if chosen.age else "",
        "due": DUES.get(chosen.due, ""),
    }
    words["household"] = "同一户" if chosen.household else ""
    words["place"] = _last(divisions.name_of(chosen.place)) if chosen.place else ""
    words["category"] = watched.categories().get(chosen.category, "")
    return [
        {
            "label": LABELS[name],
            "word": words.get(name) or value,
            "href": chosen.without(name).address() or "?",
        }
        for name, value in chosen.narrowing.items()
    ]


def _blank(chosen: Chosen, scope: Scope, on: date, counts: dict[str, int]) -> dict[str, Any]:
    """What an empty list says: why, and the one way on."""
    if chosen.narrowing:
        name = next(iter(chosen.narrowing))
        label = next(chip for chip in _chips(chosen) if chip["label"] == LABELS[name])
        wider = chosen.without(name)
        number = wider.found(scope, on).count()
        said = f"{label['label']}：{label['word']}"
        return {
            "what": "没有符合条件的预警",
            "why": f"去掉“{said}”后有{number}条。",
            "word": f"去掉“{said}”",
            "href": wider.address() or "?",
            "clear": Chosen(tab=chosen.tab).address() or "?",
        }
    blank = {
        "late": ("没有逾期的预警", "都在期限里。"),
        "today": ("今天没有要答复的预警", "今天到期的都答复了。"),
        "soon": ("三个工作日内没有要答复的预警", ""),
        "waiting": ("没有待派的预警", "都已经派到人。"),
        "snoozed": ("没有暂缓的预警", ""),
        "closed": ("本月还没有办结的预警", ""),
    }.get(chosen.tab, ("没有未办结的预警", "下一次扫描有新的发现，会列在这里。"))
    other = chosen.tab != "open" and counts["open"]
    return {
        "what": blank[0],
        "why": blank[1],
        "word": f"看全部未办结的{counts['open']}条" if other else "看扫描记录",
        "href": "?" if other else "",
        "clear": "",
    }
