"""What no keyboard sends: NUL bytes, digits that are not digits, numbers past every bound."""

import pytest
from django.test import Client
from django.urls import reverse

from desk import factories
from desk.conftest import World, signed_in
from desk.test_alert import NOTE
from desk.test_routes import OPEN, ROUTES, SAMPLES, address
from wenhou.fieldwork.models import Visit
from wenhou.monitoring.models import Alert, AlertEvent
from wenhou.staff.models import Look
from wenhou.web import numbers

FIELDS = (
    "number", "act", "note", "reason", "purpose", "found", "until", "post", "q", "before", "after", "place",
    "contract", "username", "next", "as_of", "x\0",
)  # fmt: skip
VISIT = {"visited_on": "2024-11-15", "visitors": "2", "met": "yes", "found": "独居，家中有米面。"}


def client_for(name: str, world: World) -> Client:
    return Client() if name in OPEN else signed_in(world.officer)


@pytest.mark.parametrize("name", sorted(SAMPLES))
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_nul_anywhere_is_answered_calmly(name: str, method: str, world: World) -> None:
    client = client_for(name, world)
    where = address(name, world.own)
    before = (AlertEvent.objects.count(), Look.objects.count())
    for field in FIELDS:
        response = getattr(client, method)(where, {field: "a\0b"})
        assert response.status_code == 400, field
        assert "认不出的字符" in response.content.decode()
    assert (AlertEvent.objects.count(), Look.objects.count()) == before


@pytest.mark.parametrize("name", sorted(name for name in SAMPLES if "str:" in str(ROUTES[name].pattern)))
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_nul_in_the_path_is_answered_calmly(name: str, method: str, world: World) -> None:
    where = reverse(f"desk:{name}", kwargs=dict.fromkeys(SAMPLES[name](world.own), "X")).replace("X", "%00")
    response = getattr(client_for(name, world), method)(where)
    assert response.status_code == 400
    assert "认不出的字符" in response.content.decode()


def test_a_nul_in_the_session_cookie_is_answered_calmly(world: World) -> None:
    client = Client()
    client.cookies.load('sessionid="abcdefgh\\000"')
    assert client.get("/").status_code == 400


ODD = ["²", "٣", "1e3", "-1", " 1", "99999999999", "9" * 30, "9" * 5000]


@pytest.mark.parametrize("odd", ODD)
def test_odd_numbers_are_never_an_error(odd: str, world: World, officer: Client) -> None:
    for where in ("/deliveries/", "/", "/runs/", "/indicators/"):
        assert officer.get(where, {"before": odd, "after": odd}).status_code == 200
    assert officer.get("/", {"after": f"2024-11-15.{odd}.{odd}"}).status_code == 200
    for kind in ("people", "households", "deliveries", "runs"):
        assert officer.get(f"/{kind}/{odd}/").status_code == 404


@pytest.mark.parametrize("odd", [*ODD, "0", "21", ""])
def test_how_many_went_is_a_small_whole_number(odd: str, world: World, officer: Client) -> None:
    response = officer.post(f"/alerts/{world.own.number}/visit/", VISIT | {"visitors": odd})
    assert response.status_code == 409
    assert "“几个人去的”要写成1到20的整数。" in response.content.decode()
    assert Visit.objects.count() == 0


@pytest.mark.parametrize("odd", ODD)
def test_a_post_that_is_none_is_refused(odd: str, world: World, officer: Client) -> None:
    response = officer.post(f"/alerts/{world.own.number}/dispatch/", {"post": odd})
    assert response.status_code == 409
    assert "选的岗位不在可派之列" in response.content.decode()
    assert Alert.objects.get(pk=world.own.pk).post is None


def test_a_post_that_is_not_offered_is_refused(world: World, officer: Client) -> None:
    elsewhere = factories.post_of(world.neighbour)
    response = officer.post(f"/alerts/{world.own.number}/dispatch/", {"post": elsewhere.pk})
    assert response.status_code == 409
    assert "选的岗位不在可派之列" in response.content.decode()
    kept = Alert.objects.get(pk=world.own.pk)
    assert (kept.post, kept.state) == (None, "待派")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0", 0),
        ("007", 7),
        ("9223372036854775807", 2**63 - 1),
        ("9223372036854775808", None),
        ("", None),
        ("²", None),
    ],
)
def test_whole_numbers(text: str, number: int | None) -> None:
    assert numbers.whole(text) == number


def test_a_note_with_a_line_break_is_still_a_note(world: World, officer: Client) -> None:
    given = {"outcome": "临时救助", "note": NOTE.replace("，", "，\r\n", 1)}
    assert officer.post(f"/alerts/{world.own.number}/close/", given).status_code == 302
