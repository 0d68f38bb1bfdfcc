"""Looking entries up: of a row, of a table, of somebody who acted."""

from django.db.models import QuerySet

from wenhou.base.audit.models import AuditEntry


def of_table(table: str, key: str | None = None) -> QuerySet[AuditEntry]:
    """What happened to a table, or to one row of it, the newest first."""
    found = AuditEntry.objects.filter(table_name=table).order_by("-number")
    return found if key is None else found.filter(row_key=key)


def of_account(account: int) -> QuerySet[AuditEntry]:
    """What somebody signed in did, the newest first."""
    return AuditEntry.objects.filter(account=account).order_by("-number")


def inserted(table: str, keys: list[str]) -> dict[str, AuditEntry]:
    """Row key → the entry that first wrote the row."""
    found = AuditEntry.objects.filter(table_name=table, act="insert", row_key__in=keys).order_by("-number")
    return {entry.row_key: entry for entry in found}
