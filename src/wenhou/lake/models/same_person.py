from django.db import models
from django.db.models import F, Q


class SamePerson(models.Model):
    """Rows under the absorbed key are read under the kept one. Only what stands today: `linkage` keeps the history."""

    absorbed = models.BigIntegerField(unique=True, help_text="person key")
    kept = models.BigIntegerField(help_text="person key")

    class Meta:
        db_table = "lake_same_person"
        constraints = [
            models.CheckConstraint(condition=~Q(kept=F("absorbed")), name="lake_same_person_of_two")
        ]

    def __str__(self) -> str:
        return f"{self.absorbed} → {self.kept}"
