"""The policy office: who sees what, what the pages say, and that a refusal keeps what was typed and writes nothing."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from desk import factories
from desk.conftest import World, signed_in
from wenhou.desk.policy import pictures, rules, steps
from wenhou.desk.policy.pictures import Box
from wenhou.policy import graph, queries
from wenhou.policy.actions import proposals, reviews, sets
from wenhou.policy.models import DryRun, Proposal, ProposalEvent, PublishedSet
from wenhou.staff.enums import Role
from wenhou.staff.models import Account

TYPED = {
    "name": "dibao_urban",
    "division": "640104",
    "since": "2025-01-01",
    "until": "",
    "value": "720.00",
    "document": "兴民发〔2024〕31号",
    "title": "关于调整城市低保标准的通知",
    "article": "",
    "provisional": "",
    "review_by": "",
    "note": "",
}


@pytest.fixture
def maker(world: World) -> Account:
    return factories.account("maker", Role.POLICY_OFFICER, "640104")


@pytest.fixture
def checker(world: World) -> Account:
    return factories.account("checker", Role.POLICY_OFFICER, "6401")


def text(response: Any) -> str:
    return response.content.decode()


def page(client: Client, route: str, **arguments: Any) -> str:
    response = client.get(reverse(f"desk:{route}", kwargs=arguments))
    assert response.status_code == 200
    return text(response)


def waiting(maker: Account, **changes: Any) -> Proposal:
    made = factories.proposal(by=maker, **changes)
    factories.reckoned(made)
    return proposals.submit(proposal=made, by=maker, on=factories.TODAY)


def test_the_first_page_says_what_holds_here_and_what_is_missing(officer: Client) -> None:
    said = page(officer, "policy")
    assert "城市低保标准" in said
    assert "<b>690.00元/月</b>" in said
    assert "银川市，2024年1月1日起" in said
    assert "已过复核日还在用" not in said
    assert "拟一个新数" not in said
    found = text(officer.get(reverse("desk:policy"), {"q": "disposable_income_urban"}))
    assert "上年度城镇居民人均可支配收入" in found
    assert "城市低保标准</a>" not in found


def test_a_year_without_a_figure_is_missing_not_carried_over(
    officer: Client, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    monkeypatch.setenv("WENHOU_TODAY", "2026-10-31")
    said = text(officer.get(reverse("desk:policy"), {"show": "missing", "q": "可支配收入"}))
    assert said.count("凡用到它的，按不知道处理。") == 2
    assert said.count("<svg") == 2


def test_past_its_review_is_an_alarm_on_both_pages(officer: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WENHOU_TODAY", "2027-06-30")
    assert "已过复核日，仍在据此判断" not in page(officer, "policy")
    monkeypatch.setenv("WENHOU_TODAY", "2027-07-01")
    said = page(officer, "policy")
    assert 'role="alert"><b>已过复核日，仍在据此判断：</b>' in said
    assert "宁夏回族自治区的这一条已过复核日（2027年6月30日），仍在据此判断。" in page(
        officer, "policy_standard", name="medical_oop_line"
    )


def test_a_value_goes_from_the_form_to_what_holds(maker: Account, checker: Account) -> None:
    writes = signed_in(maker)
    response = writes.post(reverse("desk:policy_propose"), TYPED)
    made = Proposal.objects.get()
    assert response["Location"] == reverse("desk:policy_proposal", args=[made.pk])
    assert "没有试算过，不能批准" in page(writes, "policy_proposal", key=made.pk)
    writes.post(reverse("desk:policy_reckon", args=[made.pk]))
    run = DryRun.objects.get()
    assert (run.state, run.revision) == ("queued", 1)
    assert f'hx-get="/policy/proposals/{made.pk}/progress/"' in page(writes, "policy_progress", key=made.pk)
    DryRun.objects.update(state="failed", why="换一次")
    factories.reckoned(made)
    writes.post(reverse("desk:policy_submit", args=[made.pk]))
    decides = signed_in(checker)
    said = page(decides, "policy_proposal", key=made.pk)
    assert "<dd>780<span>户</span></dd>" in said
    assert '<td class="num" data-label="增减">+930.00</td>' in said
    assert '<td class="num" data-label="合计增减">+14,100.00</td>' in said
    response = decides.post(reverse("desk:policy_approve", args=[made.pk]), follow=True)
    assert "已批准，标准已发布为第1版。" in text(response)
    assert queries.in_force("640104", date(2025, 1, 1))["dibao_urban"].value == 72_000
    assert "兴民发〔2024〕31号" in page(decides, "policy_standard", name="dibao_urban")
    said = page(decides, "policy_proposal", key=made.pk)
    assert "<span>原来690.00元/月，多30.00元/月，高4.3%</span>" in said
    assert "<dt>原来</dt><dd>690.00元/月，银川市，2024年1月1日起" in said


@pytest.mark.parametrize(
    ("changes", "status", "said"),
    [
        ({"title": ""}, 409, "请写明依据文件的文号和名称。"),
        ({"since": "元旦"}, 409, "“起始日”要写成年月日"),
        ({"since": ""}, 409, "请写明起始日。"),
        ({"name": ""}, 409, "没有叫“”的标准"),
        ({"division": "640105"}, 403, "您的岗位不包括这个地方"),
        ({"division": "<b>"}, 403, "您的岗位不包括这个地方"),
    ],
)
def test_a_form_that_is_refused_keeps_what_was_typed(
    changes: dict[str, str], status: int, said: str, maker: Account
) -> None:
    response = signed_in(maker).post(reverse("desk:policy_propose"), {**TYPED, **changes})
    assert response.status_code == status
    assert said in text(response)
    assert 'value="兴民发〔2024〕31号"' in text(response)
    assert '<b>"' not in text(response)
    assert Proposal.objects.count() == 0


def test_who_has_no_such_post_neither_proposes_nor_decides(officer: Client, maker: Account) -> None:
    assert officer.get(reverse("desk:policy_propose")).status_code == 403
    assert officer.post(reverse("desk:policy_propose"), TYPED).status_code == 403
    made = waiting(maker)
    before = ProposalEvent.objects.count()
    for name in ("approve", "send_back", "withdraw", "submit", "reckon"):
        response = officer.post(reverse(f"desk:policy_{name}", args=[made.pk]), {"reason": "文件还没有印发"})
        assert response.status_code == 403
    assert officer.post(reverse("desk:policy_publish")).status_code == 403
    assert (ProposalEvent.objects.count(), PublishedSet.objects.count()) == (before, 0)
    assert Proposal.objects.get().state == "待批"


def test_the_maker_is_told_that_another_decides(maker: Account) -> None:
    made = waiting(maker)
    mine = signed_in(maker)
    said = page(mine, "policy_proposal", key=made.pk)
    assert "自己提出的，不能自己批。" in said
    assert reverse("desk:policy_approve", args=[made.pk]) not in said
    response = mine.post(reverse("desk:policy_approve", args=[made.pk]))
    assert response.status_code == 403
    assert "自己提出的要由另一个人来批。没有写入任何内容。" in text(response)


def test_sent_back_says_why_and_only_its_maker_changes_it(maker: Account, checker: Account) -> None:
    made = waiting(maker)
    decides = signed_in(checker)
    response = decides.post(reverse("desk:policy_send_back", args=[made.pk]), {"reason": "短"})
    assert response.status_code == 409
    assert ">短</textarea>" in text(response)
    decides.post(reverse("desk:policy_send_back", args=[made.pk]), {"reason": "文号写错了，应为32号"})
    assert "退回理由：文号写错了，应为32号" in page(signed_in(maker), "policy_proposal", key=made.pk)
    revise = reverse("desk:policy_revise", args=[made.pk])
    assert decides.post(revise, {**TYPED, "value": "800.00"}).status_code == 302
    assert Proposal.objects.get().value == "720.00"
    signed_in(maker).post(revise, {**TYPED, "document": "兴民发〔2024〕32号"})
    assert (Proposal.objects.get().document, Proposal.objects.get().revision) == ("兴民发〔2024〕32号", 2)


def test_a_county_reads_its_own_part_of_the_citys_dry_run(officer: Client, checker: Account) -> None:
    draft = factories.proposal("6401", by=checker, since=date(2025, 2, 1))
    where = reverse("desk:policy_proposal", args=[draft.pk])
    assert officer.get(where).status_code == 404
    factories.reckoned(draft)
    proposals.submit(proposal=draft, by=checker, on=factories.TODAY)
    said = text(officer.get(where))
    assert "只显示您岗位范围内的县区" in said
    assert "<dd>400<span>户</span></dd>" in said
    for hidden in ("西夏区", "380", "+1,175.00", "34,375.00"):
        assert hidden not in said


def test_sets_tell_what_changed_between_two(maker: Account, checker: Account, officer: Client) -> None:
    sets.keep(on=factories.TODAY)
    reviews.approve(proposal=waiting(maker), by=checker, on=factories.TODAY)
    reviews.approve(
        proposal=waiting(maker, since=date(2025, 7, 1), value="730.00"), by=checker, on=factories.TODAY
    )
    latest = page(officer, "policy_set", number=3)
    assert "比第2版变了什么" in latest
    assert "730.00元/月" in latest
    assert "720.00元/月" not in latest
    both = text(officer.get(reverse("desk:policy_set", args=[3]), {"since": "1"}))
    assert "730.00元/月" in both
    assert "720.00元/月" in both
    kept = officer.get(reverse("desk:policy_set_content", args=[3]))
    assert kept.content.decode() == PublishedSet.objects.get(number=3).content
    assert officer.get(reverse("desk:policy_set", args=[9])).status_code == 404


def test_a_rule_tells_its_law_its_formula_and_who_uses_it(officer: Client) -> None:
    said = page(officer, "policy_rule", name="cannot_support")
    assert "《特困人员认定办法》（民发〔2021〕43号）第8条" in said
    assert '<li class="how"><span>满足其一：</span><ul><li><span>在册特困</span></li>' in said
    assert reverse("desk:policy_rule", args=["has_able_child"]) in said
    assert reverse("desk:policy_standard", args=["capable_supporter_age"]) in said
    assert officer.get(reverse("desk:policy_rule", args=["dibao_urban"])).status_code == 404
    assert officer.get(reverse("desk:policy_standard", args=["cannot_support"])).status_code == 404


def test_every_rule_and_every_standard_has_a_page(officer: Client) -> None:
    rules = page(officer, "policy_rules")
    known = [rule.name for found in graph.modules().values() for rule in found]
    assert len(known) > 100
    for name in known:
        assert reverse("desk:policy_rule", args=[name]) in rules
        page(officer, "policy_rule", name=name)
    assert "全部列出" in page(officer, "policy")
    listed = text(officer.get(reverse("desk:policy"), {"all": "1"}))
    assert "全部列出" not in listed
    for name in {row.name for row in queries.rows()}:
        assert reverse("desk:policy_standard", args=[name]) in listed
        page(officer, "policy_standard", name=name)


def test_rules_are_found_by_label_code_and_number(officer: Client) -> None:
    where = reverse("desk:policy_rules")
    assert "找到1条" in text(officer.get(where, {"q": "cannot_support"}))
    assert "年度个人自付" in text(officer.get(where, {"q": "d01"}))
    assert "没有这样的规则" in text(officer.get(where, {"q": "没有的词"}))


def test_names_at_the_ends_of_lines_do_not_meet() -> None:
    assert steps.spread([100.0, 102.0, 103.0], 264.0) == [100.0, 118.0, 136.0]
    assert steps.spread([264.0, 264.0], 264.0) == [246.0, 264.0]


def test_the_path_of_a_place_breaks_where_nothing_holds() -> None:
    rows = [
        row for row in queries.from_files() if (row.name, row.division) == ("disposable_income_urban", "64")
    ]
    at = steps.Window(date(2023, 1, 1), date(2027, 1, 1), 0, 1461)
    drawn = steps.path(sorted(rows, key=lambda row: row.since)[:2], at, {4_019_400: 40.0, 4_239_500: 20.0})
    assert drawn == "M0.0 40.0H364.0V20.0H730.0"


def test_a_column_is_right_of_all_it_uses() -> None:
    assert pictures.depths("abcd", [("a", "b"), ("b", "c"), ("a", "c"), ("c", "b")]) == {
        "a": 0, "b": 2, "c": 1, "d": 0,
    }  # fmt: skip


def test_what_a_longer_way_tells_is_not_drawn_again() -> None:
    assert pictures.direct([("a", "b"), ("b", "c"), ("a", "c"), ("c", "d"), ("a", "d")]) == [
        ("a", "b"), ("b", "c"), ("c", "d"),
    ]  # fmt: skip


def test_long_words_take_two_lines_at_most() -> None:
    assert pictures.wrapped("周岁") == ["周岁"]
    assert pictures.wrapped("一" * 11 + "二" * 11 + "三") == ["一" * 11, "二" * 10 + "…"]


def test_the_picture_of_chapters_stands_within_a_desktop_s_page() -> None:
    drawn = rules.overview()
    assert int(drawn.partition('viewBox="0 0 ')[2].partition(" ")[0]) <= pictures.ROOM
    assert pictures.measures(5) == (pictures.BOX, pictures.GAP_X)
    assert pictures.measures(7) == (141, 35)


def test_the_chapters_are_told_in_words_too_for_a_phone(officer: Client) -> None:
    levels = rules.by_level()
    told = {one["name"]: (number, one) for number, level in enumerate(levels) for one in level}
    assert told["义务人（认定）"][1]["gives"] == ["指标：支出与缴费", "赡养抚养扶养"]
    assert told["低保"][0] < told["低保边缘"][0] < told["单人保"][0]
    assert told["五层八类"][1]["gives"] == []
    said = page(officer, "policy_picture")
    assert '<ol class="on-phone levels">' in said
    opened = text(officer.get(reverse("desk:policy_rules"), {"chapter": "低保边缘"}))
    assert opened.count('id="opened"') == 1
    assert "#opened" in told["低保"][1]["href"]


def test_a_phone_s_chart_goes_nine_years_back_and_calls_the_region_by_its_kind(officer: Client) -> None:
    rows = [row for row in queries.from_files() if row.name == "dibao_urban"]
    small = steps.chart(rows, {row.division: "宁夏回族自治区" for row in rows}, factories.TODAY, steps.PHONE)
    assert 'viewBox="0 0 344 304"' in small
    assert ">自治区</text>" in small
    assert "2014-10-01" not in small
    said = page(officer, "policy_standard", name="dibao_urban")
    assert 'viewBox="0 0 1200 304"' in said
    assert "2014-10-01" in said


def test_a_short_column_begins_at_the_top() -> None:
    many = [Box(str(number), "甲", "", "rule") for number in range(9)]
    drawn = pictures.columns([("左", [Box("x", "乙", "", "rule")]), ("右", many)], [("x", "0")], "图")
    assert drawn.count(' y="36" ') == 2


def test_a_row_below_the_region_s_is_not_called_current(officer: Client) -> None:
    said = page(officer, "policy_standard", name="dibao_urban")
    assert "低于自治区，按690.00元/月" in said
