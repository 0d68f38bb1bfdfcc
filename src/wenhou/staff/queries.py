"""What a member of staff may see, with its reason."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, Q

from wenhou.base.errors import NotAllowed
from wenhou.staff.enums import DUTIES, Matter, Role
from wenhou.staff.models import Account, Delegation, Post
from wenhou.staff.models.post import held

_HELD = "posts_held"


@dataclass(frozen=True)
class Scope:
    """The places somebody may see on a day. An empty scope sees nothing; '' would be the whole country and is refused.

    posts: one's own and those lent by others. duties: posts of the three administrators, which open nobody's data.
    """

    posts: tuple[Post, ...]
    duties: tuple[Post, ...] = ()

    @classmethod
    def of(cls, posts: Iterable[Post]) -> "Scope":
        """The scope of the posts somebody acts by."""
        told = sorted(posts, key=lambda post: (post.division, post.role))
        return cls(
            tuple(post for post in told if post.role not in DUTIES),
            tuple(post for post in told if post.role in DUTIES),
        )

    def administers(self, duty: Role, place: str = "") -> bool:
        """Whether one of the three administrators' duties is held, over a place where one is given."""
        return any(
            post.role == duty and place.startswith(post.division if place else "") for post in self.duties
        )

    def need(self, duty: Role, place: str = "") -> None:
        """Go on only with one of the administrators' duties, over the place where one is given. Raises NotAllowed."""
        if not self.administers(duty):
            raise NotAllowed(f"这件事由{duty.label}办，您没有这个岗位。")
        if not self.administers(duty, place):
            raise NotAllowed(f"不能办：{place}不归您这个{duty.label}管。")

    @property
    def divisions(self) -> tuple[str, ...]:
        """Significant prefixes, widest first, none within another."""
        wide: list[str] = []
        for code in sorted({post.division for post in self.posts}, key=lambda code: (len(code), code)):
            if not any(code.startswith(kept) for kept in wide):
                wide.append(code)
        return tuple(wide)

    @property
    def roles(self) -> frozenset[str]:
        return frozenset(post.role for post in self.posts)

    def covers(self, code: str) -> bool:
        """Whether a 12-digit place, or a prefix of one, lies within."""
        return any(code.startswith(prefix) for prefix in self.divisions)

    def opens(self, wall: str, *codes: str) -> bool:
        """Whether a post that has this matter reaches one of the places; what is behind no wall ('') is open."""
        return not wall or any(
            wall in post.matters and code.startswith(post.division) for post in self.posts for code in codes
        )

    def knows(self, wall: str) -> bool:
        """Whether any of the posts has this matter, wherever it is held."""
        return not wall or any(wall in post.matters for post in self.posts)

    @property
    def walls(self) -> tuple[tuple[str, str], ...]:
        """Matter and place of every wall that may be looked behind."""
        return tuple(sorted({(matter, post.division) for post in self.posts for matter in post.matters}))

    def reason(self, code: str, wall: str = "") -> str:
        """Why a place, or what is behind a wall there, may be seen, or may not, in Chinese."""
        here = [post for post in self.posts if code.startswith(post.division)]
        if not here:
            return "您的岗位不包括这个地方"
        post = next((one for one in here if not wall or wall in one.matters), None)
        if post is None:
            return f"您在这个地方的岗位没有“{Matter(wall).label}”这一专门事项"
        matter = f"，有专门事项“{Matter(wall).label}”" if wall else ""
        lent = f"，受{post.lender}委托至{post.until:%Y-%m-%d}" if post.lender else ""
        return f"{post.get_role_display()}，任职于{post.division}，自{post.since:%Y-%m-%d}起{lent}{matter}"

    def q(self, *fields: str, wall: str = "") -> Q:
        """A condition on 12-digit code columns: any of them within the scope. Ranges, so that an index serves it.

        wall: the column that names the special wall a row is behind, where the table has one.
        """
        condition = _within(self.divisions, fields)
        return condition & self.beyond(*fields, wall=wall) if wall else condition

    def beyond(self, *fields: str, wall: str = "wall") -> Q:
        """A condition on the wall alone: none, or one that a post reaching one of these code columns may look behind."""
        condition = Q(**{wall: ""})
        for matter in sorted({matter for matter, _ in self.walls}):
            places = tuple(place for told, place in self.walls if told == matter)
            condition |= Q(**{wall: matter}) & _within(places, fields)
        return condition


def _within(places: Iterable[str], fields: Iterable[str]) -> Q:
    condition, columns = Q(pk__in=()), tuple(fields)
    for prefix in places:
        for field in columns:
            condition |= Q(**{f"{field}__gte": prefix.ljust(12, "0"), f"{field}__lt": _after(prefix)})
    return condition


def _after(prefix: str) -> str:
    """The first text that sorts behind every code with this prefix."""
    return prefix[:-1] + chr(ord(prefix[-1]) + 1)


def hold(account: Account, told: Iterable[dict[str, Any]], *, on: date) -> None:
    """The posts of a day came with the account (`staff_begin`): `visible_to` need not ask again."""
    setattr(account, _HELD, (on, Scope.of(_read(account, one) for one in told)))


def _read(account: Account, told: dict[str, Any]) -> Post:
    day, kept = date.fromisoformat, {**told}
    lender, lender_id = kept.pop("lender"), kept.pop("lender_id")
    since, until = day(told["since"]), told["until"] and day(told["until"])
    post = Post(**kept | {"account": account, "since": since, "until": until})
    post.lender, post.lender_id = lender or "", lender_id
    return post


def visible_to(account: Account, *, on: date) -> Scope:
    """The scope of the posts somebody acts by on a day: held, or lent to them."""
    known: tuple[date, Scope] | None = getattr(account, _HELD, None)
    if known and known[0] == on:
        return known[1]
    return Scope.of([*account.posts.filter(held(on)), *_lent(account, on)])


def _lent(account: Account, on: date) -> Iterable[Post]:
    found = Delegation.objects.filter(held(on, post="post__"), borrower=account, borrower__is_active=True)
    found = found.filter(ended_at=None, since__lte=on, until__gte=on, post__account=F("lender"))
    for one in found.select_related("post", "lender"):
        post = one.post
        post.since, post.until = one.since, one.until
        post.matters = [matter for matter in one.matters if matter in post.matters]
        post.lender, post.lender_id = one.lender.full_name, one.lender_id
        yield post


def posts_at(code: str, *, on: date, role: Role | None = None) -> list[Post]:
    """Posts held at exactly this place (a significant prefix) on a day."""
    found = Post.objects.filter(held(on), division=code).select_related("account").order_by("pk")
    return list(found.filter(role=role) if role else found)
