"""What people ask about what is kept of them: terms, answers, refusals, and who may."""

from datetime import date

import pytest

from desk import factories
from wenhou.base.errors import NotAllowed, Refused
from wenhou.staff.enums import Role
from wenhou.staff.models import Account
from wenhou.supervision.actions import requests
from wenhou.supervision.enums import Asker, RequestState, RightKind
from wenhou.supervision.models import PersonalRequest

pytestmark = pytest.mark.django_db
FRIDAY = date(2024, 11, 15)


@pytest.fixture
def officer() -> Account:
    factories.places()
    return factories.account()


def taken(by: Account, **told: object) -> PersonalRequest:
    given = {
        "kind": RightKind.ERASE,
        "person": factories.person(1).pk,
        "division": "640104000000",
        "asker": Asker.SELF,
        "shown": "看了身份证原件",
        "wish": "请删掉关于我的内容",
        "by": by,
        "on": FRIDAY,
    }
    return requests.take(**(given | told))  # type: ignore[arg-type]


def test_it_is_to_be_answered_in_thirty_days_and_once_in_thirty_more(officer: Account) -> None:
    made = taken(officer)
    assert (made.number, made.due_on) == ("GR2024000001", date(2024, 12, 15))
    longer = requests.prolong(made.number, because="要向公安厅核实", by=officer, on=date(2024, 12, 10))
    assert longer.due_on == date(2025, 1, 14)
    with pytest.raises(Refused, match="已经延长过一次"):
        requests.prolong(made.number, because="还要再核实", by=officer, on=date(2025, 1, 10))


@pytest.mark.parametrize(
    ("act", "named", "state"),
    [
        (requests.answer, "said", RequestState.ANSWERED),
        (requests.refuse, "because", RequestState.REFUSED),
        (requests.withdraw, "said", RequestState.WITHDRAWN),
    ],
)
def test_it_ends_once_with_what_was_said(officer: Account, act, named: str, state: RequestState) -> None:  # type: ignore[no-untyped-def]
    made = taken(officer)
    act(made.number, **{named: "保存期未满，已停用"}, by=officer, on=FRIDAY)
    made.refresh_from_db()
    assert (made.state, made.answer, made.closed_on, made.closed_by) == (
        state,
        "保存期未满，已停用",
        FRIDAY,
        officer,
    )
    with pytest.raises(Refused, match="不能再办"):
        act(made.number, **{named: "再说一遍理由"}, by=officer, on=FRIDAY)


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"shown": "看过"}, "请写明核实身份的办法"),
        ({"wish": "  删  "}, "请写明请求内容"),
        ({"person": 999}, "没有这个人"),
        ({"on": date(2021, 10, 31)}, "标准缺失"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(
    officer: Account, told: dict[str, object], sentence: str
) -> None:
    if "on" in told:
        factories.post_of(officer).__class__.objects.update(since=date(2020, 1, 1))
    with pytest.raises(Refused, match=sentence):
        taken(officer, **told)
    assert not PersonalRequest.objects.exists()


def test_a_town_does_not_answer_for_the_county(officer: Account) -> None:
    town = factories.account("town", Role.TOWN_OFFICER, factories.TOWN)
    with pytest.raises(NotAllowed):
        taken(town)
    made = taken(officer)
    with pytest.raises(NotAllowed):
        requests.answer(made.number, said="已经办好了", by=town, on=FRIDAY)


def test_what_was_asked_and_answered_is_sealed(officer: Account) -> None:
    from django.db import connection

    made = taken(officer)
    with connection.cursor() as cursor:
        cursor.execute("select wish from supervision_request where id = %s", [made.pk])
        ((kept,),) = cursor.fetchall()
    assert "删掉".encode() not in bytes(kept)
    assert PersonalRequest.objects.get(pk=made.pk).wish == "请删掉关于我的内容"
