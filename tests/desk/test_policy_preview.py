"""While a value is being written: what holds now, how far it is, what to look at twice; before anything is kept."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from desk import factories
from desk.conftest import World, signed_in
from desk.test_policy import TYPED
from wenhou.desk import watched
from wenhou.desk.policy import form, preview
from wenhou.policy import queries
from wenhou.policy.models import Proposal
from wenhou.staff.enums import Role
from wenhou.staff.models import Account

FAR = "与现在的690.00元/月相差一半以上：改为7,200.00元/月，请核对有没有写错位数。"


@pytest.fixture
def maker(world: World) -> Account:
    return factories.account("maker", Role.POLICY_OFFICER, "640104")


def looked(maker: Account, **changes: str) -> str:
    response: Any = signed_in(maker).post(reverse("desk:policy_look"), {**TYPED, **changes})
    assert response.status_code == 200
    assert Proposal.objects.count() == 0
    return response.content.decode()


def test_a_value_of_ten_times_is_doubted_before_it_is_kept(maker: Account) -> None:
    said = looked(maker, value="7200.00")
    assert FAR in said
    assert "多6,510.00元/月，高943.5%" in said
    assert "<b>690.00元/月</b>" in said
    assert "没有要特别核对的" not in said


def test_half_more_is_not_yet_far(maker: Account) -> None:
    assert "没有要特别核对的" in looked(maker, value="1035.00")
    assert "相差一半以上" in looked(maker, value="1035.01")


def test_an_old_day_and_a_value_below_the_city_s_are_doubted(maker: Account) -> None:
    said = looked(maker, since="2023-11-14", value="500.00")
    assert "起始日2023-11-14在12个月以前，请核对年份。" in said
    assert "银川市620.00元/月更高，取高后没有变化。" in said


def test_no_document_is_asked_for_yet(maker: Account) -> None:
    said = looked(maker, document="", title="", provisional="yes", value="690.00")
    assert "和现在一样" in said
    assert "文号" not in said


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"value": "", "since": ""}, "还没有填：数值、起始日。"),
        ({"name": ""}, "选好标准和地方，这里就写出现在是多少"),
        ({"value": "七百"}, "“七百”不是这个单位的数。"),
        ({"value": "-1"}, "“城市低保标准”不能是负数。"),
        ({"since": "元旦"}, "“起始日”要写成年月日"),
        ({"division": "<b>"}, "区划“&lt;b&gt;”应为"),
    ],
)
def test_what_is_not_yet_readable_is_one_sentence(maker: Account, changes: dict[str, str], said: str) -> None:
    assert said in looked(maker, **changes)


def test_the_form_shows_it_at_once_and_without_a_script(maker: Account) -> None:
    mine = signed_in(maker)
    asked = {"name": "dibao_urban", "value": "7200.00", "since": "2025-01-01"}
    assert FAR in mine.get(reverse("desk:policy_propose"), asked).content.decode()
    response = mine.post(reverse("desk:policy_propose"), {**TYPED, "value": "7200.00", "look": "yes"})
    assert (response.status_code, Proposal.objects.count()) == (200, 0)
    assert FAR in response.content.decode()
    assert 'value="兴民发〔2024〕31号"' in response.content.decode()


def test_the_page_says_how_far_it_is(maker: Account) -> None:
    made = factories.proposal(by=maker)
    said = signed_in(maker).get(reverse("desk:policy_proposal", args=[made.pk])).content.decode()
    assert "<span>现在690.00元/月，多30.00元/月，高4.3%</span>" in said


def test_places_go_down_to_counties_and_what_was_typed_stays(world: World) -> None:
    on = factories.TODAY
    assert [code for code, _ in form.places(("64",), "", on)] == ["64", "6401", "640104", "640105"]
    assert form.places(("640104",), "640104101", on)[-1] == ("640104101", "兴庆区 大新镇")
    assert form.places(("640104",), "<b>", on)[-1] == ("<b>", "<b>")


def test_a_change_is_told_in_its_own_unit(world: World) -> None:
    rows = {
        row.name: row
        for row in queries.from_files()
        if row.holds(date(2024, 11, 15)) and row.division == "00"
    }
    percent = rows["near_line_percent"]
    assert preview.change(percent, None) == ""
    assert preview.change(percent, percent) == "和现在一样"
    less = type(percent)(**{**vars(percent), "value": 120})
    assert preview.change(less, percent) == "少30%，低20.0%"


def test_an_indicator_says_which_of_its_standards_is_past_its_review(
    maker: Account, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    settings.SESSION_COOKIE_AGE = 10**9
    where = reverse("desk:indicator", args=["D01"])
    monkeypatch.setenv("WENHOU_TODAY", "2027-06-30")
    watched.forget()
    said = signed_in(maker).get(where).content.decode()
    assert '<span class="state unknown">暂定</span>　2027年6月30日前复核' in said
    assert "已过复核日" not in said
    monkeypatch.setenv("WENHOU_TODAY", "2027-07-01")
    said = signed_in(maker).get(where).content.decode()
    assert '<span class="state late">已过复核日</span>　2027年6月30日，暂定' in said
    assert "前复核" not in said
