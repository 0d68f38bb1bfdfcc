"""In which order a list is most use, learnt from outcomes. Nothing that decides about anybody reads these rows."""

from django.db import models
from django.db.models import Q

from wenhou.monitoring.models.alert import Alert


class Learned(models.Model):
    """What concluded alerts taught about the chance that a visit newly helps a family. Kept; the latest is in use."""

    on = models.DateField(help_text="the day it was learnt")
    since = models.DateField(help_text="first day of the conclusions it was learnt from")
    until = models.DateField(help_text="last day of them")
    size = models.PositiveIntegerField(help_text="alerts concluded after a visit")
    helped = models.PositiveIntegerField(help_text="of them those by which somebody was newly helped")
    brier = models.FloatField(help_text="mean squared error of the chances, of alerts it had not seen")
    base_brier = models.FloatField(help_text="the same of one chance for all")
    reliability = models.JSONField(help_text="rows: from, to, alerts, told, seen")
    groups = models.JSONField(help_text="rows: what, group, alerts, told, seen; none but age is a feature")
    content = models.JSONField(help_text="feature → weight, the intercept, and the line of the calibration")

    class Meta:
        db_table = "monitoring_learned"
        constraints = [
            models.CheckConstraint(condition=Q(since__lte=models.F("until")), name="monitoring_learned_span"),
        ]

    def __str__(self) -> str:
        return f"{self.on} #{self.pk}"


class Expectation(models.Model):
    """The chance that a visit for an open alert newly helps a family, and why it stands where it does."""

    alert = models.OneToOneField(
        Alert, primary_key=True, on_delete=models.CASCADE, related_name="expectation"
    )
    learned = models.ForeignKey(Learned, on_delete=models.PROTECT)
    chance = models.PositiveSmallIntegerField(help_text="in ten-thousandths")
    reasons = models.JSONField(default=list, help_text="sentences, the weightiest first")

    class Meta:
        db_table = "monitoring_expectation"

    def __str__(self) -> str:
        return f"{self.alert_id} {self.chance}"
