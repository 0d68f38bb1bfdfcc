"""The list: what it counts, how it pages, what it finds, what it says when there is nothing."""

import re
from datetime import date

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from desk import factories
from desk.conftest import World, signed_in
from wenhou.desk import alert_list
from wenhou.desk.alert_filters import Chosen
from wenhou.monitoring.models import Alert
from wenhou.staff.queries import visible_to


def numbers(page: str) -> list[str]:
    """The alerts a page lists, in order."""
    return re.findall(r'name="number" value="(YJ\d+)"', page)


def follow(page: str, rel: str) -> str:
    found = re.search(rf'rel="{rel}" href="([^"]+)"', page)
    return found[1].replace("&amp;", "&") if found else ""


def test_the_list_takes_at_most_ten_queries(
    world: World, officer: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(10, 80):
        factories.alert(number)
    with django_assert_max_num_queries(10):
        assert len(numbers(officer.get("/").content.decode())) == 50


def test_pages_are_exact_where_day_and_severity_tie(
    world: World, officer: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(alert_list, "SIZE", 4)
    for number in range(10, 20):
        factories.alert(number, due_on=date(2024, 11, 20), severity=50, colour="黄")
    factories.alert(30, due_on=date(2024, 11, 20), severity=51, colour="黄")
    expected = list(
        Alert.objects.exclude(pk=world.theirs.pk)
        .order_by("due_on", "-severity", "id")
        .values_list("number", flat=True)
    )
    seen, where, pages = [], "/", []
    while where:
        page = officer.get(where).content.decode()
        pages.append(numbers(page))
        seen += numbers(page)
        where = follow(page, "next") and "/" + follow(page, "next")
    assert seen == expected
    assert [len(page) for page in pages] == [4, 4, 4]
    back = officer.get(
        "/"
        + follow(
            officer.get("/" + follow(officer.get("/").content.decode(), "next")).content.decode(), "prev"
        )
    )
    assert numbers(back.content.decode()) == pages[0]


def test_the_first_page_offers_no_page_before_it(world: World, officer: Client) -> None:
    page = officer.get("/").content.decode()
    assert follow(page, "prev") == ""
    assert follow(page, "next") == ""


@pytest.mark.parametrize(
    ("chosen", "found"),
    [
        ({"category": "D"}, {1, 3}),
        ({"indicator": "D12"}, {3}),
        ({"type": "应退尽退"}, {9}),
        ({"colour": "红"}, {9}),
        ({"place": "640104008"}, {3}),
        ({"place": "640105"}, {1, 3, 9}),
        ({"age": "3"}, {3}),
        ({"age": "over30"}, {9}),
        ({"due": "week"}, {9}),
        ({"tab": "late"}, {9}),
        ({"tab": "today"}, {3}),
        ({"tab": "soon"}, set()),
        ({"tab": "waiting"}, {1, 3}),
        ({"tab": "snoozed"}, set()),
        ({"category": "Z", "colour": "'; drop"}, {1, 3, 9}),
    ],
)
def test_filters_find_exactly(chosen: dict[str, str], found: set[int], world: World) -> None:
    Alert.objects.filter(pk=world.own.pk).update(
        indicator="D08",
        alert_type="主动发现",
        colour="黄",
        raised_on=date(2024, 11, 1),
        due_on=date(2024, 11, 29),
    )
    factories.alert(3, division="640104008006", raised_on=date(2024, 11, 14), due_on=factories.TODAY)
    factories.alert(
        9,
        raised_on=date(2024, 9, 30),
        due_on=date(2024, 11, 12),
        state="待核",
        post=factories.post_of(world.village),
    )
    if chosen.get("due") == "week":
        found = {3, 9}
    page = signed_in(world.officer).get("/", chosen).content.decode()
    assert {int(number[-3:]) for number in numbers(page)} == found


def test_a_village_sees_its_own_and_the_copies(world: World) -> None:
    factories.alert(4, division="640104101011")
    copied = factories.alert(5, division="640105005990", copy_division=factories.VILLAGE)
    page = signed_in(world.village).get("/").content.decode()
    assert set(numbers(page)) == {world.own.number, copied.number}
    assert "副本，别处在办" in page


def test_somebody_without_a_post_sees_nothing(world: World) -> None:
    world.officer.posts.update(until=date(2024, 11, 14))
    response = signed_in(world.officer).get("/")
    assert response.status_code == 200
    assert numbers(response.content.decode()) == []
    assert "没有在任岗位" in response.content.decode()


def test_an_empty_choice_says_what_to_drop(world: World, officer: Client) -> None:
    page = officer.get("/", {"colour": "红", "type": "经办督办"}).content.decode()
    assert "没有符合条件的预警" in page
    assert "去掉“类型：经办督办”" in page


def test_what_a_row_says_is_escaped(world: World, officer: Client) -> None:
    Alert.objects.filter(pk=world.own.pk).update(headline="<b>自付</b>&", name_masked="<i>＊", standing='"')
    page = officer.get("/").content.decode()
    assert "&lt;b&gt;自付&lt;/b&gt;&amp;" in page
    assert "<b>自付</b>" not in page
    assert "&lt;i&gt;<i>＊</i>" in page


def test_a_minor_has_no_number(world: World, officer: Client) -> None:
    Alert.objects.filter(pk=world.own.pk).update(id_masked="", age=9)
    assert "证号不显" in officer.get("/").content.decode()


def test_counts_stand_on_the_tabs(world: World, officer: Client) -> None:
    Alert.objects.filter(pk=world.own.pk).update(due_on=date(2024, 11, 13))
    factories.alert(3, due_on=factories.TODAY)
    factories.alert(4, due_on=date(2024, 11, 20))
    factories.alert(5, state="暂缓", snoozed_until=date(2024, 12, 2), due_on=factories.TODAY)
    page = officer.get("/").content.decode()
    tabs = re.findall(r">([^<>]+)<b>(\d+)</b></a>", page)
    assert tabs == [
        ("未办结", "3"), ("已逾期", "1"), ("今天", "1"), ("三个工作日内", "1"), ("待派", "3"), ("暂缓", "1"), ("本月办结", "0"),
    ]  # fmt: skip
    assert "逾期2个工作日" in page


def test_a_place_outside_the_scope_is_no_filter(world: World) -> None:
    from django.http import QueryDict

    scope = visible_to(world.officer, on=factories.TODAY)
    assert Chosen.read(QueryDict("place=640105"), scope).place == ""
    assert Chosen.read(QueryDict("place=640104101000"), scope).place == "640104101"
    assert Chosen.read(QueryDict("place=64"), scope).place == ""


def test_a_family_with_several_alerts_reads_as_one(world: World, officer: Client) -> None:
    family = [factories.alert(number, household=9) for number in (40, 41, 42)]
    factories.alert(43, household=9, state="暂缓", snoozed_until=date(2024, 12, 1))
    alone = factories.alert(44, household=10)
    page = officer.get("/").content.decode()
    assert page.count('href="?household=9">这一户共3条</a>') == 3
    assert "household=10" not in page
    own = officer.get("/?household=9").content.decode()
    for one in family:
        assert f"/alerts/{one.number}/" in own
    assert f"/alerts/{alone.number}/" not in own
    assert "同一户" in own
    assert "这一户共" not in own
    assert f"/alerts/{alone.number}/" in officer.get("/?household=x9").content.decode()
