"""What the audit keeps. Entries are written by triggers (`triggers`), seals by `base.actions.sealing`."""

import json
from typing import Any

from django.db import models
from django.db.models import Q

from wenhou.base.audit.enums import AuditAct


class AuditEntry(models.Model):
    """One change of one row: who, when, what. Written by the database and by nobody else; never changed."""

    number = models.BigAutoField(primary_key=True)
    at = models.DateTimeField(help_text="when the statement ended, by the database's own clock")
    transaction = models.BigIntegerField(help_text="entries of one transaction bear the same")
    account = models.BigIntegerField(null=True, help_text="staff.Account signed in, if any")
    actor = models.CharField(max_length=120, help_text="cli:<user> or job:<name>; empty for a page")
    db_role = models.CharField(max_length=63, help_text="user of the database")
    act = models.CharField(max_length=8, choices=AuditAct.choices)
    table_name = models.CharField(max_length=63)
    row_key = models.TextField(help_text="primary key; empty for a whole table")
    # Text, not jsonb: what is hashed is what was written, to the byte, and parsing it doubled the cost of an entry.
    change = models.TextField(
        help_text="JSON: column → [before, after]; what is secret or long as its digest"
    )
    request = models.CharField(max_length=200, help_text="of a page: which request")

    class Meta:
        db_table = "base_audit"
        indexes = [
            models.Index(fields=["table_name", "row_key"], name="base_audit_row"),
            models.Index(
                fields=["account", "number"], name="base_audit_account", condition=Q(account__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.act} {self.table_name} {self.row_key}"

    @property
    def changed(self) -> dict[str, list[Any]]:
        """Column → [before, after]; a column that was and stays empty is left out."""
        told: dict[str, list[Any]] = json.loads(self.change)
        return told


class AuditSeal(models.Model):
    """Entries first..last are these and no others: signed, and chained to the seal before."""

    number = models.BigIntegerField(primary_key=True, help_text="1, 2, 3 … without a gap")
    first = models.BigIntegerField()
    last = models.BigIntegerField()
    count = models.BigIntegerField(help_text="entries")
    gaps = models.TextField(help_text="numbers that were rolled back: 17-20,33")
    algorithm = models.CharField(max_length=8, help_text="digest: sha256 or sm3")
    root = models.CharField(
        max_length=64, help_text="Merkle root of the entries, in the order of their numbers"
    )
    leaves = models.BinaryField(
        help_text="digest of each entry, 32 bytes each: names the one that was edited"
    )
    previous = models.CharField(max_length=64, help_text="digest of the seal before; zeros for the first")
    sealed_at = models.DateTimeField()
    key = models.CharField(max_length=16, help_text="which public key checks the signature")
    signature = models.CharField(max_length=128, help_text="Ed25519, hex")

    class Meta:
        db_table = "base_seal"

    def __str__(self) -> str:
        return f"{self.number}: {self.first}-{self.last}"


class SealMark(models.Model):
    """Numbers up to here had been given out while transactions below still wrote; one row, none while nothing waits."""

    upto = models.BigIntegerField()
    below = models.BigIntegerField(help_text="decided once every transaction below this number has ended")

    class Meta:
        db_table = "base_seal_mark"

    def __str__(self) -> str:
        return f"{self.upto} < {self.below}"
