"""Rows refused for an identity number: recognised, loaded under the person's key, kept waiting, and taken out again."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from linkage.handing import LATER, ON, hand_in, loaded, mistyped, recognise, refused_lines, row, said
from linkage.people import number, registered
from monitoring import factories
from wenhou.base.errors import Refused
from wenhou.base.models import News
from wenhou.base.outbox import kind_of
from wenhou.exchange import contracts
from wenhou.exchange import queries as exchange
from wenhou.exchange.enums import Channel
from wenhou.exchange.events import DeliveryLoaded
from wenhou.exchange.models import Delivery
from wenhou.lake import store
from wenhou.lake.models import Part
from wenhou.linkage.actions import held, identities
from wenhou.linkage.models import IdentityDoubt, Mention, Sighting
from wenhou.staff.enums import Role
from wenhou.staff.models import Account
from wenhou.staff.queries import visible_to

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_jobs")]
WRONG = row("", "赵文博", "1985-05-05"), row("", "没有人", "1931-01-31")


def test_a_mistyped_number_is_linked_and_loaded_where_it_came_from(tmp_path: Path) -> None:
    person = registered("赵文博", "1985-05-05", "025")
    wrong = mistyped(number("1985-05-05", "025"))
    origin = hand_in(tmp_path, row(wrong, "赵文博", "1985-05-05"))
    assert (origin.rows_loaded, origin.rows_rejected) == (1, 1)
    assert said(person) == [(2026, 2_000_000, origin.pk, 3)]
    (child,) = Delivery.objects.filter(origin=origin)
    assert (child.channel, child.number, child.mode, child.rows_loaded) == (
        Channel.LINKED,
        "1·认人1",
        "delta",
        1,
    )
    part = Part.objects.get(delivery=child.pk)
    assert (part.origin, part.rows, part.division, part.superseded_by) == (origin.pk, 1, "640104", None)
    loaded = News.objects.filter(kind=kind_of(DeliveryLoaded)).order_by("pk").values_list("body", flat=True)
    assert [news["delivery"] for news in loaded] == [origin.pk, child.pk]
    assert refused_lines(origin) == [
        ["行号", "字段", "值", "原因", "后来"],
        ["3", "id_no", f"640****{wrong[-4:]}", "身份证号校验位不符", "已认到登记的人，这一行另行装入了"],
    ]


def test_additions_all_of_whose_numbers_are_wrong_are_held_and_recognised(tmp_path: Path) -> None:
    person = registered("赵文博", "1985-05-05", "025")
    origin = loaded(tmp_path, *WRONG, mode="delta")
    assert (origin.rows_loaded, origin.rows_rejected) == (0, 2)
    recognise(origin)
    assert said(person) == [(2026, 2_000_000, origin.pk, 2)]


def test_a_full_file_all_of_whose_numbers_are_wrong_replaces_nothing(tmp_path: Path) -> None:
    person = registered("赵文博", "1985-05-05", "025")
    earlier = hand_in(tmp_path, row("", "赵文博", "1985-05-05"))
    with pytest.raises(Refused, match=r"没有一行的身份证号可用.*改报增量"):
        loaded(tmp_path / "later", *WRONG, mode="full", number="2")
    assert [line[2] for line in said(person)] == [earlier.pk]


def test_what_was_refused_so_comes_in_as_additions_under_the_same_number(tmp_path: Path) -> None:
    person = registered("赵文博", "1985-05-05", "025")
    with pytest.raises(Refused):
        loaded(tmp_path, *WRONG, mode="full")
    again = loaded(tmp_path, *WRONG, mode="delta")
    recognise(again)
    assert said(person) == [(2026, 2_000_000, again.pk, 2)]


def test_provenance_lies_beside_the_row(tmp_path: Path) -> None:
    person = registered("赵文博", "1985-05-05", "025")
    hand_in(tmp_path, row("", "赵文博", "1985-05-05"))
    part = Part.objects.get(origin__isnull=False)
    with store.connect(memory="256MB") as connection:
        from wenhou.lake import files, parquet

        field, linked, method, bits = connection.execute(
            f"select field, person, method, round(bits, 1) from {parquet.file(files.links_path('DI31', part.delivery))}"
        ).fetchone()  # type: ignore[misc]
    assert (field, linked, method) == ("id_no", person, "model")
    assert 6.6 < bits < 40


def test_evidence_finds_a_linked_line_by_the_delivery_it_came_in(tmp_path: Path) -> None:
    person = registered("赵文博", "1985-05-05", "025")
    origin = hand_in(tmp_path, row("", "赵文博", "1985-05-05"))
    (found,) = store.evidence(contracts.contract("DI31").table, delivery=origin.pk, lines=[3])
    assert (found["id_no"], found["oop_total"], found["line"]) == (person, 2_000_000, 3)


def test_the_same_again_changes_nothing(tmp_path: Path) -> None:
    registered("赵文博", "1985-05-05", "025")
    origin = hand_in(tmp_path, row("", "赵文博", "1985-05-05"))
    assert recognise(origin, LATER) == []
    assert held.link_waiting(on=LATER) == []
    assert Delivery.objects.count() == 2


def test_a_doubt_waits_is_loaded_when_decided_and_taken_out_again(tmp_path: Path, officer: Account) -> None:
    person = registered("赵文博", "1985-05-05", "025")
    origin = hand_in(tmp_path, row("", "赵文渊", "1985-05-05"))
    assert (said(person), Delivery.objects.count()) == ([], 1)
    mention = Mention.objects.get()
    (seen,) = Sighting.objects.values_list("mention", "delivery", "line", "field")
    assert seen == (mention.pk, origin.pk, 3, "id_no")
    assert mention.source == "DI31"
    assert refused_lines(origin)[1][4] == "像登记的人，拿不准，等经办员认定"

    identities.decide(mention=mention, person=person, same=True, reason="入户看过户口本", by=officer, on=ON)
    (child,) = held.follow(mentions=[mention], on=ON)
    assert said(person) == [(2026, 2_000_000, origin.pk, 3)]
    assert refused_lines(origin)[1][4] == "已认到登记的人，这一行另行装入了"

    identities.take_back(mention=mention, person=person, reason="户口本看错了", by=officer, on=LATER)
    (empty,) = held.follow(mentions=[mention], on=LATER)
    assert (said(person), said(person, "di31_history")) == ([], [])
    parts = list(
        Part.objects.order_by("delivery").values_list("delivery", "rows", "taken_back", "superseded_by")
    )
    assert parts == [
        (origin.pk, 1, False, None),
        (child.pk, 1, True, empty.pk),
        (empty.pk, 0, False, None),
    ]
    assert IdentityDoubt.objects.filter(closed_on=None).count() == 1


def test_not_the_same_stays_refused(tmp_path: Path, officer: Account) -> None:
    person = registered("赵文博", "1985-05-05", "025")
    origin = hand_in(tmp_path, row("", "赵文渊", "1985-05-05"))
    mention = Mention.objects.get()
    identities.decide(mention=mention, person=person, same=False, reason="是他的弟弟", by=officer, on=ON)
    assert held.follow(mentions=[mention], on=ON) == []
    assert (said(person), refused_lines(origin)[1][4]) == ([], "")


def test_who_is_registered_later_resolves_the_doubt(tmp_path: Path) -> None:
    twin = registered("赵文博", "1985-05-05", "025")
    hand_in(tmp_path, row("", "赵文渊", "1985-05-05"))
    doubt = IdentityDoubt.objects.get()
    assert (doubt.person, doubt.closed_on) == (twin, None)
    himself = registered("赵文渊", "1985-05-05", "027")
    assert len(held.link_waiting(on=LATER)) == 1
    assert [line[1] for line in said(himself)] == [2_000_000]
    doubt.refresh_from_db()
    assert (doubt.closed_on, doubt.closed_because) == (LATER, "后来的资料已能认定是别人")


@pytest.fixture
def meanwhile(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], Any]], None]:
    """Something happens when it was found whose the rows are, and before they are loaded."""

    def happens(what: Callable[[], Any]) -> None:
        match = identities.match

        def interrupted(**said: Any) -> identities.Recognised:
            found = match(**said)
            what()
            return found

        monkeypatch.setattr(identities, "match", interrupted)

    return happens


def test_a_refusal_while_rows_are_recognised_is_not_lost(
    tmp_path: Path, officer: Account, meanwhile: Callable[[Callable[[], Any]], None]
) -> None:
    registered("赵文博", "1985-05-05", "025")
    hand_in(tmp_path, row("", "赵文渊", "1985-05-05"))
    himself = registered("赵文渊", "1985-05-05", "027")
    said_of = {"mention": Mention.objects.get(), "person": himself, "by": officer, "on": LATER}
    meanwhile(lambda: identities.decide(same=False, reason="是他的弟弟", **said_of))
    assert held.link_waiting(on=LATER) == []
    assert said(himself) == []


def test_a_decision_while_rows_are_recognised_is_not_undone(
    tmp_path: Path, officer: Account, meanwhile: Callable[[Callable[[], Any]], None]
) -> None:
    twin = registered("赵文博", "1985-05-05", "025")
    hand_in(tmp_path, row("", "赵文渊", "1985-05-05"))
    himself = registered("赵文渊", "1985-05-05", "027")
    said_of = {"mention": Mention.objects.get(), "person": twin, "by": officer, "on": LATER}
    meanwhile(lambda: identities.decide(same=True, reason="名字报错了", **said_of))
    held.link_waiting(on=LATER)
    assert ([line[1] for line in said(twin)], said(himself)) == ([2_000_000], [])


def test_what_is_taken_back_leaves_later_files_too(tmp_path: Path, officer: Account) -> None:
    person = registered("赵文博", "1985-05-05", "025")
    hand_in(tmp_path / "a", row("", "赵文渊", "1985-05-05"))
    mention = Mention.objects.get()
    identities.decide(mention=mention, person=person, same=True, reason="入户看过户口本", by=officer, on=ON)
    held.follow(mentions=[mention], on=ON)
    later = hand_in(tmp_path / "b", row("", "赵文渊", "1985-05-05", "7.00", "2025"), number="2", mode="delta")
    assert (2025, later.pk) in [(line[0], line[2]) for line in said(person)]
    identities.take_back(mention=mention, person=person, reason="户口本看错了", by=officer, on=LATER)
    held.follow(mentions=[mention], on=LATER)
    assert said(person, "di31_history") == []


def test_told_anew_the_old_rows_count_no_longer_and_the_doubt_closes(tmp_path: Path) -> None:
    person = registered("赵文博", "1985-05-05", "025")
    other = registered("钱小明", "1990-01-02", "031")
    hand_in(tmp_path / "a", row("", "赵文渊", "1985-05-05"), row("", "钱小明", "1990-01-02"))
    assert len(said(other)) == 1
    hand_in(tmp_path / "b", row(number("1985-05-05", "025"), "", ""), number="2")
    assert (len(said(person)), said(other)) == (1, [])
    doubt = IdentityDoubt.objects.get()
    assert doubt.closed_because == "报送方已重报，原来的行不再算数"


def test_a_linked_row_is_no_later_than_the_file_it_came_in(tmp_path: Path, officer: Account) -> None:
    person = registered("赵文博", "1985-05-05", "025")
    hand_in(tmp_path / "a", row("", "赵文渊", "1985-05-05", "111.00"))
    newer = hand_in(
        tmp_path / "b", row(number("1985-05-05", "025"), "", "", "222.00"), number="2", mode="delta"
    )
    mention = Mention.objects.get()
    identities.decide(mention=mention, person=person, same=True, reason="入户看过户口本", by=officer, on=ON)
    held.follow(mentions=[mention], on=ON)
    assert [(amount, delivery) for _, amount, delivery, _ in said(person)] == [(22_200, newer.pk)]
    assert [line[1] for line in said(person, "di31_history")] == [11_100, 22_200]


def test_a_number_alone_is_not_enough(tmp_path: Path) -> None:
    person = registered("赵文博", "1985-05-05", "025")
    hand_in(tmp_path, row(mistyped(number("1985-05-05", "025")), "", ""))
    assert (said(person), Mention.objects.count(), Delivery.objects.count()) == ([], 0, 1)


def test_other_faults_are_not_held(tmp_path: Path) -> None:
    registered("赵文博", "1985-05-05", "025")
    origin = hand_in(tmp_path, row("", "赵文博", "1985-05-05", oop="一百"))
    assert not exchange.hold_rows(origin)


def test_linked_deliveries_are_not_listed_as_files(tmp_path: Path) -> None:
    registered("赵文博", "1985-05-05", "025")
    origin = hand_in(tmp_path, row("", "赵文博", "1985-05-05"))
    scope = visible_to(factories.post(Role.COUNTY_OFFICER, "640104").account, on=ON)
    assert list(exchange.deliveries_visible(scope)) == [origin]
    (health,) = [one for one in exchange.source_health(ON, scope) if one.contract == "DI31" and one.division]
    assert (health.rows, health.rejected_share) == (1, 0.5)
