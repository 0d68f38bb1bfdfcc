from django.db import models
from django.db.models import F, Q


class Part(models.Model):
    """One Parquet file of facts and what it speaks for: a contract, a division, a period."""

    contract = models.CharField(max_length=8)
    delivery = models.BigIntegerField(unique=True)
    division = models.CharField(max_length=12, help_text="2, 4, 6, 9 or 12 digits; everybody under it")
    period_from = models.DateField()
    period_to = models.DateField()
    mode = models.CharField(max_length=5, choices=[("full", "全量"), ("delta", "增量")])
    rows = models.BigIntegerField()
    path = models.CharField(max_length=200, help_text="relative to the lake")
    loaded_at = models.DateTimeField()
    superseded_by = models.BigIntegerField(null=True, blank=True)
    origin = models.BigIntegerField(
        null=True, blank=True, help_text="of rows linked afterwards: the delivery whose lines they are"
    )
    taken_back = models.BooleanField(
        default=False, help_text="its rows are no longer said, not even in history"
    )

    class Meta:
        db_table = "lake_part"
        indexes = [models.Index(fields=["contract", "division"], name="lake_part_contract")]
        constraints = [
            models.CheckConstraint(
                condition=Q(period_from__lte=F("period_to")), name="lake_part_period_runs_forward"
            )
        ]

    def __str__(self) -> str:
        return f"{self.contract} {self.division} {self.period_from}–{self.period_to}"
