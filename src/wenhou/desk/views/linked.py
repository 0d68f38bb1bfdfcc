"""「不是这个人」 on a person's page: a line that was linked to them by likelihood is not theirs."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from wenhou.base import clock
from wenhou.base.errors import WenhouError
from wenhou.desk import access, looks
from wenhou.desk.views import people, refusals
from wenhou.linkage.actions import refusals as acts
from wenhou.linkage.models import LinkedLine
from wenhou.web import numbers


@require_POST
def refuse(request: HttpRequest, key: int) -> HttpResponse:
    """The line is taken out, remembered, and the household judged again."""
    people.seen(request, key)
    number = numbers.whole(request.POST.get("linked", ""))
    found = LinkedLine.objects.filter(pk=number or 0, person=key).first()
    if found is None:
        raise Http404
    reason = request.POST.get("reason", "")
    try:
        acts.refuse(linked=found, reason=reason, by=access.account_of(request), on=clock.today())
    except WenhouError as refusal:
        return refusals.refused(request, refusal.message, status=looks.status(refusal))
    said = "已记下：这一行不是此人的，随后撤出，这一户重新研判；再报来同样的话也不再认到此人。"
    messages.success(request, said, extra_tags="green")
    return redirect("desk:person", key=key)
