"""A person and a household: what is known, from whom, as of when."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from wenhou.base import clock
from wenhou.base.errors import NotAllowed
from wenhou.desk import access, family, frame, people
from wenhou.fieldwork import queries as fieldwork
from wenhou.monitoring.models import Alert
from wenhou.registry import queries
from wenhou.staff.queries import Scope


@require_safe
def person(request: HttpRequest, key: int) -> HttpResponse:
    """Everything the registry holds of somebody, masked, each value with its file."""
    scope, on = access.scope_of(request), clock.today()
    try:
        who = people.who(key, scope, on=on)
    except NotAllowed:
        raise Http404 from None
    if who is None:
        raise Http404
    context = {
        "who": who,
        "key": key,
        "family": family.of_person(key, scope, on=on),
        "alerts": _alerts(scope, [key]),
        "visits": fieldwork.visits_to(scope, person=key),
    }
    return frame.page(request, "desk/person.html", context, here="find")


@require_safe
def household(request: HttpRequest, key: int) -> HttpResponse:
    """Who lives together, and where each line came from."""
    scope, on = access.scope_of(request), clock.today()
    try:
        page = queries.household(key=key, scope=scope, as_of=on)
    except NotAllowed:
        raise Http404 from None
    if page is None:
        raise Http404
    home = family.of_household(key, scope, on=on)
    context = {
        "page": page,
        "why": people.in_words(page.why, scope),
        "kind": "救助档案户" if page.kind == "register" else "户籍户",
        "family": home,
        "alerts": _alerts(scope, [member.key for member in home.members]),
        "visits": fieldwork.visits_to(scope, household=key),
    }
    return frame.page(request, "desk/household.html", context, here="find")


def _alerts(scope: Scope, keys: list[int]) -> list[Alert]:
    found = Alert.objects.filter(scope.q("division", "copy_division"), person__in=keys)
    return list(found.order_by("-raised_on", "-id")[:20])
