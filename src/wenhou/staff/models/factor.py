from django.db import models

from wenhou.base.secrets.fields import EncryptedTextField
from wenhou.staff.enums import FactorKind


class SecondFactor(models.Model):
    """What an account proves itself with beside its password.

    secret: of an authenticator, base32; of codes on paper, the digests of those not yet used, a line each.
    """

    account = models.ForeignKey("staff.Account", on_delete=models.CASCADE, related_name="factors")
    kind = models.CharField(max_length=8, choices=FactorKind.choices)
    name = models.CharField(max_length=40, blank=True, help_text="which phone, in the holder's words")
    secret = EncryptedTextField(bound_to="account_id")
    last_step = models.BigIntegerField(
        default=0, help_text="of an authenticator: no code of it or before is taken again"
    )
    added_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "staff_second_factor"
        indexes = [models.Index(fields=["account"], name="staff_factor_account")]

    def __str__(self) -> str:
        return f"{self.account_id} {self.kind}"


class OldPassword(models.Model):
    """A password an account had, hashed: it is not taken again soon."""

    account = models.ForeignKey("staff.Account", on_delete=models.CASCADE, related_name="old_passwords")
    password = models.CharField(max_length=128)
    until = models.DateTimeField()

    class Meta:
        db_table = "staff_old_password"
        indexes = [models.Index(fields=["account", "-until"], name="staff_old_password_last")]

    def __str__(self) -> str:
        return f"{self.account_id} {self.until:%Y-%m-%d}"
