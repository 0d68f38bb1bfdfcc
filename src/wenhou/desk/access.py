"""Where every page begins: who is looking, and which places they may see."""

from django.http import Http404, HttpRequest

from wenhou.base import clock
from wenhou.divisions import codes
from wenhou.staff.models import Account
from wenhou.staff.queries import Scope, visible_to


def account_of(request: HttpRequest) -> Account:
    """The member of staff signed in."""
    assert isinstance(request.user, Account)
    return request.user


def scope_of(request: HttpRequest) -> Scope:
    """The places the reader may see today; asked once a request."""
    kept: Scope | None = getattr(request, "wenhou_scope", None)
    if kept is None:
        kept = visible_to(account_of(request), on=clock.today())
        request.wenhou_scope = kept  # type: ignore[attr-defined]
    return kept


def must_cover(scope: Scope, *places: str) -> None:
    """At least one of the places lies within the scope. Else the page does not exist for this reader: 404, without
    saying whether it exists for others."""
    if not any(place and scope.covers(place) for place in places):
        raise Http404


def narrowed(scope: Scope, place: str) -> str:
    """The prefix of a place chosen in a filter, '' where it is none of the reader's."""
    if not codes.is_code(place):
        return ""
    prefix = codes.prefix(place)
    return prefix if scope.covers(prefix) else ""
