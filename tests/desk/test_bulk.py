"""Several at once, and the workbook."""

from datetime import date
from io import BytesIO

import pytest
from django.test import Client
from openpyxl import load_workbook

from desk import factories
from desk.conftest import World, signed_in
from wenhou.monitoring.models import Alert, AlertEvent


def states() -> dict[str, str]:
    return dict(Alert.objects.values_list("number", "state"))


def test_dispatch_shows_the_list_first_and_writes_nothing(world: World, officer: Client) -> None:
    other = factories.alert(4, division="640104008006")
    done = factories.alert(5, state="销号", outcome="临时救助", closed_on=factories.TODAY)
    given = {"act": "dispatch", "number": [world.own.number, other.number, done.number]}
    page = officer.post("/alerts/bulk/", given).content.decode()
    assert "派出前，先看清单" in page
    assert "派出2条" in page
    assert "1条不在其内" in page
    assert "已办结" in page
    assert AlertEvent.objects.filter(kind="dispatched").count() == 0


def test_dispatch_sends_each_to_whoever_is_responsible(world: World, officer: Client) -> None:
    other = factories.alert(4, division="640104008006")
    response = officer.post("/alerts/bulk/dispatch/", {"number": [world.own.number, other.number]})
    assert (response.status_code, response.headers["Location"]) == (302, "/")
    held = dict(Alert.objects.exclude(post=None).values_list("number", "post__account__username"))
    assert held == {world.own.number: "village", other.number: "officer"}
    assert "已派出2条。" in officer.get("/").content.decode()


def test_one_that_cannot_go_keeps_all_back(world: World, officer: Client) -> None:
    done = factories.alert(5, state="销号", outcome="临时救助", closed_on=factories.TODAY)
    before = states()
    response = officer.post("/alerts/bulk/dispatch/", {"number": [world.own.number, done.number]})
    assert response.status_code == 409
    assert "没有写入任何内容" in response.content.decode()
    assert states() == before


def test_snooze_asks_for_a_day_and_a_reason(world: World, officer: Client) -> None:
    other = factories.alert(4)
    given = {"number": [world.own.number, other.number]}
    assert "暂缓到" in officer.post("/alerts/bulk/", given | {"act": "snooze"}).content.decode()
    assert (
        officer.post("/alerts/bulk/snooze/", given | {"until": "", "reason": "等医保结算单"}).status_code
        == 409
    )
    assert (
        officer.post("/alerts/bulk/snooze/", given | {"until": "2024-11-29", "reason": "等"}).status_code
        == 409
    )
    assert set(states().values()) == {"待派"}
    officer.post("/alerts/bulk/snooze/", given | {"until": "2024-11-29", "reason": "等医保结算单"})
    assert states()[world.own.number] == states()[other.number] == "暂缓"
    assert states()[world.theirs.number] == "待派"


def test_nothing_ticked_is_said_so(officer: Client) -> None:
    response = officer.post("/alerts/bulk/", {"act": "dispatch"})
    assert response.status_code == 409
    assert "没有选中任何一条" in response.content.decode()


def sheet(content: bytes) -> list[list[object]]:
    book = load_workbook(BytesIO(content))
    return [[cell.value for cell in row] for row in book.active.iter_rows()]


def test_the_workbook_holds_the_filtered_list_masked(world: World, officer: Client) -> None:
    Alert.objects.filter(pk=world.own.pk).update(
        colour="红", name_masked="王＊", id_masked="999****0023", due_on=date(2024, 11, 20)
    )
    factories.alert(4, colour="黄")
    response = officer.get("/alerts/export.xlsx", {"colour": "红"})
    assert response.headers["Content-Type"].endswith("spreadsheetml.sheet")
    head, *rows = sheet(response.content)
    assert head[:6] == ["编号", "缓急", "分数", "限办", "姓名（遮蔽）", "证号（遮蔽）"]
    assert [row[0] for row in rows] == [world.own.number]
    assert rows[0][3].date() == date(2024, 11, 20)
    assert rows[0][4:6] == ["王＊", "999****0023"]


def test_a_cell_is_never_a_formula(world: World, officer: Client) -> None:
    sly = '=HYPERLINK("http://127.0.0.1/","x")'
    Alert.objects.filter(pk=world.own.pk).update(headline=sly)
    content = officer.get("/alerts/export.xlsx").content
    book = load_workbook(BytesIO(content))
    cell = next(cell for row in book.active.iter_rows(min_row=2) for cell in row if cell.value == sly)
    assert cell.data_type == "s"
    assert cell.hyperlink is None


def test_only_the_ticked_are_handed_over(world: World, officer: Client) -> None:
    other = factories.alert(4)
    given = {"act": "export", "number": [other.number]}
    rows = sheet(officer.post("/alerts/bulk/", given).content)[1:]
    assert [row[0] for row in rows] == [other.number]


@pytest.mark.parametrize("foreign", ["theirs", "YJ2024999999"])
@pytest.mark.parametrize(
    ("where", "given"),
    [
        ("", {"act": "export"}),
        ("", {"act": "dispatch"}),
        ("dispatch/", {}),
        ("snooze/", {"until": "2024-11-29", "reason": "等医保结算单"}),
    ],
)
def test_a_number_that_is_not_ours_stops_everything(
    where: str, given: dict[str, str], foreign: str, world: World, officer: Client
) -> None:
    number = world.theirs.number if foreign == "theirs" else foreign
    before = states(), AlertEvent.objects.count()
    response = officer.post(f"/alerts/bulk/{where}", given | {"number": [world.own.number, number]})
    assert response.status_code == 404
    assert "不在您的岗位范围内" in response.content.decode()
    assert (states(), AlertEvent.objects.count()) == before


def test_who_may_not_export_is_told(world: World) -> None:
    response = signed_in(world.village).get("/alerts/export.xlsx")
    assert response.status_code == 409
    assert "您的岗位不能导出" in response.content.decode()
