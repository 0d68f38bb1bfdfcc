"""Digests, and the Merkle tree over the entries of a seal as RFC 6962 (2.1) draws it: a leaf is never taken for a node."""

import hashlib
from collections.abc import Sequence

from wenhou.base.errors import WenhouError

ALGORITHMS = {"sha256": "SHA-256", "sm3": "SM3（GB/T 32905）"}
LENGTH = 32


def digest(algorithm: str, text: bytes) -> bytes:
    """32 bytes. Raises WenhouError for a digest that this machine does not know."""
    if algorithm == "sha256":
        return hashlib.sha256(text).digest()
    if algorithm not in ALGORITHMS:
        raise WenhouError(f"WENHOU_DIGEST只能是{'或'.join(ALGORITHMS)}。")
    if algorithm in hashlib.algorithms_available:
        return hashlib.new(algorithm, text).digest()
    from cryptography.hazmat.primitives import hashes  # where Python's own OpenSSL is built without SM3

    sm3 = hashes.Hash(hashes.SM3())
    sm3.update(text)
    return sm3.finalize()


def leaf(algorithm: str, text: bytes) -> bytes:
    """The digest of one entry."""
    return digest(algorithm, b"\0" + text)


def parted(kept: bytes) -> list[bytes]:
    """Digests that are kept one after the other."""
    return [kept[at : at + LENGTH] for at in range(0, len(kept), LENGTH)]


def root(algorithm: str, leaves: Sequence[bytes]) -> bytes:
    """The digest of all leaves in their order."""
    if not leaves:
        return digest(algorithm, b"")
    level = list(leaves)
    while len(level) > 1:
        level = _paired(algorithm, level)
    return level[0]


def path(algorithm: str, leaves: Sequence[bytes], index: int) -> list[bytes]:
    """What is needed beside the leaf at this index to reckon the root: one digest a level, from below."""
    level, found = list(leaves), []
    while len(level) > 1:
        if index ^ 1 < len(level):
            found.append(level[index ^ 1])
        level, index = _paired(algorithm, level), index // 2
    return found


def root_of(algorithm: str, of: bytes, index: int, size: int, beside: Sequence[bytes]) -> bytes:
    """The root that a leaf at this index of so many leads to by this path; another one where the path is not its own."""
    told, left = of, list(beside)
    if not 0 <= index < size:
        return b""
    while size > 1:
        if index ^ 1 < size:
            if not left:
                return b""
            other = left.pop(0)
            told = _node(algorithm, other, told) if index % 2 else _node(algorithm, told, other)
        index, size = index // 2, (size + 1) // 2
    return told if not left else b""


def _paired(algorithm: str, level: list[bytes]) -> list[bytes]:
    """The level above; the last of an odd number goes up as it is, which is the tree of RFC 6962."""
    above = [_node(algorithm, level[at], level[at + 1]) for at in range(0, len(level) - 1, 2)]
    return [*above, level[-1]] if len(level) % 2 else above


def _node(algorithm: str, left: bytes, right: bytes) -> bytes:
    return digest(algorithm, b"\1" + left + right)
