"""Which looks of a day are asked about, and which are not."""

from datetime import date, datetime, timedelta

import pytest

from desk import factories
from wenhou.base.clock import BEIJING
from wenhou.base.errors import Refused
from wenhou.lake.models import SamePerson
from wenhou.registry import kin
from wenhou.registry.models import PersonRecord
from wenhou.site import cli
from wenhou.staff.actions import accounts
from wenhou.staff.models import Account, Look
from wenhou.supervision import unusual
from wenhou.supervision.unusual import Oddity

pytestmark = pytest.mark.django_db

FRIDAY, SATURDAY = date(2024, 11, 15), date(2024, 11, 16)


@pytest.fixture
def officer() -> Account:
    factories.places()
    return factories.account()


def _look(by: Account, *people: int, on: date = FRIDAY, at: str = "09:30", page: str = "alert:YJ1") -> None:
    moment = datetime.combine(on, datetime.strptime(at, "%H:%M").time(), BEIJING)
    Look.objects.bulk_create(
        Look(account=by, person=key, page=page, shown="identity", purpose="走访前核对", at=moment)
        for key in people
    )


def _told(day: date = FRIDAY) -> list[tuple[Oddity, tuple[int, ...], str]]:
    return [(one.kind, one.people, one.why) for one in unusual.of(day)]


def test_a_day_of_ordinary_work_is_not_asked_about(officer: Account) -> None:
    _look(officer, *range(1, 20))
    assert _told() == []


def test_a_look_at_a_relative_is_asked_about_with_what_they_are(officer: Account) -> None:
    mother, son = factories.person(1).pk, factories.person(2).pk
    PersonRecord.objects.filter(person=son).update(mother=mother)
    accounts.name_person(username=officer.username, person=son)
    _look(officer, mother, 999)
    assert _told() == [(Oddity.RELATIVE, (mother,), "查看了父母（alert:YJ1，用途“走访前核对”）。")]


def test_relatives_are_known_from_either_record_and_by_any_key(officer: Account) -> None:
    keys = [factories.person(number).pk for number in range(1, 7)]
    me, wife, child, brother, father, stranger = keys
    PersonRecord.objects.filter(person=wife).update(spouse=me)
    PersonRecord.objects.filter(person=child).update(father=me)
    PersonRecord.objects.filter(person__in=(me, brother)).update(father=father)
    SamePerson.objects.create(absorbed=4711, kept=wife)
    told = kin.between([(me, key) for key in (*keys, 4711)], on=FRIDAY)
    found = {other: relation for (_, other), relation in told.items() if relation != kin.HOUSEHOLD}
    assert found == {
        me: "本人",
        wife: "配偶",
        child: "子女",
        brother: "兄弟姐妹",
        father: "父母",
        4711: "配偶",
    }
    assert kin.between([(child, me), (me, stranger)], on=FRIDAY).get((child, me)) == "父母"


def test_many_more_people_than_usual_are_asked_about(officer: Account) -> None:
    for before in range(1, 4):
        _look(officer, *range(1, 9), on=FRIDAY - timedelta(days=before))
    _look(officer, *range(1, 25))
    assert _told() == []  # three times as many as usual, not more
    _look(officer, 25)
    assert _told() == [(Oddity.VOLUME, tuple(range(1, 26)), "一天查看了25人，近30天有查看的日子通常8人。")]


def test_somebody_new_who_looks_at_many_is_asked_about(officer: Account) -> None:
    _look(officer, *range(1, 21))
    assert _told() == [(Oddity.VOLUME, tuple(range(1, 21)), "一天查看了20人，近30天没有查看过。")]


def test_odd_hours_and_days_off_are_asked_about(officer: Account) -> None:
    _look(officer, 1, at="07:00")
    _look(officer, 2, at="06:59")
    _look(officer, 3, at="20:00")
    _look(officer, 4, on=SATURDAY)
    assert _told() == [(Oddity.HOURS, (2, 3), "在07:00至20:00以外查看了2人，第一次06:59，最后一次20:00。")]
    assert _told(SATURDAY) == [(Oddity.HOURS, (4,), "在非工作日查看了1人，第一次09:30，最后一次09:30。")]


def test_looks_without_a_matter_in_hand_are_asked_about(officer: Account) -> None:
    alert = factories.alert(1, state="销号", outcome="属实", closed_on=FRIDAY - timedelta(days=1))
    today = factories.alert(2, state="销号", outcome="属实", closed_on=FRIDAY)
    _look(officer, 1, page=f"alert:{alert.number}")
    _look(officer, 2, page="person:2")
    _look(officer, 3, page=f"alert:{today.number}")
    assert _told() == []
    _look(officer, 4, page="person:4")
    assert _told() == [(Oddity.CASELESS, (1, 2, 4), "查看了3人，都没有在办的预警、缺口或疑似。")]


def test_the_command_says_who_and_why(officer: Account, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["staff", "person", officer.username, "7"]) == 0
    _look(officer, 7)
    capsys.readouterr()
    assert cli.main(["audit", "unusual", "--on", "2024-11-15"]) == 0
    said = capsys.readouterr().out
    assert f"{officer.full_name}  查看亲属  1  查看了本人（alert:YJ1，用途“走访前核对”）。" in said


def test_nobody_is_named_who_has_no_account() -> None:
    with pytest.raises(Refused, match="没有账号nobody"):
        accounts.name_person(username="nobody", person=1)
