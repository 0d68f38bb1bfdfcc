"""The machines' door: keys, what each may do, and one sentence for everything else."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from exchange.factories import DI31, ON, csv_text, di31_row, manifest
from wenhou.api.actions import keys
from wenhou.api.models import SourceKey
from wenhou.base.errors import Refused
from wenhou.exchange.actions import deliveries
from wenhou.exchange.models import Delivery
from wenhou.site import cli
from wenhou.staff.models import Account

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 1, tzinfo=UTC)
TEXT = csv_text(DI31, [di31_row(1), di31_row(2, "x")])


def issue(division: str = "640104", contracts: tuple[str, ...] = ("DI31",), name: str = "医保局") -> str:
    return keys.issue(name=name, contracts=contracts, division=division, by="test", on=AT)[1]


def push(secret: str | None, client: Client | None = None, name: str = "DI31.csv", **changed: Any) -> Any:
    headers = {"authorization": f"Bearer {secret}"} if secret else {}
    return (client or Client(enforce_csrf_checks=True)).post(
        "/api/v1/deliveries",
        {"file": SimpleUploadedFile(name, TEXT.encode()), "manifest": json.dumps(manifest(**changed))},
        headers=headers,
    )


def ask(secret: str, path: str) -> Any:
    return Client().get(f"/api/v1/deliveries/{path}", headers={"authorization": f"Bearer {secret}"})


def test_a_delivery_is_taken_and_its_state_and_rejects_can_be_fetched() -> None:
    secret = issue()
    answer = push(secret)
    assert answer.status_code == 202
    told = answer.json()
    assert (told["contract"], told["number"], told["state"], told["rows_read"]) == (
        "DI31",
        "1",
        "received",
        0,
    )
    delivery = deliveries.load(Delivery.objects.get(pk=told["id"]), on=ON)
    assert (delivery.sender, delivery.channel, delivery.by) == ("医保局", "api", None)
    state = ask(secret, str(told["id"])).json()
    assert (state["state"], state["rows_loaded"], state["rows_rejected"]) == ("loaded", 1, 1)
    assert state["reject_reasons"] == {"不是金额（元，至多两位小数）": 1}
    rejects = b"".join(ask(secret, f"{told['id']}/rejects").streaming_content).decode("utf-8-sig")
    assert rejects.splitlines()[1] == "3,oop_total,x＊＊,不是金额（元，至多两位小数）"
    assert push(secret).json()["id"] == told["id"]


NO_KEY = "没有钥匙，或钥匙不对、已收回；请在Authorization头里写“Bearer 钥匙”。"


def test_without_a_key_in_force_nothing_opens() -> None:
    secret = issue()
    signed_in = Client()
    signed_in.force_login(Account.objects.create_user("li", full_name="李"), "wenhou.staff.backend.Accounts")
    for answer in (
        push(None),
        push("wrong"),
        push(None, signed_in),
        ask("wrong", "1"),
        ask("wrong", "1/rejects"),
    ):
        assert (answer.status_code, answer.json()) == (401, {"error": NO_KEY})
    keys.revoke(prefix=secret[:8], by="test", on=AT)
    assert push(secret).status_code == 401
    assert not Delivery.objects.exists()


def test_a_key_is_limited_to_its_contracts_and_its_division() -> None:
    answers = [
        (push(issue(contracts=("DI01",))), 403, "这把钥匙不能报DI31。"),
        (push(issue("640105")), 403, "这把钥匙只能报640105以内的数据。"),
        (push(issue("640104001001")), 403, "这把钥匙只能报640104001001以内的数据。"),
        (push(issue(), mode="some"), 422, "清单的mode应为full（全量）或delta（增量）。"),
        (push(issue(), name="other.csv"), 422, "清单说的文件是DI31.csv，收到的却是other.csv。"),
        (push(issue(), name="a.exe"), 422, "清单里的文件应是CSV、XLSX或Parquet。"),
    ]
    for answer, status, sentence in answers:
        assert (answer.status_code, answer.json()) == (status, {"error": sentence})
    malformed = Client().post("/api/v1/deliveries", {}, headers={"authorization": f"Bearer {issue()}"})
    assert (malformed.status_code, list(malformed.json())) == (422, ["error"])
    assert not Delivery.objects.exists()


def test_a_key_sees_only_what_it_could_have_delivered() -> None:
    number = push(issue()).json()["id"]
    for stranger in (issue(name="别的局"), issue("640105"), issue(contracts=("DI01",))):
        assert ask(stranger, str(number)).status_code == 404
        assert ask(stranger, f"{number}/rejects").json() == {"error": "没有这份来件，或它不是您报的。"}
    assert ask(issue(), f"{number}/rejects").json() == {"error": "这份来件没有退回的行。"}


def test_only_the_digest_of_a_key_is_kept() -> None:
    key, secret = keys.issue(name="医保局", contracts=["DI31"], division="640104000000", by="test", on=AT)
    kept = SourceKey.objects.filter(pk=key.pk).values().get()
    assert secret not in map(str, kept.values())
    assert (kept["digest"], kept["division"], kept["prefix"]) == (keys.digest(secret), "640104", secret[:8])
    with pytest.raises(Refused, match="DI99"):
        issue(contracts=("DI99",))
    with pytest.raises(Refused, match="不是区划代码"):
        issue("1")
    with pytest.raises(Refused, match="没有以“nothing”开头的钥匙"):
        keys.revoke(prefix="nothing", by="test", on=AT)


def test_keys_are_issued_and_taken_back_from_the_command_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["api", "issue", "医保局", "--contracts", "DI31", "--division", "640104", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert push(told["key"]).status_code == 202
    assert cli.main(["api", "revoke", told["prefix"]]) == 0
    assert push(told["key"]).status_code == 401
    capsys.readouterr()
    assert cli.main(["api", "keys", "--json"]) == 0
    (line,) = json.loads(capsys.readouterr().out)["keys"]
    assert line["revoked_at"] is not None
