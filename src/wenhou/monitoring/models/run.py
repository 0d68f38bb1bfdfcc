from django.db import models

from wenhou.monitoring.enums import RunState


class Run(models.Model):
    """One pass of the watch over everybody known, for one day."""

    as_of = models.DateField()
    division = models.CharField(max_length=12, blank=True, help_text="prefix; empty for everybody")
    state = models.CharField(max_length=10, choices=RunState.choices, default=RunState.QUEUED)
    stage = models.CharField(max_length=30, blank=True, help_text="what it is doing, in Chinese")
    progress = models.PositiveSmallIntegerField(default=0, help_text="per cent")
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    persons = models.BigIntegerField(default=0)
    households = models.BigIntegerField(default=0)
    raised = models.PositiveIntegerField(default=0)
    cleared = models.PositiveIntegerField(default=0)
    kept = models.PositiveIntegerField(default=0)
    held = models.PositiveIntegerField(default=0, help_text="yes, but a human conclusion stands")
    counts = models.JSONField(default=dict, help_text="indicator → {yes, no, unknown, raised, cleared}")
    failure = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey("staff.Account", null=True, blank=True, on_delete=models.PROTECT)

    class Meta:
        db_table = "monitoring_run"

    def __str__(self) -> str:
        return f"{self.as_of} #{self.pk}"
