"""Every address of the desk and of the machines' doors × every role × where somebody's post is, seen from the object.

What is expected is said here once more, in plain tables, and not taken from the code that decides. Pages are asked as the
database's role of the pages, so both of what the application says and what the database does are tried.
"""

import io
import json
from dataclasses import dataclass, field
from datetime import timedelta

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from desk import factories
from desk.conftest import signed_in
from desk.test_routes import (
    LAWS,
    OPEN,
    SAMPLES,
    WRITES,
    Arguments,
    Sample,
    of_all,
    of_duties,
    of_proposal,
    of_run,
)
from wenhou.api.actions import keys
from wenhou.api.urls import api
from wenhou.base import clock, trust
from wenhou.monitoring.models import Alert
from wenhou.policy.models import Proposal
from wenhou.staff.actions import accounts, delegations
from wenhou.staff.enums import Role
from wenhou.staff.models import Account

PLACES = {
    "own": "640104",
    "neighbour": "640105",
    "parent": "64",
    "child": "640104008",
    "no post": "",
    "expired": "640104",
    "lent": "640104",
    "lent over": "640104",
    "left": "640104",
}
"""Where a post is, seen from an alert in the village 640104101010 and a file of the county 640104. lent: another's, to today;
lent over: to yesterday; left: the account was closed while its session was open."""
NEAR = {"own", "parent", "lent"}
HOLDS = {"own", "neighbour", "parent", "child", "lent"}
# a child of the county stands beneath these: a run over the county looked at it too, a proposal is for it too
BENEATH = {of_run, of_proposal}
# Route → roles that may do it (staff.permits in words); the others are refused and nothing is written.
OFFICERS = {"town_officer", "county_officer"}
POLICY = {"policy_officer"}
MAY: dict[str, set[str]] = {
    "alert_dispatch": OFFICERS, "alert_visit": OFFICERS | {"village_assistant"}, "alert_close": OFFICERS,
    "alert_snooze": OFFICERS, "alert_wake": OFFICERS, "alert_reveal": OFFICERS | {"village_assistant"},
    "alert_aside": {"county_officer"}, "override_take_back": {"county_officer"},
    "gap_review": OFFICERS, "gap_conclude": OFFICERS, "gap_snooze": OFFICERS, "gap_wake": OFFICERS,
    "gap_reveal": OFFICERS | {"village_assistant"},
    "doubt_decide": OFFICERS, "doubt_take_back": OFFICERS, "person_merge": OFFICERS, "person_part": OFFICERS,
    "person_refuse": OFFICERS, "right_take": {"county_officer"}, "right_act": {"county_officer"},
    "right_copy": {"county_officer"}, "run_start": {"county_officer", "exchange_operator"},
    "policy_reckon": POLICY, "policy_submit": POLICY, "policy_withdraw": POLICY, "policy_approve": POLICY,
    "policy_send_back": POLICY, "policy_publish": POLICY,
    "bulk_dispatch": OFFICERS, "bulk_snooze": OFFICERS,
    "staff_propose": {"system_admin"}, "staff_close": {"system_admin"}, "post_approve": {"security_admin"},
    "post_end": {"system_admin", "security_admin"}, "lending_end": {"security_admin"},
}  # fmt: skip
# Pages of the three administrators → who opens them.
DUTIES = {"system_admin", "security_admin", "audit_admin"}
OF_DUTIES = {
    "staff": DUTIES,
    "staff_account": DUTIES,
    "staff_open": {"system_admin"},
    "audit": {"audit_admin"},
}
# Writes that are one's own, or write nothing.
ONES_OWN = {"sign_out", "bulk", "policy_look", "new_codes", "remove_factor", "add_factor", "password"}
GIVEN = {
    "shown": "identity", "purpose": "上门核实前确认住址", "reason": "走访核实后认定，材料齐全",
    "note": "入户核实，材料齐全，已办", "found": "在家，生活困难", "until": "2024-11-29",
    "outcome": "暂不符合", "visited_on": "2024-11-14", "met": "yes", "conclusion": "不属实",
    "verdict": "same", "keep": "this", "other": "1", "role": "analyst", "division": "640104", "since": "2024-11-15",
    "kind": "copy", "asker": "self", "wish": "想知道存了我哪些信息", "said": "副本已当面交给本人",
}  # fmt: skip
# Every role at its own place and every place of one role each time; the rest of the cross in the long form.
CELLS = [
    pytest.param(
        role, where, id=f"{role}-{where}",
        marks=[] if where == "own" or role == "county_officer" else [pytest.mark.slow],
    )
    for role in Role.values
    for where in PLACES
    if not (role in DUTIES and where.startswith("lent"))
]  # fmt: skip
AT_ONES_PLACE = {"run_start", "policy_publish"}
ENDS_THE_CHIEF = {"post_end", "staff_close", "staff_propose"}
NAMES_ANOTHER = {"person_part", "person_refuse", "doubt_take_back", "doubt_decide"}
"""Acts on a second thing, which the matrix does not make."""


@dataclass
class Asked:
    """Who asks, and about what."""

    client: Client
    alert: Alert
    theirs: Alert
    role: str
    near: bool
    where: str
    made: dict[Sample, Arguments] = field(default_factory=dict)

    @property
    def holds(self) -> bool:
        """Whether they have a post that day."""
        return self.where in HOLDS

    def address(self, name: str) -> str:
        """Of the one object that this route is about."""
        sample = SAMPLES[name]
        if sample not in self.made:
            self.made[sample] = sample(self.alert)
            if sample is of_proposal:
                factories.reckoned(Proposal.objects.get(pk=self.made[sample]["key"]))
        return reverse(f"desk:{name}", kwargs=self.made[sample])


def world(role: str, where: str) -> Asked:
    factories.places()
    factories.run()
    factories.account("chief-640104")
    own, theirs = factories.alert(1), factories.alert(2, division="640105005990")
    asking = asking_as(role, where)
    client = signed_in(asking)
    if where == "left":
        assert client.get("/me/").status_code == 200
        accounts.close(account=asking, by=None, on=factories.TODAY)
    return Asked(client, own, theirs, role, where in NEAR, where)


def asking_as(role: str, where: str) -> Account:
    """Somebody whose post is there."""
    borrows = where.startswith("lent")
    asking = factories.account("asking", Role.ANALYST if borrows else Role(role), PLACES[where] or "640104")
    if where in ("no post", "expired") or borrows:
        accounts.end_post(post=factories.post_of(asking), on=factories.TODAY - timedelta(days=1))
    if where == "no post":
        Account.objects.get(pk=asking.pk).posts.all().delete()
    if borrows:
        lender, last = (
            factories.account("lender", Role(role)),
            factories.TODAY - timedelta(days=where == "lent over"),
        )
        delegations.lend(
            post=factories.post_of(lender), to=asking, matters=[], since=last, until=last, reason="外出培训",
            by=lender, on=last,
        )  # fmt: skip
    return asking


def counts() -> dict[str, int]:
    """Rows of every table of the rooms."""
    return {model._meta.db_table: model._default_manager.count() for model in trust.tables()}


def is_near(asked: Asked, name: str) -> bool:
    return asked.near or (asked.where == "child" and SAMPLES[name] in BENEATH)


@pytest.mark.django_db
@pytest.mark.parametrize(("role", "where"), CELLS)
def test_every_page_of_an_object_opens_where_the_post_reaches_and_nowhere_else(role: str, where: str) -> None:
    asked = world(role, where)
    for name, sample in sorted(SAMPLES.items()):
        if sample in (of_all, *LAWS) or name in WRITES:
            continue
        answer = asked.client.get(asked.address(name))
        status = answer.status_code
        if where == "left":
            assert answer.headers.get("Location", "").startswith("/sign-in/?next="), name
        elif name in OF_DUTIES:
            may = role in OF_DUTIES[name] and (asked.near if sample is not of_duties else asked.holds)
            assert status == (200 if may else 404), (name, status)
        elif role in DUTIES or not is_near(asked, name):
            assert status == 404, (name, status)
        elif name == "delivery_rejects" or not asked.near:
            assert status in (200, 302, 403, 404), (
                name,
                status,
            )  # no file of what was rejected; or only in part theirs
        else:
            assert status in (200, 302), (name, status)


@pytest.mark.django_db
@pytest.mark.parametrize(("role", "where"), CELLS)
def test_every_act_is_done_by_who_may_there_and_writes_nothing_else(role: str, where: str) -> None:
    asked = world(role, where)
    # what ends the county's chief comes last: other samples are made by them
    for name in sorted(WRITES - ONES_OWN - OPEN, key=lambda one: (one in ENDS_THE_CHIEF, one)):
        sample = SAMPLES[name]
        address = asked.address(name)
        before = counts()
        given = GIVEN | {"number": [asked.alert.number], "person": asked.alert.person}
        status = asked.client.post(address, given).status_code
        if where == "left":
            assert (status, counts()) == (302, before), name
        elif sample is not of_all and sample not in LAWS and not is_near(asked, name):
            assert (status, counts()) == (404, before), name
        elif role not in MAY[name] or not (asked.near or (name in AT_ONES_PLACE and asked.holds)):
            assert counts() == before, name
        else:
            assert status != 404 or name in NAMES_ANOTHER, name


@pytest.mark.django_db
@pytest.mark.parametrize("where", PLACES)
def test_lists_counts_searches_and_exports_hold_ones_own_and_nothing_else(where: str) -> None:
    asked = world("county_officer", where)
    neighbours = where in ("neighbour", "parent")
    name = factories.PersonRecord.objects.get(person_id=asked.alert.person).name
    page = asked.client.get("/").content.decode()
    assert (asked.alert.number in page, asked.theirs.number in page) == (asked.near, neighbours)
    sheet = exported(asked.client)
    assert (asked.alert.number in sheet, asked.theirs.number in sheet) == (asked.near, neighbours)
    found = asked.client.post("/people/", {"q": name}).content.decode()
    assert (f"/people/{asked.alert.person}/" in found) == asked.near
    by_number = asked.client.post("/people/", {"q": asked.alert.number})
    assert by_number.status_code == (302 if asked.near or where == "left" else 200)


def exported(client: Client) -> str:
    answer = client.get("/alerts/export.xlsx")
    if answer.status_code != 200:
        return ""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    book = openpyxl.load_workbook(io.BytesIO(body))
    return "\n".join(str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row)


def test_every_write_says_who_may() -> None:
    assert set(MAY) | ONES_OWN >= WRITES - OPEN
    assert set(MAY) | ONES_OWN <= set(SAMPLES) | ONES_OWN


DOORS = {
    "push": ("post", "/api/v1/deliveries"),
    "state": ("get", "/api/v1/deliveries/{delivery}"),
    "rejects": ("get", "/api/v1/deliveries/{delivery}/rejects"),
    "ask": ("post", "/api/v1/determinations"),
    "menu": ("get", "/api/v1/determinations/menu"),
}


def test_every_door_of_the_machines_is_in_the_matrix() -> None:
    there = {
        operation.view_func.__name__
        for _, router in api._routers
        for view in router.path_operations.values()
        for operation in view.operations
    }
    assert there == set(DOORS)


@pytest.mark.django_db
@pytest.mark.parametrize("where", ["own", "neighbour", "parent", "child", "revoked", "none"])
def test_a_key_opens_what_its_source_sent_and_nothing_else(where: str) -> None:
    factories.places()
    delivery = factories.delivery("d-9", sender="医保局", rows_rejected=0)
    headers = {}
    if where != "none":
        division = PLACES.get(where, "640104")
        key, secret = keys.issue(
            name="医保局", contracts=[delivery.contract], division=division, by="试", on=clock.now()
        )
        headers = {"HTTP_AUTHORIZATION": f"Bearer {secret}"}
        if where == "revoked":
            keys.revoke(prefix=key.prefix, by="试", on=clock.now())
    client = Client()
    said = client.get(DOORS["state"][1].format(delivery=delivery.pk), **headers)
    closed = where in ("revoked", "none")
    assert said.status_code == (401 if closed else 200 if where in NEAR else 404)
    assert client.get(DOORS["rejects"][1].format(delivery=delivery.pk), **headers).status_code == (
        401 if closed else 404
    )
    assert client.get(DOORS["menu"][1], **headers).status_code == (401 if closed else 200)
    for name in ("push", "ask"):
        answer = client.post(DOORS[name][1], json.dumps({}), content_type="application/json", **headers)
        assert answer.status_code == (401 if closed else 422), name
