"""Keys sources push deliveries with. The key itself is shown once, at issue; only its digest is kept."""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from wenhou.api.models import SourceKey
from wenhou.base.errors import Refused
from wenhou.divisions import codes
from wenhou.exchange.contracts import contract
from wenhou.staff.models import Account

_PREFIX = 8


def issue(
    *,
    name: str,
    contracts: Sequence[str],
    division: str,
    by: str,
    on: datetime,
    holder: Account | None = None,
) -> tuple[SourceKey, str]:
    """A new key for a source, limited to contracts and to a division; gives its row and the key in clear.

    `by` says who asked for it and stays with the key; holder: who of our staff keeps it, with whose leaving it
    ends. Raises Refused for an unknown contract or a bad division.
    """
    if not contracts:
        raise Refused("钥匙至少要能报一个数据项。")
    secret = secrets.token_urlsafe(32)
    with transaction.atomic():
        key = SourceKey.objects.create(
            name=name,
            prefix=secret[:_PREFIX],
            digest=digest(secret),
            contracts=[contract(code).code for code in contracts],
            division=codes.prefix(division),
            issued_at=on,
            issued_by=by,
            holder=holder,
        )
    return key, secret


def revoke(*, prefix: str, by: str, on: datetime) -> SourceKey:
    """From now on the key opens nothing. Revoking it again changes nothing. Raises Refused for an unknown prefix."""
    with transaction.atomic():
        key = SourceKey.objects.select_for_update().filter(prefix=prefix).first()
        if key is None:
            raise Refused(f"没有以“{prefix[:_PREFIX]}”开头的钥匙。")
        if key.revoked_at is None:
            key.revoked_at, key.revoked_by = on, by
            key.save(update_fields=["revoked_at", "revoked_by"])
    return key


def find(secret: str) -> SourceKey | None:
    """The key that is in force, None for anything else. 256 random bits need no slow hash."""
    return next(iter(SourceKey.objects.raw("select * from api_key_of(%s)", [digest(secret)])), None)


def digest(secret: str) -> str:
    """SHA-256 of a key, in hexadecimal."""
    return hashlib.sha256(secret.encode()).hexdigest()
