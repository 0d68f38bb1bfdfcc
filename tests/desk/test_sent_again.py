"""A form that is sent again (the answer got lost, the button was pressed twice) is answered alike, and nothing is done."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import OperationalError
from django.test import Client
from psycopg import errors

from desk.conftest import World, signed_in
from wenhou.api.actions import keys
from wenhou.base import clock
from wenhou.desk import alert_page
from wenhou.desk.views import refusals
from wenhou.fieldwork.models import Visit
from wenhou.staff.actions import submissions
from wenhou.staff.models import Submission

SAID = {"visited_on": "2024-11-15", "visitors": "2", "met": "yes", "found": "入户见到本人，家里困难。"}


def test_a_visit_sent_twice_is_one_visit(world: World, officer: Client) -> None:
    address = f"/alerts/{world.own.number}/"
    page = officer.get(address).content.decode()
    key = page.split('name="once" value="')[1].split('"')[0]
    said = [officer.post(f"{address}visit/", SAID | {"once": key}, follow=True) for _ in range(2)]
    assert [one.redirect_chain for one in said] == [[(address, 302)]] * 2
    assert "走访已登记" in said[1].content.decode()
    assert (Visit.objects.count(), world.own.events.filter(kind="visited").count()) == (1, 1)


def test_what_was_refused_can_be_sent_again_and_each_person_has_keys_of_their_own(
    world: World, officer: Client
) -> None:
    address, key = f"/alerts/{world.own.number}/visit/", uuid4().hex
    assert officer.post(address, SAID | {"once": key, "met": ""}).status_code == 409
    assert not Submission.objects.exists()
    for client in (officer, signed_in(world.village)):
        assert client.post(address, SAID | {"once": key}).status_code == 302
    assert officer.post(address, SAID | {"once": "no key"}).status_code == 302
    assert (Visit.objects.count(), Submission.objects.count()) == (3, 2)


def test_keys_are_forgotten_after_a_week(world: World) -> None:
    now, keys = clock.instant(), [uuid4().hex for _ in range(2)]
    for key, days in zip(keys, (8, 0), strict=True):
        submissions.once(key=key, by=world.officer, at=now - timedelta(days=days), act=lambda: "办好了。")
    assert [row.key.hex for row in Submission.objects.all()] == keys[1:]


@pytest.mark.parametrize(
    ("failure", "what"),
    [
        (OperationalError("server closed the connection unexpectedly"), "系统暂时连不上数据库"),
        (OSError(28, "No space left on device"), "服务器的磁盘满了"),
    ],
)
def test_what_passes_by_itself_is_told_as_what_it_is(
    world: World, officer: Client, monkeypatch: pytest.MonkeyPatch, failure: Exception, what: str
) -> None:
    def fail(*_: object) -> None:
        raise failure

    officer.raise_request_exception = False
    monkeypatch.setattr(alert_page, "find", fail)
    told = officer.get(f"/alerts/{world.own.number}/")
    assert (told.status_code, told["Retry-After"], what in told.content.decode()) == (503, "10", True)


def test_a_full_disk_of_the_database_is_not_a_database_that_is_away() -> None:
    failure = OperationalError("could not extend file")
    failure.__cause__ = errors.DiskFull()
    assert (refusals.passing(failure) or ("",))[0] == "服务器的磁盘满了"
    assert refusals.passing(ValueError("something else")) is None


def test_a_machine_is_told_so_too(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise OperationalError("server closed the connection unexpectedly")

    monkeypatch.setattr(keys, "find", fail)
    machine = Client(raise_request_exception=False)
    told = machine.get("/api/v1/deliveries/1", headers={"authorization": "Bearer key"})
    assert (told.status_code, told["Retry-After"]) == (503, "10")
    assert told.json()["error"].startswith("系统暂时连不上数据库。")
