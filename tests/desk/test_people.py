"""Finding somebody, and what is known of them with its source."""

import re

import pytest
from django.test import Client

from desk import factories
from desk.conftest import World


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
