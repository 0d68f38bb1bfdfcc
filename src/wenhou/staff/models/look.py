from django.db import models


class Look(models.Model):
    """Somebody opened what is masked: who, about whom, what for, when. Written before it is shown."""

    account = models.ForeignKey("staff.Account", on_delete=models.PROTECT, related_name="looks")
    person = models.BigIntegerField(help_text="person key")
    page = models.CharField(max_length=60, help_text="where, e.g. alert:YJ000123")
    shown = models.CharField(max_length=60, help_text="what: identity, illness, address")
    purpose = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        db_table = "staff_look"
        indexes = [
            models.Index(fields=["person", "-at"], name="staff_look_person"),
            models.Index(fields=["account", "-at"], name="staff_look_account"),
        ]

    def __str__(self) -> str:
        return f"{self.account_id} → {self.person}"
