"""Two registered people are found to be one, and parted again."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from wenhou.base import clock
from wenhou.base.errors import Refused, WenhouError
from wenhou.desk import access, looks, merging
from wenhou.desk.views import people, refusals
from wenhou.linkage.actions import merges
from wenhou.linkage.models import PersonMerge
from wenhou.web import numbers


@require_POST
def merge(request: HttpRequest, key: int) -> HttpResponse:
    """This person and another are one: one key is kept, the other read as it."""
    people.seen(request, key)
    keep = request.POST.get("keep", "")
    try:
        if keep not in ("this", "other"):
            raise Refused("请选择保留哪一份档案。")
        other = merging.whom(request.POST.get("other", ""), access.scope_of(request))
        kept, absorbed = (key, other) if keep == "this" else (other, key)
        merges.merge(
            kept=kept,
            absorbed=absorbed,
            reason=request.POST.get("reason", ""),
            by=access.account_of(request),
            on=clock.today(),
        )
    except WenhouError as refusal:
        return refusals.refused(request, refusal.message, status=looks.status(refusal))
    messages.success(request, "已合并：两份档案今后算一个人，随时可以撤销。", extra_tags="green")
    return redirect("desk:person", key=kept)


@require_POST
def part(request: HttpRequest, key: int) -> HttpResponse:
    """A merge is undone: two people again."""
    people.seen(request, key)
    number = numbers.whole(request.POST.get("merge", ""))
    found = PersonMerge.objects.filter(pk=number or 0).first()
    if found is None or key not in (found.kept, found.absorbed):
        raise Http404
    reason = request.POST.get("reason", "")
    try:
        merges.part(merge=found, reason=reason, by=access.account_of(request), on=clock.today())
    except WenhouError as refusal:
        return refusals.refused(request, refusal.message, status=looks.status(refusal))
    messages.success(request, "已撤销合并：两份档案各算各的。", extra_tags="green")
    return redirect("desk:person", key=key)
