from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from wenhou.base import clock


class AccountManager(BaseUserManager["Account"]):
    def create_user(self, username: str, password: str | None = None, **fields: Any) -> "Account":
        account = self.model(username=username, **fields)
        account.set_password(password)
        account.save(using=self._db)
        return account


class Account(AbstractBaseUser):
    """Somebody who works here. What they may see comes from the posts they hold, never from the account."""

    username = models.CharField(max_length=40, unique=True)
    full_name = models.CharField(max_length=50)
    is_active = models.BooleanField(default=True)
    opened_at = models.DateTimeField(auto_now_add=True)
    password_set_at = models.DateTimeField(
        null=True, default=clock.instant, help_text="empty where it was given to be changed at once"
    )

    objects = AccountManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["full_name"]

    class Meta:
        db_table = "staff_account"

    def __str__(self) -> str:
        return self.full_name
