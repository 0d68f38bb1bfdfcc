"""A stream compressed and sealed in blocks, so that nothing of any size is ever whole in memory.

`WHB1` | algorithm (1) | salt (16), then blocks: length (4) | nonce (12) | ciphertext | tag (16). The key of a file comes from the
backup's key by HKDF-SHA-256 over its salt; a block is bound to its place and to whether it is the last, so that none can be
left out, moved or added. Inside it is one zstd frame.
"""

import io
import os
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

import pyarrow as pa
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from wenhou.base.errors import WenhouError
from wenhou.base.secrets.sealing import Algorithm, seal, unseal

MAGIC, SALT, BLOCK = b"WHB1", 16, 1 << 20
_LENGTH, _PLACE = struct.Struct(">I"), struct.Struct(">Q?")
SPOILT = "备份里的一个文件打不开：被改动过、没有写完，或不是用这把备份钥匙封的。"


class Sealing(io.RawIOBase):
    """What is written is sealed into a file; the last block is written by `close`."""

    def __init__(self, target: BinaryIO, key: bytes, algorithm: Algorithm) -> None:
        self._target, self._algorithm, salt = target, algorithm, os.urandom(SALT)
        self._key = _key_of(key, salt, algorithm)
        self._held, self._place = bytearray(), 0
        target.write(MAGIC + bytes([algorithm]) + salt)

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        told = memoryview(data)  # type: ignore[arg-type]
        self._held += told
        while len(self._held) > BLOCK:
            self._put(bytes(self._held[:BLOCK]), is_last=False)
            del self._held[:BLOCK]
        return told.nbytes

    def close(self) -> None:
        if not self.closed:
            self._put(bytes(self._held), is_last=True)
        super().close()

    def _put(self, block: bytes, *, is_last: bool) -> None:
        sealed = seal(self._algorithm, self._key, block, _PLACE.pack(self._place, is_last))
        self._target.write(_LENGTH.pack(len(sealed)) + sealed)
        self._place += 1


class Opening(io.RawIOBase):
    """What `Sealing` wrote. Raises WenhouError at the first block that is not as it was written."""

    def __init__(self, source: BinaryIO, key: bytes) -> None:
        self._source, head = source, source.read(len(MAGIC) + 1 + SALT)
        if len(head) < len(MAGIC) + 1 + SALT or not head.startswith(MAGIC):
            raise WenhouError(SPOILT)
        if head[len(MAGIC)] not in (Algorithm.AES, Algorithm.SM4):
            raise WenhouError(SPOILT)
        self._algorithm = Algorithm(head[len(MAGIC)])
        self._key = _key_of(key, head[-SALT:], self._algorithm)
        self._held, self._place, self._over = b"", 0, False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        room = memoryview(buffer)  # type: ignore[arg-type]
        while not self._held and not self._over:
            self._held = self._next()
        part, self._held = self._held[: room.nbytes], self._held[room.nbytes :]
        room[: len(part)] = part
        return len(part)

    def _next(self) -> bytes:
        head = self._source.read(_LENGTH.size)
        if len(head) < _LENGTH.size:
            raise WenhouError(SPOILT)
        sealed = self._source.read(_LENGTH.unpack(head)[0])
        self._over = self._is_at_its_end()
        try:
            block = unseal(self._algorithm, self._key, sealed, _PLACE.pack(self._place, self._over))
        except WenhouError:
            raise WenhouError(SPOILT) from None
        self._place += 1
        return block

    def _is_at_its_end(self) -> bool:
        place = self._source.tell()
        more = self._source.read(1)
        self._source.seek(place)
        return not more


@contextmanager
def writing(target: BinaryIO, key: bytes, algorithm: Algorithm) -> Iterator[pa.NativeFile]:
    """A stream to write to: compressed, then sealed."""
    sealing = pa.PythonFile(Sealing(target, key, algorithm), mode="w")
    with pa.CompressedOutputStream(sealing, "zstd") as stream:
        yield stream


@contextmanager
def reading(source: BinaryIO, key: bytes) -> Iterator[pa.NativeFile]:
    """The stream again. Whoever reads it to its end has had every block checked."""
    opening = io.BufferedReader(Opening(source, key), BLOCK)
    with pa.CompressedInputStream(pa.PythonFile(opening, mode="r"), "zstd") as stream:
        yield stream


def _key_of(key: bytes, salt: bytes, algorithm: Algorithm) -> bytes:
    told = b"wenhou backup " + bytes([algorithm])
    return HKDF(hashes.SHA256(), algorithm.key_length, salt, told).derive(key)
