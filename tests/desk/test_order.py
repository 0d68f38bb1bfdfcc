"""The list by expected benefit: what is due stays on top, the rest goes by chance, and it says when it cannot."""

import re

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from desk import factories
from desk.conftest import World, signed_in
from desk.test_alerts import follow, numbers
from wenhou.desk import alert_list, alert_order
from wenhou.monitoring.models import Alert, Expectation, Learned
from wenhou.staff.enums import Role


@pytest.fixture
def learned(world: World) -> Learned:
    """Something was learnt in October, and nothing was set down of anybody yet."""
    Alert.objects.all().update(due_on=factories.TODAY)
    scale = {
        "weights": {"alone": 1.5, "指标D01": -0.4},
        "typical": {},
        "intercept": 0,
        "slope": -1,
        "shift": 0,
    }
    row = {"alerts": 320, "told": 0.2, "seen": 0.21}
    return Learned.objects.create(
        on=factories.date(2024, 11, 1), since=factories.date(2024, 1, 3), until=factories.date(2024, 10, 31),
        size=320, helped=64, brier=0.12, base_brier=0.16, content=scale,
        reliability=[{"from": 0.1, "to": 0.2, **row}], groups=[{"what": "年龄", "group": "80岁以上", **row}],
    )  # fmt: skip


def expect(number: int, learned: Learned, chance: int, **fields: object) -> Alert:
    """An alert due in a fortnight with a chance."""
    made = factories.alert(number, **({"due_on": factories.date(2024, 11, 29)} | fields))
    Expectation.objects.create(alert=made, learned=learned, chance=chance, reasons=["一人独居，靠前。"])
    return made


def test_what_is_due_stays_on_top_and_the_rest_goes_by_chance(learned: Learned, officer: Client) -> None:
    expect(10, learned, 1200)
    expect(11, learned, 5400, due_on=factories.date(2024, 12, 2))
    expect(12, learned, 9900, due_on=factories.date(2024, 11, 14))  # late: by its deadline all the same
    expect(13, learned, 20)
    factories.alert(14, due_on=factories.date(2024, 11, 18))  # raised since: nothing is known of it yet
    page = officer.get("/", {"order": "benefit"}).content.decode()
    assert [int(number[-3:]) for number in numbers(page)] == [12, 1, 11, 10, 13, 14]
    groups = re.findall(r'rowgroup">([^<]+)<', page)
    assert groups == ["已逾期", "今天到期", "按预期成效"]
    assert re.findall(r'<span class="sub">(约\d+%|很小)</span>', page) == ["约54%", "约12%", "很小", "很小"]
    assert "2024年1月3日到2024年10月31日走访后办结的预警学来" in page
    plain = officer.get("/").content.decode()
    assert [int(number[-3:]) for number in numbers(plain)] == [12, 1, 14, 10, 13, 11]
    assert "约54%" not in plain


def test_pages_are_exact_where_chances_tie(
    learned: Learned, officer: Client, monkeypatch: pytest.MonkeyPatch,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:  # fmt: skip
    monkeypatch.setattr(alert_list, "SIZE", 3)
    monkeypatch.setattr(alert_order, "SIZE", 3)
    for number in range(20, 30):
        expect(number, learned, 5000 if number % 3 else 7000)
    seen, where, pages = [], "/?order=benefit", []
    while where:
        with django_assert_max_num_queries(10):
            page = officer.get(where).content.decode()
        pages.append(numbers(page))
        seen += pages[-1]
        where = follow(page, "next") and "/" + follow(page, "next")
    assert sorted(seen) == sorted(set(seen))
    assert len(seen) == 11
    chances = dict(Expectation.objects.values_list("alert__number", "chance"))
    assert [chances[number] for number in seen[1:]] == [7000] * 3 + [5000] * 7
    back = "/" + follow(
        officer.get("/" + follow(officer.get("/?order=benefit").content.decode(), "next")).content.decode(),
        "prev",
    )
    assert numbers(officer.get(back).content.decode()) == pages[0]


def test_without_enough_outcomes_it_says_so_and_keeps_the_deadline_order(
    world: World, officer: Client
) -> None:
    factories.alert(10, due_on=factories.date(2024, 11, 14))
    page = officer.get("/", {"order": "benefit"}).content.decode()
    assert "走访后办结的预警还不够200条" in page
    assert numbers(page) == numbers(officer.get("/").content.decode())
    assert "还没有学出次序" in officer.get("/worth/order/").content.decode()


def test_the_closed_tab_has_no_such_order(learned: Learned, officer: Client) -> None:
    page = officer.get("/", {"order": "benefit", "tab": "closed"}).content.decode()
    assert "按限办时间排" in page
    assert "学来" not in page


def test_the_alert_tells_the_reasons_and_the_page_how_it_is_reckoned(
    learned: Learned, officer: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    made = expect(10, learned, 5400)
    page = officer.get(f"/alerts/{made.number}/").content.decode()
    assert "一人独居，靠前。" in page
    assert "新帮到这一户的机会约54%。只用来排先后，不作认定。" in page
    assert "走访可能的成效" not in officer.get("/alerts/YJ2024000001/").content.decode()
    with django_assert_max_num_queries(10):
        told = officer.get("/worth/order/").content.decode()
    assert "一人独居" in told


def test_what_came_of_everybody_is_told_to_the_region_alone(learned: Learned, officer: Client) -> None:
    region = signed_in(factories.account("region", Role.ANALYST, "64")).get("/worth/order/").content.decode()
    for told in (
        "一人独居",
        "0.1200（一概而论时0.1600，小25%）",
        "年龄：80岁以上",
        "不到10条的不列",
        "320条",
        "10%到20%",
    ):
        assert told in region
    county = officer.get("/worth/order/").content.decode()
    assert "一人独居" in county
    assert "只给自治区的岗位看" in county
    for kept in ("80岁以上", "320条", "64条", "0.1200", "10%到20%", "21%"):
        assert kept not in county
