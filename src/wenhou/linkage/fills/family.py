"""Marriages, divorces and births matched with who lives together; school; allowances."""

import ibis
import ibis.expr.types as ir

from wenhou.linkage.fills.at import At
from wenhou.linkage.fills.declare import Reading, Row, Sources, dated, fill
from wenhou.linkage.fills.justice import DEATHS


def _couples(sources: Sources, at: At) -> ir.Table:
    """Registered events of both spouses, whoever's row told it, with both households and the couple's latest event."""
    rows = sources["DI44"].filter(
        lambda row: row.event.isin(["结婚", "离婚", "撤销"]) & (row.event_date <= at.as_of)
    )
    events = rows.select("id_no", "spouse_id", "event", "event_date", "delivery", "line")
    told = events.filter(events.spouse_id.notnull())
    mirrored = told.select(
        told.event,
        told.event_date,
        told.delivery,
        told.line,
        id_no=told.spouse_id,
        spouse_id=told.id_no,
    ).select(*events.columns)
    both = events.union(mirrored)
    couple = ibis.window(group_by=[both.id_no, both.spouse_id])
    mine = ibis.window(group_by=both.id_no)
    both = both.mutate(
        couple_last=both.event_date.max().over(couple),
        person_last=both.event_date.max(where=both.event == "结婚").over(mine),
    )
    return _with_households(both, sources)


def _with_households(events: ir.Table, sources: Sources) -> ir.Table:
    own = sources.people.select(own_person="person", own_household="household")
    theirs = sources.people.select(their_person="person", their_household="household")
    joined = events.left_join(own, events.id_no == own.own_person)
    joined = joined.left_join(theirs, joined.spouse_id == theirs.their_person)
    together = joined.own_household == joined.their_household
    return joined.mutate(together=ibis.coalesce(together, ibis.literal(False)))


COUPLES = Reading("DI44/couples", "DI44", "id_no", "person", _couples)
dated(
    "last_married_on",
    "has_married",
    COUPLES,
    day=lambda row, at: row.event_date,
    where=lambda row, at: row.event == "结婚",
)
dated(
    "last_divorced_on",
    "has_divorced",
    COUPLES,
    day=lambda row, at: row.event_date,
    where=lambda row, at: row.event == "离婚",
)
fill(
    "last_marital_event",
    COUPLES,
    how="latest",
    where=lambda row, at: row.event.isin(["结婚", "离婚", "撤销"]) & (row.event_date <= at.as_of),
    value=lambda row, at: row.event,
    by=lambda row, at: row.event_date,
    none="无",
)
dated(
    "married_outside_household_on",
    "has_married_outside_household",
    COUPLES,
    day=lambda row, at: row.event_date,
    where=lambda row, at: (
        (row.event == "结婚")
        & ~row.together
        & (row.event_date == row.person_last)
        & (row.spouse_id.isnull() | (row.event_date == row.couple_last))
    ),
)
dated(
    "divorced_within_household_on",
    "has_divorced_within_household",
    COUPLES,
    day=lambda row, at: row.event_date,
    where=lambda row, at: (row.event == "离婚") & row.together & (row.event_date == row.couple_last),
)


def _births(sources: Sources, at: At) -> ir.Table:
    """Births by mother of children who live on, with whether the child is in the mother's household."""
    certificates = sources["DI33"]
    dead = certificates.filter(certificates.kind == "死亡").select(dead="deceased_id")
    cancelled = sources["DI03"].filter(lambda row: row.cancel_reason.isin(DEATHS)).select(dead="id_no")
    births = certificates.filter(certificates.kind == "出生")
    gone = dead.union(cancelled)
    alive = births.anti_join(gone, births.newborn_id == gone.dead)
    own = sources.people.select(own_person="person", own_household="household")
    theirs = sources.people.select(their_person="person", their_household="household")
    joined = alive.left_join(own, alive.mother_id == own.own_person)
    joined = joined.left_join(theirs, joined.newborn_id == theirs.their_person)
    together = joined.own_household == joined.their_household
    return joined.mutate(together=ibis.coalesce(together, ibis.literal(False)))


BIRTHS = Reading("DI33/births", "DI33", "mother_id", "person", _births)
dated(
    "newborn_outside_household_on",
    "has_newborn_outside_household",
    BIRTHS,
    day=lambda row, at: row.event_date,
    where=lambda row, at: ~row.together,
)

fill(
    "is_in_basic_schooling",
    "DI34",
    how="exists",
    where=lambda row, at: (
        (row.status == "在读")
        & row.stage.isin(["小学", "初中", "普高", "中职"])
        & (row.enter_date <= at.as_of)
    ),
)


def _latest_allowances(sources: Sources, at: At) -> ir.Table:
    """Each person's latest month of each allowance."""
    rows = sources["DI46"].filter(lambda row: row.month <= at.as_of)
    latest = rows.mutate(latest=rows.month.max().over(ibis.window(group_by=[rows.id_no, rows.kind])))
    return latest.filter(latest.month == latest.latest)


ALLOWANCES = Reading("DI46/latest", "DI46", "id_no", "person", _latest_allowances)


def _gets(fact: str, kind: str) -> None:
    def current(row: Row, at: At) -> ir.BooleanValue:
        goes_on = ibis.coalesce(row.stop > at.as_of.replace(day=1), ibis.literal(True))
        return (row.kind == kind) & (row.status == "发放") & goes_on

    fill(fact, ALLOWANCES, how="exists", where=current)


_gets("gets_orphan_allowance", "孤儿")
_gets("gets_child_without_care_allowance", "事实无人抚养")
_gets("gets_disability_living_allowance", "困难残疾人生活补贴")
_gets("gets_disability_care_allowance", "重度残疾人护理补贴")
_gets("gets_old_age_allowance", "高龄津贴")
