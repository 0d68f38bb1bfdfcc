"""A person and a household: what is known, from whom, as of when."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from wenhou.base import clock
from wenhou.desk import access, family, frame, people, watched
from wenhou.fieldwork import queries as fieldwork
from wenhou.monitoring.models import Alert
from wenhou.staff.queries import Scope


@require_safe
def person(request: HttpRequest, key: int) -> HttpResponse:
    """Everything the registry holds of somebody, masked, each value with its file."""
    scope, on = access.scope_of(request), clock.today()
    _must_see(key, scope)
    who, values = people.known(key, on=on)
    if who is None:
        raise Http404
    home = family.household_of(key, on)
    context = {
        "who": who,
        "key": key,
        "now": [value for value in values if not value.replaced],
        "before": [value for value in values if value.replaced],
        "family": family.of(home, scope, on=on) if home else None,
        "alerts": _alerts(scope, person=key),
        "names": watched.names(),
        "visits": fieldwork.visits_to(scope, person=key),
    }
    return frame.page(request, "desk/person.html", context, here="find")


@require_safe
def household(request: HttpRequest, key: int) -> HttpResponse:
    """Who lives together, and how each of them came to be in the household."""
    scope, on = access.scope_of(request), clock.today()
    found = family.of(key, scope, on=on)
    if found.household is None or not _any_seen(found, scope):
        raise Http404
    keys = [member.key for member in found.members]
    context = {
        "family": found,
        "alerts": list(
            Alert.objects.filter(scope.q("division", "copy_division"), person__in=keys).order_by(
                "-raised_on"
            )[:20]
        ),
        "names": watched.names(),
        "visits": fieldwork.visits_to(scope, household=key),
    }
    return frame.page(request, "desk/household.html", context, here="find")


def _must_see(key: int, scope: Scope) -> None:
    """Within the scope by registration, residence or register; or by an alert that belongs here."""
    if any(scope.covers(place) for place in people.places_of(key)):
        return
    if not _alerts(scope, person=key):
        raise Http404


def _any_seen(found: family.Family, scope: Scope) -> bool:
    if any(member.visible for member in found.members):
        return True
    keys = [member.key for member in found.members]
    return (
        any(scope.covers(place) for key in keys for place in people.places_of(key))
        or Alert.objects.filter(scope.q("division", "copy_division"), person__in=keys).exists()
    )


def _alerts(scope: Scope, *, person: int) -> list[Alert]:
    found = Alert.objects.filter(scope.q("division", "copy_division"), person=person)
    return list(found.order_by("-raised_on", "-id")[:20])
