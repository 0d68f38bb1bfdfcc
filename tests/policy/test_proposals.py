"""A proposed value: who may, what is refused, what the second person sees, and what holds from then on."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from desk import factories
from wenhou.base.errors import NotAllowed, Refused
from wenhou.base.models import News
from wenhou.divisions import queries as divisions
from wenhou.policy import queries, standards
from wenhou.policy.actions import dry_runs, proposals, publications, reviews, sets
from wenhou.policy.actions.proposals import Content
from wenhou.policy.enums import ProposalState
from wenhou.policy.judging import canonical
from wenhou.policy.models import DryRun, Proposal, ProposalEvent, PublishedSet
from wenhou.policy.proposals.effects import CountyEffect, Effects, MonthEffect, Question
from wenhou.staff.enums import Role
from wenhou.staff.models import Account

pytestmark = pytest.mark.django_db
ON = date(2024, 11, 15)
URBAN = Content(
    name="dibao_urban",
    division="640104",
    since=date(2025, 1, 1),
    value="720.00",
    unit="元/月",
    document="兴民发〔2024〕31号",
    title="关于调整兴庆区城市低保标准的通知",
)
FOUND = Effects(
    as_of=ON,
    counties=(CountyEffect("640104", 400, 31, 0, 2, 18_200_00, 19_130_00),),
    months=tuple(MonthEffect(f"2025-{month:02d}", 18_200_00, 19_130_00) for month in range(1, 13)),
)


@pytest.fixture(autouse=True)
def that_day(monkeypatch: pytest.MonkeyPatch, settings: Any) -> Any:
    monkeypatch.setenv("WENHOU_TODAY", ON.isoformat())
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    factories.places()
    yield
    divisions.forget_names()


def officer(username: str, division: str = "640104", role: Role = Role.POLICY_OFFICER) -> Account:
    return factories.account(username, role, division)


@pytest.fixture
def maker() -> Account:
    return officer("maker")


@pytest.fixture
def checker() -> Account:
    return officer("checker", "6401")


def reckoned(proposal: Proposal, by: Account, answer: Effects = FOUND) -> DryRun:
    run = dry_runs.request(proposal=proposal, by=by, on=ON)
    return dry_runs.carry_out(run=run, on=ON, reckon=lambda _: answer)


def submitted(maker: Account, content: Content = URBAN) -> Proposal:
    made = proposals.propose(content=content, by=maker, on=ON)
    reckoned(made, maker)
    return proposals.submit(proposal=made, by=maker, on=ON)


def approved(maker: Account, checker: Account, content: Content = URBAN) -> PublishedSet:
    return reviews.approve(proposal=submitted(maker, content), by=checker, on=ON)


def standing(proposal: Proposal) -> tuple[str, int, int, int]:
    """Everything a refused act might have written."""
    state = Proposal.objects.get(pk=proposal.pk).state
    return state, ProposalEvent.objects.count(), PublishedSet.objects.count(), News.objects.count()


def urban(place: str, on: date) -> tuple[Any, date, date | None]:
    row = queries.in_force(place, on)["dibao_urban"]
    return row.value, row.since, row.until


def test_an_approved_value_decides_from_its_day_and_the_set_is_kept(maker: Account, checker: Account) -> None:
    before = queries.rows()
    assert urban("640104", date(2025, 1, 1)) == (69_000, date(2024, 1, 1), date(2025, 9, 30))
    made = approved(maker, checker)
    # 城市低保取自治区、市、县中高者：720元高于银川690元，2025-10-01起银川765元又高
    assert urban("640104", date(2024, 12, 31)) == (69_000, date(2024, 1, 1), date(2025, 9, 30))
    assert urban("640104", date(2025, 1, 1)) == (72_000, date(2025, 1, 1), None)
    assert urban("640105", date(2025, 1, 1))[0] == 69_000
    assert len(queries.rows()) == len(before) + 1
    kept = Proposal.objects.get()
    assert (kept.state, kept.proposed_by, kept.decided_by) == ("已批", maker, checker)
    assert kept.dry_run is not None
    assert kept.dry_run.effects["counties"][0]["gaining"] == 31
    assert [event.kind for event in kept.events.order_by("pk")] == [
        "proposed", "reckoned", "submitted", "approved",
    ]  # fmt: skip
    assert made.note == f"批准第{kept.pk}号：兴庆区城市低保标准，2025年1月1日起"
    assert (made.number, made.by, made.sha256) == (1, checker, canonical.digest(made.content))
    assert queries.rows_of(made.sha256) == canonical.rows(made.content)
    assert set(canonical.rows(made.content)) == set(queries.rows())
    assert News.objects.get(kind="policy.StandardsPublished").body == {"number": 1, "sha256": made.sha256}


def test_a_new_row_ends_the_former_and_the_next_ends_it(maker: Account, checker: Account) -> None:
    city = officer("city", "6401")
    one = replace(URBAN, division="6401", since=date(2025, 4, 1), value="700.00")
    reviews.approve(proposal=submitted(city, one), by=checker, on=ON)
    assert urban("640105", date(2025, 3, 31)) == (69_000, date(2024, 1, 1), date(2025, 3, 31))
    assert urban("640105", date(2025, 4, 1)) == (70_000, date(2025, 4, 1), date(2025, 9, 30))
    assert urban("640105", date(2025, 10, 1)) == (76_500, date(2025, 10, 1), None)


def test_an_approved_value_stands_in_the_place_of_the_files_of_the_same_day(checker: Account) -> None:
    region = officer("region", "64")
    second = officer("second", "64")
    content = replace(
        URBAN,
        division="64",
        since=date(2026, 1, 1),
        value="745.00",
        document="宁民发〔2025〕90号",
        title="通知",
    )
    reviews.approve(proposal=submitted(region, content), by=second, on=ON)
    row = queries.in_force("640202", date(2026, 1, 1))["dibao_urban"]
    assert (row.value, row.provisional, row.document) == (74_500, False, "宁民发〔2025〕90号")


def test_what_is_published_to_the_lake_is_what_was_approved(maker: Account, checker: Account) -> None:
    approved(maker, checker)
    table = publications.wide_table(as_of=date(2025, 1, 1), counties=["640104", "640105"]).to_pylist()
    assert [(one["county"], one["dibao_urban"], one["dibao_urban__document"]) for one in table] == [
        ("640104", 72_000, "兴民发〔2024〕31号"),
        ("640105", 69_000, "银川市低保标准 低保标准"),
    ]


def test_a_run_keeps_the_set_it_decides_by_once() -> None:
    publications.publish(as_of=ON, counties=["640104"])
    publications.publish(as_of=ON, counties=["640104"])
    kept = PublishedSet.objects.get()
    assert (kept.number, kept.by, kept.sha256) == (1, None, canonical.digest(canonical.text(queries.rows())))
    assert queries.rows_of("0" * 64) is None


def test_publishing_needs_a_change_and_the_right_post(maker: Account) -> None:
    made = sets.publish(by=maker, on=ON)
    assert made.number == 1
    with pytest.raises(Refused, match="和上一版一样"):
        sets.publish(by=maker, on=ON)
    county = officer("county", role=Role.COUNTY_OFFICER)
    with pytest.raises(NotAllowed, match="没有批标准的岗位"):
        sets.publish(by=county, on=ON)
    assert PublishedSet.objects.count() == 1


@pytest.mark.parametrize(
    ("role", "division", "said"),
    [
        (Role.COUNTY_OFFICER, "640104", "您在这个地方的岗位没有这项权限"),
        (Role.POLICY_OFFICER, "640105", "您的岗位不包括这个地方"),
        (Role.POLICY_OFFICER, "640104101", "您的岗位不包括这个地方"),
    ],
)
def test_only_a_policy_post_at_or_above_the_place_proposes(role: Role, division: str, said: str) -> None:
    with pytest.raises(NotAllowed, match=said):
        proposals.propose(content=URBAN, by=officer("other", division, role), on=ON)
    assert (Proposal.objects.count(), ProposalEvent.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"value": "七百二十"}, "不是这个单位的数"),
        ({"value": "720.005"}, "不是这个单位的数"),
        ({"value": "-1.00"}, "不能是负数"),
        ({"value": "9" * 201}, "最多200个字"),
        ({"unit": "元/年"}, "单位是元/月，不是元/年"),
        ({"name": "dibao_city"}, "没有叫“dibao_city”的标准"),
        ({"document": ""}, "请写明依据文件的文号和名称"),
        ({"title": " "}, "请写明依据文件的文号和名称"),
        ({"document": "自拟", "title": ""}, "只能是暂定"),
        ({"document": "银川市低保标准", "article": "第九条"}, "没有登记“第九条”"),
        ({"provisional": True}, "暂定的标准要写明复核日"),
        ({"provisional": True, "review_by": date(2024, 11, 14)}, "复核日2024-11-14已经过了"),
        ({"until": date(2024, 12, 31)}, "截止日早于起始日"),
        ({"division": "640199"}, "不在已载入的名录中"),
    ],
)
def test_what_cannot_be_right_is_refused_and_nothing_is_written(changes: dict[str, Any], said: str) -> None:
    city = officer("city", "6401")
    with pytest.raises(Refused, match=said):
        proposals.propose(content=replace(URBAN, **changes), by=city, on=ON)
    assert (Proposal.objects.count(), ProposalEvent.objects.count()) == (0, 0)


def test_the_nations_standards_are_not_proposed_here() -> None:
    with pytest.raises(NotAllowed, match="不包括这个地方"):
        proposals.propose(content=replace(URBAN, division="00"), by=officer("region", "64"), on=ON)
    assert Proposal.objects.count() == 0


def test_what_overlaps_is_refused(maker: Account, checker: Account) -> None:
    region = officer("region", "64")
    over = Content(
        name="disposable_income_urban", division="64", since=date(2024, 7, 1), value="43000.00", unit="元/年",
        document="统计公报", article="人均可支配收入",
    )  # fmt: skip
    with pytest.raises(Refused, match=r"和现有的标准重叠：.*2024-01-01与2024-07-01两条的有效期重叠"):
        proposals.propose(content=over, by=region, on=ON)
    approved(maker, checker)
    with pytest.raises(Refused, match="自2025-01-01起的数已经批过一个"):
        proposals.propose(content=replace(URBAN, value="730.00"), by=maker, on=ON)
    assert Proposal.objects.count() == 1


def test_two_drafts_for_one_day_and_only_one_is_approved(maker: Account, checker: Account) -> None:
    first, second = submitted(maker), submitted(maker, replace(URBAN, value="730.00"))
    reviews.approve(proposal=first, by=checker, on=ON)
    before = standing(second)
    with pytest.raises(Refused, match="已经批过一个"):
        reviews.approve(proposal=second, by=checker, on=ON)
    assert standing(second) == before
    assert urban("640104", date(2025, 1, 1))[0] == 72_000


def test_nobody_approves_their_own(maker: Account) -> None:
    made = submitted(maker)
    before = standing(made)
    with pytest.raises(NotAllowed, match="自己提出的要由另一个人来批"):
        reviews.approve(proposal=made, by=maker, on=ON)
    with pytest.raises(NotAllowed, match="自己提出的要由另一个人来批"):
        reviews.send_back(proposal=made, by=maker, on=ON, reason="文件还没有印发")
    assert standing(made) == before


def test_without_a_dry_run_of_the_present_content_nothing_is_approved(
    maker: Account, checker: Account
) -> None:
    made = proposals.propose(content=URBAN, by=maker, on=ON)
    reckoned(made, maker)
    made = proposals.revise(proposal=made, content=replace(URBAN, value="725.00"), by=maker, on=ON)
    made = proposals.submit(proposal=made, by=maker, on=ON)
    before = standing(made)
    with pytest.raises(Refused, match="还没有按现在的内容试算过"):
        reviews.approve(proposal=made, by=checker, on=ON)
    assert standing(made) == before
    reckoned(made, checker)
    reviews.approve(proposal=made, by=checker, on=ON)
    assert urban("640104", date(2025, 1, 1))[0] == 72_500


def test_sent_back_with_a_reason_changed_and_submitted_again(maker: Account, checker: Account) -> None:
    made = submitted(maker)
    with pytest.raises(Refused, match="至少5个字"):
        reviews.send_back(proposal=made, by=checker, on=ON, reason=" 不行 ")
    made = reviews.send_back(proposal=made, by=checker, on=ON, reason="文号写错了，应为32号")
    assert (made.state, made.reason, made.decided_by) == ("退回", "文号写错了，应为32号", checker)
    made = proposals.revise(
        proposal=made, content=replace(URBAN, document="兴民发〔2024〕32号"), by=maker, on=ON
    )
    assert (made.state, made.revision, made.decided_by, made.reason) == ("草拟", 2, None, "")
    returned = made.events.get(kind="returned")
    assert (returned.note, returned.detail["document"]) == ("文号写错了，应为32号", "兴民发〔2024〕31号")


def test_only_the_maker_changes_or_withdraws_and_not_after_the_decision(
    maker: Account, checker: Account
) -> None:
    made = submitted(maker)
    other = officer("third")
    for act in (proposals.withdraw, proposals.submit):
        with pytest.raises(NotAllowed, match="只有提出人本人可以"):
            act(proposal=made, by=other, on=ON)
    with pytest.raises(Refused, match="已经是“待批”，不能改"):
        proposals.revise(proposal=made, content=URBAN, by=maker, on=ON)
    assert proposals.withdraw(proposal=made, by=maker, on=ON).state == ProposalState.WITHDRAWN
    for act in (proposals.withdraw, proposals.submit):
        with pytest.raises(Refused, match="已经是“撤回”"):
            act(proposal=made, by=maker, on=ON)
    with pytest.raises(Refused, match="不是待批"):
        reviews.approve(proposal=made, by=checker, on=ON)
    with pytest.raises(Refused, match="不用再试算"):
        dry_runs.request(proposal=made, by=maker, on=ON)
    assert queries.rows() == queries.from_files()


def test_the_database_itself_holds_maker_and_checker_apart(maker: Account, checker: Account) -> None:
    approved(maker, checker)
    kept = Proposal.objects.get()
    for changes in (
        {"decided_by": maker},
        {"decided_by": None},
        {"decided_at": None},
        {"dry_run": None},
        {"state": "待批"},
        {"until": date(2024, 12, 31)},
        {"provisional": True},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Proposal.objects.filter(pk=kept.pk).update(**changes)
    twin = submitted(maker, replace(URBAN, since=date(2025, 2, 1)))
    with pytest.raises(IntegrityError), transaction.atomic():
        Proposal.objects.filter(pk=twin.pk).update(
            since=kept.since,
            state="已批",
            decided_by=checker,
            decided_at=kept.decided_at,
            dry_run=kept.dry_run,
        )


def test_the_dry_run_is_asked_the_two_sets(maker: Account) -> None:
    made = proposals.propose(content=URBAN, by=maker, on=ON)
    asked: list[Question] = []
    run = dry_runs.request(proposal=made, by=maker, on=ON)
    assert dry_runs.request(proposal=made, by=maker, on=ON) == run
    dry_runs.carry_out(run=run, on=ON, reckon=lambda question: asked.append(question) or FOUND)
    (question,) = asked
    assert (question.name, question.division, question.since) == ("dibao_urban", "640104", date(2025, 1, 1))
    assert question.before == queries.rows()
    there = standards.resolve(question.after, "640104", date(2025, 1, 1))["dibao_urban"]
    assert there.value == 72_000
    assert queries.rows() == question.before


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (replace(FOUND, months=FOUND.months[:11]), "结果不完整"),
        (replace(FOUND, counties=FOUND.counties * 2), "结果不完整"),
        (replace(FOUND, counties=(replace(FOUND.counties[0], gaining=399),)), "结果对不上"),
    ],
)
def test_an_answer_that_does_not_add_up_is_kept_as_failed(maker: Account, answer: Effects, said: str) -> None:
    made = proposals.propose(content=URBAN, by=maker, on=ON)
    run = reckoned(made, maker, answer)
    assert (run.state, run.effects) == ("failed", None)
    assert said in run.why
    assert reviews.reckoned(made) is None


def test_where_nothing_reckons_the_dry_run_says_so(maker: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    from wenhou.policy.proposals import effects

    monkeypatch.setattr(effects, "_reckoners", [])
    made = proposals.propose(content=URBAN, by=maker, on=ON)
    run = dry_runs.carry_out(run=dry_runs.request(proposal=made, by=maker, on=ON), on=ON)
    assert (run.state, run.why) == ("failed", "这里还没有接上试算，请联系运维人员。")


def test_a_standard_past_its_review_does_not_decide_quietly() -> None:
    last, late = date(2027, 6, 30), date(2027, 7, 1)
    assert queries.overdue(last) == []
    found = {(row.name, row.division): row for row in queries.overdue(late)}
    line = found["medical_oop_line", "64"]
    assert line.is_overdue(late)
    assert not line.is_overdue(last)
    assert line.basis_on(last) == "宁夏因病致贫重病患者认定办法 自付门槛（暂定）"
    told = "宁夏因病致贫重病患者认定办法 自付门槛（暂定，已过复核日2027-06-30）"
    assert line.basis_on(late) == told
    table = publications.wide_table(as_of=late, counties=["640104"]).to_pylist()
    assert table[0]["medical_oop_line__document"] == told
    assert all(row.review_by < late for row in found.values() if row.review_by)
    assert found["dibao_urban", "6401"].basis_on(late) == "银川市低保标准 低保标准（已过复核日2027-06-30）"
    assert ("heating_rural_tekun", "640104") not in found
