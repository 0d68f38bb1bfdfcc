from django.contrib.postgres.fields import ArrayField
from django.db import models


class SourceKey(models.Model):
    """A key a source pushes deliveries with. Only its hash is kept."""

    name = models.CharField(max_length=60, help_text="the source, e.g. 兴庆区医保局")
    prefix = models.CharField(max_length=8, unique=True, help_text="the part shown in lists")
    digest = models.CharField(max_length=64, unique=True, help_text="SHA-256 of the key")
    contracts = ArrayField(models.CharField(max_length=8), help_text="which contracts it may deliver")
    division = models.CharField(max_length=12, help_text="deliveries must lie within it")
    issued_at = models.DateTimeField()
    holder = models.ForeignKey(
        "staff.Account",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="who of our staff keeps it; it ends when they leave",
    )
    issued_by = models.CharField(max_length=60)
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.CharField(max_length=60, blank=True)

    class Meta:
        db_table = "api_source_key"

    def __str__(self) -> str:
        return self.name
