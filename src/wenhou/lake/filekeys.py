"""Keys of files: one for each, made before the file and kept before it can be read; of files that go with their process,
in its memory alone."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from threading import Lock
from typing import Any, cast
from uuid import UUID, uuid4

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

from wenhou.base import clock
from wenhou.base.errors import WenhouError
from wenhou.base.secrets import keys, master
from wenhou.base.secrets.blocks import Head
from wenhou.base.secrets.fields import EncryptedTextField
from wenhou.base.secrets.keys import Key
from wenhou.base.secrets.sealing import new_key
from wenhou.lake.models.file_key import FILE, FileKey

GONE = "加密文件的钥匙不在库中：这个库与数据湖不是同一次备份的，请恢复同一时刻的备份。"
DESTROYED = "已依法删除"
_FIELD = cast(EncryptedTextField, FileKey._meta.get_field("secret"))
_known: dict[UUID, bytes] = {}
_lock = Lock()
_INSERT = "insert into lake_file_key (number, secret, made_at, ground) values (%s, %s, %s, '')"
_SELECT = "select number, secret from lake_file_key where number = any(%s)"


class Destroyed(WenhouError):
    """The file's key was destroyed: nobody reads it again."""


def make(*, lasting: bool) -> tuple[Head, bytes]:
    """The head of a new file and its key. lasting: the key is committed when this returns, whatever the caller's transaction
    comes to: no file takes another's place before its key is safe."""
    head = Head(uuid4(), master.suite())
    secret = new_key(head.algorithm)
    if lasting:
        with _of_this_thread():
            key = keys.in_use(FILE, master.suite())
            sealed = keys.seal_with(key, secret.hex(), _FIELD.place(head.number))
            with _committing(key) as own, own.cursor() as cursor:
                cursor.execute(_INSERT, [head.number, sealed, clock.now()])
    _known[head.number] = secret
    return head, secret


def secret_of(number: UUID) -> bytes:
    """A file's key. Raises Destroyed, or WenhouError where the database knows none of that number."""
    known = _known.get(number)
    if known is None:
        learn([number])
        known = _known[number]
    return known


def learn(numbers: Iterable[UUID]) -> None:
    """Remember these keys, all in one question; DuckDB's threads, which open the files, then ask nothing."""
    wanted = [number for number in dict.fromkeys(numbers) if number not in _known]
    if not wanted:
        return
    with _lock, _of_this_thread() as own, own.cursor() as cursor:
        cursor.execute(_SELECT, [wanted])
        found: dict[UUID, Any] = dict(cursor.fetchall())
        for number in wanted:
            if number not in found:
                raise WenhouError(GONE)
            if found[number] is not None:
                _known[number] = bytes.fromhex(keys.open_text(bytes(found[number]), _FIELD.place(number)))
    if any(found[number] is None for number in wanted):
        raise Destroyed(DESTROYED)


def is_destroyed(number: UUID) -> bool:
    return FileKey.objects.filter(number=number, secret__isnull=True).exists()


def destroy(numbers: Iterable[UUID], *, on: date, ground: str) -> int:
    """These files are gone for good, wherever copies of them lie. Gives how many keys there were."""
    told = list(numbers)
    for number in told:
        _known.pop(number, None)
    standing = FileKey.objects.filter(number__in=told, secret__isnull=False)
    return standing.update(secret=None, destroyed_on=on, ground=ground)


def forget() -> None:
    """Empty what this process remembers: the database is another."""
    _known.clear()


@contextmanager
def _committing(key: Key) -> Iterator[BaseDatabaseWrapper]:
    """A connection outside the caller's transaction; this one where there is none, or where it made `key` itself."""
    if not connection.in_atomic_block or not keys.is_committed(key):
        yield connection
        return
    own = connection.copy()
    try:
        yield own
    finally:
        own.close()


@contextmanager
def _of_this_thread() -> Iterator[BaseDatabaseWrapper]:
    """This thread's connection. One of DuckDB's threads, which has none, keeps none."""
    is_at_home = connection.connection is not None
    try:
        yield connection
    finally:
        if not is_at_home and not connection.in_atomic_block:
            connection.close()
