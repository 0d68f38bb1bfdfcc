"""Whoever has the table of second factors has none of them."""

from datetime import UTC, datetime

import pyotp
import pytest
from django.db import connection

from desk import factories
from wenhou.base.errors import WenhouError
from wenhou.staff.actions import factors
from wenhou.staff.models import SecondFactor

pytestmark = pytest.mark.django_db
AT = datetime(2024, 11, 15, 2, tzinfo=UTC)


def test_an_authenticator_s_secret_is_sealed_and_opens_for_its_account_alone() -> None:
    factories.places()
    secret = pyotp.random_base32()
    for name in ("officer", "town"):
        account = factories.account(name)
        code = pyotp.TOTP(secret).at(AT)
        factors.add_authenticator(account=account, secret=secret, code=code, name="", at=AT)
    mine, other = SecondFactor.objects.order_by("pk")
    assert mine.secret == other.secret == secret
    with connection.cursor() as cursor:
        cursor.execute("select secret from staff_second_factor order by id")
        first, second = (bytes(row[0]) for row in cursor.fetchall())
        assert secret.encode() not in first + second
        cursor.execute("update staff_second_factor set secret = %s where id = %s", [first, other.pk])
    with pytest.raises(WenhouError, match="密文打不开"):
        _ = SecondFactor.objects.get(pk=other.pk).secret
