from django.db import models


class OddLooks(models.Model):
    """Looks of one account on one day that stand out, for the audit's administrator to ask about: how, and of how many people;
    not of whom."""

    account = models.ForeignKey("staff.Account", on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    kind = models.CharField(max_length=8, help_text="supervision.unusual.Oddity")
    people = models.PositiveIntegerField()
    why = models.CharField(max_length=600)
    found_at = models.DateTimeField()

    class Meta:
        db_table = "staff_odd_looks"
        constraints = [
            models.UniqueConstraint(fields=["account", "day", "kind"], name="staff_odd_looks_once")
        ]

    def __str__(self) -> str:
        return f"{self.account_id} {self.day} {self.kind}"


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
