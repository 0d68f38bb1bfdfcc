"""疑似同一人: the queue, the pair side by side, decisions, what is masked, and merges on the person's page."""

import re
from datetime import date

from django.test import Client
from pytest_django import DjangoAssertNumQueries

from desk import doubting, factories
from desk.conftest import World, signed_in
from lake.known import know
from wenhou.base import clock
from wenhou.lake.models import Part
from wenhou.linkage.models import IdentityDecision, IdentityDoubt, PersonMerge
from wenhou.staff.actions import posts
from wenhou.staff.enums import Role
from wenhou.staff.models import Look

BORN, MINOR = date(1963, 5, 2), date(2015, 5, 5)


def doubted(number: int = 300, name: str = "赵文博", born: date = BORN) -> IdentityDoubt:
    person = factories.person(number, name=name, born=born)
    found = doubting.doubt(person.pk)
    doubting.sighting(found.mention, line=number)
    return found


def text(client: Client, where: str) -> str:
    page = client.get(where).content.decode()
    return re.sub(r"<[^>]+>", "", page[page.index("<main") :])


def decide(client: Client, one: IdentityDoubt, same: str, reason: str = "入户看过户口本") -> int:
    given = {"person": one.person, "same": same, "reason": reason}
    return client.post(f"/doubts/{one.mention_id}/decide/", given).status_code


def test_the_queue_counts_and_puts_the_likeliest_first(world: World, officer: Client) -> None:
    unsure = doubting.doubt(factories.person(301, name="钱小明").pk, bits=2.0)
    sure = doubted()
    page = officer.get("/doubts/").content.decode()
    assert "有<b>2</b>条记录" in page
    assert page.index(f"/doubts/{sure.mention_id}/") < page.index(f"/doubts/{unsure.mention_id}/")
    assert [page.count(word) for word in ("<b>很像</b>", "<b>拿不准</b>")] == [1, 1]
    assert "赵文渊" not in page


def test_the_page_takes_at_most_ten_queries_however_many_candidates(
    world: World, officer: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    one = doubted()
    for place, number in enumerate((301, 302), 2):
        other = factories.person(number, name="赵文清")
        doubting.doubt(other.pk, of=one.mention, place=place, bits=4.0)
    officer.get(f"/doubts/{one.mention_id}/")
    with django_assert_max_num_queries(10):
        page = officer.get(f"/doubts/{one.mention_id}/").content.decode()
    assert page.count(" data-candidate>") == 3


def test_an_adults_pair_stands_side_by_side(world: World, officer: Client) -> None:
    one = doubted()
    page = officer.get(f"/doubts/{one.mention_id}/").content.decode()
    for row in (
        '<tr class="is-near"><th scope="row">姓名</th><td>赵文渊</td><td>赵文博</td>',
        '<tr class="is-same"><th scope="row">出生日期</th><td>1963年5月2日</td><td>1963年5月2日</td>',
        '<tr class="is-untold"><th scope="row">身份证号</th><td>—</td>',
        '<tr class="is-same"><th scope="row">性别</th><td>女</td><td>女</td>',
    ):
        assert row in page
    assert "第300行" in page
    assert Look.objects.filter(account=world.officer, person=one.person).count() == 1
    officer.get(f"/doubts/{one.mention_id}/")
    assert Look.objects.filter(page=f"doubt:{one.mention_id}").count() == 1


def test_of_a_minor_only_what_differs_is_shown(world: World, officer: Client) -> None:
    one = doubted(born=MINOR)
    page = officer.get(f"/doubts/{one.mention_id}/").content.decode()
    assert "<td>＊＊渊</td><td>＊＊博</td>" in page
    assert "<td>2015年5月</td><td>2015年5月</td>" in page
    assert "未成年，不显" in page
    for secret in ("赵文", "5月5日", factories.id_no(300, born=MINOR, female=True)[-4:]):
        assert secret not in page


def test_who_may_not_decide_sees_masked_names_and_no_form(world: World) -> None:
    one = doubted()
    client = signed_in(world.village)
    page = client.get(f"/doubts/{one.mention_id}/").content.decode()
    assert "赵文博" not in page
    assert "您的岗位能看，不能认定" in page
    assert decide(client, one, "yes") == 403
    assert (IdentityDecision.objects.count(), Look.objects.count()) == (0, 0)


def test_a_permit_for_one_candidate_uncovers_no_other(world: World) -> None:
    one = doubted()
    far = factories.person(302, name="赵文清", division="640104008006")
    doubting.doubt(far.pk, of=one.mention, place=2, bits=4.0)
    account = factories.account("both", Role.TOWN_OFFICER, factories.TOWN)
    posts.hold_post(
        account=account, role=Role.VILLAGE_ASSISTANT, division="640104008006", since=date(2024, 3, 1)
    )
    page = signed_in(account).get(f"/doubts/{one.mention_id}/").content.decode()
    assert ("赵文博" in page, "赵文清" in page, "赵＊清" in page) == (True, False, True)
    assert list(Look.objects.values_list("account", "person")) == [(account.pk, one.person)]


def test_a_record_that_tells_of_a_child_stays_masked_beside_an_adult(world: World, officer: Client) -> None:
    person = factories.person(300, name="赵文博", born=BORN)
    one = doubting.doubt(person.pk, doubting.mention(person.pk, birth="20150505"))
    page = officer.get(f"/doubts/{one.mention_id}/").content.decode()
    assert "<td>＊＊渊</td><td>＊＊博</td>" in page
    assert "<td>2015年5月</td><td>1963年5月</td>" in page
    for secret in ("赵文", "5月5日", "5月2日"):
        assert secret not in page


def test_the_next_one_comes_up(world: World, officer: Client) -> None:
    first = doubted()
    second = doubting.doubt(factories.person(301, name="钱小明").pk, bits=2.0)
    response = officer.post(
        f"/doubts/{first.mention_id}/decide/",
        {"person": first.person, "same": "yes", "reason": "入户看过户口本"},
        follow=True,
    )
    assert response.redirect_chain == [(f"/doubts/{second.mention_id}/", 302)]
    assert "已认定是同一人，1行随后装入。" in response.content.decode()
    decision = IdentityDecision.objects.get()
    assert (decision.verdict, decision.by, decision.reason) == ("same", world.officer, "入户看过户口本")
    assert "今天认定1次" in text(officer, "/doubts/")


def test_a_reason_too_short_writes_nothing_and_keeps_what_was_typed(world: World, officer: Client) -> None:
    one = doubted()
    given = {"person": one.person, "same": "no", "reason": "不是"}
    response = officer.post(f"/doubts/{one.mention_id}/decide/", given)
    assert response.status_code == 409
    assert 'value="不是"' in response.content.decode()
    assert IdentityDecision.objects.count() == 0


def test_a_stranger_is_not_a_candidate(world: World, officer: Client) -> None:
    one = doubted()
    given = {"person": world.theirs.person, "same": "yes", "reason": "入户看过户口本"}
    assert officer.post(f"/doubts/{one.mention_id}/decide/", given).status_code == 404


def test_what_was_decided_is_taken_back_and_both_are_listed(world: World, officer: Client) -> None:
    one = doubted()
    decide(officer, one, "yes")
    page = officer.get(f"/doubts/{one.mention_id}/").content.decode()
    assert "已认定：是同一人。" in page
    given = {"person": one.person, "reason": "户口本看错了"}
    assert officer.post(f"/doubts/{one.mention_id}/take-back/", given).status_code == 302
    listed = text(officer, "/doubts/decided/")
    assert listed.index("户口本看错了") < listed.index("入户看过户口本")
    assert "马晓燕" in listed


def test_a_doubt_that_closed_by_itself_says_why(world: World, officer: Client) -> None:
    one = doubted()
    IdentityDoubt.objects.update(closed_on=factories.TODAY, closed_because="后来的资料已能认定是别人")
    page = text(officer, f"/doubts/{one.mention_id}/")
    assert "这一疑已自行了结：后来的资料已能认定是别人。" in page
    assert "没有等着认定的记录" in text(officer, "/doubts/")


def test_two_files_are_merged_by_number_and_parted_on_the_persons_page(world: World, officer: Client) -> None:
    kept, gone = factories.person(300, name="赵文博"), factories.person(302, name="赵文渊")
    number = factories.id_no(302, born=BORN, female=True)
    given = {"other": number, "keep": "this", "reason": "换过一次证号"}
    response = officer.post(f"/people/{kept.pk}/merge/", given, follow=True)
    assert response.redirect_chain == [(f"/people/{kept.pk}/", 302)]
    merge = PersonMerge.objects.get()
    assert (merge.kept, merge.absorbed, merge.by) == (kept.pk, gone.pk, world.officer)
    assert "已与赵＊渊（档案302）合并为一人，保留这一份" in text(officer, f"/people/{kept.pk}/")
    assert "已与赵＊博（档案300）合并为一人，保留那一份" in text(officer, f"/people/{gone.pk}/")
    officer.post(f"/people/{kept.pk}/part/", {"merge": merge.pk, "reason": "原来是双生子"})
    page = text(officer, f"/people/{kept.pk}/")
    assert "曾与赵＊渊（档案302）合并" in page
    assert "2024年11月15日撤销，马晓燕：原来是双生子" in page


def test_nobody_out_of_sight_is_merged(world: World, officer: Client) -> None:
    kept = factories.person(300, name="赵文博")
    for other in (str(world.theirs.person), "640104198505050259", "x"):
        given = {"other": other, "keep": "this", "reason": "换过一次证号"}
        assert officer.post(f"/people/{kept.pk}/merge/", given).status_code == 409
    assert PersonMerge.objects.count() == 0


def test_a_number_that_only_files_know_is_merged_by_the_whole_of_it(world: World, officer: Client) -> None:
    kept = factories.person(300, name="赵文博")
    number = factories.id_no(303, born=BORN, female=True)
    know(303, number)
    given = {"keep": "this", "reason": "医院报错了证号"}
    assert officer.post(f"/people/{kept.pk}/merge/", given | {"other": "303"}).status_code == 409
    assert officer.post(f"/people/{kept.pk}/merge/", given | {"other": number}).status_code == 302
    assert (PersonMerge.objects.get().kept, PersonMerge.objects.get().absorbed) == (kept.pk, 303)


def test_a_files_page_says_what_was_recognised_in_it(world: World, officer: Client) -> None:
    one = doubted()
    file = one.mention.sightings.get().delivery
    assert "1行像登记的人，等人认定。" in text(officer, f"/deliveries/{file}/")
    Part.objects.create(
        contract="DI31", delivery=99_999, division="640104", period_from=BORN, period_to=BORN, mode="delta",
        rows=3, path="x", loaded_at=clock.now(), origin=file,
    )  # fmt: skip
    assert "3行后来认到了人，已另行装入；1行像登记的人" in text(officer, f"/deliveries/{file}/")
