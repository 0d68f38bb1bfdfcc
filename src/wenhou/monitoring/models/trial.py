"""Another threshold tried on days that are past: what was asked, and what came of it."""

from django.db import models
from django.db.models import Q

from wenhou.monitoring.enums import RunState


class ThresholdTrial(models.Model):
    """One question of one person, answered by a job; kept as it was seen. Nothing else is written for it."""

    indicator = models.CharField(max_length=3)
    name = models.CharField(max_length=80, help_text="of the standard")
    value = models.CharField(max_length=40, help_text="as it was typed")
    division = models.CharField(max_length=12, help_text="prefix of the place it is tried at")
    since = models.DateField()
    until = models.DateField()
    state = models.CharField(max_length=10, choices=RunState.choices, default=RunState.QUEUED)
    found = models.JSONField(null=True, blank=True, help_text="monitoring.worth.told.to_json")
    why = models.CharField(max_length=400, blank=True, help_text="why it failed")
    by = models.ForeignKey("staff.Account", on_delete=models.PROTECT, related_name="+")
    requested_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "monitoring_threshold_trial"
        indexes = [models.Index(fields=["by", "indicator", "-id"], name="monitoring_trial_of")]
        constraints = [
            models.UniqueConstraint(
                fields=["by"],
                condition=Q(state__in=[RunState.QUEUED.value, RunState.RUNNING.value]),
                name="monitoring_trial_one_at_once",
            ),
            models.CheckConstraint(
                condition=Q(state=RunState.DONE.value, found__isnull=False, finished_at__isnull=False, why="")
                | (~Q(state=RunState.DONE.value) & Q(found__isnull=True)),
                name="monitoring_trial_done_in_full",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.name} {self.state}"
