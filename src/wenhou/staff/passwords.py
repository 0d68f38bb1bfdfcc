"""What a password must be: long, of several kinds of characters, unlike the name, not one of the last, not too old."""

import secrets
import string
from datetime import timedelta

from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.core.exceptions import ValidationError

from wenhou.base import clock
from wenhou.staff.models import Account

KINDS = 3
LENGTH = 16
REMEMBERED = 5
_CHARACTERS = string.ascii_letters + string.digits + "-_"


def is_too_old(account: Account) -> bool:
    """Whether it is to be changed at the next sign-in: it was given for once, or WENHOU_PASSWORD_DAYS have passed (0: never)."""
    days = settings.WENHOU_PASSWORD_DAYS
    if account.password_set_at is None:
        return True
    return days > 0 and clock.instant() - account.password_set_at > timedelta(days=days)


def invent() -> str:
    """One that is good enough, for somebody who will change it."""
    while True:
        told = "".join(secrets.choice(_CHARACTERS) for _ in range(LENGTH))
        if all(any(test(one) for one in told) for test in (str.isupper, str.islower, str.isdigit)):
            return told


class SeveralKinds:
    """Of capital letters, small letters, digits and others at least three."""

    def validate(self, password: str, user: Account | None = None) -> None:
        tests = (str.isupper, str.islower, str.isdigit, lambda one: not one.isalnum())
        if sum(any(test(one) for one in password) for test in tests) < KINDS:
            raise ValidationError(self.get_help_text(), code="few_kinds")

    def get_help_text(self) -> str:
        return "要有大写字母、小写字母、数字、符号中的三种。"


class UnlikeTheName:
    """The account's name does not stand in it."""

    def validate(self, password: str, user: Account | None = None) -> None:
        if user is not None and user.username and user.username.lower() in password.lower():
            raise ValidationError(self.get_help_text(), code="like_the_name")

    def get_help_text(self) -> str:
        return "里面不能有账号名。"


class NotOneOfTheLast:
    """It is neither the present one nor one of the last five."""

    def validate(self, password: str, user: Account | None = None) -> None:
        if user is None or user.pk is None:
            return
        old = user.old_passwords.order_by("-until").values_list("password", flat=True)[:REMEMBERED]
        if any(check_password(password, one) for one in (user.password, *old)):
            raise ValidationError(self.get_help_text(), code="had_before")

    def get_help_text(self) -> str:
        return "不能与最近五次用过的密码相同。"
