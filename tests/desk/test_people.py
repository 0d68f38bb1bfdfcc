"""Finding somebody, and what is known of them with its source."""

import re

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from desk import factories
from desk.conftest import World, signed_in
from wenhou.base import clock
from wenhou.registry.models import Membership, Person


def found(client: Client, text: str) -> str:
    return client.post("/people/", {"q": text}).content.decode()


def test_a_name_its_pinyin_and_its_initials_find_the_same_person(world: World, officer: Client) -> None:
    who = factories.person(300, name="单小明")
    for text in ("单小明", "小明", "shanxiaoming", "sxm"):
        page = found(officer, text)
        assert f'href="/people/{who.pk}/"' in page
        assert "单小明</" not in page
        assert "单<i>＊</i>明" in page


def test_a_number_finds_its_bearer_and_is_not_printed(world: World, officer: Client) -> None:
    who = factories.person(300)
    number = factories.id_no(300, born=factories.date(1963, 5, 2), female=True)
    page = found(officer, number)
    assert f'href="/people/{who.pk}/"' in page
    assert number not in page
    assert number[6:14] not in page


def test_a_number_that_finds_nobody_is_not_printed_either(world: World, officer: Client) -> None:
    number = factories.id_no(399, born=factories.date(1963, 5, 2), female=True)
    page = found(officer, number)
    assert "没有查到" in page
    assert number not in page


def test_nothing_is_looked_for_by_an_address(world: World, officer: Client) -> None:
    who = factories.person(300, name="单小明")
    for text in ("单小明", factories.id_no(300, born=factories.date(1963, 5, 2), female=True)):
        page = officer.get("/people/", {"q": text}).content.decode()
        assert f"/people/{who.pk}/" not in page
        assert text not in page


@pytest.mark.parametrize("where", ["/", "/people/", "/people/1/"])
def test_every_search_box_posts_with_a_token(where: str, world: World, officer: Client) -> None:
    page = officer.get(where).content.decode()
    forms = re.findall(r'<form[^>]*role="search"[^>]*>.*?</form>', page, re.DOTALL)
    assert len(forms) == 1
    assert 'method="post"' in forms[0]
    assert 'action="/people/"' in forms[0]
    assert 'name="csrfmiddlewaretoken"' in forms[0]
    assert 'id="find"' in forms[0]


def test_the_neighbours_are_not_found(world: World, officer: Client) -> None:
    factories.person(301, division="640105005990", name="单小刚")
    page = found(officer, "单小刚")
    assert "没有查到" in page
    assert "/people/301/" not in page


def test_an_alerts_number_leads_to_it(world: World, officer: Client) -> None:
    response = officer.post("/people/", {"q": world.own.number.lower()})
    assert response.headers["Location"] == f"/alerts/{world.own.number}/"
    assert "没有查到" in found(officer, world.theirs.number)


def test_a_persons_page_takes_fourteen_queries_with_sign_in(
    world: World, officer: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    who = factories.person(300, name="单小明")
    officer.get(f"/people/{who.pk}/")
    with django_assert_max_num_queries(14):
        officer.get(f"/people/{who.pk}/")


def test_every_value_names_its_source(world: World, officer: Client) -> None:
    who = factories.person(300, name="单小明")
    page = officer.get(f"/people/{who.pk}/").content.decode()
    for said in (
        "户籍地区划",
        "兴庆区 大新镇 燕祥社区居委会",
        "公安厅　户籍人口登记",
        "第301行",
        "2024-10-31",
        "1963年5月",
    ):
        assert said in page
    assert "任职于兴庆区" in page
    for covered in ("单小明", "3号楼2单元501室", "19630502"):
        assert covered not in page


def moved(number: int = 300) -> int:
    """Somebody whose registration was changed on 1 June 2024, by another line of the same file."""
    who = factories.person(number, name="单小明")
    first = who.records.get()
    first.pk = None
    first.line, first.as_of, first.hukou_type = 7, factories.date(2024, 3, 31), "集体户"
    first.superseded_at, first.replaced_on = clock.now(), factories.date(2024, 6, 1)
    first.save()
    return int(who.pk)


@pytest.mark.parametrize(
    ("asked", "said", "line"),
    [("", "家庭户", "第301行"), ("2024-06-01", "家庭户", "第301行"), ("2024-05-31", "集体户", "第7行")],
)
def test_a_person_is_shown_as_of_the_day_asked_for(
    asked: str, said: str, line: str, world: World, officer: Client
) -> None:
    page = officer.get(f"/people/{moved()}/", {"as_of": asked} if asked else {}).content.decode()
    known = page.partition("以前的记录")[0]
    assert said in known
    assert line in known
    assert ("集体户" in known) == (said == "集体户")
    assert ("以前的记录" in page) == (asked != "2024-05-31")
    assert f'name="as_of" type="date" value="{asked or "2024-11-15"}"' in page


def test_links_between_a_person_and_a_household_keep_the_day(world: World, officer: Client) -> None:
    key = moved()
    home = Membership.objects.get(person_id=key).household_id
    assert (
        f'href="/households/{home}/?as_of=2024-05-31"'
        in officer.get(f"/people/{key}/?as_of=2024-05-31").content.decode()
    )
    assert (
        f'href="/people/{key}/?as_of=2024-05-31"'
        in officer.get(f"/households/{home}/?as_of=2024-05-31").content.decode()
    )


def test_a_member_names_since_until_and_the_line(world: World, officer: Client) -> None:
    key = moved()
    member = Membership.objects.get(person_id=key)
    Membership.objects.filter(pk=member.pk).update(line=88, until=factories.date(2024, 10, 1))
    where = f"/households/{member.household_id}/"
    page = officer.get(where, {"as_of": "2024-09-30"}).content.decode()
    for said in (
        "单<i>＊</i>明",
        "2024-03-01至2024-10-01",
        "姓名，数据到2024-10-31",
        "第301行",
        "关系，数据到",
        "第88行",
    ):
        assert said in page
    gone = officer.get(where).content.decode()
    assert "这一天没有人在这一户" in gone
    assert "单<i>＊</i>明" not in gone


@pytest.mark.parametrize("odd", ["昨天", "2024-02-30", "2024-11-16", "0001-01-01", "9" * 400])
@pytest.mark.parametrize("kind", ["people", "households"])
def test_a_bad_day_is_one_sentence_and_today(kind: str, odd: str, world: World, officer: Client) -> None:
    who = factories.person(300, name="单小明")
    key = who.pk if kind == "people" else Membership.objects.get(person=who).household_id
    response = officer.get(f"/{kind}/{key}/", {"as_of": odd})
    assert response.status_code == 400
    page = response.content.decode()
    assert page.count("下面是今天的情况。") == 1
    assert 'value="2024-11-15"' in page
    assert "单<i>＊</i>明" in page


@pytest.mark.parametrize("who", ["town", "officer"])
def test_a_file_of_a_wider_place_is_named_but_not_linked(who: str, world: World) -> None:
    client = signed_in(getattr(world, who))
    file = factories.delivery()
    person, alert = Person.objects.get(pk=world.own.person), world.own
    home = Membership.objects.get(person=person).household_id
    for where in (f"/alerts/{alert.number}/", f"/people/{person.pk}/", f"/households/{home}/"):
        page = client.get(where).content.decode()
        assert f"批次{file.number}" in page
        assert (f"/deliveries/{file.pk}/" in page) == (who == "officer"), where
    assert client.get(f"/deliveries/{file.pk}/").status_code == (200 if who == "officer" else 404)
