"""Writing what is audited, and tampering with what was, as somebody who owns the database could."""

from typing import Any

from django.db import connection

from wenhou.base.audit.models import AuditEntry
from wenhou.lake.models import SamePerson


def write(*absorbed: int) -> None:
    """One entry each."""
    for key in absorbed:
        SamePerson.objects.create(absorbed=key, kept=1)


def tamper(statement: str, parameters: tuple[Any, ...] = ()) -> None:
    """With the guards off for as long as it takes."""
    with connection.cursor() as cursor:
        for table in ("base_audit", "base_seal"):
            cursor.execute(f"alter table {table} disable trigger base_audit_stays")
        cursor.execute(statement, parameters)
        for table in ("base_audit", "base_seal"):
            cursor.execute(f"alter table {table} enable trigger base_audit_stays")


def entry(number: int) -> AuditEntry:
    """By its number."""
    return AuditEntry.objects.get(number=number)
