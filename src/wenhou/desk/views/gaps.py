"""Entitlement gaps: the list by kind, the 43 items, one gap and what is done about it."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from wenhou.base import clock
from wenhou.base.errors import NotAllowed, Refused, WenhouError
from wenhou.desk import access, frame, gap_list, gap_page, reasons, reveals
from wenhou.desk.gap_list import LABELS, Chosen
from wenhou.monitoring.gaps import queries, readings
from wenhou.monitoring.gaps.actions import acts
from wenhou.monitoring.gaps.enums import Confidence, GapConclusion, GapState
from wenhou.monitoring.gaps.queries import Total
from wenhou.monitoring.models import Gap
from wenhou.staff import permits
from wenhou.staff.actions import submissions
from wenhou.staff.enums import Matter
from wenhou.staff.permits import Act

SHOWN = 12
"""Rows of the totals by item and by place."""


@require_safe
def gaps(request: HttpRequest) -> HttpResponse:
    """One kind at a time: totals by item and by place, and whom they are of."""
    scope = access.scope_of(request)
    chosen = Chosen.read(request.GET, scope)
    page = gap_list.page(chosen, scope, request.GET.get("after", ""))
    kinds = queries.kinds(scope, chosen.filters)
    items = queries.by(scope, chosen.filters, "item")
    digits, _ = gap_list.places_below(chosen, scope)
    places = queries.by(scope, chosen.filters, "division", digits=digits)
    names = gap_list.names({*places, *(row.division for row in page.rows)})
    context = {
        "chosen": chosen,
        "total": kinds[chosen.kind],
        "tabs": [_tab(kind, total, chosen) for kind, total in kinds.items()],
        "items": [_by_item(code, total, chosen) for code, total in items.items()][:SHOWN],
        "at_places": [_by_place(code, total, chosen, names) for code, total in places.items()][:SHOWN],
        "more_items": max(len(items) - SHOWN, 0),
        "more_places": max(len(places) - SHOWN, 0),
        "rows": [_row(gap, names) for gap in page.rows],
        "filters": _filters(chosen),
        "chips": _chips(chosen, names),
        "next": chosen.address(after=page.next) if page.next else "",
        "size": gap_list.SIZE,
        "run": queries.last_run(scope),
    }
    return frame.page(request, "desk/gaps.html", context, here="gaps")


def _tab(kind: str, total: Total, chosen: Chosen) -> dict[str, Any]:
    return {
        "word": kind,
        "count": total.gaps,
        "current": kind == chosen.kind,
        "href": chosen.but(kind=kind).address(),
    }


def _by_item(code: str, total: Total, chosen: Chosen) -> dict[str, Any]:
    return {
        "code": code,
        "name": readings.BY_CODE[code].name,
        "total": total,
        "href": chosen.but(item=code).address(),
    }


def _by_place(code: str, total: Total, chosen: Chosen, names: dict[str, str]) -> dict[str, Any]:
    return {"name": names.get(code, code), "total": total, "href": chosen.but(place=code).address()}


def _row(gap: Gap, names: dict[str, str]) -> dict[str, Any]:
    kind, word = gap_page.STATES[GapState(gap.state)]
    return {
        "gap": gap,
        "item": readings.BY_CODE[gap.item].name,
        "place": names.get(gap.division, gap.division),
        "state": (kind, word),
        "screened": gap.confidence == Confidence.SCREENED,
    }


def _filters(chosen: Chosen) -> list[dict[str, Any]]:
    offers = {
        "item": ("全部事项", {one.code: f"{one.code} {one.name}" for one in readings.READINGS}),
        "confidence": ("判定和筛查", {one: f"只看{one}" for one in Confidence.values}),
        "state": ("未结的", dict(GapState.choices)),
    }
    return [
        {"name": name, "label": LABELS[name], "value": getattr(chosen, name), "all": every, "offers": offered}
        for name, (every, offered) in offers.items()
    ]


def _chips(chosen: Chosen, names: dict[str, str]) -> list[dict[str, str]]:
    words = {"item": readings.BY_CODE[chosen.item].name if chosen.item else ""}
    if chosen.place:
        words["place"] = gap_list.names({chosen.place})[chosen.place]
    return [
        {
            "label": LABELS[name],
            "word": words.get(name) or value,
            "href": chosen.but(**{name: ""}).address(),
        }
        for name, value in chosen.narrowing.items()
    ]


@require_safe
def items(request: HttpRequest) -> HttpResponse:
    """All 43: how many are due, have it, are not known; and who tells."""
    scope = access.scope_of(request)
    run = queries.last_run(scope)
    told = queries.answers(run, scope)
    rows = [
        {
            "reading": one,
            "wall": Matter(one.wall).label if one.wall else "",
            "told": told[one.code] if scope.opens(one.wall, *scope.divisions) else None,
            "files": [reasons.contract_name(code) for code in one.files],
            "href": Chosen(item=one.code).address(),
        }
        for one in readings.READINGS
    ]
    context = {"rows": rows, "run": run, "untold": readings.UNTOLD}
    return frame.page(request, "desk/gap_items.html", context, here="gaps")


@require_safe
def gap(request: HttpRequest, number: str) -> HttpResponse:
    """Why it is one, which alert says the same, and what is done."""
    return gap_page.render(request, gap_page.find(number, access.scope_of(request)))


@require_POST
def review(request: HttpRequest, number: str) -> HttpResponse:
    """Open a review."""

    def act(found: Gap) -> str:
        opened = acts.review(found, by=access.account_of(request), on=clock.today())
        return f"已发起核查{opened.number}，{opened.due_on.month}月{opened.due_on.day}日前核完。待遇照发。"

    return _answer(request, number, "review", act)


@require_POST
def conclude(request: HttpRequest, number: str) -> HttpResponse:
    """Close with what was found."""

    def act(found: Gap) -> str:
        conclusion = request.POST.get("conclusion", "")
        if conclusion not in GapConclusion.values:
            raise Refused("请选择结果。")
        acts.conclude(
            found,
            conclusion=GapConclusion(conclusion),
            note=request.POST.get("note", ""),
            by=access.account_of(request),
            on=clock.today(),
        )
        return f"已办结：{conclusion}。依据没有实质变化的，不会再提。"

    return _answer(request, number, "conclude", act)


@require_POST
def snooze(request: HttpRequest, number: str) -> HttpResponse:
    """Set it aside until a day."""

    def act(found: Gap) -> str:
        until = _day(request.POST.get("until", ""))
        reason = request.POST.get("reason", "")
        acts.snooze(found, until=until, reason=reason, by=access.account_of(request), on=clock.today())
        return f"已暂缓到{until.month}月{until.day}日，到期重新提醒。"

    return _answer(request, number, "snooze", act)


@require_POST
def wake(request: HttpRequest, number: str) -> HttpResponse:
    """Take it up again."""

    def act(found: Gap) -> str:
        acts.wake(found, by=access.account_of(request), on=clock.today())
        return "已恢复办理。"

    return _answer(request, number, "wake", act)


@require_POST
def reveal(request: HttpRequest, number: str) -> HttpResponse:
    """Show once who it is, after writing down who looks and what for."""
    account = access.account_of(request)
    found = gap_page.find(number, access.scope_of(request))
    try:
        permits.require(account, Act.REVEAL, found.division, on=clock.today(), wall=found.wall)
        reveals.record(
            by=account,
            person=found.person,
            page=acts.reference(found),
            shown="identity",
            purpose=request.POST.get("purpose", ""),
        )
    except WenhouError as refusal:
        return _refuse(request, found, "reveal-identity", refusal)
    return gap_page.render(request, found, shown="identity")


def _answer(request: HttpRequest, number: str, form: str, act: Callable[[Gap], str]) -> HttpResponse:
    """Do it and lead back to the page; refused, the page again with what was typed."""
    found = gap_page.find(number, access.scope_of(request))
    try:
        done = submissions.once(
            key=request.POST.get("once", ""),
            by=access.account_of(request),
            at=clock.instant(),
            act=partial(act, found),
        )
    except WenhouError as refusal:
        return _refuse(request, found, form, refusal)
    messages.success(request, done)
    return redirect("desk:gap", number=found.number)


def _refuse(request: HttpRequest, found: Gap, form: str, refusal: WenhouError) -> HttpResponse:
    return gap_page.render(
        request,
        found,
        refusal=refusal.message,
        said={key: value for key, value in request.POST.items() if isinstance(value, str)},
        opened=form,
        status=403 if isinstance(refusal, NotAllowed) else 409,
    )


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Refused("“暂缓到哪天”要写成年月日，例如2026-04-20。") from None
