"""How cases are handled: what of them waits for how many working days, what was published, whom the county met."""

import ibis
import ibis.expr.types as ir

from wenhou.linkage.fills.at import At
from wenhou.linkage.fills.declare import Reading, Row, Sources, Where, dated, fill
from wenhou.linkage.fills.households import of_members, of_register
from wenhou.linkage.fills.waiting import open_on, surely, waiting

DIBAO, TEKUN, NEAR, SPENDING = "YL01", "YL02", "YL03", "YL04"
INQUIRY, COUNTY = "入户调查", "确认"
APPLIED = "申请"


def cases(sources: Sources, at: At) -> ir.Table:
    """Steps of cases by the applicant's household; beside each whether the case is in hand, inquired, received."""
    told = sources["SA-CASE"].filter(lambda row: row.accepted_on <= at.as_of)
    people = sources.people.select("person", "household")
    begun = surely(told.step_started_on <= at.as_of)
    case = ibis.window(group_by=told.case_no)
    told = told.mutate(
        in_hand=told.decision.isnull() | surely(told.decided_on > at.as_of),
        inquired=surely((begun & (told.step == INQUIRY)).any().over(case)),
        received_on=told.step_started_on.max(where=begun & (told.step == COUNTY)).over(case),
    )
    return told.join(people, told.applicant_id == people.person)


CASES = Reading("SA-CASE/applicant", "SA-CASE", "household", "household", cases)


def _applied(row: Row, items: list[str]) -> ir.BooleanValue:
    """An application in hand for one of the items."""
    return row.in_hand & (row.kind == APPLIED) & row.item.isin(items)


def _case_waiting(name: str, *, where: Where, day: str = "accepted_on") -> None:
    waiting(
        name,
        CASES,
        where=where,
        day=lambda row, at: row[day],
        stopped=lambda row, at: row.suspended_days,
    )


_case_waiting("without_inquiry", where=lambda row, at: _applied(row, [DIBAO, NEAR]) & ~row.inquired)
_case_waiting("at_county_for_dibao", where=lambda row, at: _applied(row, [DIBAO]), day="received_on")
_case_waiting("at_county_for_tekun", where=lambda row, at: _applied(row, [TEKUN]), day="received_on")


def _in_hand(row: Row) -> ir.BooleanValue:
    return _applied(row, [DIBAO, SPENDING])


_case_waiting("in_hand", where=lambda row, at: _in_hand(row) & ~row.delegated & ~row.extended)
_case_waiting("in_hand_delegated", where=lambda row, at: _in_hand(row) & row.delegated & ~row.extended)
_case_waiting("in_hand_extended", where=lambda row, at: _in_hand(row) & row.extended)
waiting(
    "refusal_untold",
    CASES,
    where=lambda row, at: (row.decision == "不予确认") & open_on(row.notified_on, at),
    day=lambda row, at: row.decided_on,
)


def _checks(sources: Sources, at: At) -> ir.Table:
    """Checks asked for within an application in hand, by its household."""
    known = cases(sources, at)
    known = known.filter(known.in_hand & (known.kind == APPLIED))
    known = known.select("household", of_case="case_no").distinct()
    checks = sources["SA-CHK"]
    return checks.join(known, checks.case_no == known.of_case)


waiting(
    "without_check",
    Reading("SA-CHK/applicant", "SA-CHK", "household", "household", _checks, also=("SA-CASE",)),
    where=lambda row, at: open_on(row.started_on, at),
    day=lambda row, at: row.requested_on,
)


def _to_publish(row: Row) -> ir.BooleanValue:
    return _applied(row, [DIBAO, TEKUN])


fill(
    "is_reported_unpublished",
    CASES,
    how="exists",
    where=lambda row, at: _to_publish(row) & row.received_on.notnull() & row.publicity_from.isnull(),
)
fill(
    "reported_unpublished_on",
    CASES,
    how="max",
    where=lambda row, at: _to_publish(row) & row.received_on.notnull() & row.publicity_from.isnull(),
    value=lambda row, at: row.received_on,
)


def _published(row: Row, at: At) -> ir.BooleanValue:
    return _to_publish(row) & row.publicity_from.notnull() & (row.publicity_to <= at.as_of)


fill("has_been_publicised", CASES, how="exists", where=_published)
fill(
    "shortest_publicity",
    CASES,
    how="min",
    where=_published,
    value=lambda row, at: row.publicity_to.epoch_days() - row.publicity_from.epoch_days(),
)


MEETING = ("household", "visited_on", "county_level", "met")


def _unvisited(sources: Sources, at: At) -> ir.Table:
    """Cases of staff's kin and those complained of, whose household the county has not met since acceptance."""
    told = cases(sources, at)
    told = told.filter((told.kin_of_staff | told.complained) & ~surely(told.decision == "终止"))
    ways = (of_register("SA-VISIT"), of_members("SA-VISIT"))
    met = ibis.union(*(way.rows(sources, at).select(*MEETING) for way in ways))
    met = met.filter(met.county_level & met.met & (met.visited_on <= at.as_of))
    last = met.group_by(met_household=met.household).aggregate(met_on=met.visited_on.max())
    joined = told.left_join(last, told.household == last.met_household)
    return joined.filter(~surely(joined.met_on >= joined.accepted_on))


UNVISITED = Reading("SA-CASE/unvisited", "SA-CASE", "household", "household", _unvisited, also=("SA-VISIT",))
fill(
    "has_case_unvisited_by_county",
    UNVISITED,
    how="exists",
    where=lambda row, at: row.accepted_on.notnull(),
    whole=True,
)
fill(
    "unvisited_case_accepted_on",
    UNVISITED,
    how="max",
    value=lambda row, at: row.accepted_on,
    whole=True,
)

dated(
    "refused_on",
    "has_been_refused",
    CASES,
    day=lambda row, at: row.decided_on,
    where=lambda row, at: (
        (row.decision == "不予确认") & (row.kind == APPLIED) & row.item.isin([DIBAO, TEKUN, NEAR, SPENDING])
    ),
)
