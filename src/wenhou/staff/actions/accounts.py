"""Accounts are opened, named, given a new password, and closed when their holder leaves."""

from collections.abc import Iterable
from datetime import date, datetime

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import connection, transaction

from wenhou.base import outbox
from wenhou.base.errors import NotAllowed, Refused
from wenhou.base.identity import hide_numbers
from wenhou.staff import sessions
from wenhou.staff.actions.posts import end_post, hold_post, propose
from wenhou.staff.enums import Matter, Role
from wenhou.staff.events import PostsEnded
from wenhou.staff.models import Account, OldPassword, Post
from wenhou.staff.queries import visible_to

__all__ = ["end_post", "hold_post"]


@transaction.atomic
def open_account(
    *,
    username: str,
    full_name: str,
    password: str,
    role: Role,
    division: str,
    since: date,
    matters: Iterable[Matter] = (),
) -> Account:
    """A new account holding one post, on the server: what the server's owner gives needs nobody's approval. Refused where the
    name is taken or the password too weak."""
    account = _made(username, full_name, password)
    hold_post(account=account, role=role, division=division, since=since, matters=matters)
    return account


@transaction.atomic
def propose_account(
    *,
    username: str,
    full_name: str,
    password: str,
    role: Role,
    division: str,
    since: date,
    until: date | None,
    matters: Iterable[Matter],
    by: Account,
    on: date,
) -> Post:
    """A new account with one post that waits for approval; its password is to be changed at the first sign-in. Raises NotAllowed,
    Refused."""
    visible_to(by, on=on).need(Role.SYSTEM_ADMINISTRATOR, division)
    account = _made(username, full_name, password, is_for_once=True)
    return propose(
        account=account, role=role, division=division, since=since, until=until, matters=matters, by=by, on=on
    )


def _made(username: str, full_name: str, password: str, *, is_for_once: bool = False) -> Account:
    if not username or not full_name:
        raise Refused("账号和姓名都要写。")
    if hide_numbers(username) != username:
        raise Refused("账号不能是身份证号：换成姓名拼音或工号。")
    if Account.objects.filter(username=username).exists():
        raise Refused(f"账号{username}已经有人用了，请换一个。")
    try:
        validate_password(password, Account(username=username, full_name=full_name))
    except ValidationError as weak:
        raise Refused("密码不合要求：" + "；".join(weak.messages)) from None
    told = {"password_set_at": None} if is_for_once else {}
    return Account.objects.create_user(username, password, full_name=full_name, **told)


def named(username: str) -> Account:
    """The account of this name. Raises Refused."""
    found = Account.objects.filter(username=username).first()
    if found is None:
        raise Refused(f"没有账号{username}。")
    return found


@transaction.atomic
def reset(*, username: str, password: str, at: datetime) -> Account:
    """A new password, to be changed at the next sign-in, and no second factor. Raises Refused."""
    account = Account.objects.select_for_update().filter(username=username).first()
    if account is None:
        raise Refused(f"没有账号{username}。")
    OldPassword.objects.create(account=account, password=account.password, until=at)
    account.set_password(password)
    account.password_set_at = None
    account.save(update_fields=["password", "password_set_at"])
    account.factors.all().delete()
    return account


@transaction.atomic
def close(*, account: Account, by: Account | None, on: date) -> None:
    """Somebody leaves: posts, what was lent by or to them, second factors, machines' keys and sessions end in this act, and what
    they had in hand goes back to the queue. by: None on the server. Raises NotAllowed, Refused."""
    if not Account.objects.filter(pk=account.pk, is_active=True).exists():
        raise Refused(f"{account.full_name}的账号早已关闭。")
    if by is not None:
        _may_close(account, by, on)
    with connection.cursor() as cursor:
        cursor.execute("select staff_close(%s, %s)", [account.pk, on])
    sessions.end_all(account.pk)
    outbox.tell(PostsEnded(account=account.pk))


def _may_close(account: Account, by: Account, on: date) -> None:
    scope = visible_to(by, on=on)
    scope.need(Role.SYSTEM_ADMINISTRATOR)
    if account.pk == by.pk:
        raise Refused("不能关闭自己的账号，请另一位系统管理员办。")
    theirs = visible_to(account, on=on)
    for post in (*theirs.posts, *theirs.duties):
        if not scope.administers(Role.SYSTEM_ADMINISTRATOR, post.division):
            raise NotAllowed(f"不能关闭：{account.full_name}在{post.division}还有岗位，那里不归您管。")


def name_person(*, username: str, person: int) -> None:
    """Who holds the account, by person key. Raises Refused where there is no such account."""
    if not Account.objects.filter(username=username).update(person=person):
        raise Refused(f"没有账号{username}。")
