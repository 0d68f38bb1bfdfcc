"""For whom a connection asks: `wenhou.reader`, signed, so that a statement smuggled into a page cannot name another.

'account|day|until|signature': the account's number, or `key<number>` of a source; the day whose posts count; the second
(Unix time) after which it is worth nothing; HMAC-SHA256 of the three by a key of this alone.
"""

import hashlib
import hmac
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date

from django.conf import settings
from django.db import DatabaseError, connection

LASTS = 900
"""Seconds. A request that takes longer goes on without rows; nothing of a connection left open is of use afterwards."""
_BLOCK = 64
_TOLD = "wenhou_reader_is_told"
_SET = "select set_config('wenhou.reader', %s, false), set_config('wenhou.request', %s, false)"
_asked: ContextVar[str] = ContextVar("wenhou_request", default="")


def signed(account: int | str, *, on: date, until: int | None = None) -> str:
    """What a connection is told of its reader."""
    told = f"{account}|{on.isoformat()}|{int(time.time()) + LASTS if until is None else until}"
    return f"{told}|{hmac.new(_key(), told.encode(), hashlib.sha256).hexdigest()}"


def within(request: str) -> None:
    """Which request is answered, 'POST /alerts/7/close': told with the reader, for the audit."""
    _asked.set(request)


def request() -> str:
    """Which request is answered; empty outside of any."""
    return _asked.get()


def on_behalf(of: str) -> None:
    """What follows within this request is done for somebody else, which the audit keeps beside who did it."""
    asked = f"{request()} {of}" if request() else of
    with connection.cursor() as cursor:
        cursor.execute("select set_config('wenhou.request', %s, false)", [asked])


def ask_for(account: int | str, *, on: date) -> None:
    """From now on this connection gets the rows of this account, or of a source's key ('key<number>')."""
    _tell(signed(account, on=on))
    is_told()


def is_told() -> None:
    """Remember that this connection was told, to take it back."""
    setattr(connection, _TOLD, True)


def take_back() -> None:
    """This connection asks for nobody. Where it cannot even be told so, it is closed."""
    if not getattr(connection, _TOLD, False):
        return
    setattr(connection, _TOLD, False)
    if connection.connection is None or connection.needs_rollback:
        return
    try:
        _tell("")
    except DatabaseError:
        if not connection.in_atomic_block:
            connection.close()


@contextmanager
def asking_for(account: int | str, *, on: date) -> Iterator[None]:
    """The same while this lasts, and nobody afterwards."""
    ask_for(account, on=on)
    try:
        yield
    finally:
        take_back()


def halves() -> tuple[bytes, bytes]:
    """The key as HMAC (RFC 2104) mixes it into the inner and the outer digest: what the database keeps to verify by."""
    padded = _key().ljust(_BLOCK, b"\0")
    return bytes(byte ^ 0x36 for byte in padded), bytes(byte ^ 0x5C for byte in padded)


def _key() -> bytes:
    return hmac.new(settings.SECRET_KEY.encode(), b"wenhou.reader", hashlib.sha256).digest()


def _tell(told: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_SET, [told, request() if told else ""])
