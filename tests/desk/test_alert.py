"""One alert: what its page tells, what it keeps covered, and what can be done on it."""

import re
from datetime import date

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from desk import factories
from desk.conftest import World, signed_in
from wenhou.fieldwork.models import Visit
from wenhou.lake import erasing
from wenhou.monitoring.models import Alert, AlertEvent
from wenhou.staff.models import Look

NOTE = "十一月十五日与杨芳上门，见到本人，材料齐全，已录入低保申请。"


@pytest.fixture
def d01(world: World) -> Alert:
    """An alert of D01, whose tree the factory writes."""
    return factories.alert(8, due_on=date(2024, 11, 19), name_masked="王＊")


def page_of(alert: Alert, client: Client) -> str:
    response = client.get(f"/alerts/{alert.number}/")
    assert response.status_code == 200
    return response.content.decode()


def test_the_page_tells_why(d01: Alert, officer: Client) -> None:
    page = page_of(d01, officer)
    for said in (
        "年度自付43,186.40元，达到20,000.00元",
        "剩2个工作日",
        "年度个人自付达到2万元",
        "《宁夏因病致贫重病患者认定办法》自付门槛",
        "43,186.40 ≥ 20,000.00元",
        "标准：宁夏因病致贫重病患者认定办法 自付门槛，2023年3月1日起",
        "医疗保障局　住院费用结算",
        "第104行",
        "批次2024-10-01",
    ):
        assert said in page


def test_the_page_takes_at_most_ten_queries(
    d01: Alert, officer: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    page_of(d01, officer)
    with django_assert_max_num_queries(10):
        page_of(d01, officer)


def test_everything_sensitive_is_covered(d01: Alert, officer: Client) -> None:
    page = page_of(d01, officer)
    number = factories.id_no(8, born=date(1963, 5, 2), female=True)
    for secret in (number, "银川市第一人民医院", "C34.901", "3号楼2单元"):
        assert secret not in page
    assert '<dd class="covered">已遮蔽</dd>' in page
    assert "21,480.30元" in page
    assert Look.objects.count() == 0


def test_a_reveal_is_written_before_it_shows_and_shows_once(
    d01: Alert, world: World, officer: Client
) -> None:
    number = factories.id_no(8, born=date(1963, 5, 2), female=True)
    response = officer.post(
        f"/alerts/{d01.number}/reveal/", {"shown": "identity", "purpose": "上门核实前确认住址"}
    )
    assert response.status_code == 200
    assert number in response.content.decode()
    assert "3号楼2单元501室" in response.content.decode()
    assert "C34.901" not in response.content.decode()
    look = Look.objects.get()
    assert (look.account, look.person, look.page, look.shown, look.purpose) == (
        world.officer, d01.person, f"alert:{d01.number}", "identity", "上门核实前确认住址",
    )  # fmt: skip
    assert number not in page_of(d01, officer)


def test_of_somebody_erased_the_number_is_told_to_be_gone(d01: Alert, world: World, officer: Client) -> None:
    number = factories.id_no(8, born=date(1963, 5, 2), female=True)
    erasing.erase(d01.person, by="li", on=date(2026, 3, 1), ground="本人申请")
    page = officer.post(
        f"/alerts/{d01.number}/reveal/", {"shown": "identity", "purpose": "上门核实前确认住址"}
    ).content
    assert number not in page.decode()
    assert "已依法删除（2026-03-01）" in page.decode()


def test_evidence_is_uncovered_on_its_own(d01: Alert, officer: Client) -> None:
    response = officer.post(f"/alerts/{d01.number}/reveal/", {"shown": "evidence", "purpose": "核对病种"})
    page = response.content.decode()
    assert "C34.901" in page
    assert "银川市第一人民医院" in page
    assert factories.id_no(8, born=date(1963, 5, 2), female=True) not in page
    assert Look.objects.get().shown == "evidence"


@pytest.mark.parametrize(
    "given", [{"shown": "identity", "purpose": "看"}, {"shown": "all", "purpose": "上门核实"}, {}]
)
def test_without_a_purpose_nothing_is_shown(given: dict[str, str], d01: Alert, officer: Client) -> None:
    response = officer.post(f"/alerts/{d01.number}/reveal/", given)
    assert response.status_code == 409
    assert factories.id_no(8, born=date(1963, 5, 2), female=True) not in response.content.decode()
    assert Look.objects.count() == 0


def test_an_analyst_may_not_reveal(d01: Alert, world: World) -> None:
    analyst = factories.account("analyst", "analyst")
    response = signed_in(analyst).post(
        f"/alerts/{d01.number}/reveal/", {"shown": "identity", "purpose": "上门核实前确认住址"}
    )
    assert response.status_code == 403
    assert Look.objects.count() == 0


def test_from_waiting_to_closed(d01: Alert, world: World, officer: Client) -> None:
    where = f"/alerts/{d01.number}/"
    village = factories.post_of(world.village)
    assert f'<option value="{village.pk}" selected>杨芳，村级协理员（手上0条，责任人）</option>' in page_of(
        d01, officer
    )
    assert officer.post(where + "dispatch/", {"post": village.pk}).headers["Location"] == where
    page = page_of(d01, officer)
    assert "已派给杨芳。" in page
    assert "下一步：登记走访" in page
    visit = {
        "visited_on": "2024-11-15",
        "visitors": "2",
        "met": "yes",
        "found": "独居，家中有米面，药费单据齐。",
    }
    officer.post(where + "visit/", visit)
    assert Visit.objects.get().found == "独居，家中有米面，药费单据齐。"
    assert "下一步：写明结果，办结" in page_of(d01, officer)
    officer.post(where + "close/", {"outcome": "临时救助", "note": NOTE})
    d01.refresh_from_db()
    assert (d01.state, d01.outcome, d01.closed_on) == ("销号", "临时救助", factories.TODAY)
    page = page_of(d01, officer)
    assert "已办结：临时救助" in page
    assert NOTE in page
    kinds = AlertEvent.objects.filter(alert=d01).order_by("id").values_list("kind", flat=True)
    assert list(kinds) == ["raised", "dispatched", "visited", "closed"]


@pytest.mark.parametrize(
    ("act", "given", "why"),
    [
        ("close", {"outcome": "临时救助", "note": "看过了"}, "至少20个字"),
        ("close", {"note": NOTE}, "请选择处置结果"),
        ("close", {"outcome": "情况不属实", "note": NOTE}, "须先登记走访"),
        (
            "visit",
            {"visited_on": "2024-11-16", "met": "yes", "found": "明天再去看看"},
            "走访日期不能晚于今天",
        ),
        ("visit", {"visited_on": "昨天", "met": "yes", "found": "家里没有人在"}, "要写成年月日"),
        ("visit", {"visited_on": "2024-11-15", "found": "家里没有人在"}, "请选择有没有见到本人"),
        ("snooze", {"until": "2025-11-15", "reason": "等医保结算单"}, "90天以内"),
        ("snooze", {"until": "2024-11-29", "reason": "等"}, "至少5个字"),
        ("wake", {}, "不能这样办理"),
    ],
)
def test_what_is_refused_writes_nothing_and_keeps_what_was_typed(
    act: str, given: dict[str, str], why: str, d01: Alert, officer: Client
) -> None:
    response = officer.post(f"/alerts/{d01.number}/{act}/", given)
    page = response.content.decode()
    assert response.status_code == 409
    assert why in page
    assert "没有写入任何内容" in page
    for typed in ("note", "found", "reason"):
        assert given.get(typed, "") in page
    d01.refresh_from_db()
    assert d01.state == "待派"
    assert AlertEvent.objects.filter(alert=d01).count() == 1
    assert Visit.objects.count() == 0


def test_a_village_assistant_is_told_whom_to_ask(d01: Alert, world: World) -> None:
    client = signed_in(world.village)
    page = page_of(d01, client)
    assert "您的岗位不能派单，请转给经办员。" in page
    assert "您的岗位不能办结，请转给经办员。" in page
    response = client.post(f"/alerts/{d01.number}/close/", {"outcome": "临时救助", "note": NOTE})
    assert response.status_code == 403
    d01.refresh_from_db()
    assert d01.state == "待派"


def test_snoozed_and_woken(d01: Alert, officer: Client) -> None:
    where = f"/alerts/{d01.number}/"
    officer.post(where + "snooze/", {"until": "2024-11-29", "reason": "等医保结算单"})
    page = page_of(d01, officer)
    assert "暂缓到11月29日 周五" in page
    assert "等医保结算单" in page
    officer.post(where + "wake/")
    d01.refresh_from_db()
    assert (d01.state, d01.snoozed_until) == ("待派", None)


def test_a_copy_can_be_seen_and_not_done(world: World, officer: Client) -> None:
    copied = factories.alert(5, division="640105005990", copy_division=factories.VILLAGE)
    page = page_of(copied, officer)
    assert "这是副本" in page
    assert (
        officer.post(f"/alerts/{copied.number}/close/", {"outcome": "临时救助", "note": NOTE}).status_code
        == 403
    )
    copied.refresh_from_db()
    assert copied.state == "待派"


def test_forms_need_the_token(d01: Alert, world: World) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.officer, backend="wenhou.staff.backend.Accounts")
    response = client.post(f"/alerts/{d01.number}/close/", {"outcome": "临时救助", "note": NOTE})
    assert response.status_code == 403
    assert "页面打开得太久了" in response.content.decode()
    page = client.get(f"/alerts/{d01.number}/").content.decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert token
    given = {"outcome": "临时救助", "note": NOTE, "csrfmiddlewaretoken": token[1]}
    assert client.post(f"/alerts/{d01.number}/close/", given).status_code == 302


def test_two_counties_that_do_not_see_each_other_give_each_visit_its_own_number(
    world: World, officer: Client
) -> None:
    visit = {"visited_on": "2024-11-15", "visitors": "2", "met": "yes", "found": "独居，家中有米面。"}
    for reader, alert in ((officer, world.own), (signed_in(world.neighbour), world.theirs)):
        assert reader.post(f"/alerts/{alert.number}/visit/", visit).status_code == 302
    assert sorted(Visit.objects.values_list("number", flat=True)) == ["ZF2024000001", "ZF2024000002"]
