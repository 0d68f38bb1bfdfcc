"""Sets of standards: whatever decides is kept under a number, as the very bytes."""

from datetime import date, datetime

from django.db import connection, transaction

from wenhou.base import clock, outbox
from wenhou.base.errors import NotAllowed, Refused
from wenhou.policy import queries
from wenhou.policy.events import StandardsPublished
from wenhou.policy.judging import canonical
from wenhou.policy.models import PublishedSet
from wenhou.staff.models import Account
from wenhou.staff.permits import PERMITS, Act
from wenhou.staff.queries import visible_to

LOCK = 0x706F6C696379  # "policy"


def publish(*, by: Account, on: date, note: str = "") -> PublishedSet:
    """Number the standards as they hold now. Raises NotAllowed, or Refused where nothing has changed."""
    scope = visible_to(by, on=on)
    if not any(Act.APPROVE_STANDARD in PERMITS[post.role] for post in scope.posts):
        raise NotAllowed("不能发布标准：您没有批标准的岗位。")
    with transaction.atomic():
        made = _keep(by, on, note)
    if made is None:
        raise Refused("标准和上一版一样，不用再发布。")
    return made


def keep(*, on: date, note: str = "", by: Account | None = None) -> PublishedSet:
    """The set that holds now, numbered if it was not yet: a run keeps what it decides by, an approval what it makes."""
    with transaction.atomic():
        made = _keep(by, on, note)
        found = made or queries.latest_set()
    assert found is not None
    return found


def alone() -> None:
    """Until the transaction ends nobody else approves or publishes."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [LOCK])


def _keep(by: Account | None, on: date, note: str) -> PublishedSet | None:
    content = queries.current_content()
    sha256 = canonical.digest(content)
    if _is_latest(sha256):
        return None
    alone()
    last = queries.latest_set()
    if last is not None and last.sha256 == sha256:
        return None
    made = PublishedSet.objects.create(
        number=(last.number if last else 0) + 1,
        published_on=on,
        published_at=datetime.combine(on, clock.now().timetz()),
        by=by,
        sha256=sha256,
        content=content,
        note=note,
    )
    outbox.tell(StandardsPublished(number=made.number, sha256=sha256))
    return made


def _is_latest(sha256: str) -> bool:
    last = PublishedSet.objects.order_by("-number").values_list("sha256", flat=True).first()
    return last == sha256
