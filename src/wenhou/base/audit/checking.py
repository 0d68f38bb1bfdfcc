"""Checking a proof with nothing but the proof and the public key: no database, no settings, nothing else of ours to trust.

python -m wenhou.base.audit.checking record.json --key <public key, hex>
"""

import argparse
import hashlib
import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from wenhou.base.audit import digests
from wenhou.base.errors import WenhouError

FORM = "wenhou-seal-1"
STATED = ("number", "first", "last", "count", "gaps", "algorithm", "root", "previous", "sealed_at", "key")
"""What a seal states, in the order in which it is signed, after FORM."""
FIELDS = (
    "number", "at", "transaction", "account", "actor", "db_role", "act", "table_name", "row_key", "change", "request",
)  # fmt: skip
"""What an entry says, in the order in which it is hashed."""
UNREADABLE = "这个文件不是查阅记录，或已损坏；请给出 wenhou audit record --to 写的文件。"


@dataclass(frozen=True)
class Proof:
    """entry: what was hashed, a JSON array of FIELDS; path: digests beside it, from below, hex; statement: what the seal
    states; signature: Ed25519 over it, hex. All that is needed, and nothing of any other entry."""

    entry: str
    index: int
    path: tuple[str, ...]
    statement: str
    signature: str

    def to_json(self) -> dict[str, Any]:
        return {**vars(self), "path": list(self.path)}


def name_of(public: bytes) -> str:
    """How a seal names the key that checks it."""
    return hashlib.sha256(public).hexdigest()[:16]


def is_signed(public: bytes, text: bytes, signature: str) -> bool:
    """Whether the holder of this key signed this."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(bytes.fromhex(signature), text)
    except (InvalidSignature, ValueError):
        return False
    return True


def check(proof: Proof | Mapping[str, Any], *, key: str) -> dict[str, Any]:
    """What the proven entry says, by FIELDS. key: the deployment's public key, hex, from elsewhere than the proof.

    Raises WenhouError with what is wrong.
    """
    told = proof if isinstance(proof, Proof) else Proof(**{**proof, "path": tuple(proof["path"])})
    if not is_signed(_hex(key), told.statement.encode(), told.signature):
        raise WenhouError("封印的签名对不上，证明不成立。")
    stated = dict(zip(("form", *STATED), json.loads(told.statement), strict=True))
    leaf = digests.leaf(stated["algorithm"], told.entry.encode())
    beside = [_hex(one) for one in told.path]
    root = digests.root_of(stated["algorithm"], leaf, told.index, stated["count"], beside)
    if stated["form"] != FORM or root.hex() != stated["root"]:
        raise WenhouError("这条记录不在封印之内，证明不成立。")
    return dict(zip(FIELDS, json.loads(told.entry), strict=True))


def _hex(told: str) -> bytes:
    try:
        return bytes.fromhex(told)
    except ValueError:
        raise WenhouError("钥匙和摘要要写成十六进制。") from None


def main() -> int:
    """Print what each proof of a record says; exit 1 at the first that does not hold."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("record", type=Path, help="what `wenhou audit record --to` wrote")
    parser.add_argument("--key", required=True)
    told = parser.parse_args()
    try:
        for proof in json.loads(told.record.read_text())["proofs"]:
            print(json.dumps(check(proof, key=told.key), ensure_ascii=False))
    except WenhouError as wrong:
        print(wrong.message, file=sys.stderr)
        return 1
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        print(UNREADABLE, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
