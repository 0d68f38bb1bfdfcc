"""On a person's page: the lines that were linked to them by likelihood, and 「不是这个人」."""

import pytest
from django.test import Client

from desk import factories
from desk.conftest import World
from desk.doubting import LEVELS
from wenhou.lake.models import Part
from wenhou.linkage.models import IdentityDecision, LinkedLine

TOLD = LEVELS | {"name": "sound", "division": "village", "number": "far"}


@pytest.fixture
def linked(world: World) -> LinkedLine:
    file = factories.delivery("2024-11-DI31", contract="DI31")
    Part.objects.create(
        contract="DI31",
        delivery=file.pk,
        division=file.division,
        period_from=file.period_from,
        period_to=file.period_to,
        mode="full",
        rows=1,
        path="facts/DI31/1.parquet",
        loaded_at=file.received_at,
    )
    who = factories.person(300, name="单小明")
    return LinkedLine.objects.create(
        person=who.pk, delivery=file.pk, line=17, bits=9.5, levels=TOLD, linked_on=factories.TODAY
    )


def test_the_page_says_which_line_was_linked_why_and_what_differs(
    linked: LinkedLine, officer: Client
) -> None:
    page = officer.get(f"/people/{linked.person}/").content.decode()
    assert "认到此人的行" in page
    assert "第17行" in page
    assert "凭：姓名同音、出生日期相同、性别相同、区划同一村居。" in page
    assert "不符：身份证号差得多，且不是有效的号码。" in page
    assert f'action="/people/{linked.person}/refuse/"' in page


def test_lines_of_a_file_for_which_the_same_agrees_are_one_entry(linked: LinkedLine, officer: Client) -> None:
    for number in (18, 19, 25):
        LinkedLine.objects.create(
            person=linked.person,
            delivery=linked.delivery,
            line=number,
            bits=9.5,
            levels=TOLD,
            linked_on=factories.TODAY,
        )
    LinkedLine.objects.create(
        person=linked.person,
        delivery=linked.delivery,
        line=31,
        bits=8.0,
        levels=TOLD,
        linked_on=factories.TODAY,
    )
    page = officer.get(f"/people/{linked.person}/").content.decode()
    assert "第17至19、25行，共4行" in page
    assert "第31行" in page
    assert page.count(f'action="/people/{linked.person}/refuse/"') == 2


def test_a_line_of_a_file_that_another_replaced_is_not_shown(linked: LinkedLine, officer: Client) -> None:
    Part.objects.update(superseded_by=linked.delivery + 1)
    assert "认到此人的行" not in officer.get(f"/people/{linked.person}/").content.decode()


def test_a_line_whose_file_is_gone_is_refused_in_a_sentence(linked: LinkedLine, officer: Client) -> None:
    answer = officer.post(
        f"/people/{linked.person}/refuse/", {"linked": linked.pk, "reason": "当面问过本人，不是他"}
    )
    assert answer.status_code == 409
    assert "这一行已不在此人名下，请刷新再看。" in answer.content.decode()
    assert not IdentityDecision.objects.exists()


def test_somebody_elses_line_cannot_be_refused_here(linked: LinkedLine, officer: Client) -> None:
    other = factories.person(301)
    answer = officer.post(f"/people/{other.pk}/refuse/", {"linked": linked.pk, "reason": "当面问过本人"})
    assert answer.status_code == 404
