"""A county at work on one autumn day, and its neighbour."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client

from desk import factories
from wenhou.desk import watched
from wenhou.divisions import queries as divisions
from wenhou.monitoring.models import Alert
from wenhou.staff.enums import Role
from wenhou.staff.models import Account


@dataclass
class World:
    """Who works there and what each sees."""

    officer: Account
    town: Account
    village: Account
    neighbour: Account
    own: Alert
    theirs: Alert


@pytest.fixture(autouse=True)
def that_day(monkeypatch: pytest.MonkeyPatch, settings: Any) -> Iterator[None]:
    """15 November 2024, a Friday."""
    monkeypatch.setenv("WENHOU_TODAY", factories.TODAY.isoformat())
    settings.WHITENOISE_USE_FINDERS = False
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    watched.forget()
    yield
    divisions.forget_names()
    watched.forget()


@pytest.fixture
def world(db: None) -> World:
    """Two counties with one alert each."""
    factories.places()
    factories.run()
    return World(
        officer=factories.account("officer"),
        town=factories.account("town", Role.TOWN_OFFICER, factories.TOWN),
        village=factories.account("village", Role.VILLAGE_ASSISTANT, factories.VILLAGE),
        neighbour=factories.account("neighbour", Role.COUNTY_OFFICER, factories.NEIGHBOUR),
        own=factories.alert(1),
        theirs=factories.alert(2, division="640105005990"),
    )


@pytest.fixture
def officer(world: World) -> Client:
    """The county officer, signed in."""
    return signed_in(world.officer)


def signed_in(account: Account) -> Client:
    """A browser with somebody's session, of a process that has its keys."""
    assert Account.objects.get(pk=account.pk).password
    client = Client()
    client.force_login(account, backend="wenhou.staff.backend.Accounts")
    return client
