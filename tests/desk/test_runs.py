"""What a reader is told of a run that looked further than they may."""

from datetime import datetime

import pytest
from django.test import Client

from desk import factories
from desk.conftest import World, signed_in
from wenhou.base import clock
from wenhou.monitoring.models import Alert, AlertEvent, Run
from wenhou.staff.enums import Role

TOTALS = {
    "persons": 77_777,
    "households": 33_333,
    "raised": 5_551,
    "cleared": 4_441,
    "kept": 6_661,
    "held": 2_221,
    "counts": {"D01": {"yes": 8_881, "no": 70_001, "unknown": 1_234, "raised": 5_551, "cleared": 4_441}},
}
SAID = ("77,777", "33,333", "5,551", "4,441", "6,661", "2,221", "8,881", "70,001", "1,234")


def wide(world: World, division: str) -> Run:
    """A run that raised one alert of ours and two of the neighbour's, and cleared one of ours."""
    made = factories.run(division=division, **TOTALS)
    for number, place in ((8, factories.VILLAGE), (16, "640105005990"), (24, "640105005990")):
        factories.alert(number, division=place, made_in=made)
    at = datetime(2024, 11, 15, 2, 14, tzinfo=clock.BEIJING)
    for alert in (world.own, world.theirs):
        AlertEvent.objects.create(alert=alert, kind="cleared", at=at, detail={"run": made.pk})
    return made


@pytest.mark.parametrize("division", ["", "64", "6401"])
@pytest.mark.parametrize("path", ["/runs/", "/runs/{}/", "/runs/{}/progress/", "/indicators/D01/"])
def test_totals_of_a_wider_run_are_not_told(division: str, path: str, world: World, officer: Client) -> None:
    made = wide(world, division)
    page = officer.get(path.format(made.pk)).content.decode()
    for total in SAID:
        assert total not in page
    assert "您能看的预警" in page


def test_of_a_wider_run_ones_own_alerts_are_counted(world: World, officer: Client) -> None:
    made = wide(world, "64")
    page = officer.get(f"/runs/{made.pk}/").content.decode()
    assert "<dt>新报</dt><dd>1<span>条</span></dd>" in page
    assert "<dt>自动销号</dt><dd>1<span>条</span></dd>" in page
    assert '<td class="num" data-label="新报">1</td><td class="num" data-label="销号">0</td>' in page
    assert f">{world.own.indicator}</span>" in page
    assert "不知道的，是缺数据" not in page


def test_a_town_is_not_told_the_countys_totals(world: World) -> None:
    made = wide(world, factories.COUNTY)
    page = signed_in(world.town).get(f"/runs/{made.pk}/").content.decode()
    assert not [total for total in SAID if total in page]
    assert Alert.objects.filter(run=made).count() == 3


def test_whose_place_it_is_sees_everything(world: World, officer: Client) -> None:
    made = wide(world, factories.COUNTY)
    page = officer.get(f"/runs/{made.pk}/").content.decode()
    assert [total for total in SAID if total not in page] == []
    assert "您能看的预警" not in page
    assert "8,881" in officer.get("/indicators/D01/").content.decode()


def test_the_page_is_shown_anew_when_the_run_is_done(world: World, officer: Client) -> None:
    made = factories.run(state="running", progress=40, stage="判断")
    where = f"/runs/{made.pk}/progress/"
    assert "HX-Refresh" not in officer.get(where).headers
    Run.objects.filter(pk=made.pk).update(state="done", progress=100)
    assert officer.get(where).headers["HX-Refresh"] == "true"


def test_whom_it_raised_stands_before_the_long_table(world: World, officer: Client) -> None:
    made = wide(world, factories.COUNTY)
    page = officer.get(f"/runs/{made.pk}/").content.decode()
    assert 0 < page.index("新报的预警") < page.index('id="answers"')


def test_a_run_over_everybody_is_the_regions_to_know(world: World) -> None:
    made = wide(world, "")
    analyst = signed_in(factories.account("analyst", Role.ANALYST, "64"))
    page = analyst.get(f"/runs/{made.pk}/").content.decode()
    assert [total for total in SAID if total not in page] == []
