"""What tells of a minor's harm or of a mental illness: given to posts that have the matter, and betrayed by no page."""

import io
import re
from datetime import timedelta

import openpyxl
import pytest
from django.test import Client

from desk import factories
from desk.conftest import signed_in
from desk.test_row_security import rows, signed
from wenhou.base.errors import NotAllowed, Refused
from wenhou.engine.words import DEFAULT
from wenhou.monitoring import severity
from wenhou.monitoring.actions import alerts as acts
from wenhou.monitoring.gaps.readings import READINGS
from wenhou.monitoring.indicators.watch import WALLS
from wenhou.monitoring.models import Alert, Gap
from wenhou.monitoring.roster import Roster
from wenhou.monitoring.severity import Matters, Weighed
from wenhou.monitoring.terms import TermsOf
from wenhou.policy import graph
from wenhou.staff.actions import accounts
from wenhou.staff.enums import Matter, Role
from wenhou.staff.models import Account
from wenhou.staff.queries import visible_to

TODAY = factories.TODAY
TABLES = (
    "monitoring_alert", "monitoring_gap", "monitoring_override", "monitoring_judgement", "monitoring_alert_event",
    "monitoring_gap_event", "fieldwork_visit",
)  # fmt: skip


TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"')


def somebody(name: str, *matters: Matter, role: Role = Role.COUNTY_OFFICER, at: str = "640104") -> Account:
    account = factories.account(name, role, at)
    account.posts.update(matters=[str(matter) for matter in matters])
    return account


@pytest.fixture
def child(db: None) -> Alert:
    """A child without care in the village, visited and set aside once; somebody else's alert beside it."""
    factories.places()
    factories.run(counts={"A06": {"yes": 1, "no": 5, "unknown": 0, "raised": 1, "cleared": 0}}, raised=13)
    factories.alert(1)
    found = factories.alert(3, indicator="A06", wall="minor", headline="8周岁，父母双方均无力抚养")
    factories.gap(found, item="YL07", wall="minor")
    by = somebody("first", Matter.MINOR)
    acts.record_visit(found, visited_on=TODAY, met=True, found="跟着祖母，祖母有病", by=by, on=TODAY)
    aside = factories.alert(4, indicator="A07", wall="minor", division="640104101011")
    factories.set_aside(aside)
    return found


def test_the_database_gives_them_to_who_has_the_matter_there(child: Alert) -> None:
    every = rows(signed(somebody("has", Matter.MINOR)))
    none, other = rows(signed(somebody("none"))), rows(signed(somebody("other", Matter.MENTAL)))
    for table in TABLES:
        assert len(every[table] - none[table]) >= 1, table
        assert none[table] == other[table], table
    assert child.pk not in none["monitoring_alert"]
    assert child.pk in every["monitoring_alert"]
    assert len(none["monitoring_alert"]) == 1
    assert none["monitoring_gap"] == none["fieldwork_visit"] == none["monitoring_override"] == set()


def test_a_matter_counts_where_its_own_post_reaches(child: Alert) -> None:
    account = somebody("two")
    accounts.hold_post(
        account=account, role=Role.TOWN_OFFICER, division="640104008", since=TODAY, matters=[Matter.MINOR]
    )
    assert child.pk not in rows(signed(account))["monitoring_alert"]
    scope = visible_to(account, on=TODAY)
    assert not scope.opens("minor", child.division)
    assert scope.reason(child.division, "minor") == (
        "您在这个地方的岗位没有“未成年人受侵害或无人照料”这一专门事项"
    )
    assert not Alert.objects.filter(scope.q("division", wall="wall"), pk=child.pk).exists()
    account.posts.filter(division="640104").update(matters=["minor"])
    scope = visible_to(Account.objects.get(pk=account.pk), on=TODAY)
    assert Alert.objects.filter(scope.q("division", wall="wall"), pk=child.pk).exists()
    assert scope.reason(child.division, "minor").endswith("有专门事项“未成年人受侵害或无人照料”")


def test_somebody_known_by_a_walled_alert_alone_is_not_known(child: Alert) -> None:
    far = factories.alert(
        5, division="640104101010", person=factories.person(900, division="640105005990").pk, indicator="A06",
        wall="minor",
    )  # fmt: skip
    tables = ("registry_person_record", "lake_identity", "registry_membership")
    known = {
        name: rows(signed(account))
        for name, account in {"has": somebody("has", Matter.MINOR), "none": somebody("none")}.items()
    }
    assert [len(known["has"][table]) - len(known["none"][table]) for table in tables] == [1, 1, 1]
    assert far.person in known["has"]["lake_identity"]


@pytest.fixture
def both(child: Alert) -> tuple[Client, Client]:
    """Two officers of one county; the first has the matter."""
    return signed_in(somebody("has", Matter.MINOR)), signed_in(somebody("none"))


def seen(client: Client, address: str) -> str:
    response = client.get(address)
    return response.content.decode() if response.status_code == 200 else str(response.status_code)


def test_lists_counts_and_pages_are_as_if_there_were_none(child: Alert, both: tuple[Client, Client]) -> None:
    has, none = both
    for address, mark in (
        ("/", child.number), ("/?q=&indicator=A06", child.number), ("/?place=640104101010", child.number),
        ("/gaps/", "YL07"), (f"/people/{child.person}/", "A06"), ("/overrides/", "A07"),
    ):  # fmt: skip
        assert mark in seen(has, address), address
        if address != "/gaps/":
            assert mark not in seen(none, address), address
    gap = Gap.objects.get(item="YL07")
    assert gap.number in seen(has, "/gaps/")
    assert gap.number not in seen(none, "/gaps/")
    assert "应享未享<b>1</b>件" in seen(has, "/gaps/")
    assert "应享未享<b>0</b>件" in seen(none, "/gaps/")
    assert f"/alerts/{child.number}/" in seen(has, f"/people/{child.person}/")


def test_a_walled_page_reads_as_one_that_is_not_there(child: Alert, both: tuple[Client, Client]) -> None:
    has, none = both
    gap = Gap.objects.get(item="YL07")
    for address in (f"/alerts/{child.number}/", f"/gaps/{gap.number}/"):
        assert has.get(address).status_code == 200
        hidden, nothing = none.get(address), none.get(address.replace(address[-3:], "9/"))
        assert (hidden.status_code, nothing.status_code) == (404, 404)
        assert TOKEN.sub("", hidden.content.decode()) == TOKEN.sub("", nothing.content.decode())
        assert hidden.headers.get("ETag") == nothing.headers.get("ETag")
    for act in ("visit", "close", "dispatch", "snooze", "reveal", "aside"):
        refused = none.post(f"/alerts/{child.number}/{act}/", {"purpose": "上门核实", "shown": "identity"})
        assert refused.status_code == 404, act
    by_number = none.post("/people/", {"q": child.number})
    assert by_number.status_code == 200
    assert has.post("/people/", {"q": child.number}).status_code == 302


def test_exports_and_runs_do_not_count_them(child: Alert, both: tuple[Client, Client]) -> None:
    has, none = both

    def sheet(client: Client) -> str:
        response = client.get("/alerts/export.xlsx")
        body = b"".join(response.streaming_content) if response.streaming else response.content
        book = openpyxl.load_workbook(io.BytesIO(body))
        return "\n".join(str(cell.value) for one in book for row in one.iter_rows() for cell in row)

    assert child.number in sheet(has)
    assert child.number not in sheet(none)
    assert "A06" not in sheet(none)
    run = child.run_id
    assert "A06" in seen(has, f"/runs/{run}/")
    assert "A06" not in seen(none, f"/runs/{run}/")
    assert "<dt>新报</dt><dd>13" in seen(has, f"/runs/{run}/")
    assert "<dt>新报</dt><dd>12" in seen(none, f"/runs/{run}/")
    assert "<dt>照旧</dt><dd>—" in seen(none, f"/runs/{run}/")
    assert 'href="/worth/A06/"' not in seen(none, "/worth/")
    assert none.get("/worth/A06/").status_code == 403
    assert "只给有“未成年人受侵害或无人照料”" in seen(none, "/gaps/items/")


def test_the_counts_one_officer_asked_for_are_not_the_others(
    child: Alert, both: tuple[Client, Client]
) -> None:
    has, none = both
    first, second = seen(has, "/"), seen(none, "/")
    assert "2<span" in first or first != second
    assert child.name_masked not in second


def test_acts_need_the_matter_and_go_to_posts_that_have_it(child: Alert) -> None:
    none = somebody("none")
    with pytest.raises(NotAllowed, match="没有“未成年人受侵害或无人照料”这一专门事项"):
        acts.record_visit(child, visited_on=TODAY, met=True, found="在家，有人照料", by=none, on=TODAY)
    village = somebody("village", role=Role.VILLAGE_ASSISTANT, at=factories.VILLAGE)
    town = somebody("town", Matter.MINOR, role=Role.TOWN_OFFICER, at=factories.TOWN)
    assert Roster(on=TODAY).responsible_for(child.division) == village.posts.get()
    assert Roster(on=TODAY).responsible_for(child.division, wall="minor") == town.posts.get()
    by = Account.objects.get(username="first")
    with pytest.raises(Refused, match="该岗位没有“未成年人受侵害或无人照料”这一专门事项"):
        acts.dispatch(child, to_post=village.posts.get(), by=by, on=TODAY)
    assert acts.dispatch(child, by=by, on=TODAY).post == town.posts.get()


def test_a_score_does_not_betray_what_is_behind_a_wall(db: None) -> None:
    matters = Matters(
        [
            Weighed("p1", 9, "D01", 40, TODAY),
            Weighed("p1", 9, "A06", 50, TODAY - timedelta(days=3), "minor"),
            Weighed("h9", 9, "A13", 30, TODAY),
        ]
    )
    terms = TermsOf(TODAY)("")
    plain = matters.weighing("p1", 9, terms, TODAY)
    walled = matters.weighing("p1", 9, terms, TODAY, wall="minor")
    assert [part.indicator for part in plain] == ["D01", "A13"]
    assert [part.indicator for part in walled] == ["A06", "D01", "A13"]
    assert (severity.score(plain), severity.score(walled)) == (70, 120)


MENTAL = "has_severe_mental_disorder"
"""The one fact that says a mental illness by name."""


def rests_on(name: str) -> set[str]:
    uses, found, waiting = graph.of().uses, set[str](), [name]
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            waiting.extend(uses.get(one, ()))
    return found


def test_whatever_rests_on_a_mental_illness_or_on_parents_who_cannot_care_is_behind_a_wall() -> None:
    told = {
        code: WALLS.get(code, "")
        for code, rule in DEFAULT.indicators.items()
        if MENTAL in rests_on(rule.name)
    }
    told |= {one.code: one.wall for one in READINGS if any(MENTAL in rests_on(name) for name in one.names)}
    assert told == {"YL34": "mental"}
    cares = {
        "parents_cannot_care",
        "parents_are_dead",
        "qualifies_as_child_without_care",
        "qualifies_as_orphan",
    }
    children = {code for code, rule in DEFAULT.indicators.items() if cares & rests_on(rule.name)}
    children |= {one.code for one in READINGS if any(cares & rests_on(name) for name in one.names)}
    walled = {code for code, wall in WALLS.items() if wall} | {one.code for one in READINGS if one.wall}
    assert children >= {"A06", "A07", "YL07"}
    assert {"A06", "A07", "YL07"} <= walled
