"""Posts: proposed by the system administrator, approved by the security administrator, ended by either; held for a term."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date

from django.db import IntegrityError, transaction

from wenhou.base import clock, outbox
from wenhou.base.errors import Refused
from wenhou.staff.enums import DUTIES, Matter, Role
from wenhou.staff.events import PostsEnded
from wenhou.staff.models import Account, Post
from wenhou.staff.queries import visible_to

_LENGTHS = (2, 4, 6, 9, 12)
APART = "系统管理员、安全管理员、审计管理员要由三个人分别担任，也不能兼别的岗位或受人委托；{who}在这段时间另有岗位。"
_TOLD = {
    "staff_post_duties_apart": APART,
    "staff_post_held_once": "{who}从这一天起已经有同一个岗位。",
    "staff_post_four_eyes": "拟岗位的人不能批自己拟的岗位，请另一位安全管理员批。",
}


@transaction.atomic
def hold_post(
    *, account: Account, role: Role, division: str, since: date, matters: Iterable[Matter] = ()
) -> Post:
    """The account holds a role at a place from a day on, on the server: approved at once. The place: 2, 4, 6, 9 or 12 digits;
    matters: the special walls it may look behind. Raises Refused."""
    post = _post(account, role, division, since, None, matters)
    post.approved_at = clock.instant()
    with _told(account):
        post.save()
    return post


@transaction.atomic
def propose(
    *,
    account: Account,
    role: Role,
    division: str,
    since: date,
    until: date | None,
    matters: Iterable[Matter],
    by: Account,
    on: date,
) -> Post:
    """A post that opens nothing before the security administrator approves it. Raises NotAllowed, Refused."""
    visible_to(by, on=on).need(Role.SYSTEM_ADMINISTRATOR, division)
    if not account.is_active:
        raise Refused(f"{account.full_name}的账号已经关闭，不能再任岗位。")
    post = _post(account, role, division, since, until, matters)
    post.proposed_by = by
    with _told(account):
        post.save()
    return post


@transaction.atomic
def approve(*, post: Post, matters: Iterable[Matter], by: Account, on: date) -> Post:
    """From now on it opens what it opens, with these matters: those proposed, or fewer, or more. Raises NotAllowed, Refused."""
    visible_to(by, on=on).need(Role.SECURITY_ADMINISTRATOR, post.division)
    kept = _taken(post)
    if kept.account_id == by.pk:
        raise Refused("不能批自己的岗位，请另一位安全管理员批。")
    if kept.proposed_by_id == by.pk:
        raise Refused(_TOLD["staff_post_four_eyes"])
    kept.matters = _matters(kept.role, matters)
    kept.approved_at, kept.approved_by = kept.approved_at or clock.instant(), by
    with _told(kept.account):
        kept.save(update_fields=["matters", "approved_at", "approved_by"])
    return kept


@transaction.atomic
def revoke(*, post: Post, by: Account, on: date) -> Post:
    """It opens nothing from this moment; what was in hand there goes back to the queue. Raises NotAllowed, Refused."""
    scope = visible_to(by, on=on)
    if not scope.administers(Role.SYSTEM_ADMINISTRATOR, post.division):
        scope.need(Role.SECURITY_ADMINISTRATOR, post.division)
    kept = _taken(post)
    last = max(kept.since, on)
    kept.until = min(kept.until, last) if kept.until else last
    kept.ended_at, kept.ended_by = clock.instant(), by
    kept.save(update_fields=["until", "ended_at", "ended_by"])
    outbox.tell(PostsEnded(account=kept.account_id))
    return kept


def end_post(*, post: Post, on: date) -> None:
    """The last day the post is held."""
    post.until = on
    post.save(update_fields=["until"])


def _post(
    account: Account, role: Role, division: str, since: date, until: date | None, matters: Iterable[Matter]
) -> Post:
    if len(division) not in _LENGTHS or not (division.isascii() and division.isdigit()):
        raise Refused("岗位的地方要写2、4、6、9或12位区划代码。")
    if until is not None and until < since:
        raise Refused("岗位的最后一天不能早于第一天。")
    post = Post(account=account, role=Role(role), division=division, since=since, until=until)
    post.matters = _matters(post.role, matters)
    return post


def _matters(role: str, matters: Iterable[Matter]) -> list[str]:
    told = sorted({str(Matter(one).value) for one in matters})
    if told and role in DUTIES:
        raise Refused("管理员看不到任何人的资料，不能带专门事项。")
    return told


def _taken(post: Post) -> Post:
    """The row as it stands now; not locked, which only who may change every column could."""
    kept = Post.objects.select_related("account").get(pk=post.pk)
    if kept.ended_at is not None:
        raise Refused("这个岗位已经收回。")
    return kept


@contextmanager
def _told(account: Account) -> Iterator[None]:
    """What the database refuses of it, in one sentence."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", "") or ""
        if name not in _TOLD:
            raise
        raise Refused(_TOLD[name].format(who=account.full_name)) from None
