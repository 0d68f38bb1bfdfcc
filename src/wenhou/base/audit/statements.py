"""What a seal states, as the bytes that are signed, and its digest, which the next seal and a checkpoint name."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime

from wenhou.base.audit import digests
from wenhou.base.audit.checking import FORM, STATED
from wenhou.base.audit.models import AuditSeal

NONE = "0" * 64


@dataclass(frozen=True)
class Statement:
    """Everything a seal says but its signature."""

    number: int
    first: int
    last: int
    count: int
    gaps: str
    algorithm: str
    root: str
    previous: str
    sealed_at: datetime
    key: str

    def text(self) -> bytes:
        """What is signed."""
        at = self.sealed_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        told = [at if name == "sealed_at" else getattr(self, name) for name in STATED]
        return json.dumps([FORM, *told], separators=(",", ":")).encode()


def of(seal: AuditSeal) -> Statement:
    """What a seal states as it stands."""
    return Statement(**{name: getattr(seal, name) for name in STATED})


def digest(seal: AuditSeal) -> str:
    """Of the statement and its signature."""
    return digests.digest(seal.algorithm, of(seal).text() + seal.signature.encode()).hex()
