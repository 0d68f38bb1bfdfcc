"""Too many requests: 429, a sentence and Retry-After, by address, by account and by key."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client, RequestFactory

from desk.conftest import World, signed_in
from wenhou.api.actions import keys
from wenhou.base import clock, limits
from wenhou.site.limits import address


@pytest.fixture(autouse=True)
def counted_anew() -> Iterator[None]:
    yield
    for limit in (limits.ADDRESSES, limits.ACCOUNTS, limits.KEYS):
        limit.forget()


def test_an_address_is_limited_whoever_asks(settings: Any, db: None) -> None:
    settings.WENHOU_LIMIT_ADDRESS = 3
    client = Client()
    assert [client.get("/health/live/").status_code for _ in range(4)] == [200, 200, 200, 429]
    refused = client.get("/sign-in/")
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "20")
    assert "这个网络地址的请求太多，没有处理；请20秒后再试。" in refused.content.decode()
    assert "default-src 'none'" in refused.headers["Content-Security-Policy"]
    machine = client.get("/api/v1/determinations/menu")
    assert (machine.status_code, machine.json()["error"]) == (
        429,
        "这个网络地址的请求太多，没有处理；请20秒后再试。",
    )
    assert Client(REMOTE_ADDR="10.0.0.9").get("/health/live/").status_code == 200


def test_an_account_is_limited_from_wherever_it_asks(settings: Any, world: World) -> None:
    settings.WENHOU_LIMIT_ACCOUNT = 2
    client = signed_in(world.officer)
    asked = [client.get("/indicators/", REMOTE_ADDR=f"10.0.0.{n}") for n in range(3)]
    assert [one.status_code for one in asked] == [200, 200, 429]
    assert "这个账号的请求太多，没有处理；请30秒后再试。" in asked[2].content.decode()
    assert asked[2].headers["Retry-After"] == "30"
    assert signed_in(world.village).get("/indicators/").status_code == 200


def test_a_key_is_limited(settings: Any, db: None) -> None:
    settings.WENHOU_LIMIT_KEY = 1
    told = {"contracts": ["DI31"], "division": "640104", "by": "test", "on": clock.now()}
    one, other = (keys.issue(name=name, **told)[1] for name in ("医保局", "教育局"))

    def ask(key: str) -> Any:
        return Client().get("/api/v1/determinations/menu", headers={"authorization": f"Bearer {key}"})

    assert (ask(one).status_code, ask(other).status_code) == (200, 200)
    refused = ask(one)
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "60")
    assert json.loads(refused.content) == {"error": "这把钥匙的请求太多，没有处理；请60秒后再试。"}


@pytest.mark.parametrize(
    ("peer", "forwarded", "whose"),
    [
        ("203.0.113.7", "", "203.0.113.7"),
        ("203.0.113.7", "1.2.3.4", "203.0.113.7"),
        ("10.0.0.1", "1.2.3.4", "1.2.3.4"),
        ("10.0.0.1", "6.6.6.6, 1.2.3.4", "1.2.3.4"),
        ("10.0.0.1", "6.6.6.6, 1.2.3.4, 10.0.0.2", "1.2.3.4"),
        ("10.0.0.1", "10.0.0.2", "10.0.0.2"),
        ("10.0.0.1", "", "10.0.0.1"),
        ("10.0.0.1", "nonsense", "10.0.0.1"),
        ("2001:db8::1", "", "2001:db8::/64"),
        ("2001:db8::ffff:1", "", "2001:db8::/64"),
    ],
)
def test_a_proxy_is_believed_and_nobody_else(settings: Any, peer: str, forwarded: str, whose: str) -> None:
    settings.WENHOU_PROXIES = ["10.0.0.1", "10.0.0.2"]
    more = {"HTTP_X_FORWARDED_FOR": forwarded} if forwarded else {}
    assert address(RequestFactory().get("/", REMOTE_ADDR=peer, **more)) == whose
