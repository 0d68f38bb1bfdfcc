"""Data keys: one in use for each purpose and algorithm, older ones to read with. Wrapped in `base_data_key`."""

import struct
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from time import monotonic
from typing import TYPE_CHECKING

from django.apps import apps
from django.db import connection, transaction

from wenhou.base import clock
from wenhou.base.errors import WenhouError
from wenhou.base.secrets import master
from wenhou.base.secrets.sealing import SPOILT, Algorithm, digests, new_key, seal, unseal

if TYPE_CHECKING:
    from django.db.models import Manager

    from wenhou.base.models import DataKey

FRESH = 60.0
"""Seconds after which a process looks whether another key is in use."""
HEAD = struct.Struct(">BI")
"""Of every sealed value: algorithm, number of the key."""
GONE = "密文所用的数据钥匙不在库中：这个库与密文不是同一次备份的，请恢复同一时刻的备份。"


@dataclass(frozen=True)
class Key:
    """A data key ready for use."""

    number: int
    algorithm: Algorithm
    secret: bytes = field(repr=False)


_known: dict[int, Key] = {}
_in_use: dict[tuple[str, Algorithm], tuple[Key, float]] = {}
_uncommitted: set[int] = set()


def forget() -> None:
    """Empty what this process remembers: a key is taken out of use, or the database is another."""
    _known.clear()
    _in_use.clear()


def seal_text(purpose: str, text: str, bound: str) -> bytes:
    """algorithm (1) | key (4) | nonce (12) | ciphertext | tag (16)."""
    return seal_with(in_use(purpose, master.suite()), text, bound)


def seal_with(key: Key, text: str, bound: str) -> bytes:
    """As `seal_text`, where many are sealed by one key."""
    head = HEAD.pack(key.algorithm, key.number)
    return head + seal(key.algorithm, key.secret, text.encode(), bound.encode())


def open_text(sealed: bytes, bound: str) -> str:
    """What `seal_text` sealed. Raises WenhouError where it was tampered with or lay elsewhere, or its key is gone."""
    if len(sealed) < HEAD.size:
        raise WenhouError(SPOILT)
    algorithm, number = HEAD.unpack_from(sealed)
    key = _known.get(number) or _looked_up(number)
    if key.algorithm != algorithm:
        raise WenhouError(SPOILT)
    return unseal(key.algorithm, key.secret, sealed[HEAD.size :], bound.encode()).decode()


def blind(purpose: str, value: str) -> bytes:
    """16 bytes by which a value is found again: equal values give equal ones, and nobody without the key can make them.

    Spaces, hyphens, width and case do not count.
    """
    (mark,) = blinds(purpose, [normal(value)])
    return mark


def blinds(purpose: str, values: Iterable[str]) -> list[bytes]:
    """The same of many that are normal already."""
    return blinds_with(index_key(purpose), values)


def blinds_with(key: Key, values: Iterable[str]) -> list[bytes]:
    """The same by an `index_key`, asking the database nothing."""
    return digests(key.algorithm, key.secret, (value.encode() for value in values))


def normal(value: str) -> str:
    told = unicodedata.normalize("NFKC", value).upper()
    return "".join(each for each in told if not each.isspace() and each != "-")


def index_key(purpose: str) -> Key:
    """The key of a purpose's blind index: the one there is, whichever digest it is for; else one by WENHOU_CIPHER."""
    for algorithm in (Algorithm.HMAC_SHA256, Algorithm.HMAC_SM3):
        if found := _remembered(purpose, algorithm) or _stored(purpose, algorithm):
            return found
    return in_use(purpose, master.digest())


def in_use(purpose: str, algorithm: Algorithm) -> Key:
    """The key that a purpose's values are sealed by now; made where there is none."""
    return (
        _remembered(purpose, algorithm)
        or _stored(purpose, algorithm)
        or _made(purpose, algorithm, replacing=False)
    )


def renew(purpose: str, algorithm: Algorithm) -> Key:
    """Another key is in use from now on; what the one before sealed is still read. Other processes learn it within a
    minute."""
    return _made(purpose, algorithm, replacing=True)


def is_committed(key: Key) -> bool:
    """Whether a key is there whatever the transaction under way comes to."""
    return key.number not in _uncommitted


def _remembered(purpose: str, algorithm: Algorithm) -> Key | None:
    key, until = _in_use.get((purpose, algorithm), (None, 0.0))
    return key if monotonic() < until else None


def _stored(purpose: str, algorithm: Algorithm) -> Key | None:
    row = _rows().filter(purpose=purpose, algorithm=algorithm, retired_at=None).first()
    if row is None:
        return None
    key = _opened(row)
    if (
        key.number not in _uncommitted
    ):  # what a transaction made that may yet be rolled back is never remembered
        _in_use[purpose, algorithm] = key, monotonic() + FRESH
    return key


def _looked_up(number: int) -> Key:
    row = _rows().filter(pk=number).first()
    if row is None:
        raise WenhouError(GONE)
    key = _opened(row)
    if number not in _uncommitted:
        _known[number] = key
    return key


def _made(purpose: str, algorithm: Algorithm, *, replacing: bool) -> Key:
    if master.is_lacking() and not _rows().exists():
        master.make()
    now = clock.now()
    with transaction.atomic():
        if replacing:
            _rows().filter(purpose=purpose, algorithm=algorithm, retired_at=None).update(retired_at=now)
        row = apps.get_model("base", "DataKey")(
            purpose=purpose,
            algorithm=algorithm,
            wrapped=master.wrap(new_key(algorithm), purpose),
            made_at=now,
        )
        _rows().bulk_create([row], ignore_conflicts=True)  # of two processes that make the first, one does
        number = (
            _rows().values_list("pk", flat=True).get(purpose=purpose, algorithm=algorithm, retired_at=None)
        )
        _in_use.pop((purpose, algorithm), None)
        if connection.in_atomic_block:
            _uncommitted.add(number)
            transaction.on_commit(lambda: _uncommitted.discard(number))
    found = _stored(purpose, algorithm)
    assert found is not None
    return found


def _opened(row: "DataKey") -> Key:
    return Key(row.pk, Algorithm(row.algorithm), master.unwrap(bytes(row.wrapped), row.purpose))


def _rows() -> "Manager[DataKey]":
    manager: Manager[DataKey] = apps.get_model("base", "DataKey")._default_manager
    return manager
