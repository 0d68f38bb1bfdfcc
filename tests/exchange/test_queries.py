"""The health of sources, and who sees which delivery."""

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from exchange.factories import deliver_di31, di31_row
from wenhou.base.clock import BEIJING
from wenhou.base.errors import NotAllowed
from wenhou.exchange import queries
from wenhou.exchange.models import Delivery
from wenhou.site import cli
from wenhou.staff.actions import posts
from wenhou.staff.enums import Role
from wenhou.staff.models import Account
from wenhou.staff.queries import Scope, visible_to

pytestmark = pytest.mark.django_db
RECEIVED = datetime(2026, 10, 1, 9, tzinfo=BEIJING)


def scope_at(*places: str) -> Scope:
    account = Account.objects.create_user(f"a{Account.objects.count()}", full_name="李")
    for place in places:
        posts.hold_post(account=account, role=Role.COUNTY_OFFICER, division=place, since=date(2026, 1, 1))
    return visible_to(account, on=date(2026, 11, 1))


def health(on: date, scope: Scope | None = None) -> dict[str | None, queries.Health]:
    return {one.division: one for one in queries.source_health(on, scope) if one.contract == "DI31"}


def test_a_source_is_late_the_day_after_its_tolerance(tmp_path: Path) -> None:
    deliver_di31(tmp_path, [di31_row(1), di31_row(2, "x"), di31_row(3), di31_row(4)])
    Delivery.objects.update(received_at=RECEIVED)
    due = RECEIVED.date() + timedelta(days=35)
    punctual, late = health(due)["640104"], health(due + timedelta(days=1))["640104"]
    assert (punctual.state, punctual.days_late, punctual.due) == ("正常", 0, due)
    assert (late.state, late.days_late, late.is_late) == ("迟到", 1, True)
    assert (late.rejected_share, late.rows, late.covers_to) == (0.25, 3, date(2026, 10, 31))


def test_every_contract_has_a_line_and_the_last_delivery_of_each_place_counts(tmp_path: Path) -> None:
    deliver_di31(tmp_path / "a", [di31_row(1)])
    deliver_di31(tmp_path / "b", [di31_row(1)], division="640105")
    deliver_di31(tmp_path / "c", [di31_row(1), di31_row(2)], number="2")
    lines = queries.source_health(date(2026, 12, 31))
    assert len(lines) == 59
    assert {place: one.rows for place, one in health(date(2026, 12, 31)).items()} == {
        "640104": 2,
        "640105": 1,
    }
    by_code = {one.contract: one for one in lines}
    assert (by_code["DI01"].state, by_code["DI01"].division) == ("从未来件", None)
    assert by_code["DI47"].state == "按授权查询"


def test_only_deliveries_within_the_scope_are_visible(tmp_path: Path) -> None:
    county = deliver_di31(tmp_path / "a", [di31_row(1)])
    town = deliver_di31(tmp_path / "b", [di31_row(1)], division="640104001")
    neighbour = deliver_di31(tmp_path / "c", [di31_row(1)], division="640105")
    region = deliver_di31(tmp_path / "d", [di31_row(1)], division="64")

    def seen(*places: str) -> set[int]:
        return set(queries.deliveries_visible(scope_at(*places)).values_list("pk", flat=True))

    assert seen("640104") == {county.pk, town.pk}
    assert seen("640104001") == {town.pk}
    assert seen("64") == {county.pk, town.pk, neighbour.pk, region.pk}
    assert seen() == set()
    assert queries.delivery(town.pk, scope_at("640104", "6403")) == town
    for hidden in (neighbour, region):
        with pytest.raises(NotAllowed, match="属于别处"):
            queries.delivery(hidden.pk, scope_at("640104", "6402"))
    assert set(health(date(2026, 12, 1), scope_at("640105", "6404"))) == {"640105"}


def test_the_commands_say_it(capsys: pytest.CaptureFixture[str]) -> None:
    import json

    assert cli.main(["exchange", "sources", "--on", "2026-11-01", "--json"]) == 0
    assert len(json.loads(capsys.readouterr().out)["sources"]) == 58
    assert cli.main(["exchange", "contracts", "--json"]) == 0
    assert len(json.loads(capsys.readouterr().out)["contracts"]) == 58
