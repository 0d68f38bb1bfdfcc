"""An indicator set aside at the desk: where it is done, where it is listed, how it is taken back; a score explained."""

from datetime import date

import pytest
from django.test import Client

from desk import factories
from desk.conftest import World, signed_in
from wenhou.monitoring.models import Alert, AlertEvent, Override

REASON = "已两次入户核实，票据由他人冒用，医保部门正在追查。"


@pytest.fixture
def d01(world: World) -> Alert:
    """An alert of D01 that weighs 40 of its own and 30, faded to 21, of its household."""
    parts = [["D01", 40, 100, "2024-11-14", True], ["D05", 30, 70, "2024-10-01", False]]
    return factories.alert(
        8, due_on=date(2024, 11, 19), name_masked="王＊", weighing=parts, severity=61, colour="黄"
    )


def text_of(client: Client, where: str) -> str:
    return client.get(where).content.decode()


def test_a_page_explains_its_score(d01: Alert, officer: Client) -> None:
    page = text_of(officer, f"/alerts/{d01.number}/")
    for said in (
        "缓急：黄，61分",
        "40×100%",
        '<td class="num">40</td>',
        "同户　",
        "自付占家庭年收入五成以上",
        "30×70%",
        '<td class="num">21</td>',
        "70分起为红，40至69分为黄，不满40分为蓝（暂定）",
        "报出30日内计100%，90日内计70%，其后计40%",
        "不是家庭分级，也不是居住条件的颜色",
    ):
        assert said in page


def test_set_aside_on_the_page_and_taken_back_from_the_list(
    d01: Alert, world: World, officer: Client
) -> None:
    where = f"/alerts/{d01.number}/"
    given = {"how": "day", "aside_until": "2025-03-01", "reason": REASON}
    assert officer.post(where + "aside/", given).headers["Location"] == where
    page = text_of(officer, where)
    for said in (
        "已搁置D01：2025年3月1日之前",
        "搁置了这项指标",
        REASON,
        "到2025年3月1日；依据先变化的，提前重新报出",
    ):
        assert said in page
    listed = text_of(officer, "/overrides/")
    for said in (
        "1项在搁置",
        "年度个人自付达到2万元",
        "2025年3月1日",
        REASON,
        "马晓燕",
        f"/alerts/{d01.number}/",
    ):
        assert said in listed
    made = Override.objects.get()
    short = officer.post(f"/overrides/{made.pk}/take-back/", {"reason": "又要报"})
    assert short.status_code == 409
    assert "至少20个字" in short.content.decode()
    back = officer.post(
        f"/overrides/{made.pk}/take-back/", {"reason": "医保部门查明票据属实，搁置的理由不成立。"}
    )
    assert back.headers["Location"] == "/overrides/"
    listed = text_of(officer, "/overrides/")
    for said in ("0项在搁置", "近一年结束的", "马晓燕收回：医保部门查明票据属实"):
        assert said in listed
    assert "搁置已结束" in text_of(officer, where)
    kinds = AlertEvent.objects.filter(alert=d01).order_by("id").values_list("kind", flat=True)
    assert list(kinds) == ["raised", "aside", "unaside"]


def test_until_the_evidence_changes(d01: Alert, officer: Client) -> None:
    officer.post(f"/alerts/{d01.number}/aside/", {"how": "evidence", "reason": REASON})
    assert Override.objects.get().until is None
    assert "直到依据变化。" in text_of(officer, f"/alerts/{d01.number}/")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"reason": REASON}, "请选择搁置到哪天，还是直到依据变化。"),
        ({"how": "day", "aside_until": "", "reason": REASON}, "要写成年月日"),
        ({"how": "day", "aside_until": "2024-11-15", "reason": REASON}, "365天以内"),
        ({"how": "evidence", "reason": "查过了"}, "至少20个字"),
    ],
)
def test_what_is_refused_keeps_what_was_typed(
    given: dict[str, str], said: str, d01: Alert, officer: Client
) -> None:
    response = officer.post(f"/alerts/{d01.number}/aside/", given)
    assert response.status_code == 409
    page = response.content.decode()
    assert said in page
    assert given["reason"] in page
    assert not Override.objects.exists()


def test_only_who_may_is_offered_it(d01: Alert, world: World) -> None:
    town = signed_in(world.town)
    assert "搁置这项指标" not in text_of(town, f"/alerts/{d01.number}/")
    given = {"how": "evidence", "reason": REASON}
    assert town.post(f"/alerts/{d01.number}/aside/", given).status_code == 403
    assert not Override.objects.exists()


def test_a_town_sees_the_reason_but_takes_nothing_back(d01: Alert, world: World) -> None:
    made = factories.set_aside(d01)
    town = signed_in(world.town)
    page = text_of(town, "/overrides/")
    assert made.reason in page
    assert "收回" not in page
    where = f"/overrides/{made.pk}/take-back/"
    assert town.post(where, {"reason": REASON}).status_code == 403
    assert Override.objects.get().ended_on is None


def test_what_follows_an_earlier_decision_says_so_first(d01: Alert, officer: Client) -> None:
    earlier = factories.alert(16, outcome="情况不属实", state="销号", closed_on=date(2024, 9, 1))
    said = "上次（2024年9月1日）查为不属实，此后变化：个人自付由23,000.00元增至43,186.40元。"
    AlertEvent.objects.filter(alert=d01, kind="raised").update(
        detail={"earlier": earlier.number, "again": said}
    )
    page = text_of(officer, f"/alerts/{d01.number}/")
    assert said in page
    assert f'href="/alerts/{earlier.number}/">上次的预警</a>' in page
