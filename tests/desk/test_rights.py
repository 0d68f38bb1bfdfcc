"""Somebody asks at the county's window what is kept of them; it is answered in time, with a copy of everything."""

import pytest
from django.test import Client

from desk import factories
from desk.conftest import World, signed_in
from wenhou.staff.models import Look
from wenhou.supervision.enums import RightKind
from wenhou.supervision.models import PersonalRequest

pytestmark = pytest.mark.django_db
ASKED = {"kind": "copy", "asker": "self", "shown": "看了身份证原件", "wish": "想知道存了我哪些信息"}


def test_taken_on_the_persons_page_listed_by_its_term_and_closed(world: World, officer: Client) -> None:
    assert "个人信息请求" in officer.get(f"/people/{world.own.person}/").content.decode()
    answer = officer.post(f"/people/{world.own.person}/rights/", ASKED, follow=True)
    assert "已受理，2024年12月15日前答复。" in answer.content.decode()
    made = PersonalRequest.objects.get()
    assert "还有30天" in officer.get("/rights/").content.decode()
    closing = officer.post(f"/rights/{made.number}/answer/", {"said": "副本已当面交给本人"}, follow=True)
    assert "已答复，办结。" in closing.content.decode()
    assert "没有在办的请求" in officer.get("/rights/").content.decode()


def test_the_copy_tells_everything_to_whom_it_is_of_and_names_nobody_else(
    world: World, officer: Client
) -> None:
    made = factories.right(world.own.person)
    factories.person(300, name="单小明")
    record = factories.PersonRecord.objects.get(person_id=world.own.person)
    page = officer.post(f"/rights/{made.number}/copy/").content.decode()
    for told in (record.name, "户籍登记", "预警", world.own.headline, "低收入人口动态监测与主动发现"):
        assert told in page
    for foreign in ("单小明", world.theirs.number):
        assert foreign not in page
    look = Look.objects.get(page=f"right:{made.number}")
    assert (look.person, look.purpose) == (world.own.person, "本人查阅、复制个人信息")


def test_what_ails_another_of_the_family_is_not_in_the_copy(world: World, officer: Client) -> None:
    home = factories.Membership.objects.get(person_id=world.own.person).household_id
    theirs = factories.alert(3, household=home, headline="年度自付99,999.00元，达到20,000.00元")
    made = factories.right(world.own.person)
    page = officer.post(f"/rights/{made.number}/copy/").content.decode()
    assert world.own.headline in page
    assert theirs.headline not in page


def test_a_request_of_another_kind_gives_no_copy(world: World, officer: Client) -> None:
    made = factories.right(world.own.person, kind=RightKind.CORRECT)
    answer = officer.post(f"/rights/{made.number}/copy/")
    assert answer.status_code == 409
    assert "不出副本" in answer.content.decode()
    assert not Look.objects.exists()


@pytest.mark.parametrize("verb", ["answer", "refuse", "prolong", "withdraw"])
def test_without_a_reason_nothing_is_done(verb: str, world: World, officer: Client) -> None:
    made = factories.right(world.own.person)
    answer = officer.post(f"/rights/{made.number}/{verb}/", {"said": "好"})
    assert answer.status_code == 409
    assert "5到" in answer.content.decode()
    made.refresh_from_db()
    assert (made.state, made.longer_because) == ("open", "")


def test_the_neighbour_knows_of_no_request(world: World, officer: Client) -> None:
    made = factories.right(world.own.person)
    other = signed_in(world.neighbour)
    assert other.get(f"/rights/{made.number}/").status_code == 404
    assert made.number not in other.get("/rights/").content.decode()


def test_a_town_sees_no_form_and_cannot_take_one(world: World) -> None:
    town = signed_in(world.town)
    assert "受理一件请求" not in town.get(f"/people/{world.own.person}/").content.decode()
    assert town.post(f"/people/{world.own.person}/rights/", ASKED).status_code == 403
    assert not PersonalRequest.objects.exists()


def test_everybody_may_read_what_is_kept_and_what_they_may_ask(db: None) -> None:
    page = Client().get("/privacy/").content.decode()
    for told in ("低收入人口动态监测与主动发现", "家庭经济状况核对", "您可以要求由人说明", "您可以起诉"):
        assert told in page
