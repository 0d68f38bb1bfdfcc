from django.db import models
from django.db.models import Q

from wenhou.base.secrets.fields import EncryptedTextField

FILE = "lake_file"
"""The purpose of the keys that file keys are sealed by."""


class FileKey(models.Model):
    """The key of one sealed file, which says its number and nothing else. Without the secret the file is gone, wherever a
    copy of it lies; the row stays and says why."""

    number = models.UUIDField(primary_key=True)
    secret = EncryptedTextField(purpose=FILE, bound_to="number", null=True, help_text="hex; null: destroyed")
    made_at = models.DateTimeField()
    destroyed_on = models.DateField(null=True, blank=True)
    ground = models.CharField(max_length=200, blank=True, help_text="of the destruction")

    class Meta:
        db_table = "lake_file_key"
        constraints = [
            models.CheckConstraint(
                condition=Q(secret__isnull=True, destroyed_on__isnull=False)
                | Q(secret__isnull=False, destroyed_on__isnull=True),
                name="lake_file_key_there_or_destroyed",
            )
        ]

    def __str__(self) -> str:
        return str(self.number)
