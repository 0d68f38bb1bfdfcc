"""「不是这个人」: a line that the machine linked is taken out of the lake, and its words are remembered."""

from pathlib import Path

import pytest

from linkage.handing import LATER, ON, hand_in, recognise, row, said
from linkage.people import registered
from monitoring import factories
from wenhou.base.errors import NotAllowed, Refused
from wenhou.base.models import News
from wenhou.base.outbox import kind_of
from wenhou.exchange.events import DeliveryLoaded
from wenhou.linkage import queries
from wenhou.linkage.actions import held, identities, refusals
from wenhou.linkage.models import IdentityDoubt, LinkedLine, Mention, Sighting
from wenhou.staff.enums import Role
from wenhou.staff.models import Account
from wenhou.staff.queries import visible_to

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_jobs")]
WHY = "当面问过本人，不是他"


@pytest.fixture
def person() -> int:
    return registered("赵文博", "1985-05-05", "025")


def refuse(by: Account, reason: str = WHY) -> Mention:
    """The first line that stands linked is refused, and what follows is done."""
    decision = refusals.refuse(linked=LinkedLine.objects.earliest("pk"), reason=reason, by=by, on=ON)
    held.follow(mentions=[decision.mention], on=ON)
    return decision.mention


def test_a_line_linked_by_likelihood_is_kept_with_what_agreed(tmp_path: Path, person: int) -> None:
    origin = hand_in(tmp_path, row("", "赵文博", "1985-05-05"))
    ((linked, seen),) = queries.linked_lines(person=person)
    assert (linked.delivery, linked.line, linked.linked_on) == (origin.pk, 3, ON)
    assert (linked.levels["name"], linked.levels["birth"], linked.levels["number"]) == (
        "same",
        "same",
        "unknown",
    )
    assert (seen.contract, seen.number, seen.line) == ("DI31", "1", 3)
    assert 6.6 < linked.bits < 40


def test_a_line_somebody_decided_is_not_the_machines(tmp_path: Path, person: int, officer: Account) -> None:
    hand_in(tmp_path, row("", "赵文渊", "1985-05-05"))
    mention = Mention.objects.get()
    identities.decide(mention=mention, person=person, same=True, reason=WHY, by=officer, on=ON)
    held.follow(mentions=[mention], on=ON)
    assert len(said(person)) == 1
    assert queries.linked_lines(person=person) == []


def test_a_refused_line_leaves_the_lake_and_its_person_is_judged_anew(
    tmp_path: Path, person: int, officer: Account
) -> None:
    hand_in(tmp_path, row("", "赵文博", "1985-05-05"))
    loaded = News.objects.filter(kind=kind_of(DeliveryLoaded))
    before = loaded.count()
    mention = refuse(officer)
    assert (said(person), said(person, "di31_history")) == ([], [])
    assert queries.linked_lines(person=person) == []
    assert loaded.count() == before + 1
    assert (mention.name, mention.number, mention.source) == ("赵文博", "", "DI31")
    assert list(Sighting.objects.values_list("mention", "line", "field")) == [(mention.pk, 3, "id_no")]


def test_the_same_words_are_not_linked_again_in_another_file(
    tmp_path: Path, person: int, officer: Account
) -> None:
    hand_in(tmp_path, row("", "赵文博", "1985-05-05"))
    refuse(officer)
    again = hand_in(tmp_path, row("", "赵文博", "1985-05-05", oop="30000.00"), number="2")
    assert said(person) == []
    assert recognise(again, LATER) == []
    assert held.link_waiting(on=LATER) == []
    assert IdentityDoubt.objects.filter(closed_on=None).count() == 0


def test_every_line_in_the_same_words_goes_and_others_stay(
    tmp_path: Path, person: int, officer: Account
) -> None:
    same = row("", "赵文博", "1985-05-05"), row("", "赵文博", "1985-05-05", year="2025")
    hand_in(tmp_path, *same, row("", "赵文搏", "1985-05-05", year="2024"))
    assert [line[0] for line in said(person)] == [2024, 2025, 2026]
    refuse(officer)
    assert [line[0] for line in said(person)] == [2024]
    assert LinkedLine.objects.values_list("line", flat=True).get() == 5


def test_a_refusal_stands_among_the_decided_and_can_be_taken_back(
    tmp_path: Path, person: int, officer: Account
) -> None:
    hand_in(tmp_path, row("", "赵文博", "1985-05-05"))
    mention = refuse(officer)
    (decision,) = queries.decided(scope=visible_to(officer, on=ON))
    assert (decision.person, decision.reason) == (person, WHY)
    identities.take_back(mention=mention, person=person, reason="问错了人，还是他", by=officer, on=LATER)
    held.follow(mentions=[mention], on=LATER)
    assert [line[1] for line in said(person)] == [2_000_000]
    assert len(queries.linked_lines(person=person)) == 1


def test_who_may_not_decide_about_them_changes_nothing(tmp_path: Path, person: int, officer: Account) -> None:
    hand_in(tmp_path, row("", "赵文博", "1985-05-05"))
    elsewhere = factories.post(Role.TOWN_OFFICER, "640104003").account
    with pytest.raises(NotAllowed):
        refuse(elsewhere)
    with pytest.raises(Refused, match="至少5个字"):
        refuse(officer, "不是")
    assert (Mention.objects.count(), LinkedLine.objects.count(), len(said(person))) == (0, 1, 1)


def test_a_page_grown_old_is_told_so(tmp_path: Path, person: int, officer: Account) -> None:
    hand_in(tmp_path, row("", "赵文博", "1985-05-05"))
    old = LinkedLine.objects.get()
    refuse(officer)
    with pytest.raises(Refused, match="请刷新"):
        refusals.refuse(linked=old, reason=WHY, by=officer, on=ON)
