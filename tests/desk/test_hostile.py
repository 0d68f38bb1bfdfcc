"""Whatever is sent, a page answers calmly: never an error of the server, nothing said back that would run, nothing changed."""

import itertools
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern

from desk import factories
from desk.conftest import World, signed_in
from desk.hostile import ADDRESSES, MARK, NAMES, TEXTS
from desk.test_routes import ROUTES, SAMPLES, WRITES, address
from wenhou.monitoring.models import Alert, AlertEvent
from wenhou.staff.actions import posts
from wenhou.staff.enums import Role
from wenhou.staff.models import Account, Post

QUIET = {"ready"}  # says 503 where no worker is alive
TAKES = {name for name, pattern in ROUTES.items() if pattern.pattern.converters} - QUIET
ASK_NOTHING = {"alert_dispatch", "override_take_back"}  # done by a button alone
RUNS = (f"<script>{MARK}", f"<svg/onload={MARK}", f'" onfocus="{MARK}', f'href="javascript:{MARK}')
EVERY = [(route, text) for route in sorted(set(SAMPLES) - QUIET) for text in TEXTS]
A_FEW = EVERY[:: len(TEXTS) // 2 + 1]


def sound(response: Any, what: str) -> None:
    assert response.status_code < 500, what
    page = getattr(response, "content", b"").decode("utf-8", "replace")
    assert not [one for one in RUNS if one in page], what
    assert MARK not in response.headers.get("Set-Cookie", "") + response.headers.get("Location", "")[:12], (
        what
    )


def unchanged() -> tuple[int, ...]:
    return Account.objects.count(), Post.objects.count(), Alert.objects.count(), AlertEvent.objects.count()


def attacked(client: Client, where: str, route: str, text: str) -> None:
    said, before = dict.fromkeys(NAMES, TEXTS[text]), unchanged()
    if route not in WRITES:
        sound(client.get(where, said), f"GET {route} {text}")
    sound(client.post(where, said), f"POST {route} {text}")
    assert route in ASK_NOTHING or unchanged() == before, f"{route} {text}"


@pytest.fixture
def client(world: World) -> Client:
    """Who may do most, and shows what goes wrong."""
    posts.hold_post(
        account=world.officer, role=Role.POLICY_OFFICER, division=factories.COUNTY, since=factories.TODAY
    )
    posts.hold_post(
        account=world.officer, role=Role.EXCHANGE_OPERATOR, division=factories.COUNTY, since=factories.TODAY
    )
    client = signed_in(world.officer)
    client.raise_request_exception = False
    return client


@pytest.mark.parametrize(("route", "text"), A_FEW)
def test_each_page_answers_some_calmly(route: str, text: str, world: World, client: Client) -> None:
    attacked(client, address(route, world.own), route, text)


@pytest.mark.slow
@pytest.mark.parametrize("route", sorted(set(SAMPLES) - QUIET - {"sign_out"}))
def test_every_page_answers_all_calmly(route: str, world: World, client: Client) -> None:
    where = address(route, world.own)
    for text in TEXTS:
        attacked(client, where, route, text)


@pytest.mark.parametrize("route", sorted(TAKES))
def test_addresses_that_nobody_was_given_lead_nowhere(route: str, world: World, client: Client) -> None:
    prefix = _prefix(ROUTES[route])
    after = _after(ROUTES[route])
    for text in itertools.islice(ADDRESSES, 0, None, 3):
        for ask in (client.get, client.post):
            response = ask(f"/{prefix}{text}{after}")
            sound(response, f"{route} {text}")
            assert response.status_code in (302, 403, 404, 405, 409)


def _prefix(pattern: URLPattern) -> str:
    return str(pattern.pattern).partition("<")[0]


def _after(pattern: URLPattern) -> str:
    return str(pattern.pattern).partition(">")[2]


def test_the_corpus_is_no_smaller_than_was_promised() -> None:
    asked = sum(1 if route in WRITES else 2 for route, _ in EVERY)
    assert asked + 2 * len(TAKES) * len(ADDRESSES) // 3 >= 1_000
