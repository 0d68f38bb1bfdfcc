"""Where every page begins: who is looking, and which places they may see."""

from django.http import HttpRequest

from wenhou.base import clock
from wenhou.divisions import codes
from wenhou.monitoring.models import Run
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


def narrowed(scope: Scope, place: str) -> str:
    """The prefix of a place chosen in a filter, '' where it is none of the reader's."""
    if not codes.is_code(place):
        return ""
    prefix = codes.prefix(place)
    return prefix if scope.covers(prefix) else ""


def may_see_run(run: Run, scope: Scope) -> bool:
    """Whether a run looked at the reader's place: it lies within, or reaches over it."""
    return any(run.division.startswith(place) or place.startswith(run.division) for place in scope.divisions)
