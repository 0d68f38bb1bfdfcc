"""A post lent to a colleague for some days, never beyond what its holder has, and taken back before its time."""

from collections.abc import Iterable
from datetime import date

from django.db import IntegrityError, transaction

from wenhou.base import clock
from wenhou.base.errors import NotAllowed, Refused
from wenhou.staff.actions.posts import APART
from wenhou.staff.enums import DUTIES, Matter, Role
from wenhou.staff.models import Account, Delegation, Post
from wenhou.staff.queries import visible_to

SHORTEST_REASON = 4


@transaction.atomic
def lend(
    *,
    post: Post,
    to: Account,
    matters: Iterable[Matter],
    since: date,
    until: date,
    reason: str,
    by: Account,
    on: date,
) -> Delegation:
    """From the first to the last day the colleague acts by the post as well, with these of its matters. Raises NotAllowed,
    Refused."""
    told = sorted({str(Matter(one).value) for one in matters})
    _check(post, to, told, since, until, by, on)
    if len(reason.strip()) < SHORTEST_REASON:
        raise Refused(f"请写明为什么委托，至少{SHORTEST_REASON}个字。")
    try:
        with transaction.atomic():
            return Delegation.objects.create(
                post=post, lender=by, borrower=to, matters=told, since=since, until=until,
                reason=reason.strip()[:200], made_at=clock.instant(),
            )  # fmt: skip
    except IntegrityError as error:
        name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", "") or ""
        if name == "staff_post_duties_apart":
            raise Refused(APART.format(who=to.full_name)) from None
        if name == "staff_delegation_within":
            raise Refused("委托不能超出您自己的岗位、任期和专门事项。") from None
        raise


def _check(post: Post, to: Account, told: list[str], since: date, until: date, by: Account, on: date) -> None:
    own = next((one for one in visible_to(by, on=on).posts if one.pk == post.pk and not one.lender), None)
    if own is None:
        raise NotAllowed("只能委托自己在任的岗位；受人委托的岗位不能再转委托。")
    if to.pk == by.pk or not to.is_active:
        raise Refused("请选另一位在岗的同事。")
    if not on <= since <= until:
        raise Refused("委托要从今天或以后开始，最后一天不能早于第一天。")
    if own.until is not None and until > own.until:
        raise Refused(f"委托不能超出您自己的任期：您的岗位到{own.until:%Y-%m-%d}为止。")
    if not set(told) <= set(own.matters):
        raise Refused("委托的专门事项不能超出您自己的岗位。")
    if any(post.role in DUTIES for post in visible_to(to, on=on).duties):
        raise Refused(APART.format(who=to.full_name))


@transaction.atomic
def take_back(*, delegation: Delegation, by: Account, on: date) -> Delegation:
    """It ends now: by the lender, or by the security administrator of its place. Raises NotAllowed, Refused."""
    kept = Delegation.objects.select_related("post").get(pk=delegation.pk)
    if kept.lender_id != by.pk:
        visible_to(by, on=on).need(Role.SECURITY_ADMINISTRATOR, kept.post.division)
    if kept.ended_at is not None or kept.until < on:
        raise Refused("这次委托已经结束。")
    kept.ended_at, kept.ended_by = clock.instant(), by
    kept.save(update_fields=["ended_at", "ended_by"])
    return kept
