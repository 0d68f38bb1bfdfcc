"""Files sealed in blocks: any stretch is read without the rest, and none is changed, moved, left out or cut off unseen. Pure.


A head, then the blocks, each ciphertext and tag (16). A block is bound to the head and to whether it is the last; its nonce is
its place, so a key seals one file and never a second.
"""

import io
import os
import struct
from dataclasses import dataclass
from typing import Any, BinaryIO
from uuid import UUID

from wenhou.base.errors import WenhouError
from wenhou.base.secrets.sealing import TAG, Algorithm, decrypt, encrypt

POWER = 18
"""256 KiB to a block: larger ones cost a look at a few rows, smaller ones cost calls."""
MAGIC = b"WHSF"
_HEAD = struct.Struct(">4sBBBx16s")  # mark, version, algorithm, the block's power of two, number of the key
_NONCE = struct.Struct(">4xQ")
HEAD_SIZE = _HEAD.size
SPOILT = "加密的文件打不开：被改动过，或不完整。请从备份中恢复这个文件，并查明是谁改的。"


@dataclass(frozen=True)
class Head:
    """What stands before the blocks. number: of the key; it says nothing about the file."""

    number: UUID
    algorithm: Algorithm
    power: int = POWER

    @property
    def written(self) -> bytes:
        return _HEAD.pack(MAGIC, 1, self.algorithm, self.power, self.number.bytes)


def head_of(start: bytes) -> Head | None:
    """The head of a sealed file, None where the file is not one. start: its first bytes."""
    if len(start) < HEAD_SIZE or not start.startswith(MAGIC):
        return None
    _, version, algorithm, power, number = _HEAD.unpack_from(start)
    if version != 1 or algorithm not in (Algorithm.AES, Algorithm.SM4) or not 12 <= power <= 24:
        return None
    return Head(UUID(bytes=number), Algorithm(algorithm), power)


class Writer(io.RawIOBase):
    """Seals what is written to it, from beginning to end. Not closed, it has no last block and does not open."""

    def __init__(self, target: BinaryIO, head: Head, key: bytes) -> None:
        self._target, self._head, self._key = target, head, key
        self._held, self._count, self._size = bytearray(), 0, 1 << head.power
        target.write(head.written)

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self._held += data
        if len(self._held) > self._size:  # the last block is written at the end, though it may be full
            whole = (len(self._held) - 1) // self._size * self._size
            with memoryview(self._held) as view:
                for start in range(0, whole, self._size):
                    self._put(bytes(view[start : start + self._size]), is_last=False)
            del self._held[:whole]
        return len(data)

    def tell(self) -> int:
        return self._count * self._size + len(self._held)

    def close(self) -> None:
        if not self.closed:
            try:
                self._put(bytes(self._held), is_last=True)
                self._target.close()
            finally:
                super().close()

    def discard(self) -> None:
        """Close without a last block: what was begun is nobody's to read."""
        if not self.closed:
            self._target.close()
            super().close()

    def __exit__(self, kind: Any, *told: Any) -> None:
        if kind is None:
            self.close()
        else:
            self.discard()

    def _put(self, block: bytes, *, is_last: bool) -> None:
        bound = self._head.written + bytes([is_last])
        self._target.write(encrypt(self._head.algorithm, self._key, _NONCE.pack(self._count), block, bound))
        self._count += 1


class Reader(io.RawIOBase):
    """Opens a stretch at a time; holds the block it read last. Raises WenhouError where the file was tampered with."""

    def __init__(self, source: BinaryIO, head: Head, key: bytes) -> None:
        self._source, self._head, self._key = source, head, key
        self._block = 1 << head.power
        inside = os.fstat(source.fileno()).st_size - HEAD_SIZE
        self._blocks = -(-inside // (self._block + TAG))
        self.size = inside - self._blocks * TAG
        if self._blocks < 1 or self.size < 0 or (self._blocks - 1) * self._block > self.size:
            raise WenhouError(SPOILT)
        self._at, self._held, self._place = -1, b"", 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._place

    def seek(self, place: int, whence: int = io.SEEK_SET) -> int:
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._place, io.SEEK_END: self.size}[whence]
        self._place = max(0, start + place)
        return self._place

    def read(self, size: int | None = -1) -> bytes:
        left = max(0, self.size - self._place)
        wanted = left if size is None or size < 0 else min(size, left)
        if not wanted:
            if not self.size:
                self._opened(0)  # of an empty file too somebody may have cut off what there was
            return b""
        first, last = self._place // self._block, (self._place + wanted - 1) // self._block
        start = self._place - first * self._block
        self._place += wanted
        if first == last:
            return self._opened(first)[start : start + wanted]
        pieces = [self._opened(number) for number in range(first, last + 1)]
        pieces[0] = pieces[0][start:]
        pieces[-1] = pieces[-1][: self._place - last * self._block]
        return b"".join(pieces)

    def readinto(self, buffer: Any) -> int:
        found = self.read(len(buffer))
        buffer[: len(found)] = found
        return len(found)

    def close(self) -> None:
        if not self.closed:
            self._source.close()
            super().close()

    def _opened(self, number: int) -> bytes:
        if number != self._at:
            start = HEAD_SIZE + number * (self._block + TAG)
            raw = os.pread(self._source.fileno(), self._block + TAG, start)
            bound = self._head.written + bytes([number == self._blocks - 1])
            try:
                self._held = decrypt(self._head.algorithm, self._key, _NONCE.pack(number), raw, bound)
            except WenhouError:
                raise WenhouError(SPOILT) from None
            self._at = number
        return self._held
