"""What a seal states, as the bytes that are signed, and its digest, which the next seal and a checkpoint name."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from wenhou.base.audit import digests
from wenhou.base.audit.models import AuditSeal

FORM = "wenhou-seal-1"
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
        told: list[Any] = [
            FORM, self.number, self.first, self.last, self.count, self.gaps, self.algorithm, self.root, self.previous,
            at, self.key,
        ]  # fmt: skip
        return json.dumps(told, separators=(",", ":")).encode()


def of(seal: AuditSeal) -> Statement:
    """What a seal states as it stands."""
    return Statement(**{name: getattr(seal, name) for name in Statement.__dataclass_fields__})


def read(text: bytes) -> Statement:
    """A statement from what was signed. Raises ValueError for anything else."""
    form, *told = json.loads(text)
    if form != FORM or len(told) != len(Statement.__dataclass_fields__):
        raise ValueError(form)
    told[8] = datetime.strptime(told[8], "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)
    return Statement(*told)


def digest(seal: AuditSeal) -> str:
    """Of the statement and its signature."""
    return digests.digest(seal.algorithm, of(seal).text() + seal.signature.encode()).hex()
