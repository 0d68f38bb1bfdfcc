"""What a framework would refuse in English or in silence is said in Chinese: to people as a page, to machines as JSON."""

from typing import Any

import pytest
from django.test import Client

from desk import factories
from desk.conftest import signed_in
from wenhou.api import refusals

pytestmark = pytest.mark.django_db


def said(response: Any) -> str:
    return response.json()["error"]


def test_a_machine_is_told_in_json_whatever_was_wrong() -> None:
    client = Client()
    for response, status in (
        (client.get("/api/v1/deliveries"), 405),
        (client.delete("/api/v1/deliveries/1"), 405),
        (client.get("/api/v1/nothing"), 404),
        (client.get("/api/v1/deliveries/1", headers={"host": "evil.example"}), 400),
        (client.get("/api/v1/deliveries/1%00"), 400),
    ):
        assert (response.status_code, said(response)) == (status, refusals.SENTENCES[status])
        assert response.headers["Content-Type"].startswith("application/json")
    assert client.get("/api/v1/deliveries").headers["Allow"] == "POST"


def test_a_machine_is_told_of_an_error_with_a_number_that_stands_in_the_log(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(_: str) -> None:
        raise RuntimeError("within")

    monkeypatch.setattr("wenhou.api.actions.keys.find", broken)
    client = Client(raise_request_exception=False)
    response = client.get("/api/v1/deliveries/1", headers={"authorization": "Bearer x"})
    assert response.status_code == 500
    number = said(response).partition("编号")[2].rstrip("。")
    assert number.startswith("E-")
    assert any(number in record.getMessage() for record in caplog.records)
    assert "within" not in response.content.decode()


def test_people_are_told_on_a_page() -> None:
    factories.places()
    client = signed_in(factories.account())
    for response, status, sentence in (
        (client.put("/"), 405, "这个网址不能这样用"),
        (client.get("/runs/start/"), 405, "这个网址不能这样用"),
        (client.get("/", headers={"host": "evil.example"}), 400, "这个请求读不懂"),
        (client.get("/", dict.fromkeys(map(str, range(1500)), "1")), 400, "这个请求读不懂"),
    ):
        assert response.status_code == status
        assert sentence in response.content.decode()
        assert "default-src 'none'" in response.headers["Content-Security-Policy"]
    assert client.put("/").headers["Allow"] == "GET, HEAD"


@pytest.mark.parametrize("where", ["/sign-in/", "/nowhere/", "/api/v1/nothing", "/health/live/"])
def test_every_answer_carries_what_keeps_a_browser_from_harm(where: str) -> None:
    told = Client().get(where).headers
    policy = dict(part.split(" ", 1) for part in told["Content-Security-Policy"].split("; "))
    assert (policy["default-src"], policy["script-src"], policy["style-src"]) == (
        "'none'",
        "'self'",
        "'self'",
    )
    assert (policy["frame-ancestors"], policy["base-uri"], policy["form-action"]) == (
        "'none'",
        "'none'",
        "'self'",
    )
    assert told["X-Frame-Options"] == "DENY"
    assert told["X-Content-Type-Options"] == "nosniff"
    assert told["Referrer-Policy"] == "same-origin"
    assert told["Cross-Origin-Resource-Policy"] == told["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "geolocation=()" in told["Permissions-Policy"]
    assert told["Cache-Control"] == "no-store" or "max-age=0" in told["Cache-Control"]
