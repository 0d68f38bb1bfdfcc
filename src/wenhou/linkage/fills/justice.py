"""Deaths by three sources, prison and compulsory detoxification, leaving the country."""

import ibis
import ibis.expr.types as ir

from wenhou.linkage.fills.at import At
from wenhou.linkage.fills.declare import Row, dated, fill, plain

DEATHS = ["死亡", "宣告死亡"]


def _lasts_six_months(start: ir.DateValue, end: ir.DateValue) -> ir.BooleanValue:
    """First and last day both belong to a term: from 1 January to 30 June is six months."""
    return end + ibis.interval(days=1) >= start + ibis.interval(months=6)


dated(
    "police_death_on",
    "has_police_death",
    "DI03",
    day=lambda row, at: ibis.coalesce(row.death_date, row.cancel_date),
    how="min",
    where=lambda row, at: row.cancel_reason.isin(DEATHS),
)
dated(
    "declared_missing_on",
    "is_declared_missing",
    "DI03",
    day=lambda row, at: row.cancel_date,
    where=lambda row, at: row.cancel_reason == "宣告失踪",
)
dated(
    "hospital_death_on",
    "has_hospital_death",
    plain("DI33", "deceased_id"),
    day=lambda row, at: row.event_date,
    how="min",
    where=lambda row, at: row.kind == "死亡",
)
dated("cremated_on", "is_cremated", "DI45", day=lambda row, at: row.cremation_date, how="min")


def _imprisoned(row: Row, at: At) -> ir.BooleanValue:
    return (row.status == "在押") & (row.term_start <= at.as_of)


dated(
    "prison_since",
    "is_in_prison",
    "DI08",
    day=lambda row, at: row.term_start,
    where=lambda row, at: row.status == "在押",
)
fill(
    "is_in_prison_six_months",
    "DI08",
    how="exists",
    where=lambda row, at: _imprisoned(row, at) & _lasts_six_months(row.term_start, row.term_end),
)


def _in_detox(row: Row, at: At) -> ir.BooleanValue:
    return (row.kind == "强制隔离戒毒") & (row.status == "执行中") & (row.start <= at.as_of)


dated("detox_since", "is_in_detox", "DI09", day=lambda row, at: row.start, where=_in_detox)
fill(
    "is_in_detox_six_months",
    "DI09",
    how="exists",
    where=lambda row, at: _in_detox(row, at) & _lasts_six_months(row.start, row.end),
)


def _back(row: Row, at: At) -> ir.DateValue:
    """The day of return; the day asked about for those still away."""
    return ibis.least(ibis.coalesce(row.entry_date, ibis.literal(at.as_of)), ibis.literal(at.as_of))


def _days_within(row: Row, at: At) -> ir.IntegerValue:
    first = at.within_months(12).first
    left = ibis.greatest(row.exit_date, ibis.literal(first))
    return _back(row, at).delta(left, unit="day")


fill(
    "exits_abroad_12m",
    "DI05",
    how="count",
    where=lambda row, at: row.exit_date.between(at.within_months(12).first, at.as_of),
    window=lambda at: at.within_months(12),
)
fill(
    "days_abroad_12m",
    "DI05",
    how="sum",
    where=lambda row, at: (row.exit_date <= at.as_of) & (_back(row, at) >= at.within_months(12).first),
    value=_days_within,
    window=lambda at: at.within_months(12),
)
