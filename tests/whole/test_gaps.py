"""Entitlement beside receipt on real files: what the comparison finds agrees with the sandbox's own register and payments."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from wenhou.exchange import contracts
from wenhou.exchange.actions import deliveries
from wenhou.exchange.enums import Channel
from wenhou.lake import store
from wenhou.lake.models import Part
from wenhou.linkage.actions import arrivals
from wenhou.monitoring.gaps import registered
from wenhou.monitoring.gaps.actions import nightly
from wenhou.monitoring.models import Gap, GapReview
from wenhou.sandbox import build

pytestmark = pytest.mark.django_db
AS_OF = date(2024, 11, 15)
LAST_MONTH = date(2024, 10, 1)


@pytest.fixture
def place(tmp_path: Path) -> None:
    """2,000 residents, their files loaded through the door of the command."""
    build.build(tmp_path / "place", division="640104", residents=2_000, seed=20, as_of=AS_OF)
    for one in deliveries.receive(
        tmp_path / "place" / "deliveries", by=None, channel=Channel.COMMAND, on=AS_OF
    ):
        deliveries.load(one, on=AS_OF)
    arrivals.recognise_all(on=AS_OF)


def asked(query: str, **given: Any) -> list[tuple[Any, ...]]:
    """The lake itself: the register as published, payments and authorisations as they came."""
    with registered.opened(AS_OF) as known:
        store.views(known.connection, contracts.tables())
        return known.connection.execute(query, given).fetchall()


def payments() -> list[tuple[Any, ...]]:
    return list(Part.objects.filter(contract="SA-PAY").order_by("delivery").values_list("path", "rows"))


def test_each_kind_is_found_and_agrees_with_the_register_and_the_payments(place: None) -> None:
    before = payments()
    first = nightly.run(as_of=AS_OF, on=AS_OF)
    dibao = Gap.objects.filter(item="YL01")
    on_register = {
        row[0]
        for row in asked("""select distinct household from register where category = 'DB'
            and coalesce(status, '') <> '退出' and coalesce(exit_on > date '2024-11-15', true)""")
    }
    authorised = {
        row[0]
        for row in asked("""select id_no from sa_auth where valid_from <= date '2024-11-15'
            and valid_until >= date '2024-11-15' and coalesce(withdrawn_on > date '2024-11-15', true)""")
    }
    paid = dict(
        asked(
            """select household, sum(amount)::bigint from sa_pay join people on person = id_no
            where item = 'YL01' and pay_status = '成功' and month = $month group by household""",
            month=LAST_MONTH,
        )
    )
    by_kind = {kind: list(dibao.filter(kind=kind)) for kind in ("应享未享", "享而不符", "享受不足")}
    assert all(by_kind.values())
    assert not any(one.household in on_register for one in by_kind["应享未享"])
    assert all(one.household in on_register for one in by_kind["享而不符"] + by_kind["享受不足"])
    for one in by_kind["享受不足"]:
        assert one.basis["dibao_received"] == paid.get(one.household, 0)
        assert one.amount == one.basis["dibao_owed"] - one.basis["dibao_received"] >= 100
    for one in by_kind["享而不符"]:
        assert one.amount in (paid.get(one.household, 0), None)

    told = {one.confidence for one in by_kind["应享未享"]}
    assert told == {"判定", "筛查"}
    assert all(one.person in authorised for one in dibao.filter(confidence="判定"))

    reviews = GapReview.objects.select_related("gap")
    assert reviews.exists()
    assert {one.gap.kind for one in reviews} == {"享而不符"}
    assert all(one.due_on > AS_OF and one.reason and one.tree for one in reviews)
    assert payments() == before

    again = nightly.run(as_of=AS_OF, on=AS_OF)
    assert (again.opened, again.changed, again.cleared, again.kept) == (0, 0, 0, first.opened)
