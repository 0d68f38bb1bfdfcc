from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.hashers import check_password
from django.db import models

from wenhou.base import clock, reader
from wenhou.base.secrets.fields import EncryptedTextField


class AccountManager(BaseUserManager["Account"]):
    def create_user(self, username: str, password: str | None = None, **fields: Any) -> "Account":
        account = self.model(username=username, **fields)
        account.set_password(password)
        account.save(using=self._db)
        return account

    def get_by_natural_key(self, username: str | None) -> "Account":
        """Somebody by name, before anybody is signed in: by the one narrow door that the database has for it."""
        found = self.raw("select * from staff_account_named(%s)", [username])
        for account in found:
            return account
        raise self.model.DoesNotExist


class Account(AbstractBaseUser):
    """Somebody who works here. What they may see comes from the posts they hold, never from the account."""

    password = EncryptedTextField(bound_to="username")
    username = models.CharField(max_length=40, unique=True)
    full_name = models.CharField(max_length=50)
    is_active = models.BooleanField(default=True)
    person = models.BigIntegerField(
        null=True,
        blank=True,
        help_text="person key of the holder: looks at their own relatives are asked about",
    )
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

    def check_password(self, raw_password: str) -> bool:
        """Whether this is the password; where it is hashed in an older way, the better hash is kept as the account's own act."""

        def keep_better(raw: str) -> None:
            self.set_password(raw)
            self._password = None
            with reader.asking_for(self.pk, on=clock.today()):
                self.save(update_fields=["password"])

        return check_password(raw_password, self.password, keep_better)
