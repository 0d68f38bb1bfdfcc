"""The register, payments, cases, visits, authorisations; and the agriculture department's watch."""

from typing import Any

import ibis
import ibis.expr.types as ir

from wenhou.linkage.fills.at import At
from wenhou.linkage.fills.declare import Reading, Row, Sources, Where, Worth, dated, fill
from wenhou.linkage.fills.justice import DEATHS

SIX = ["DB", "TK", "BY", "GX", "JC", "QT"]
ADJUSTMENTS = ["增发", "减发", "停发"]
EXPENDITURE_RELIEF = "YL06"


def _register(sources: Sources, at: At) -> ir.Table:
    return sources.register


REGISTER = Reading("SA-ARCH", "SA-ARCH", "id_no", "person", _register)


def on_register(row: Row, at: At) -> ir.BooleanValue:
    """在册: one of the six categories, not left, and no exit that has come."""
    stays = ibis.coalesce(row.status != "退出", ibis.literal(True))
    not_yet = ibis.coalesce(row.exit_on > at.as_of, ibis.literal(True))
    return row.category.isin(SIX) & stays & not_yet


def _as(category: str) -> Where:
    return lambda row, at: on_register(row, at) & (row.category == category)


def _entry(
    fact: str,
    *,
    how: str = "exists",
    where: Where = on_register,
    value: Worth | None = None,
    by: Worth | None = None,
    none: Any = None,
) -> None:
    fill(fact, REGISTER, how=how, where=where, value=value, by=by, none=none)


def _supported(row: Row, at: At) -> ir.BooleanValue:
    return on_register(row, at) & (row.status == "在保")


_entry("is_dibao", where=_as("DB"))
_entry("is_tekun", where=_as("TK"))
_entry("is_near_dibao", where=_as("BY"))
_entry("is_unavoidable_spending", where=_as("GX"))
_entry("is_relapse_watch", where=_as("JC"))
_entry("is_other_hardship", where=_as("QT"))
_entry("is_on_register")
_entry("is_supported", where=_supported)
_entry("is_covered", where=lambda row, at: _supported(row, at) & row.is_covered)
_entry("is_single_person_dibao", where=lambda row, at: _as("DB")(row, at) & row.single_person)
_entry("is_applying", where=lambda row, at: row.category == "申请中")
_entry("was_refused", where=lambda row, at: row.category == "未获批")
dated(
    "left_register_on",
    "has_left_register",
    REGISTER,
    day=lambda row, at: row.exit_on,
    where=lambda row, at: row.category.isin(SIX),
)
_entry(
    "register_division",
    how="latest",
    value=lambda row, at: row.division_code,
    by=lambda row, at: row.as_of,
    none="无",
)
_entry(
    "register_county",
    how="latest",
    value=lambda row, at: row.division_code.substr(0, 6),
    by=lambda row, at: row.as_of,
    none="无",
)
_entry("confirmed_on", how="max", value=lambda row, at: row.confirmed_on)
_entry("dibao_confirmed_on", how="max", where=_as("DB"), value=lambda row, at: row.confirmed_on)
_entry("tekun_confirmed_on", how="max", where=_as("TK"), value=lambda row, at: row.confirmed_on)
_entry("last_review_on", how="max", value=lambda row, at: ibis.coalesce(row.last_review_on, row.confirmed_on))
_entry("next_review_on", how="max", value=lambda row, at: row.next_review_on)
_entry("is_able_to_work", where=lambda row, at: on_register(row, at) & row.work_able)
_entry(
    "self_care",
    how="latest",
    where=lambda row, at: on_register(row, at) & row.self_care.notnull(),
    value=lambda row, at: row.self_care,
    by=lambda row, at: ibis.coalesce(row.self_care_on, row.as_of),
    none="无",
)
dated(
    "self_care_on",
    "has_self_care_assessed",
    REGISTER,
    day=lambda row, at: row.self_care_on,
    where=on_register,
)


def _payments(sources: Sources, at: At) -> ir.Table:
    """Successful payments, beside the earliest death of the payee by the police and the funeral homes."""
    police = sources["DI03"].filter(lambda row: row.cancel_reason.isin(DEATHS))
    police = police.select(dead=police.id_no, died_on=ibis.coalesce(police.death_date, police.cancel_date))
    cremated = sources["DI45"].select(dead="id_no", died_on="cremation_date")
    deaths = police.union(cremated).filter(lambda row: row.died_on <= at.as_of)
    earliest = deaths.group_by("dead").aggregate(died_on=deaths.died_on.min())
    paid = sources["SA-PAY"].filter(lambda row: (row.pay_status == "成功") & (row.month <= at.as_of))
    return paid.join(earliest, paid.id_no == earliest.dead)


AFTER_DEATH = Reading("SA-PAY/after_death", "SA-PAY", "id_no", "person", _payments, also=("DI03", "DI45"))


def _later_month(row: Row, at: At) -> ir.BooleanValue:
    return row.month > row.died_on


fill("payments_after_death", AFTER_DEATH, how="count", where=_later_month)
fill("paid_after_death", AFTER_DEATH, how="sum", where=_later_month, value=lambda row, at: row.amount)


def _relief(sources: Sources, at: At) -> ir.Table:
    """Payments by the household of the payee."""
    people = sources.people.select("person", "household")
    paid = sources["SA-PAY"].filter(lambda row: (row.pay_status == "成功") & (row.month <= at.as_of))
    return paid.join(people, paid.id_no == people.person)


RELIEF = Reading("SA-PAY/household", "SA-PAY", "household", "household", _relief)


def _relief_this_year(row: Row, at: At) -> ir.BooleanValue:
    return (row.item == EXPENDITURE_RELIEF) & (row.month.year() == at.as_of.year)


fill(
    "has_expenditure_relief_this_year",
    RELIEF,
    how="exists",
    where=_relief_this_year,
    window=lambda at: at.year,
)
fill(
    "expenditure_relief_this_year",
    RELIEF,
    how="sum",
    where=_relief_this_year,
    value=lambda row, at: row.amount,
    window=lambda at: at.year,
)


def _cases(sources: Sources, at: At) -> ir.Table:
    """Steps of cases by the register's household of that number in that county."""
    numbers = sources.register.select(
        "household", register_no="household_no", register_county=sources.register.division_code.substr(0, 6)
    ).distinct()
    cases = sources["SA-CASE"]
    same = [
        cases.household_no == numbers.register_no,
        cases.division_code.substr(0, 6) == numbers.register_county,
    ]
    return cases.join(numbers, same)


dated(
    "last_adjustment_decided_on",
    "has_adjustment_decided",
    Reading("SA-CASE/household", "SA-CASE", "household", "household", _cases),
    day=lambda row, at: row.decided_on,
    where=lambda row, at: row.kind.isin(ADJUSTMENTS),
)


def _visits(sources: Sources, at: At) -> ir.Table:
    """Visits to a person, beside the day that person was last met."""
    visits = sources["SA-VISIT"].filter(lambda row: row.id_no.notnull() & (row.visited_on <= at.as_of))
    met = visits.visited_on.max(where=visits.met).over(ibis.window(group_by=visits.id_no))
    visits = visits.mutate(met_on=met)
    since = ibis.coalesce(visits.visited_on > visits.met_on, ibis.literal(True))
    return visits.mutate(since_met=since)


VISITS = Reading("SA-VISIT/person", "SA-VISIT", "id_no", "person", _visits)
dated(
    "last_met_on",
    "has_been_met",
    VISITS,
    day=lambda row, at: row.visited_on,
    where=lambda row, at: row.met,
)
fill("visits_missed_in_row", VISITS, how="count", where=lambda row, at: ~row.met & row.since_met)
dated(
    "out_of_contact_since",
    "is_out_of_contact",
    VISITS,
    day=lambda row, at: row.visited_on,
    how="min",
    where=lambda row, at: row.out_of_contact & row.since_met,
)

fill(
    "is_authorised",
    "SA-AUTH",
    how="exists",
    where=lambda row, at: (
        (row.valid_from <= at.as_of)
        & (row.valid_until >= at.as_of)
        & ibis.coalesce(row.withdrawn_on > at.as_of, ibis.literal(True))
    ),
)

fill(
    "is_watched_by_agriculture",
    "DI37",
    how="exists",
    where=lambda row, at: (row.kind != "脱贫户") & (row.status == "监测中") & (row.enroll_date <= at.as_of),
)
fill("is_lifted_from_poverty", "DI37", how="exists", where=lambda row, at: row.kind == "脱贫户")
