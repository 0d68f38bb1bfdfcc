"""What the administrators' pages show: accounts with their posts, what waits for approval, what was lent."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.http import Http404, HttpRequest, QueryDict

from wenhou.base import clock
from wenhou.base.errors import Refused
from wenhou.desk import access
from wenhou.divisions import queries as divisions
from wenhou.staff.enums import DUTIES, Matter, Role
from wenhou.staff.models import Account, Delegation, Post
from wenhou.staff.queries import Scope

MOST = 200
WAITING, HELD, TO_COME, OVER, BACK = "待批", "在任", "未到任", "已到期", "已收回"
MARKS = {WAITING: "wait", HELD: "doing", TO_COME: "wait", OVER: "done", BACK: "done"}


@dataclass(frozen=True)
class Line:
    """A post in words, and what the reader may do with it."""

    post: Post
    place: str
    state: str
    mark: str
    matters: str
    may_approve: bool
    may_end: bool


@dataclass(frozen=True)
class Person:
    """An account with its posts, the latest first."""

    account: Account
    posts: tuple[Line, ...]


def scope_of(request: HttpRequest, *duties: Role) -> Scope:
    """The scope of one of the three administrators, or of those named; for anybody else there is no such page."""
    scope = access.scope_of(request)
    if not any(scope.administers(duty) for duty in duties or tuple(DUTIES)):
        raise Http404
    return scope


def people(scope: Scope, *, said: str = "") -> list[Person]:
    """The accounts that hold, held or wait for a post where the reader administers, by name; those without any post too."""
    near = _near(scope)
    found = Account.objects.filter(near | Q(posts__isnull=True)).distinct()
    if said:
        found = found.filter(Q(full_name__contains=said) | Q(username__contains=said))
    return _persons(list(found.order_by("-is_active", "full_name", "pk")[:MOST]), scope)


def person(key: int, scope: Scope) -> Person:
    """One of them; else a 404 that says no more."""
    found = Account.objects.filter(_near(scope) | Q(posts__isnull=True), pk=key).distinct().first()
    if found is None:
        raise Http404
    return _persons([found], scope)[0]


def post(key: int, scope: Scope) -> Post:
    """A post where the reader administers; else a 404 that says no more."""
    found = Post.objects.select_related("account").filter(pk=key).first()
    if found is None or not any(found.division.startswith(one.division) for one in scope.duties):
        raise Http404
    return found


def waiting(several: Iterable[Person]) -> list[Line]:
    """Posts that wait for approval, the earliest first."""
    told = [line for one in several for line in one.posts if line.state == WAITING]
    return sorted(told, key=lambda line: line.post.pk)


def lent(account: Account) -> list[dict[str, Any]]:
    """What an account lends and borrows, the latest first."""
    found = Delegation.objects.filter(Q(lender=account) | Q(borrower=account))
    several = list(found.select_related("post", "lender", "borrower").order_by("-pk")[:50])
    names = divisions.lookup({one.post.division for one in several})
    return [lent_line(one, names[one.post.division]) for one in several]


def lent_line(one: Delegation, place: str) -> dict[str, Any]:
    """A lent post in words."""
    on = clock.today()
    state = BACK if one.ended_at else OVER if one.until < on else TO_COME if one.since > on else HELD
    return {
        "one": one,
        "place": place,
        "matters": told(one.matters),
        "state": "委托中" if state == HELD else state,
        "mark": MARKS[state],
        "ends": state in (HELD, TO_COME),
    }


def told(matters: Iterable[str]) -> str:
    """Matters in words; a dash of none."""
    return "、".join(str(Matter(one).label) for one in matters) or "—"


def matters_of(given: QueryDict) -> list[Matter]:
    """The matters ticked in a form. Raises Refused for what is none."""
    try:
        return [Matter(one) for one in given.getlist("matter")]
    except ValueError:
        raise Refused("没有这样的专门事项。") from None


def day(text: str, what: str) -> date:
    """A day typed into a form. Raises Refused."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Refused(f"“{what}”要写成年月日，例如2026-04-20。") from None


def _near(scope: Scope) -> Q:
    condition = Q(pk__in=())
    for duty in scope.duties:
        condition |= Q(posts__division__startswith=duty.division)
    return condition


def _persons(accounts: Sequence[Account], scope: Scope) -> list[Person]:
    posts: dict[int, list[Post]] = defaultdict(list)
    for one in (
        Post.objects.filter(account__in=accounts).select_related("account", "proposed_by").order_by("-pk")
    ):
        posts[one.account_id].append(one)
    names = divisions.lookup({one.division for several in posts.values() for one in several})
    return [
        Person(one, tuple(_line(post, names[post.division], scope) for post in posts[one.pk]))
        for one in accounts
    ]


def _line(post: Post, place: str, scope: Scope) -> Line:
    state = _state(post, clock.today())
    alive = state in (WAITING, HELD, TO_COME)
    by_security = scope.administers(Role.SECURITY_ADMINISTRATOR, post.division)
    return Line(
        post=post,
        place=place,
        state=state,
        mark=MARKS[state],
        matters=told(post.matters),
        may_approve=alive and by_security,
        may_end=alive and (by_security or scope.administers(Role.SYSTEM_ADMINISTRATOR, post.division)),
    )


def _state(post: Post, on: date) -> str:
    if post.ended_at or not post.account.is_active:
        return BACK
    if post.until is not None and post.until < on:
        return OVER
    if post.approved_at is None:
        return WAITING
    return TO_COME if post.since > on else HELD
