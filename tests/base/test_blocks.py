"""Files sealed in blocks: what was written comes back, any stretch of it, and nothing else opens."""

import os
from pathlib import Path
from uuid import UUID

import pytest

from wenhou.base.errors import WenhouError
from wenhou.base.secrets.blocks import HEAD_SIZE, MAGIC, SPOILT, Head, Reader, Writer, head_of
from wenhou.base.secrets.sealing import TAG, Algorithm

BLOCK = 1 << 12
SIZES = (0, 1, BLOCK - 1, BLOCK, BLOCK + 1, 3 * BLOCK, 5 * BLOCK + 77)
NUMBER = UUID("11111111-2222-4333-8444-555555555555")


def made(path: Path, content: bytes, algorithm: Algorithm = Algorithm.AES, key: bytes = b"k") -> Head:
    head = Head(NUMBER, algorithm, power=12)
    with Writer(path.open("wb"), head, key * algorithm.key_length) as target:
        for start in range(0, len(content), 1000):
            target.write(content[start : start + 1000])
        assert target.tell() == len(content)
    return head


def opened(path: Path, head: Head, key: bytes = b"k") -> Reader:
    return Reader(path.open("rb", buffering=0), head, key * head.algorithm.key_length)  # type: ignore[arg-type]


@pytest.mark.parametrize("algorithm", [Algorithm.AES, Algorithm.SM4])
@pytest.mark.parametrize("size", SIZES)
def test_what_was_written_comes_back(tmp_path: Path, size: int, algorithm: Algorithm) -> None:
    content, path = os.urandom(size), tmp_path / "one"
    head = made(path, content, algorithm)
    assert head_of(path.read_bytes()[:HEAD_SIZE]) == head
    assert path.stat().st_size == HEAD_SIZE + size + TAG * max(1, -(-size // BLOCK))
    with opened(path, head) as source:
        assert (source.size, source.read(), source.read()) == (size, content, b"")
        for place in range(0, size, 1777):
            assert source.seek(place) == place
            assert source.read(3000) == content[place : place + 3000]
        assert source.seek(-min(8, size), os.SEEK_END) == size - min(8, size)
        assert source.read(100) == content[-8:]


@pytest.mark.parametrize("at", [5, 6, 9, HEAD_SIZE, HEAD_SIZE + BLOCK, -1])
def test_one_bit_changed_is_seen(tmp_path: Path, at: int) -> None:
    path = tmp_path / "one"
    made(path, os.urandom(3 * BLOCK + 5))
    spoilt = bytearray(path.read_bytes())
    spoilt[at] ^= 1
    path.write_bytes(spoilt)
    found = head_of(bytes(spoilt))
    if found is None:
        return
    with pytest.raises(WenhouError, match=SPOILT), opened(path, found) as source:
        source.read()


def test_blocks_moved_left_out_or_cut_off_are_seen(tmp_path: Path) -> None:
    path, stride = tmp_path / "one", BLOCK + TAG
    head = made(path, os.urandom(3 * BLOCK))
    whole = path.read_bytes()
    start, first, second, third = (
        whole[:HEAD_SIZE],
        *(whole[HEAD_SIZE + number * stride : HEAD_SIZE + (number + 1) * stride] for number in range(3)),
    )
    for wrong in (
        start + second + first + third,
        start + first + third,
        start + first + second,
        start + first + second + third[:-1],
        start + first + second + third + third,
        start + first,
        start,
        start + b"\0" * (TAG - 1),
    ):
        path.write_bytes(wrong)
        with pytest.raises(WenhouError, match=SPOILT), opened(path, head) as source:
            source.read()


def test_a_block_of_another_file_under_the_same_key_does_not_open(tmp_path: Path) -> None:
    path = tmp_path / "one"
    made(path, b"told")
    other = Head(UUID(int=1), Algorithm.AES, power=12)
    path.write_bytes(other.written + path.read_bytes()[HEAD_SIZE:])
    with pytest.raises(WenhouError, match=SPOILT), opened(path, other) as source:
        source.read()


def test_another_key_opens_nothing(tmp_path: Path) -> None:
    head = made(tmp_path / "one", b"told")
    with pytest.raises(WenhouError, match=SPOILT), opened(tmp_path / "one", head, key=b"j") as source:
        source.read()


def test_what_an_error_left_half_written_does_not_open(tmp_path: Path) -> None:
    path, head = tmp_path / "one", Head(NUMBER, Algorithm.AES, power=12)
    target = Writer(path.open("wb"), head, b"k" * 32)
    target.write(b"x" * 3 * BLOCK)
    target.__exit__(ValueError)
    with pytest.raises(WenhouError, match=SPOILT), opened(path, head) as source:
        source.read()


def test_what_is_no_sealed_file_has_no_head() -> None:
    good = Head(NUMBER, Algorithm.AES).written
    assert head_of(good) == Head(NUMBER, Algorithm.AES)
    for start in (
        b"",
        b"PAR1" + good[4:],
        MAGIC,
        good[:-1],
        good[:4] + b"\2" + good[5:],
        good[:5] + b"\3" + good[6:],
    ):
        assert head_of(start) is None
