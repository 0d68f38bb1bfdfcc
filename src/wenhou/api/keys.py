"""Who is at the door: a source's key in the Authorization header. A signed-in cookie opens nothing here."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from ninja.security import HttpBearer

from wenhou.api.actions import keys
from wenhou.api.models import SourceKey
from wenhou.base import clock, limits, reader
from wenhou.base.errors import TooMany


class KeyAuth(HttpBearer):
    """`Authorization: Bearer <key>`; request.auth is the SourceKey."""

    def authenticate(self, request: HttpRequest, token: str) -> SourceKey | Any | None:
        """The key, for whose place the database is asked from here to the end of the request. Raises TooMany."""
        found = keys.find(token)
        if found is not None:
            wait = limits.KEYS.wait(str(found.pk), settings.WENHOU_LIMIT_KEY)
            if wait:
                raise TooMany("这把钥匙", wait)
            reader.ask_for(f"key{found.pk}", on=clock.today())
        return found
