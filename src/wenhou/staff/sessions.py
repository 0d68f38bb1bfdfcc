"""Sessions in the database under a digest of their key: whoever reads the table holds no key to anybody's session."""

import hashlib
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db
from django.utils import timezone

LONGEST = 40
"""Characters that Django's table has for a key: 160 bits of the digest."""


def kept(key: str) -> str:
    """What is written of a session's key."""
    return hashlib.sha256(key.encode()).hexdigest()[:LONGEST]


def end_all(account: int) -> int:
    """End every session of an account, wherever it was opened; how many there were."""
    found = [
        one.session_key
        for one in SessionStore.get_model_class().objects.filter(expire_date__gt=timezone.now()).iterator()
        if SessionStore().decode(one.session_data).get(SESSION_KEY) == str(account)
    ]
    SessionStore.get_model_class().objects.filter(session_key__in=found).delete()
    return len(found)


class SessionStore(db.SessionStore):
    """Django's own, but for what is written of the key."""

    def _get_session_from_db(self) -> Any:
        key = kept(self.session_key or "")
        found = self.model.objects.filter(session_key=key, expire_date__gt=timezone.now()).first()
        if found is None:
            self._session_key = None
        return found

    def exists(self, session_key: str) -> bool:
        return bool(super().exists(kept(session_key)))

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        session = super().create_model_instance(data)
        session.session_key = kept(session.session_key)
        return session

    def delete(self, session_key: str | None = None) -> None:
        key = session_key or self.session_key
        if key is not None:
            super().delete(kept(key))
