"""The outbox: news of what was done, written in the same transaction as the act. And the audit (`base.audit.models`) and the
keys of what is sealed (`base.secrets.models`)."""

from django.db import models

from wenhou.base.audit.models import AuditEntry, AuditSeal, SealMark
from wenhou.base.secrets.models import DataKey

__all__ = ["AuditEntry", "AuditSeal", "DataKey", "News", "SealMark"]


class News(models.Model):
    """One event told by an action. Its reactions run after commit, each as a job of its own."""

    kind = models.CharField(max_length=80)
    body = models.JSONField()
    told_at = models.DateTimeField()

    class Meta:
        db_table = "base_news"
        indexes = [models.Index(fields=["kind", "-told_at"], name="base_news_kind")]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"
