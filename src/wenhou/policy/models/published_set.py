"""The standards as they held at a moment, all of them, under a number."""

from django.db import models
from django.db.models import Q


class PublishedSet(models.Model):
    """Every row that decided from a moment on, as canonical text. Never changed, so what was judged can be judged again."""

    number = models.PositiveIntegerField(unique=True)
    published_on = models.DateField()
    published_at = models.DateTimeField()
    by = models.ForeignKey(
        "staff.Account", null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        help_text="empty: kept by a run that met changed files",
    )  # fmt: skip
    sha256 = models.CharField(max_length=64)
    content = models.TextField(help_text="policy.canonical.text")
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        db_table = "policy_published_set"
        indexes = [models.Index(fields=["sha256"], name="policy_published_set_sha")]
        constraints = [models.CheckConstraint(condition=Q(number__gte=1), name="policy_published_set_number")]

    def __str__(self) -> str:
        return f"第{self.number}版"
