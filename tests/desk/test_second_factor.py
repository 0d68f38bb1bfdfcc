"""What comes after the password: a code of a phone's, one from paper; how long a session lasts; what a password must be."""

import re
from argparse import Namespace
from datetime import timedelta
from typing import Any

import pyotp
import pytest
from django.test import Client

from desk import factories
from desk.conftest import World, signed_in
from wenhou.base import clock
from wenhou.base.errors import Refused
from wenhou.staff import cli
from wenhou.staff.actions import factors
from wenhou.staff.models import Account, SecondFactor

HOUR = timedelta(hours=1)


def code_of(secret: str, *, steps: int = 0) -> str:
    return pyotp.TOTP(secret).at(clock.instant() + steps * timedelta(seconds=30))


@pytest.fixture
def secret(world: World) -> str:
    """The officer's authenticator, added an hour ago."""
    told, before = factors.propose(), clock.instant() - HOUR
    code = pyotp.TOTP(told).at(before)
    factors.add_authenticator(account=world.officer, secret=told, code=code, name="", at=before)
    return told


def password_given(client: Client, goal: str = "") -> Any:
    return client.post("/sign-in/", {"username": "officer", "password": factories.PASSWORD, "next": goal})


def test_a_password_alone_does_not_open(secret: str) -> None:
    client = Client()
    assert password_given(client, "/runs/").headers["Location"] == "/sign-in/code/"
    assert client.get("/runs/").status_code == 302
    assert "六位动态口令" in client.get("/sign-in/code/").content.decode()
    wrong = client.post("/sign-in/code/", {"code": "000000"})
    assert (wrong.status_code, "验证码不对" in wrong.content.decode()) == (401, True)
    assert client.post("/sign-in/code/", {"code": code_of(secret)}).headers["Location"] == "/runs/"
    assert client.get("/runs/").status_code == 200


def test_a_code_is_taken_once_and_not_too_late(secret: str) -> None:
    code, first, again = code_of(secret), Client(), Client()
    password_given(first)
    assert first.post("/sign-in/code/", {"code": code}).status_code == 302
    password_given(again)
    assert again.post("/sign-in/code/", {"code": code}).status_code == 401
    assert again.post("/sign-in/code/", {"code": code_of(secret, steps=3)}).status_code == 401
    assert again.post("/sign-in/code/", {"code": code_of(secret, steps=1)}).status_code == 302


def test_nobody_comes_to_the_code_without_the_password(secret: str) -> None:
    assert Client().get("/sign-in/code/").headers["Location"] == "/sign-in/"
    assert Client().post("/sign-in/code/", {"code": code_of(secret)}).headers["Location"] == "/sign-in/"


def test_after_five_minutes_the_password_is_asked_again(secret: str) -> None:
    client = Client()
    password_given(client)
    session = client.session
    session["half"] = {**session["half"], "until": int(clock.instant().timestamp()) - 1}
    session.save()
    assert client.post("/sign-in/code/", {"code": code_of(secret)}).headers["Location"] == "/sign-in/"


def test_five_wrong_codes_lock_the_door_like_five_wrong_passwords(secret: str) -> None:
    client = Client()
    password_given(client)
    for _ in range(4):
        assert client.post("/sign-in/code/", {"code": "000000"}).status_code == 401
    assert client.post("/sign-in/code/", {"code": "000000"}).status_code == 429
    assert password_given(client).status_code == 429


def test_who_must_prove_twice_adds_a_phone_before_anything_else(world: World, settings: Any) -> None:
    settings.WENHOU_SECOND_FACTOR = "required"
    client = Client()
    assert password_given(client).headers["Location"] == "/me/factor/"
    assert client.get("/").headers["Location"] == "/me/factor/"
    part = client.get("/runs/", headers={"HX-Request": "true"})
    assert (part.status_code, part.headers["HX-Redirect"]) == (204, "/me/factor/")
    page = client.get("/me/factor/").content.decode()
    told = re.search(r'class="letters">([A-Z2-7 ]+)<', page)
    assert told is not None
    assert "<svg" in page
    secret = told[1].replace(" ", "")
    assert client.post("/me/factor/", {"code": "000000"}).status_code == 401
    done = client.post("/me/factor/", {"code": code_of(secret), "name": "旧手机"}).content.decode()
    papers = re.findall(r'<li class="letters">(\w{4}-\w{4})</li>', done)
    assert len(set(papers)) == 10
    assert client.get("/").status_code == 200
    kept = SecondFactor.objects.get(kind="paper")
    assert not any(code.replace("-", "") in kept.secret for code in papers)
    other = Client()
    password_given(other)
    assert other.post("/sign-in/code/", {"code": papers[3].lower()}).status_code == 302
    password_given(third := Client())
    assert third.post("/sign-in/code/", {"code": papers[3]}).status_code == 401
    assert "还剩9个" in client.get("/me/").content.decode()


def test_a_factor_is_removed_on_proof_and_by_its_owner_alone(world: World, secret: str) -> None:
    factor = SecondFactor.objects.get()
    officer, town = signed_in(world.officer), signed_in(world.town)
    assert town.post(f"/me/factors/{factor.pk}/remove/", {"code": code_of(secret)}).status_code == 409
    assert officer.post(f"/me/factors/{factor.pk}/remove/", {"code": "000000"}).status_code == 409
    assert SecondFactor.objects.count() == 1
    assert officer.post(f"/me/factors/{factor.pk}/remove/", {"code": code_of(secret)}).status_code == 302
    assert SecondFactor.objects.count() == 0


@pytest.mark.parametrize(
    ("began", "last", "said"), [(9, 0, "已满8小时"), (1, 0.6, "30分钟没有操作"), (1, 0.4, "")]
)
def test_a_session_ends(began: float, last: float, said: str, world: World) -> None:
    client = Client()
    password_given(client)
    now, session = int(clock.instant().timestamp()), client.session
    session["began"], session["last"] = now - int(began * 3600), now - int(last * 3600)
    session.save()
    answer = client.get("/runs/")
    assert answer.status_code == (302 if said else 200)
    if said:
        assert answer.headers["Location"] == "/sign-in/?next=%2Fruns%2F"
        assert said in client.get(answer.headers["Location"]).content.decode()


def test_an_old_password_is_changed_before_anything_else(world: World) -> None:
    Account.objects.update(password_set_at=clock.instant() - timedelta(days=91))
    client = Client()
    assert password_given(client, "/runs/").headers["Location"] == "/runs/"
    assert client.get("/runs/").headers["Location"] == "/me/password/"
    elsewhere = signed_in(world.officer)
    changed = {"old": factories.PASSWORD, "new": "Xia-ji-2025", "again": "Xia-ji-2025"}
    assert client.post("/me/password/", changed).status_code == 302
    assert client.get("/runs/").status_code == 200
    assert elsewhere.get("/runs/").status_code == 302


@pytest.mark.parametrize(
    ("new", "why"),
    [
        ("short-1A", "10"),
        ("alllowercase12", "三种"),
        ("My-officer-99", "账号名"),
        (factories.PASSWORD, "最近五次"),
    ],
)
def test_a_weak_password_is_refused_with_its_reason(new: str, why: str, world: World) -> None:
    client = signed_in(world.officer)
    answer = client.post("/me/password/", {"old": factories.PASSWORD, "new": new, "again": new})
    assert answer.status_code == 409
    assert "新密码不合要求" in answer.content.decode()
    assert why in answer.content.decode()


def test_a_password_had_before_is_not_taken_again(world: World) -> None:
    client, had = signed_in(world.officer), factories.PASSWORD
    for new in ("Xia-ji-2025", "Qiu-ji-2025"):
        assert client.post("/me/password/", {"old": had, "new": new, "again": new}).status_code == 302
        had = new
    answer = client.post(
        "/me/password/", {"old": had, "new": factories.PASSWORD, "again": factories.PASSWORD}
    )
    assert "最近五次" in answer.content.decode()
    wrong = client.post("/me/password/", {"old": "nonsense", "new": "Dong-ji-2025", "again": "Dong-ji-2025"})
    assert "现在的密码不对" in wrong.content.decode()


def test_who_lost_the_phone_is_given_a_password_for_once(world: World, secret: str) -> None:
    told = cli.reset(Namespace(username="officer"))
    client = Client()
    assert password_given(client).status_code == 401
    given = {"username": "officer", "password": told["password"]}
    assert client.post("/sign-in/", given).headers["Location"] == "/me/password/"
    with pytest.raises(Refused, match="没有账号nobody"):
        cli.reset(Namespace(username="nobody"))
