from django.db import models
from django.db.models import Q

from wenhou.staff.enums import Matter


class Override(models.Model):
    """An indicator set aside for one person or household by somebody with the permit, for a reason. It belongs to the
    evidence of the alert it was decided on: it ends on its day, when that evidence changes, or when it is taken back."""

    indicator = models.CharField(max_length=3)
    subject = models.CharField(max_length=24, help_text="p<person key> or h<household>")
    division = models.CharField(max_length=12, help_text="whose alert it was, 12 digits")
    reason = models.CharField(max_length=400)
    by = models.ForeignKey("staff.Account", on_delete=models.PROTECT, related_name="+")
    set_on = models.DateField()
    until = models.DateField(null=True, blank=True, help_text="empty: until the evidence changes")
    ended_on = models.DateField(null=True, blank=True)
    ended_by = models.ForeignKey(
        "staff.Account",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="who took it back; empty where a run ended it",
    )
    ended_why = models.CharField(max_length=400, blank=True)

    wall = models.CharField(
        max_length=8,
        blank=True,
        default="",
        db_default="",
        choices=Matter.choices,
        help_text="the matter whose posts alone are given the row",
    )

    class Meta:
        db_table = "monitoring_override"
        indexes = [
            models.Index(
                fields=["division"], name="monitoring_override_in_force", condition=Q(ended_on__isnull=True)
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "subject"],
                condition=Q(ended_on__isnull=True),
                name="monitoring_override_in_force_once",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=models.F("set_on")),
                name="monitoring_override_until_after_set",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.subject}"
