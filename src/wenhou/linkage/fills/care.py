"""Care, visits and their hazards, service needs, and heating aid, of class E."""

from datetime import timedelta

import ibis
import ibis.expr.types as ir

from wenhou.linkage.fills.at import At, Span
from wenhou.linkage.fills.declare import Reading, Row, Sources, Where, dated, fill
from wenhou.linkage.fills.households import of_register
from wenhou.linkage.fills.register import REGISTER, RELIEF, on_register
from wenhou.policy.facts.living import HEATING_CLOSES, heating_day

HEATING = "YL11"
EMPTY = ["", "{}", "[]"]
"""Lists of hazards that name none."""

fill(
    "care_mode",
    REGISTER,
    how="latest",
    where=lambda row, at: row.care_mode.notnull() & (row.as_of <= at.as_of),
    value=lambda row, at: row.care_mode,
    by=lambda row, at: row.as_of,
    none="无",
)
fill(
    "care_colour",
    REGISTER,
    how="latest",
    where=lambda row, at: on_register(row, at) & row.care_colour.notnull(),
    value=lambda row, at: row.care_colour,
    by=lambda row, at: row.as_of,
    none="无",
)
dated(
    "last_visited_on",
    "has_been_visited",
    of_register("SA-VISIT"),
    day=lambda row, at: row.visited_on,
    where=lambda row, at: row.met,
)


def _open_hazards(sources: Sources, at: At) -> ir.Table:
    """Visits whose hazards are not closed, neither in the visit itself nor by a later re-inspection, with a colour."""
    visits = of_register("SA-VISIT").rows(sources, at)
    visits = visits.filter(visits.visited_on <= at.as_of)
    closed_on = visits.hazard_closed_on
    visits = visits.mutate(closed_on=ibis.ifelse(closed_on <= at.as_of, closed_on, ibis.null("date")))
    reviewed = visits.closed_on.max(where=visits.purpose == "整改复核")
    visits = visits.mutate(reviewed_on=reviewed.over(ibis.window(group_by=visits.household)))
    listed = visits.hazards.notnull() & ~visits.hazards.isin(EMPTY)
    later = ibis.coalesce(visits.reviewed_on >= visits.visited_on, ibis.literal(False))
    found = visits.filter(visits.closed_on.isnull() & ~later & (listed | visits.hazard_due_on.notnull()))
    colours = _colours(sources)
    joined = found.left_join(colours, found.household == colours.of_household)
    return joined.mutate(colour=ibis.coalesce(joined.care_colour, joined.kept_colour))


def _colours(sources: Sources) -> ir.Table:
    """The register's colour of each household."""
    told = sources.register.filter(lambda row: row.care_colour.notnull() & row.household.notnull())
    newest = told.care_colour.argmax(told.as_of)
    return told.group_by(of_household=told.household).aggregate(kept_colour=newest)


HAZARDS = Reading("SA-VISIT/hazards", "SA-VISIT", "household", "household", _open_hazards, also=("SA-ARCH",))


def _hazard(colour: str, has_due: bool | None) -> Where:
    def selected(row: Row, at: At) -> ir.BooleanValue:
        coloured = row.colour == colour
        return coloured if has_due is None else coloured & (row.hazard_due_on.notnull() == has_due)

    return selected


dated(
    "red_hazard_due_on",
    "has_red_hazard_due",
    HAZARDS,
    day=lambda row, at: row.hazard_due_on,
    how="min",
    where=_hazard("红", True),
)
dated(
    "red_hazard_found_on",
    "has_undated_red_hazard",
    HAZARDS,
    day=lambda row, at: row.visited_on,
    how="min",
    where=_hazard("红", False),
)
dated(
    "yellow_hazard_found_on",
    "has_yellow_hazard",
    HAZARDS,
    day=lambda row, at: row.visited_on,
    how="min",
    where=_hazard("黄", None),
)
dated(
    "unmatched_need_on",
    "has_unmatched_need",
    "SA-SVC",
    day=lambda row, at: row.registered_on,
    how="min",
    where=lambda row, at: (
        (row.status == "登记") & ibis.coalesce(row.matched_on > at.as_of, ibis.literal(True))
    ),
)


def _was_on_register(row: Row, at: At) -> ir.BooleanValue:
    """On 1 November: confirmed by then, and not left."""
    day = heating_day(at.as_of)
    stayed = ibis.coalesce(row.exit_on > day, row.status != "退出", ibis.literal(True))
    return (row.confirmed_on <= day) & stayed


fill(
    "was_dibao_or_near_in_november",
    REGISTER,
    how="exists",
    where=lambda row, at: row.category.isin(["DB", "BY"]) & _was_on_register(row, at),
)
fill(
    "was_tekun_in_november",
    REGISTER,
    how="exists",
    where=lambda row, at: (row.category == "TK") & _was_on_register(row, at),
)


def _was_orphan(row: Row, at: At) -> ir.BooleanValue:
    day = heating_day(at.as_of)
    went_on = ibis.coalesce(row.stop > day, ibis.literal(True))
    told = row.month.between(day, at.as_of)
    return (row.kind == "孤儿") & (row.status == "发放") & told & (row.start <= day) & went_on


def november(at: At) -> Span:
    day = heating_day(at.as_of)
    return Span(day, day + timedelta(days=HEATING_CLOSES - 1), settled=True)


fill("was_orphan_in_november", "DI46", how="exists", where=_was_orphan, window=november)
dated(
    "heating_paid_on",
    "has_heating_paid",
    RELIEF,
    day=lambda row, at: row.status_on,
    how="min",
    where=lambda row, at: (row.item == HEATING) & (row.month == heating_day(at.as_of)),
    window=november,
)
