"""Looking entries up: of a row, of a table, of somebody who acted."""

from collections.abc import Collection

from django.db.models import BigIntegerField, JSONField, QuerySet
from django.db.models.fields.json import KeyTextTransform, KeyTransform
from django.db.models.functions import Cast

from wenhou.base.audit.enums import AuditAct
from wenhou.base.audit.models import AuditEntry


def of_table(table: str, key: str | None = None) -> QuerySet[AuditEntry]:
    """What happened to a table, or to one row of it, the newest first."""
    found = AuditEntry.objects.filter(table_name=table).order_by("-number")
    return found if key is None else found.filter(row_key=key)


def of_account(account: int) -> QuerySet[AuditEntry]:
    """What somebody signed in did, the newest first."""
    return AuditEntry.objects.filter(account=account).order_by("-number")


def telling(table: str, column: str, values: Collection[int]) -> QuerySet[AuditEntry]:
    """Rows written to a table that had one of these values in a column, the oldest first."""
    found = AuditEntry.objects.filter(table_name=table, act=AuditAct.INSERT)
    told = Cast(KeyTextTransform("1", KeyTransform(column, Cast("change", JSONField()))), BigIntegerField())
    return found.annotate(told=told).filter(told__in=values).order_by("number")
