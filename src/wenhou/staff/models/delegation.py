from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from wenhou.staff.enums import Matter


class Delegation(models.Model):
    """A post lent to a colleague from day to day, whole or without some of its matters. It ends by itself, and with the post;
    what was borrowed cannot be lent on, as it stays the lender's post. Both names are kept."""

    post = models.ForeignKey("staff.Post", on_delete=models.PROTECT, related_name="lent")
    lender = models.ForeignKey("staff.Account", on_delete=models.PROTECT, related_name="lent")
    borrower = models.ForeignKey("staff.Account", on_delete=models.PROTECT, related_name="borrowed")
    matters = ArrayField(
        models.CharField(max_length=8, choices=Matter.choices),
        default=list,
        blank=True,
        help_text="of the post's",
    )
    since = models.DateField()
    until = models.DateField(help_text="last day")
    reason = models.CharField(max_length=200)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True, help_text="taken back before its last day")
    ended_by = models.ForeignKey(
        "staff.Account", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        db_table = "staff_delegation"
        indexes = [
            models.Index(
                fields=["borrower", "until"],
                name="staff_delegation_in_force",
                condition=Q(ended_at__isnull=True),
            )
        ]
        constraints = [
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="staff_delegation_term"),
            models.CheckConstraint(condition=~Q(lender=F("borrower")), name="staff_delegation_to_another"),
        ]

    def __str__(self) -> str:
        return f"{self.lender_id} → {self.borrower_id}: {self.post_id}"
