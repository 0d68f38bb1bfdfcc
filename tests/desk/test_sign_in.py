"""The door."""

from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client

from desk import factories
from desk.conftest import World


def try_in(client: Client, password: str, goal: str = "") -> tuple[int, str, str]:
    response = client.post("/sign-in/", {"username": "officer", "password": password, "next": goal})
    return response.status_code, response.headers.get("Location", ""), response.content.decode()


def test_name_and_password_lead_where_one_was_going(world: World) -> None:
    client = Client()
    assert client.get("/runs/").headers["Location"] == "/sign-in/?next=/runs/"
    assert 'name="next" value="/runs/"' in client.get("/sign-in/?next=/runs/").content.decode()
    assert try_in(client, factories.PASSWORD, "/runs/")[:2] == (302, "/runs/")
    assert client.get("/runs/").status_code == 200
    assert client.post("/sign-out/").headers["Location"] == "/sign-in/"
    assert client.get("/runs/").status_code == 302


@pytest.mark.parametrize("goal", ["//evil.example/", "https://evil.example/", "javascript:alert(1)"])
def test_nobody_is_led_elsewhere(goal: str, world: World) -> None:
    assert try_in(Client(), factories.PASSWORD, goal)[:2] == (302, "/")


def test_a_wrong_password_keeps_the_name_and_says_what_follows(world: World) -> None:
    status, _, page = try_in(Client(), "wrong-password")
    assert status == 401
    assert "账号或密码不对" in page
    assert 'value="officer"' in page
    assert "wrong-password" not in page


def test_five_wrong_ones_lock_the_door(world: World) -> None:
    client = Client()
    for _ in range(4):
        assert try_in(client, "wrong-password")[0] == 401
    assert try_in(client, "wrong-password")[0] == 429
    status, _, page = try_in(client, factories.PASSWORD)
    assert status == 429
    assert "已锁住半小时" in page
    assert client.get("/").status_code == 302


def test_an_account_that_was_closed_stays_out(world: World) -> None:
    world.officer.is_active = False
    world.officer.save()
    assert try_in(Client(), factories.PASSWORD)[0] == 401


def test_the_table_of_sessions_opens_none(world: World) -> None:
    client = Client()
    try_in(client, factories.PASSWORD)
    key = client.cookies["sessionid"].value
    (kept,) = Session.objects.values_list("session_key", flat=True)
    assert kept != key
    thief = Client()
    thief.cookies["sessionid"] = kept
    assert thief.get("/runs/").status_code == 302
    assert client.get("/runs/").status_code == 200
    client.post("/sign-out/")
    assert not Session.objects.exists()


def test_a_better_hash_is_kept_by_whoever_signs_in(world: World, settings: Any) -> None:
    old = world.officer.password
    settings.PASSWORD_HASHERS = [
        "django.contrib.auth.hashers.PBKDF2PasswordHasher",
        "django.contrib.auth.hashers.MD5PasswordHasher",
    ]
    assert try_in(Client(), factories.PASSWORD)[0] == 302
    world.officer.refresh_from_db()
    assert (old[:4], world.officer.password[:7]) == ("md5$", "pbkdf2_")


def test_whoever_signs_in_is_asked_for_no_longer_than_a_request(world: World) -> None:
    client = Client()
    try_in(client, factories.PASSWORD)
    client.get("/runs/")
    with connection.cursor() as cursor:
        cursor.execute("select current_setting('wenhou.reader', true)")
        assert cursor.fetchone() == ("",)


def test_a_name_nobody_has_is_wrong_however_long(world: World) -> None:
    given = {"username": "长" * 20_000, "password": "x" * 20_000}
    assert Client().post("/sign-in/", given).status_code == 401
