"""A person and a household: what is known, from whom, as of when."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from wenhou.base.errors import NotAllowed
from wenhou.desk import access, days, family, frame, linked, merging, people
from wenhou.fieldwork import queries as fieldwork
from wenhou.linkage.actions import merges
from wenhou.monitoring.models import Alert
from wenhou.registry import queries
from wenhou.staff import permits
from wenhou.staff.queries import Scope
from wenhou.supervision.enums import Asker, RightKind


@require_safe
def person(request: HttpRequest, key: int) -> HttpResponse:
    """Everything the registry holds of somebody on a day, masked, each value with its file."""
    scope, asked = access.scope_of(request), days.asked(request)
    page = seen(request, key)
    home = family.of_person(key, scope, on=asked.day, more=people.lines(page, asked.day))
    context = {
        "who": people.who(page, home, scope, on=asked.day),
        "key": key,
        "linked": linked.lines(key, scope),
        "merges": merging.merges(key, scope),
        "may_identify": permits.allows(scope, permits.Act.IDENTIFY, page.place),
        "shortest": merges.SHORTEST,
        "asked": asked,
        "at": asked.at,
        "family": home,
        "alerts": _alerts(scope, [key]),
        "visits": fieldwork.visits_to(scope, person=key),
        "may_take_right": any(
            permits.Act.ANSWER_REQUEST in permits.PERMITS[post.role] for post in scope.posts
        ),
        "right_kinds": RightKind.choices,
        "askers": Asker.choices,
    }
    return frame.page(request, "desk/person.html", context, here="find", status=400 if asked.wrong else 200)


def seen(request: HttpRequest, key: int) -> queries.PersonPage:
    """The person, if the reader may see them; else a 404 that says no more."""
    try:
        page = queries.person(key=key, scope=access.scope_of(request), as_of=days.asked(request).day)
    except NotAllowed:
        raise Http404 from None
    if page is None:
        raise Http404
    return page


@require_safe
def household(request: HttpRequest, key: int) -> HttpResponse:
    """Who lives together on a day, since when, and where each line came from."""
    scope, asked = access.scope_of(request), days.asked(request)
    try:
        page = queries.household(key=key, scope=scope, as_of=asked.day)
    except NotAllowed:
        raise Http404 from None
    if page is None:
        raise Http404
    home = family.of_household(key, scope, on=asked.day)
    context = {
        "page": page,
        "asked": asked,
        "at": asked.at,
        "why": people.in_words(page.why, scope),
        "kind": "救助档案户" if page.kind == "register" else "户籍户",
        "family": home,
        "alerts": _alerts(scope, [member.key for member in home.members]),
        "visits": fieldwork.visits_to(scope, household=key),
    }
    return frame.page(
        request, "desk/household.html", context, here="find", status=400 if asked.wrong else 200
    )


def _alerts(scope: Scope, keys: list[int]) -> list[Alert]:
    found = Alert.objects.filter(scope.q("division", "copy_division", wall="wall"), person__in=keys)
    return list(found.order_by("-raised_on", "-id")[:20])
