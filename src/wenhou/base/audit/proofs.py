"""That an entry stands under a seal, for whoever has nothing but the proof and the public key."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from wenhou.base.audit import digests, leaves, numbers, signing, statements
from wenhou.base.audit.models import AuditSeal
from wenhou.base.errors import WenhouError


@dataclass(frozen=True)
class Proof:
    """entry: what was hashed, a JSON array of `leaves.FIELDS`; path: digests beside it, from below, hex; statement: what the
    seal states and its Ed25519 signature; key: the public key. All that is needed, and nothing of any other entry."""

    entry: str
    index: int
    path: tuple[str, ...]
    statement: str
    signature: str
    key: str

    def to_json(self) -> dict[str, Any]:
        return {**vars(self), "path": list(self.path)}


def of(number: int) -> Proof | None:
    """The proof of an entry by its number; None while no seal has taken it up. Raises WenhouError where there is none such."""
    line = next(leaves.read(number, number), None)
    if line is None:
        raise WenhouError(f"没有第{number}号审计记录。")
    seal = AuditSeal.objects.filter(first__lte=number, last__gte=number).first()
    if seal is None:
        return None
    kept = bytes(seal.leaves)
    hashed = [kept[at : at + digests.LENGTH] for at in range(0, len(kept), digests.LENGTH)]
    index = list(numbers.expected(seal.first, seal.last, seal.gaps)).index(number)
    return Proof(
        entry=line.text().decode(),
        index=index,
        path=tuple(one.hex() for one in digests.path(seal.algorithm, hashed, index)),
        statement=statements.of(seal).text().decode(),
        signature=seal.signature,
        key=signing.public_keys()[seal.key].hex(),
    )


def check(proof: Proof | Mapping[str, Any], *, key: str) -> dict[str, Any]:
    """What the proven entry says, by field. key: the deployment's public key, hex, from elsewhere than the proof.

    Raises WenhouError with what is wrong. Needs no database.
    """
    told = proof if isinstance(proof, Proof) else Proof(**{**proof, "path": tuple(proof["path"])})
    if not signing.is_signed(bytes.fromhex(key), told.statement.encode(), told.signature):
        raise WenhouError("封印的签名对不上，证明不成立。")
    stated = statements.read(told.statement.encode())
    leaf = digests.leaf(stated.algorithm, told.entry.encode())
    beside = [bytes.fromhex(one) for one in told.path]
    if digests.root_of(stated.algorithm, leaf, told.index, stated.count, beside).hex() != stated.root:
        raise WenhouError("这条记录不在封印之内，证明不成立。")
    return dict(zip(leaves.FIELDS, json.loads(told.entry), strict=True))
