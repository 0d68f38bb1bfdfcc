"""Every table and every query that rooms offer × every role × where somebody's post is: asked of the database and of the
functions themselves, without a page between. What is expected is told by where things are, not by the code that decides.
"""

import inspect
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from desk import doubting, factories
from desk.conftest import World
from desk.test_matrix import CELLS, DUTIES, HOLDS, NEAR, asking_as
from desk.test_row_security import everything_about, rows, signed
from roles import told
from wenhou.base import trust
from wenhou.base.errors import NotAllowed
from wenhou.desk import alert_export
from wenhou.exchange import queries as exchange
from wenhou.exchange.models import Delivery
from wenhou.fieldwork import queries as fieldwork
from wenhou.fieldwork.models import Visit
from wenhou.linkage import queries as linkage
from wenhou.linkage.enums import IdentityVerdict
from wenhou.linkage.models import IdentityDecision
from wenhou.monitoring import queries as monitoring
from wenhou.monitoring.gaps import queries as gaps
from wenhou.monitoring.models import Alert, Gap
from wenhou.monitoring.worth import figures
from wenhou.registry import queries as registry
from wenhou.registry.models import Membership, PersonRecord
from wenhou.staff.actions import accounts
from wenhou.staff.models import Account
from wenhou.staff.queries import Scope, visible_to

TODAY = factories.TODAY
FOR_ALL = {"staff", "public", "duty"}
SHARED = {
    model._meta.db_table
    for model, kept in trust.declared().items()
    if {way.kind for way in kept.seen.ways()} & FOR_ALL or kept.seen == trust.NOBODY
}
"""Tables that hold nobody's data, or that no page reads."""
OVER_COUNTIES = {
    "monitoring_run",
    "monitoring_gap_run",
    "policy_proposal",
    "policy_dry_run",
    "policy_proposal_event",
    "exchange_delivery",
}
"""What is of a whole county, and so also of a post beneath it; test_matrix opens it."""
ONES_OWN = {
    "staff_submission",
    "staff_look", "staff_old_password", "staff_second_factor", "monitoring_threshold_trial", "staff_odd_looks", "base_audit",
}  # fmt: skip


@pytest.fixture
def both(world: World) -> World:
    theirs = factories.alert(77, division="640105005990", made_in=factories.run(division="640105"))
    everything_about(world.own, world.officer)
    everything_about(theirs, world.neighbour)
    world.theirs = theirs
    return world


@pytest.mark.parametrize(("role", "where"), CELLS)
def test_every_table_gives_what_is_near_and_nothing_else(role: str, where: str, both: World) -> None:
    own, theirs = rows(signed(both.officer)), rows(signed(both.neighbour))
    asking = asking_as(role, where)
    if where == "left":
        accounts.close(account=asking, by=None, on=TODAY)
    seen = rows(signed(asking))
    near, beyond = (
        where in NEAR and role not in DUTIES,
        where in ("neighbour", "parent") and role not in DUTIES,
    )
    above = OVER_COUNTIES if where == "child" else set()
    for table in seen.keys() - SHARED - ONES_OWN - above:
        mine, others = own[table] - theirs[table], theirs[table] - own[table]
        assert (seen[table] >= mine) if near else not seen[table] & mine, (table, "own")
        assert (seen[table] >= others) if beyond else not seen[table] & others, (table, "theirs")
    for table in ONES_OWN - {"base_audit", "staff_look", "staff_odd_looks"}:
        assert not seen[table] & (own[table] | theirs[table]), table


@dataclass
class Here:
    """One place: an open alert of a household and what else is told of its person there."""

    alert: Alert
    gap: Gap
    name: str
    home: int
    mention: int
    file: int
    aside: Alert


def here(number: int, division: str, indicator: str, by: Account) -> Here:
    alert = factories.alert(number, division=division, indicator=indicator, raised_on=TODAY)
    home = Membership.objects.get(person_id=alert.person).household_id
    Alert.objects.filter(pk=alert.pk).update(household=home)
    alert.household = home
    aside = factories.alert(number + 1, division=division, indicator="D10", person=alert.person)
    gap = factories.gap(alert)
    factories.gap(alert, item="YL02")
    factories.set_aside(aside)
    other = factories.alert(number + 3, division=division, indicator="D10")
    mention = doubting.mention(alert.person)
    doubting.doubt(alert.person, mention)
    IdentityDecision.objects.create(
        mention=mention, person=alert.person, verdict=IdentityVerdict.values[0], reason="核对无误", by=by,
        decided_on=TODAY, recorded_at=alert.judgement.run.started_at,
    )  # fmt: skip
    Visit.objects.create(
        number=f"RH{number}", purpose="alert", division=division, person=alert.person, visited_on=TODAY, met=True,
        found="在家", by=by, recorded_at=alert.judgement.run.started_at, reference=f"alert:{alert.number}",
    )  # fmt: skip
    file = factories.delivery(f"d-{number}", division=division[:6])
    name = PersonRecord.objects.get(person_id=other.person).name
    return Here(alert, gap, name, home, mention.pk, file.pk, aside)


@pytest.fixture
def places(world: World) -> dict[str, Here]:
    factories.account("chief-640104")
    Alert.objects.update(state="销号", closed_on=TODAY, outcome="暂不符合")
    return {
        "own": here(20, factories.VILLAGE, "D08", world.officer),
        "theirs": here(30, "640105005990", "D09", world.neighbour),
    }


Ask = Callable[[Scope, Here], Any]
ALL = monitoring.Filters(on=TODAY, tab="all")
QUERIES: dict[str, Ask] = {
    "monitoring.open_alerts": lambda scope, one: [
        row for row in monitoring.open_alerts(scope, ALL) if one.alert.number in row
    ],
    "monitoring.count_alerts": lambda scope, one: monitoring.count_alerts(
        scope, replace(ALL, indicator=one.alert.indicator)
    ),
    "monitoring.filtered": lambda scope, one: monitoring.filtered(
        scope, replace(ALL, place=one.alert.division)
    ),
    "monitoring.in_households": lambda scope, one: monitoring.in_households(scope, [one.home]),
    "monitoring.alert": lambda scope, one: monitoring.alert(one.alert.number, scope),
    "monitoring.others_of": lambda scope, one: monitoring.others_of(one.aside, scope),
    "monitoring.overrides": lambda scope, one: [
        kept for kept in monitoring.overrides(scope, on=TODAY)[0] if kept.subject == one.aside.subject
    ],
    "monitoring.raised_by": lambda scope, one: [
        row for row in monitoring.raised_by(one.alert.run_id, scope) if one.alert.number in row
    ],
    "monitoring.gaps.filtered": lambda scope, one: gaps.filtered(scope, gaps.Filters()).filter(pk=one.gap.pk),
    "monitoring.gaps.by": lambda scope, one: gaps.by(scope, gaps.Filters(place=one.alert.division), "item"),
    "monitoring.gaps.kinds": lambda scope, one: any(
        total.gaps for total in gaps.kinds(scope, gaps.Filters(place=one.alert.division)).values()
    ),
    "monitoring.gaps.alerts_that_say_the_same": lambda scope, one: gaps.alerts_that_say_the_same(
        Gap(item="YL01", kind="应享未享", person=one.alert.person), scope
    ),
    "monitoring.gaps.others_of": lambda scope, one: gaps.others_of(one.gap, scope),
    "monitoring.worth.figures.by_indicator": lambda scope, one: (
        one.alert.indicator in figures.by_indicator(scope, TODAY, TODAY)
    ),
    "monitoring.worth.figures.overlap": lambda scope, one: one.alert.indicator in figures.overlap(scope),
    "fieldwork.visits_for": lambda scope, one: fieldwork.visits_for(f"alert:{one.alert.number}", scope),
    "fieldwork.visits_to": lambda scope, one: fieldwork.visits_to(scope, person=one.alert.person),
    "linkage.waiting": lambda scope, one: [
        row for row in linkage.waiting(scope=scope) if row.mention.pk == one.mention
    ],
    "linkage.queue": lambda scope, one: one.mention in linkage.queue(scope=scope),
    "linkage.candidates": lambda scope, one: linkage.candidates(mention=one.mention, scope=scope),
    "linkage.decided": lambda scope, one: [
        row for row in linkage.decided(scope=scope) if row.mention_id == one.mention
    ],
    "registry.person": lambda scope, one: registry.person(key=one.alert.person, scope=scope, as_of=TODAY),
    "registry.household": lambda scope, one: registry.household(key=one.home, scope=scope, as_of=TODAY),
    "registry.find": lambda scope, one: [
        row for row in registry.find(text=one.name, scope=scope) if row.hukou_division == one.alert.division
    ],
    "registry.people_in": lambda scope, one: registry.people_in(scope).filter(pk=one.alert.person),
    "exchange.deliveries_visible": lambda scope, one: exchange.deliveries_visible(scope).filter(pk=one.file),
    "exchange.delivery": lambda scope, one: exchange.delivery(one.file, scope),
    "exchange.source_health": lambda scope, one: [
        line for line in exchange.source_health(TODAY, scope) if line.division == one.alert.division[:6]
    ],
    "desk.alert_export.visible": lambda scope, one: alert_export.visible(scope).filter(pk=one.alert.pk),
}
"""Query → what it gives of one place; whether there is anything is what is asked."""
COUNTED = {
    "monitoring.summary": lambda scope: monitoring.summary(scope, TODAY)["open"],
    "linkage.counts": lambda scope: linkage.counts(scope=scope, on=TODAY).waiting,
}
"""Query → a number over all that is seen."""
ELSEWHERE = {
    "monitoring.gaps.last_run": "一次比对看过的县都可以知道它跑过",
    "monitoring.gaps.answers": "全县的数，按事项；专门事项的由 test_walls 看",
}
OF_A_FILE = {"exchange.deliveries_visible", "exchange.delivery", "exchange.source_health"}
"""About a county's file: whose post lies beneath it does not see it."""


def told_of(ask: Ask, scope: Scope, one: Here) -> bool:
    try:
        return bool(ask(scope, one))
    except (NotAllowed, Delivery.DoesNotExist):
        return False


@pytest.mark.parametrize(("role", "where"), CELLS)
def test_every_query_tells_of_what_is_near_and_nothing_else(
    role: str, where: str, places: dict[str, Here]
) -> None:
    asking = asking_as(role, where)
    if where == "left":
        accounts.close(account=asking, by=None, on=TODAY)
    scope = visible_to(Account.objects.get(pk=asking.pk), on=TODAY)
    looks = role not in DUTIES and where in HOLDS
    near = {"own": looks and where in NEAR, "theirs": looks and where in ("neighbour", "parent")}
    for by_database in (False, True):
        for name, ask in QUERIES.items():
            for place, one in places.items():
                with told(signed(asking)) if by_database else nullcontext():
                    assert told_of(ask, scope, one) == near[place], (name, place, by_database)
        for name, count in COUNTED.items():
            with told(signed(asking)) if by_database else nullcontext():
                assert bool(count(scope)) == any(near.values()), (name, by_database)


def offered() -> set[str]:
    """Every public function of a room's queries, and of what counts alerts, that takes the reader's scope."""
    root = Path(trust.__file__).parents[1]
    modules = [*root.glob("*/queries.py"), *root.glob("*/*/queries.py"), root / "monitoring/worth/figures.py"]
    modules.append(root / "desk/alert_export.py")
    found = set()
    for path in modules:
        name = ".".join(path.relative_to(root).with_suffix("").parts)
        module = import_module(f"wenhou.{name}")
        for told_, function in inspect.getmembers(module, inspect.isfunction):
            mine = function.__module__ == module.__name__ and not told_.startswith("_")
            if mine and "scope" in inspect.signature(function).parameters:
                found.add(f"{name.removesuffix('.queries')}.{told_}")
    return found


def test_every_query_that_takes_a_scope_is_in_the_matrix() -> None:
    assert offered() - {"monitoring.worth.figures.by_month"} == set(QUERIES) | set(COUNTED) | set(ELSEWHERE)
