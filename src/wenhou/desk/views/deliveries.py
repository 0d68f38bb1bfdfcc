"""What the sources handed in: how each keeps its promise, each file with its progress and its rejected rows."""

from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from wenhou.base import clock
from wenhou.base.errors import NotAllowed, WenhouError
from wenhou.desk import access, frame, uploads
from wenhou.divisions import queries as divisions
from wenhou.exchange import contracts, queries
from wenhou.exchange.actions import deliveries as acts
from wenhou.exchange.enums import Channel, DeliveryState
from wenhou.exchange.manifests import Manifest
from wenhou.exchange.models import Delivery
from wenhou.lake import sealed
from wenhou.linkage import queries as linkage
from wenhou.staff import permits
from wenhou.staff.permits import Act
from wenhou.staff.queries import Scope
from wenhou.web import numbers

SIZE = 50
MARKS = {
    DeliveryState.RECEIVED: "wait",
    DeliveryState.LOADING: "doing",
    DeliveryState.LOADED: "done",
    DeliveryState.REFUSED: "late",
}


@require_safe
def deliveries(request: HttpRequest) -> HttpResponse:
    """The sources with their lateness, and the files, newest first."""
    scope, on = access.scope_of(request), clock.today()
    health = queries.source_health(on, scope)
    told = [one for one in health if one.division]
    found = queries.deliveries_visible(scope)
    before = numbers.whole(request.GET.get("before", ""))
    if before is not None:
        found = found.filter(pk__lt=before)
    rows = list(found.order_by("-pk")[: SIZE + 1])
    shown = rows[:SIZE]
    names = divisions.lookup({one.division for one in shown} | {one.division for one in told if one.division})
    context = {
        "late": [
            _health(one, names) for one in sorted(told, key=lambda one: -(one.days_late or 0)) if one.is_late
        ],
        "well": [_health(one, names) for one in told if not one.is_late],
        "never": [one for one in health if not one.division and one.state == "从未来件"],
        "rows": [_line(one, names) for one in shown],
        "next": f"?before={shown[-1].pk}" if len(rows) > SIZE else "",
        "first": before is None,
        "may_deliver": may_deliver(scope),
    }
    return frame.page(request, "desk/deliveries.html", context, here="deliveries")


@require_safe
def delivery(request: HttpRequest, key: int) -> HttpResponse:
    """One file: what it says it is, what became of its rows."""
    found = _find(key, access.scope_of(request))
    context = {**_about(found), "place": divisions.name_of(found.division), "contract": _contract(found)}
    return frame.page(request, "desk/delivery.html", context, here="deliveries")


@require_safe
def progress(request: HttpRequest, key: int) -> HttpResponse:
    """The part of a delivery's page that changes while it is loaded."""
    return render(request, "desk/_delivery_progress.html", _about(_find(key, access.scope_of(request))))


@require_safe
def rejects(request: HttpRequest, key: int) -> FileResponse:
    """The rejected rows with their reasons, for the sender."""
    found = _find(key, access.scope_of(request))
    path = queries.rejects_path(found)
    if path is None:
        raise Http404
    name = f"{found.contract}-{found.number}-rejects.csv"
    return FileResponse(
        sealed.open_file(path), as_attachment=True, filename=name, content_type="text/csv; charset=utf-8"
    )


@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """Hand in a file by hand. Ends in the same act as the command and the interface."""
    scope, account = access.scope_of(request), access.account_of(request)
    if not may_deliver(scope):
        raise NotAllowed("您的岗位不能接入数据，请转给数据接入员。")
    if request.method != "POST":
        return _form(request, scope)

    def allow(manifest: Manifest) -> None:
        permits.require(account, Act.DELIVER, manifest.division, on=clock.today())

    try:
        with uploads.laid_out(request) as path:
            received = acts.receive(
                path, by=account, channel=Channel(Channel.DESK), on=clock.today(), allow=allow
            )
    except acts.PartlyRefused as partly:
        return _form(request, scope, refusals=partly.refusals, received=partly.deliveries)
    except WenhouError as refusal:
        return _form(request, scope, refusals=[("", refusal.message)])
    if len(received) == 1:
        return redirect("desk:delivery", key=received[0].pk)
    return redirect("desk:deliveries")


def may_deliver(scope: Scope) -> bool:
    """Whether one of the reader's posts may hand in data somewhere."""
    return any(permits.allows(scope, Act.DELIVER, post.division) for post in scope.posts)


def _form(
    request: HttpRequest,
    scope: Scope,
    *,
    refusals: list[tuple[str, str]] | None = None,
    received: list[Delivery] | None = None,
) -> HttpResponse:
    said = {
        name: request.POST.get(name, "")
        for name in ("contract", "number", "division", "period_from", "period_to", "mode")
    }
    said["division"] = said["division"] or (scope.divisions[0] if scope.divisions else "")
    context = {
        "contracts": contracts.all_contracts(),
        "said": said,
        "refusals": refusals or [],
        "received": received or [],
    }
    return frame.page(
        request, "desk/upload.html", context, here="deliveries", status=409 if refusals else 200
    )


def _find(key: int, scope: Scope) -> Delivery:
    try:
        return queries.delivery(key, scope)
    except (Delivery.DoesNotExist, NotAllowed):
        raise Http404 from None


def _contract(found: Delivery) -> contracts.Contract | None:
    try:
        return contracts.contract(found.contract)
    except WenhouError:
        return None


def _line(one: Delivery, names: dict[str, str]) -> dict[str, Any]:
    mark = MARKS[DeliveryState(one.state)]
    return {
        "delivery": one,
        "contract": _contract(one),
        "place": names[one.division],
        "mark": mark,
        "word": one.stage if mark == "doing" and one.stage else one.get_state_display(),
    }


def _health(one: queries.Health, names: dict[str, str]) -> dict[str, Any]:
    return {
        "said": one,
        "place": names[one.division or ""],
        "mark": "late" if one.is_late else "done" if one.due else "wait",
        "word": f"迟到{one.days_late}天" if one.is_late else one.state,
        "share": "没有行" if one.rejected_share is None else f"{one.rejected_share:.2%}",
    }


def _about(found: Delivery) -> dict[str, Any]:
    share = found.rows_rejected / found.rows_read if found.rows_read else 0
    return {
        "delivery": found,
        "mark": MARKS[DeliveryState(found.state)],
        "working": found.state in (DeliveryState.RECEIVED, DeliveryState.LOADING),
        "share": f"{share:.2%}",
        "reasons": sorted(found.reject_reasons.items(), key=lambda one: -one[1]),
        "remarks": sorted(found.remarks.items(), key=lambda one: -one[1]),
        "linked": queries.linked_rows(found) if found.rows_rejected else 0,
        "waiting": linkage.waiting_lines(delivery=found.pk) if found.rows_rejected else 0,
        "has_rejects": queries.rejects_path(found) is not None,
    }
