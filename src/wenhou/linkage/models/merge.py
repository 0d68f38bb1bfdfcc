from django.db import models
from django.db.models import F, Q


class PersonMerge(models.Model):
    """Two keys found to be one person: the absorbed one is read as the kept one while this is not undone."""

    kept = models.BigIntegerField(help_text="person key")
    absorbed = models.BigIntegerField(help_text="person key")
    reason = models.CharField(max_length=200)
    by = models.ForeignKey("staff.Account", on_delete=models.PROTECT, related_name="+")
    merged_on = models.DateField()
    recorded_at = models.DateTimeField()
    undone_on = models.DateField(null=True, blank=True)
    undone_by = models.ForeignKey(
        "staff.Account", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    undone_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        db_table = "linkage_person_merge"
        constraints = [
            models.UniqueConstraint(
                fields=["absorbed"], condition=Q(undone_on=None), name="linkage_merge_absorbed_once"
            ),
            models.CheckConstraint(condition=~Q(kept=F("absorbed")), name="linkage_merge_of_two"),
            models.CheckConstraint(
                condition=Q(undone_on=None, undone_by=None)
                | Q(undone_on__isnull=False, undone_by__isnull=False),
                name="linkage_merge_undone_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.absorbed} → {self.kept}"
