"""Whether the house is up (for machines), and how its parts and its jobs are (for people)."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from wenhou.desk import frame, state


@login_not_required
@require_safe
def live(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return JsonResponse({"live": True})


@login_not_required
@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """Everything it needs answers too: 200, else 503; names and sentences only."""
    parts = state.parts()
    is_ready = all(part.is_well for part in parts)
    told = {part.name: part.said for part in parts}
    return JsonResponse(
        {"ready": is_ready, "parts": told},
        status=200 if is_ready else 503,
        json_dumps_params={"ensure_ascii": False},
    )


@require_safe
def status(request: HttpRequest) -> HttpResponse:
    """Parts and jobs on one page."""
    parts, jobs = [*state.parts(), *state.beside()], state.jobs()
    context = {
        "parts": parts,
        "jobs": jobs,
        "unwell": [part for part in parts if not part.is_well],
        "late": sum(one.is_late for one in jobs),
        "failed": sum(one.failed for one in jobs),
    }
    return frame.page(request, "desk/status.html", context)
