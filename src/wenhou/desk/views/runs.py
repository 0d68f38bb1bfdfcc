"""Runs of the watch: started here or by a delivery, followed while they work."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from wenhou.base import clock
from wenhou.desk import access, alert_rows, frame, run_counts, watched
from wenhou.desk.alert_filters import soon_until
from wenhou.divisions import queries as divisions
from wenhou.monitoring import queries
from wenhou.monitoring.actions import runs as acts
from wenhou.monitoring.enums import RunState
from wenhou.monitoring.models import Run
from wenhou.staff import permits
from wenhou.staff.permits import Act
from wenhou.staff.queries import Scope

MARKS = {RunState.QUEUED: "wait", RunState.RUNNING: "doing", RunState.DONE: "done", RunState.FAILED: "late"}
SHOWN = 20


@require_safe
def runs(request: HttpRequest) -> HttpResponse:
    """The runs that looked at the reader's place, newest first."""
    scope = access.scope_of(request)
    found = [run for run in queries.runs(limit=200) if access.may_see_run(run, scope)][:50]
    names = divisions.lookup({run.division for run in found if run.division})
    wider = run_counts.own([run for run in found if run_counts.is_wider(run, scope)], scope)
    context = {
        "rows": [
            {
                "run": run,
                "place": names.get(run.division, "全部地方"),
                "mark": MARKS[RunState(run.state)],
                "own": wider.get(run.pk),
                "totals": run_counts.totals(run, scope),
            }
            for run in found
        ],
        "some_wider": bool(wider),
        "may_run": bool(runnable(scope)),
        "working": any(run.state in (RunState.QUEUED, RunState.RUNNING) for run in found),
    }
    return frame.page(request, "desk/runs.html", context, here="runs")


@require_POST
def start(request: HttpRequest) -> HttpResponse:
    """Queue a run over the reader's place, as of today."""
    scope, account, on = access.scope_of(request), access.account_of(request), clock.today()
    place = runnable(scope)
    if not place:
        permits.require(account, Act.RUN, scope.divisions[0] if scope.divisions else "", on=on)
    queued = acts.request(as_of=on, division=place, by=account, on=on)
    return redirect("desk:run", key=queued.pk)


@require_safe
def run(request: HttpRequest, key: int) -> HttpResponse:
    """One run: how far it is, what each indicator answered, whom it raised."""
    scope, on = access.scope_of(request), clock.today()
    found = _find(key, scope)
    raised = queries.raised_by(found.pk, scope, limit=SHOWN)
    place = queries.ROW.index("division"), queries.ROW.index("copy_division")
    rows = alert_rows.render(
        raised,
        on=on,
        soon=soon_until(on),
        counts=None,
        indicators=watched.names(),
        places=divisions.lookup({row[at] for row in raised for at in place if row[at]}),  # type: ignore[misc]
        own=scope.divisions,
        groups=False,
        ticks=False,
    )
    context = {
        **_about(found, scope),
        "place": divisions.name_of(found.division) if found.division else "全部地方",
        "rows": rows,
        "shown": len(raised),
    }
    return frame.page(request, "desk/run.html", context, here="runs")


@require_safe
def progress(request: HttpRequest, key: int) -> HttpResponse:
    """The part of a run's page that changes while it works."""
    scope = access.scope_of(request)
    about = _about(_find(key, scope), scope)
    response = render(request, "desk/_run_progress.html", about)
    if not about["working"]:
        response["HX-Refresh"] = (
            "true"  # whom it raised and what each indicator answered stand on the page itself
        )
    return response


def runnable(scope: Scope) -> str:
    """The widest place the reader may run the watch over; '' where none."""
    places = [post.division for post in scope.posts if permits.allows(scope, Act.RUN, post.division)]
    return min(places, key=len, default="")


def _find(key: int, scope: Scope) -> Run:
    found = queries.run(key)
    if found is None or not access.may_see_run(found, scope):
        raise Http404
    return found


def _lines(run: Run, scope: Scope) -> list[dict[str, Any]]:
    """Per indicator what the whole run answered; those behind a wall for whom may look behind it everywhere the run went."""
    names, walled = watched.names(), run_counts.hidden(scope, run.division)
    keys = ("yes", "no", "unknown", "raised", "cleared")
    return [
        {"code": code, "name": names.get(code, "")} | {key: int(counted.get(key, 0)) for key in keys}
        for code, counted in sorted(run.counts.items())
        if code not in walled
    ]


def _own_lines(own: run_counts.Own) -> list[dict[str, Any]]:
    """Per indicator what came of it for the reader; those that touched nobody of theirs are left out."""
    names = watched.names()
    return [
        {"code": code, "name": names.get(code, ""), "raised": own.raised[code], "cleared": own.cleared[code]}
        for code in sorted({*own.raised, *own.cleared})
    ]


def _about(run: Run, scope: Scope) -> dict[str, Any]:
    own = run_counts.own([run], scope)[run.pk] if run_counts.is_wider(run, scope) else None
    seconds = (
        round((run.finished_at - run.started_at).total_seconds(), 1)
        if run.finished_at and run.started_at
        else None
    )
    return {
        "run": run,
        "mark": MARKS[RunState(run.state)],
        "working": run.state in (RunState.QUEUED, RunState.RUNNING),
        "own": own,
        "totals": run_counts.totals(run, scope),
        "lines": _lines(run, scope) if own is None else _own_lines(own),
        "seconds": seconds,
    }
