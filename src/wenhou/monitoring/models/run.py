from django.db import models

from wenhou.monitoring.enums import RunKind, RunState


class Run(models.Model):
    """One pass of the watch for one day: over everybody known, or over those whom deliveries touched."""

    as_of = models.DateField()
    division = models.CharField(max_length=12, blank=True, help_text="prefix; empty for everybody")
    kind = models.CharField(max_length=2, choices=RunKind.choices, default=RunKind.FULL)
    reason = models.CharField(max_length=120, blank=True, help_text="why everybody is looked at, in Chinese")
    state = models.CharField(max_length=10, choices=RunState.choices, default=RunState.QUEUED)
    stage = models.CharField(max_length=30, blank=True, help_text="what it is doing, in Chinese")
    progress = models.PositiveSmallIntegerField(default=0, help_text="per cent")
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    persons = models.BigIntegerField(default=0, help_text="looked at")
    households = models.BigIntegerField(default=0, help_text="looked at")
    raised = models.PositiveIntegerField(default=0)
    cleared = models.PositiveIntegerField(default=0)
    kept = models.PositiveIntegerField(default=0)
    held = models.PositiveIntegerField(default=0, help_text="yes, but a human conclusion stands")
    counts = models.JSONField(
        default=dict, help_text="indicator → {yes, no, unknown} of everybody, {raised, cleared}"
    )
    failure = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey("staff.Account", null=True, blank=True, on_delete=models.PROTECT)

    class Meta:
        db_table = "monitoring_run"

    def __str__(self) -> str:
        return f"{self.as_of} #{self.pk}"
