"""The three administrators, posts proposed and approved, posts lent, leaving: as acts, and as the database holds them to it."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from django.test import Client

from desk import factories
from desk.conftest import World, signed_in
from desk.test_row_security import PUBLIC, rows, signed
from roles import told
from wenhou.api.actions import keys
from wenhou.base import clock
from wenhou.base.audit.models import AuditEntry
from wenhou.base.errors import NotAllowed, Refused
from wenhou.monitoring.actions import alerts as acts
from wenhou.monitoring.actions import returning
from wenhou.monitoring.models import Alert, AlertEvent
from wenhou.staff.actions import accounts, delegations, factors, posts
from wenhou.staff.enums import DUTIES, Matter, Role
from wenhou.staff.models import Account, Delegation, Post, SecondFactor
from wenhou.staff.queries import visible_to

TODAY = factories.TODAY
LATER = TODAY + timedelta(days=10)
SYSTEM, SECURITY, AUDIT = Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR


@pytest.fixture
def three(world: World) -> dict[Role, Account]:
    return {duty: factories.account(duty.value, duty, "6401") for duty in sorted(DUTIES)}


def propose(three: dict[Role, Account], whose: Account, role: Role, **told_: Any) -> Post:
    given = {
        "division": factories.COUNTY,
        "since": TODAY,
        "until": None,
        "matters": [],
        "by": three[SYSTEM],
        "on": TODAY,
    }
    return posts.propose(account=whose, role=role, **given | told_)


def test_none_of_the_three_is_given_anybodys_data(world: World, three: dict[Role, Account]) -> None:
    own = {
        "staff_account", "staff_post", "staff_delegation", "staff_look", "staff_odd_looks", "base_news", "base_audit",
        "base_seal",
    }  # fmt: skip
    for duty, account in three.items():
        seen = {table for table, keys_ in rows(signed(account)).items() if keys_}
        assert seen - PUBLIC <= own, duty
        page = signed_in(account)
        assert page.get(f"/alerts/{world.own.number}/").status_code == 404
        assert world.own.number not in page.get("/").content.decode()


def test_the_three_are_held_apart_and_beside_nothing_else(three: dict[Role, Account]) -> None:
    for duty, account in three.items():
        for other in Role:
            if other != duty:
                with pytest.raises(Refused, match="要由三个人分别担任，也不能兼别的岗位或受人委托"):
                    posts.hold_post(account=account, role=other, division="64", since=TODAY)
    officer = Account.objects.get(username="officer")
    for duty in sorted(DUTIES):
        with pytest.raises(Refused, match="马晓燕在这段时间另有岗位"):
            posts.hold_post(account=officer, role=duty, division="64", since=TODAY)
    assert Post.objects.filter(account=officer).count() == 1


def test_the_database_refuses_the_same_whoever_writes(three: dict[Role, Account]) -> None:
    for table_owner_writes in (SYSTEM, SECURITY):
        with pytest.raises(IntegrityError, match="administrator holds no other post"), transaction.atomic():
            Post.objects.create(
                account=three[table_owner_writes], role=Role.ANALYST, division="64", since=TODAY,
                approved_at=clock.instant(),
            )  # fmt: skip


def test_one_after_the_other_is_no_other_post(three: dict[Role, Account]) -> None:
    account = three[SYSTEM]
    accounts.end_post(post=account.posts.get(), on=TODAY - timedelta(days=1))
    later = posts.hold_post(account=account, role=Role.ANALYST, division="64", since=TODAY)
    assert visible_to(Account.objects.get(pk=account.pk), on=TODAY).posts == (later,)


def test_a_post_opens_nothing_before_it_is_approved(world: World, three: dict[Role, Account]) -> None:
    post = propose(three, world.town, Role.COUNTY_OFFICER, matters=[Matter.MINOR])
    assert post.approved_at is None
    assert rows(signed(world.town))["monitoring_alert"] == {world.own.pk}
    assert not visible_to(Account.objects.get(pk=world.town.pk), on=TODAY).covers("640104")
    for wrong, why in (
        (three[SYSTEM], "由安全管理员办"),
        (three[AUDIT], "由安全管理员办"),
        (world.officer, "由安全管理员办"),
    ):
        with pytest.raises(NotAllowed, match=why):
            posts.approve(post=post, matters=[], by=wrong, on=TODAY)
    approved = posts.approve(post=post, matters=[Matter.MENTAL], by=three[SECURITY], on=TODAY)
    assert (approved.matters, approved.approved_by) == (["mental"], three[SECURITY])
    scope = visible_to(Account.objects.get(pk=world.town.pk), on=TODAY)
    assert scope.covers("640104")
    assert scope.knows("mental")
    posts.revoke(post=post, by=three[SECURITY], on=TODAY)
    assert not visible_to(Account.objects.get(pk=world.town.pk), on=TODAY).covers("640104")


def test_an_administrator_reaches_no_further_than_their_place(
    world: World, three: dict[Role, Account]
) -> None:
    with pytest.raises(NotAllowed, match="64不归您这个系统管理员管"):
        propose(three, world.town, Role.ANALYST, division="64")
    with pytest.raises(Refused, match="不能带专门事项"):
        propose(three, factories.account("xu-lin", AUDIT, "6402"), AUDIT, matters=[Matter.MINOR])


INSERT = (
    "insert into staff_post (account_id, role, division, since, matters, proposed_by_id, approved_at)"
    " values (%s, %s, %s, '2024-11-15', '{}', %s, %s)"
)


@pytest.mark.parametrize(
    ("who", "division", "proposer", "approved"),
    [
        (SYSTEM, "64", "self", None),
        (SYSTEM, "640104", "self", "2024-11-15"),
        (SYSTEM, "640104", "other", None),
        (SECURITY, "640104", "self", None),
        (AUDIT, "640104", "self", None),
    ],
)
def test_a_page_cannot_give_itself_a_post(
    who: Role, division: str, proposer: str, approved: str | None, world: World, three: dict[Role, Account]
) -> None:
    by = three[who] if proposer == "self" else world.officer
    with pytest.raises(ProgrammingError), transaction.atomic(), told(signed(three[who])) as cursor:
        cursor.execute(INSERT, [world.town.pk, "county_officer", division, by.pk, approved])


LENDS = (
    "insert into staff_delegation (post_id, lender_id, borrower_id, matters, since, until, reason, made_at)"
    " select id, {me}, {other}, '{{}}', '2024-11-15', '2024-11-20', 'x', now() from staff_post where account_id = {me}"
)


@pytest.mark.parametrize(
    "statement",
    [
        "update staff_post set approved_at = now(), approved_by_id = {me} where id = {post}",
        "update staff_post set matters = '{{minor}}', approved_by_id = {me} where id = {post}",
        "update staff_post set until = '2030-01-01', ended_by_id = {me} where id = {post}",
        "update staff_post set role = 'auditor' where id = {post}",
        "update staff_account set is_active = false where id <> {me}",
        "update staff_account set person = null where id = {me}",
        "select staff_close({me}, '2024-11-15')",
        "select change from base_audit",
        LENDS,
    ],
)
@pytest.mark.parametrize("duty", [SYSTEM, AUDIT])
def test_what_an_administrator_has_no_business_with_is_refused_or_touches_nothing(
    statement: str, duty: Role, world: World, three: dict[Role, Account]
) -> None:
    waiting = propose(three, world.town, Role.ANALYST, until=LATER)
    before = Post.objects.order_by("pk").values_list("pk", "approved_at", "matters", "until", "role")
    kept = list(before)
    said = statement.format(me=three[duty].pk, post=waiting.pk, other=world.officer.pk)
    try:
        with transaction.atomic(), told(signed(three[duty])) as cursor:
            cursor.execute(said)
            assert cursor.rowcount == 0
    except (ProgrammingError, IntegrityError):
        pass
    assert list(before.all()) == kept
    assert Account.objects.filter(is_active=False).count() == 0
    assert Delegation.objects.count() == 0


def lend(world: World, **given: Any) -> Delegation:
    post = factories.post_of(world.officer)
    asked = {
        "post": post, "to": world.town, "matters": [], "since": TODAY, "until": LATER, "reason": "外出培训十天",
        "by": world.officer, "on": TODAY,
    }  # fmt: skip
    return delegations.lend(**asked | given)


def test_a_lent_post_opens_what_it_opens_for_its_term_and_ends_by_itself(world: World) -> None:
    factories.post_of(world.officer)
    Post.objects.filter(account=world.officer).update(matters=["mental", "minor"])
    street = factories.alert(5, division="640104008006", indicator="A06", wall="minor")
    plain = factories.alert(6, division="640104008006")
    lend(world, matters=[Matter.MINOR], since=TODAY + timedelta(days=1))
    assert rows(signed(world.town))["monitoring_alert"] == {world.own.pk}
    first, last, after = TODAY + timedelta(days=1), LATER, LATER + timedelta(days=1)
    for day in (first, last):
        assert rows(signed(world.town, on=day))["monitoring_alert"] == {world.own.pk, street.pk, plain.pk}
    assert rows(signed(world.town, on=after))["monitoring_alert"] == {world.own.pk}
    scope = visible_to(world.town, on=first)
    assert [(post.division, post.lender, post.matters) for post in scope.posts] == [
        ("640104", "马晓燕", ["minor"]), ("640104101", "", []),
    ]  # fmt: skip
    assert "受马晓燕委托至2024-11-25，有专门事项" in scope.reason("640104008006", "minor")
    assert visible_to(world.town, on=after).divisions == ("640104101",)


def test_a_lent_post_ends_with_what_it_rests_on(world: World, three: dict[Role, Account]) -> None:
    made = lend(world)
    assert visible_to(world.town, on=TODAY).covers("640104")
    with pytest.raises(NotAllowed, match="由安全管理员办"):
        delegations.take_back(delegation=made, by=world.village, on=TODAY)
    delegations.take_back(delegation=made, by=world.officer, on=TODAY)
    assert not visible_to(world.town, on=TODAY).covers("640104")
    lend(world)
    posts.revoke(post=factories.post_of(world.officer), by=three[SECURITY], on=TODAY)
    assert not visible_to(world.town, on=TODAY).covers("640104")
    assert rows(signed(world.town))["monitoring_alert"] == {world.own.pk}


def test_what_is_lent_stays_within_what_the_lender_has(world: World, three: dict[Role, Account]) -> None:
    with pytest.raises(Refused, match="专门事项不能超出您自己的岗位"):
        lend(world, matters=[Matter.MINOR])
    with pytest.raises(Refused, match="请选另一位在岗的同事"):
        lend(world, to=world.officer)
    with pytest.raises(Refused, match="要从今天或以后开始"):
        lend(world, since=TODAY - timedelta(days=1))
    with pytest.raises(Refused, match="也不能兼别的岗位或受人委托"):
        lend(world, to=three[AUDIT])
    with pytest.raises(NotAllowed, match="只能委托自己在任的岗位"):
        lend(world, by=world.village, to=world.town)
    lend(world)
    with pytest.raises(NotAllowed, match="受人委托的岗位不能再转委托"):
        lend(world, by=world.town, to=world.village)
    Post.objects.filter(account=world.officer).update(until=LATER)
    with pytest.raises(Refused, match="您的岗位到2024-11-25为止"):
        lend(world, until=LATER + timedelta(days=1))


@pytest.mark.parametrize("beyond", ["matters = '{minor}'", "until = '2031-01-01'", "post"])
def test_the_database_lends_no_further_either(beyond: str, world: World) -> None:
    Post.objects.filter(account=world.officer).update(until=date(2030, 1, 1))
    post = factories.post_of(world.village if beyond == "post" else world.officer)
    statement = (
        "insert into staff_delegation (post_id, lender_id, borrower_id, matters, since, until, reason, made_at)"
        f" values ({post.pk}, {world.officer.pk}, {world.town.pk},"
        f" '{'{minor}' if 'matters' in beyond else '{}'}', '2024-11-15',"
        f" '{'2031-01-01' if 'until' in beyond else '2024-11-20'}', 'x', now())"
    )
    refused = pytest.raises(IntegrityError, match="beyond what the lender has")
    with refused, transaction.atomic(), told(signed(world.officer)) as cursor:
        cursor.execute(statement)


def test_both_names_are_kept_of_what_a_delegate_does(world: World) -> None:
    street = factories.alert(5, division="640104008006")
    lend(world)
    page = signed_in(world.town)
    answer = page.post(
        f"/alerts/{street.number}/visit/",
        {"visited_on": "2024-11-14", "met": "yes", "found": "在家，生活困难"},
    )
    assert answer.status_code == 302
    entry = AuditEntry.objects.filter(table_name="monitoring_alert_event").latest("number")
    assert entry.account == world.town.pk
    assert entry.request == f"POST /alerts/{street.number}/visit/ 受账号{world.officer.pk}委托"
    own = page.post(
        f"/alerts/{world.own.number}/visit/",
        {"visited_on": "2024-11-14", "met": "yes", "found": "在家，生活困难"},
    )
    assert own.status_code == 302
    entry = AuditEntry.objects.filter(table_name="monitoring_alert_event").latest("number")
    assert entry.request == f"POST /alerts/{world.own.number}/visit/"
    kept = AuditEntry.objects.get(table_name="staff_delegation").changed
    assert (kept["lender_id"][1], kept["borrower_id"][1]) == (world.officer.pk, world.town.pk)


def test_leaving_closes_everything_at_once(world: World, three: dict[Role, Account]) -> None:
    town, page = world.town, signed_in(world.town)
    assert page.get("/").status_code == 200
    factors.print_codes(account=town, at=clock.instant())
    _, secret = keys.issue(
        name="医保局", contracts=["DI29"], division="640104", by="试", on=clock.now(), holder=town
    )
    lend(world)
    acts.dispatch(world.own, to_post=factories.post_of(town), by=world.officer, on=TODAY)
    door = {"HTTP_AUTHORIZATION": f"Bearer {secret}"}
    assert Client().get("/api/v1/determinations/menu", **door).status_code == 200
    accounts.close(account=town, by=three[SYSTEM], on=TODAY)
    gone = page.get("/")
    assert (gone.status_code, gone.headers["Location"]) == (302, "/sign-in/?next=/")
    assert Client().get("/api/v1/determinations/menu", **door).status_code == 401
    assert not SecondFactor.objects.filter(account=town).exists()
    assert not Delegation.objects.filter(ended_at=None).exists()
    assert not Post.objects.filter(account=town, ended_at=None).exists()
    assert not any(keys_ for table, keys_ in rows(signed(town)).items() if table not in PUBLIC | {
        "staff_account", "staff_old_password", "staff_look",
    })  # fmt: skip
    assert returning.give_back(on=TODAY, account=town.pk) == [world.own.number]
    back = Alert.objects.get(pk=world.own.pk)
    assert (back.state, back.post) == ("待派", None)
    assert AlertEvent.objects.filter(alert=back, kind="returned").count() == 1
    with pytest.raises(Refused, match="早已关闭"):
        accounts.close(account=town, by=three[SYSTEM], on=TODAY)


def test_a_page_closes_an_account_as_its_system_administrator_and_nobody_else(
    world: World, three: dict[Role, Account]
) -> None:
    def statement(by: Account, whose: Account) -> None:
        with transaction.atomic(), told(signed(by)) as cursor:
            cursor.execute("select staff_close(%s, %s)", [whose.pk, TODAY])

    for wrong in (three[SECURITY], three[AUDIT], world.officer):
        with pytest.raises(ProgrammingError, match="closed by the system administrator"):
            statement(wrong, world.town)
    with pytest.raises(ProgrammingError, match="closed by the system administrator"):
        statement(three[SYSTEM], three[SYSTEM])
    far = factories.account("far", Role.ANALYST, "64")
    with pytest.raises(ProgrammingError, match="closed by the system administrator"):
        statement(three[SYSTEM], far)
    statement(three[SYSTEM], world.town)
    assert not Account.objects.get(pk=world.town.pk).is_active


def test_nobody_reads_a_digest_of_a_colleagues_password(world: World) -> None:
    digest = world.town.password
    with told(signed(world.officer)) as cursor:
        cursor.execute("select password from staff_account where id = %s", [world.town.pk])
        kept = bytes(cursor.fetchone()[0])
        cursor.execute("select (staff_account_named('town')).password")
        named = bytes(cursor.fetchone()[0])
    assert digest.encode() not in kept
    assert named == kept
    assert Account.objects.get(pk=world.town.pk).check_password(factories.PASSWORD)
