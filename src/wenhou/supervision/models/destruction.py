from django.db import models


class Destruction(models.Model):
    """What was destroyed because its time was over: how many rows of which table, never what they said."""

    until = models.DateField(help_text="the day the schedule was read for")
    destroyed_at = models.DateTimeField()
    by = models.CharField(max_length=60, help_text="who decided, in words")
    counts = models.JSONField(help_text="table → rows")
    left = models.PositiveIntegerField(help_text="rows due that another row still names")

    class Meta:
        db_table = "supervision_destruction"

    def __str__(self) -> str:
        return f"{self.until}"
