"""What a member of staff may see, with its reason."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from wenhou.staff.enums import Role
from wenhou.staff.models import Account, Post

_HELD = "posts_held"


@dataclass(frozen=True)
class Scope:
    """The places somebody may see on a day. An empty scope sees nothing; '' would be the whole country and is refused."""

    posts: tuple[Post, ...]

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

    def reason(self, code: str) -> str:
        """Why a place may be seen, or may not, in Chinese."""
        for post in self.posts:
            if code.startswith(post.division):
                return f"{post.get_role_display()}，任职于{post.division}，自{post.since:%Y-%m-%d}起"
        return "您的岗位不包括这个地方"

    def q(self, *fields: str) -> Q:
        """A condition on 12-digit code columns: any of them within the scope. Ranges, so that an index serves it."""
        condition = Q(pk__in=())
        for prefix in self.divisions:
            for field in fields:
                condition |= Q(**{f"{field}__gte": prefix.ljust(12, "0"), f"{field}__lt": _after(prefix)})
        return condition


def _after(prefix: str) -> str:
    """The first text that sorts behind every code with this prefix."""
    return prefix[:-1] + chr(ord(prefix[-1]) + 1)


def hold(account: Account, told: Iterable[tuple[int, str, str, str, str | None]], *, on: date) -> None:
    """The posts of a day came with the account (id, role, division, since, until): `visible_to` need not ask again."""
    day = date.fromisoformat
    posts = (
        Post(id=key, account=account, role=role, division=place, since=day(since), until=until and day(until))
        for key, role, place, since, until in told
    )
    setattr(account, _HELD, (on, Scope(tuple(posts))))


def visible_to(account: Account, *, on: date) -> Scope:
    """The scope of the posts held on a day."""
    known: tuple[date, Scope] | None = getattr(account, _HELD, None)
    if known and known[0] == on:
        return known[1]
    held = account.posts.filter(since__lte=on).filter(Q(until__isnull=True) | Q(until__gte=on))
    return Scope(tuple(held.order_by("division", "role")))


def posts_at(code: str, *, on: date, role: Role | None = None) -> list[Post]:
    """Posts held at exactly this place (a significant prefix) on a day."""
    held = Post.objects.filter(division=code, since__lte=on, account__is_active=True)
    held = held.filter(Q(until__isnull=True) | Q(until__gte=on)).select_related("account").order_by("pk")
    return list(held.filter(role=role) if role else held)
