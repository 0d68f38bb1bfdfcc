"""Accounts are opened and posts are held for a term."""

from datetime import date, datetime

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from wenhou.base.errors import Refused
from wenhou.base.identity import hide_numbers
from wenhou.staff.enums import Role
from wenhou.staff.models import Account, OldPassword, Post

_LENGTHS = (2, 4, 6, 9, 12)


@transaction.atomic
def open_account(
    *, username: str, full_name: str, password: str, role: Role, division: str, since: date
) -> Account:
    """A new account holding one post. Refused where the name is taken or the password too weak."""
    if hide_numbers(username) != username:
        raise Refused("账号不能是身份证号：换成姓名拼音或工号。")
    if Account.objects.filter(username=username).exists():
        raise Refused(f"账号{username}已经有人用了，请换一个。")
    try:
        validate_password(password, Account(username=username, full_name=full_name))
    except ValidationError as weak:
        raise Refused("密码不合要求：" + "；".join(weak.messages)) from None
    account = Account.objects.create_user(username, password, full_name=full_name)
    hold_post(account=account, role=role, division=division, since=since)
    return account


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


def hold_post(*, account: Account, role: Role, division: str, since: date) -> Post:
    """The account holds a role at a place from a day on. The place: 2, 4, 6, 9 or 12 digits."""
    if len(division) not in _LENGTHS or not (division.isascii() and division.isdigit()):
        raise Refused("岗位的地方要写2、4、6、9或12位区划代码。")
    return Post.objects.create(account=account, role=role, division=division, since=since)


def end_post(*, post: Post, on: date) -> None:
    """The last day the post is held."""
    post.until = on
    post.save(update_fields=["until"])


def name_person(*, username: str, person: int) -> None:
    """Who holds the account, by person key. Raises Refused where there is no such account."""
    if not Account.objects.filter(username=username).update(person=person):
        raise Refused(f"没有账号{username}。")
