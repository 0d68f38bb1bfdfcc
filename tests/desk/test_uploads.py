"""Handing in a file by hand."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from desk import factories
from desk.conftest import World, signed_in
from wenhou.exchange import contracts
from wenhou.exchange.models import Delivery
from wenhou.staff.enums import Role


def good() -> bytes:
    return (contracts.contract("DI29").folder / "good.csv").read_bytes()


def given(**changes: object) -> dict[str, object]:
    told = {
        "file": SimpleUploadedFile("DI29.csv", good()), "contract": "DI29", "number": "2024-11-01", "division": "640104",
        "period_from": "2023-11-01", "period_to": "2024-10-31", "mode": "full",
    }  # fmt: skip
    return told | changes


def operator(world: World) -> Client:
    return signed_in(factories.account("exchange", Role.EXCHANGE_OPERATOR))


def test_a_file_becomes_a_delivery_and_again_changes_nothing(world: World) -> None:
    client = operator(world)
    before = set(Delivery.objects.values_list("pk", flat=True))
    response = client.post("/deliveries/upload/", given())
    made = Delivery.objects.exclude(pk__in=before).get()
    assert response.headers["Location"] == f"/deliveries/{made.pk}/"
    assert (made.contract, made.division, made.number, made.channel) == (
        "DI29",
        "640104",
        "2024-11-01",
        "desk",
    )
    assert client.post("/deliveries/upload/", given()).headers["Location"] == f"/deliveries/{made.pk}/"
    assert Delivery.objects.exclude(pk__in=before).count() == 1


def test_what_is_wrong_is_said_and_nothing_is_kept(world: World) -> None:
    client = operator(world)
    before = Delivery.objects.count()
    for changes, why in (
        ({"division": "640105"}, "您的岗位不包括这个地方"),
        ({"contract": ""}, "请选择这是哪一项数据"),
        ({"period_from": ""}, "请写明数据的起止日期"),
        ({"file": SimpleUploadedFile("DI29.pdf", b"%PDF-1.7")}, "CSV、XLSX或Parquet"),
    ):
        response = client.post("/deliveries/upload/", given(**changes))
        assert response.status_code == 409
        assert why in response.content.decode()
    assert Delivery.objects.count() == before


def test_an_officer_may_look_and_not_hand_in(world: World, officer: Client) -> None:
    assert "上传一份" not in officer.get("/deliveries/").content.decode()
    response = officer.post("/deliveries/upload/", given())
    assert response.status_code == 403
    assert "您的岗位不能接入数据" in response.content.decode()
