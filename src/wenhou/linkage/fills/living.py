"""School, housing, disaster, sudden need, care and services of class E."""

from datetime import date

import ibis
import ibis.expr.types as ir

from wenhou.linkage.fills.application import KINSHIP, enrolled
from wenhou.linkage.fills.at import At, Span
from wenhou.linkage.fills.declare import Reading, Row, Sources, dated, fill, plain, told
from wenhou.linkage.fills.diagnoses import INJURIES, has_prefix
from wenhou.linkage.fills.households import of_members
from wenhou.linkage.fills.needs import DISASTER_MONTHS, TEMPORARY_RELIEF
from wenhou.linkage.fills.register import RELIEF

COLLEGE = ["高职专科", "本科"]
COMPULSORY = ["小学", "初中"]
ACCIDENTS = ["交通事故", "火灾", "溺水", "工伤外意外", "突发重病"]
ACCIDENT_DAYS = 30  # E13: an event is looked at by day (facts §18), so long or until it is answered
DIVISION_DIGITS = (2, 4, 6, 9, 12)
AUTUMN, SPRING = 9, 3  # months a term begins in


def term(at: At) -> tuple[str, date]:
    """The term of the day as DI35 and DI36 name it, and its first day."""
    year, month = at.as_of.year, at.as_of.month
    if SPRING <= month < AUTUMN:
        return f"{year}春", date(year, SPRING, 1)
    begun = year if month >= AUTUMN else year - 1
    return f"{begun}秋", date(begun, AUTUMN, 1)


def _school_year(at: At) -> tuple[list[str], date]:
    """Both terms of the school year of the day, and its first day."""
    begun = at.as_of.year if at.as_of.month >= AUTUMN else at.as_of.year - 1
    return [f"{begun}秋", f"{begun + 1}春"], date(begun, AUTUMN, 1)


def this_term(at: At) -> Span:
    """So that what was told of the term before is no answer."""
    return Span(term(at)[1], at.as_of)


def _this_school_year(at: At) -> Span:
    return Span(_school_year(at)[1], at.as_of)


def _term_starts(sources: Sources, at: At) -> ir.Table:
    """Starts of terms by household, with the depth of the place that set them."""
    told = sources["SA-STD"].filter(lambda row: row.name == "term_start")
    told = told.mutate(starts_on=ibis.coalesce(told.text.try_cast("date"), told.since))
    told = told.mutate(depth=told.division_code.re_replace("0+$", "").length())
    places = sources.households.select(place="division").distinct()
    within = [
        places.place.substr(0, digits) + "0" * (12 - digits) == told.division_code
        for digits in DIVISION_DIGITS
    ]
    joined = told.join(places, ibis.or_(*within))
    homes = sources.households.select("household", home="division")
    return joined.join(homes, joined.place == homes.home)


def _place_and_term(row: Row, at: At) -> ir.IntegerValue:
    """A later term before an earlier; of one term the nearest place."""
    autumn = (row.starts_on.month() >= AUTUMN - 1).cast("int64")
    return (row.starts_on.year() * 2 + autumn) * 100 + row.depth


fill(
    "term_starts_on",
    Reading("SA-STD/terms", "SA-STD", "household", "household", _term_starts),
    how="latest",
    where=lambda row, at: row.starts_on <= at.as_of,
    value=lambda row, at: row.starts_on,
    by=_place_and_term,
)
fill(
    "is_granted_this_term",
    "DI35",
    how="exists",
    where=lambda row, at: row.granted & (row.term == term(at)[0]),
    window=this_term,
)
dated(
    "college_entered_on",
    "has_entered_college",
    "DI34",
    day=lambda row, at: row.enter_date,
    where=lambda row, at: enrolled(row, at) & row.stage.isin(COLLEGE),
    window=this_term,
)
fill(
    "schooling_report",
    "DI36",
    how="latest",
    where=lambda row, at: row.report_date <= at.as_of,
    value=lambda row, at: row.state,
    by=lambda row, at: row.report_date,
    none="无",
)
fill(
    "is_home_taught",
    "DI36",
    how="exists",
    where=lambda row, at: (
        (row.state == "送教上门") & (row.term == term(at)[0]) & (row.report_date <= at.as_of)
    ),
    window=this_term,
)
fill(
    "later_school_fees",
    "DI34",
    how="sum",
    where=lambda row, at: enrolled(row, at) & ~row.stage.isin(COMPULSORY),
    value=lambda row, at: row.tuition + row.boarding,
)
fill(
    "school_aid_this_year",
    "DI35",
    how="sum",
    where=lambda row, at: row.granted & row.term.isin(_school_year(at)[0]),
    value=lambda row, at: row.amount,
    window=_this_school_year,
)
told("is_child_of_head", "person", "DI01", lambda row: row.relation.isin(list(KINSHIP["子女"])))


def year_of_services(at: At) -> Span:
    return Span(at.complete_months(12).first, at.as_of)


fill(
    "has_child_rehabilitation_12m",
    "DI42",
    how="exists",
    where=lambda row, at: (
        (row.service == "儿童康复")
        & (row.status == "已服务")
        & row.service_date.between(year_of_services(at).first, at.as_of)
    ),
    window=year_of_services,
)

dated(
    "danger_unlisted_since",
    "is_danger_unlisted",
    of_members("DI21"),
    day=lambda row, at: row.identify_date,
    how="min",
    where=lambda row, at: row.danger_level.isin(["C", "D"]) & (row.rebuild_status == "未列入"),
)
fill(
    "home_contracts",
    of_members("DI19"),
    how="count",
    where=lambda row, at: (row.use == "住宅") & (row.status == "有效") & (row.sign_date <= at.as_of),
)
fill(
    "has_housing_support",
    of_members("DI20"),
    how="exists",
    where=lambda row, at: (
        (row.status == "在保")
        & (row.start <= at.as_of)
        & ibis.coalesce(row.end >= at.as_of, ibis.literal(True))
    ),
)


def lately(at: At) -> Span:
    return at.within_months(DISASTER_MONTHS)


def _disasters(sources: Sources, at: At) -> ir.Table:
    """Rows of the last year, beside the household's latest day of disaster."""
    rows = of_members("DI43").rows(sources, at)
    rows = rows.filter(rows.occur_date.between(lately(at).first, at.as_of))
    return rows.mutate(last_on=rows.occur_date.max().over(ibis.window(group_by=rows.household)))


DISASTERS = Reading("DI43/year", "DI43", "household", "household", _disasters)
dated(
    "severe_damage_on",
    "has_severe_damage",
    DISASTERS,
    day=lambda row, at: row.occur_date,
    where=lambda row, at: row.house_damage.isin(["严重损坏", "倒塌"]),
    window=lately,
)
dated("disaster_on", "has_disaster", DISASTERS, day=lambda row, at: row.occur_date, window=lately)
fill(
    "disaster_loss",
    DISASTERS,
    how="sum",
    where=lambda row, at: row.occur_date == row.last_on,
    value=lambda row, at: row.loss,
    window=lately,
)
fill(
    "disaster_aid",
    DISASTERS,
    how="sum",
    where=lambda row, at: row.occur_date == row.last_on,
    value=lambda row, at: row.aid_amount,
    window=lately,
)
dated(
    "last_relief_month",
    "has_relief",
    RELIEF,
    day=lambda row, at: row.month,
    where=lambda row, at: row.item.isin(TEMPORARY_RELIEF),
    window=lately,
)


def _recent(at: At) -> Span:
    return Span(at.days_ago(ACCIDENT_DAYS), at.as_of)


dated(
    "accident_clue_on",
    "has_accident_clue",
    plain("SA-CLUE", "subject_id"),
    day=lambda row, at: row.reported_on,
    where=lambda row, at: (
        row.kind.isin(ACCIDENTS)
        & (
            (row.reported_on >= _recent(at).first)
            | ibis.coalesce(row.answered_on > at.as_of, ibis.literal(True))
        )
    ),
    window=_recent,
)


def _was_hurt(row: Row, at: At) -> ir.BooleanValue:
    return has_prefix(row.diag_code, INJURIES) & row.discharge.between(_recent(at).first, at.as_of)


fill(
    "injury_self_paid_30d",
    "DI29",
    how="max",
    where=_was_hurt,
    value=lambda row, at: row.self_pay,
    window=_recent,
    none=0,
)


def _stays_of_the_homeless(sources: Sources, at: At) -> ir.Table:
    """Stays of whoever belongs to no household, beside the line of their place, else of the nation."""
    people = sources.people.filter(lambda one: one.household.isnull()).select("person", "place")
    told = sources["DI29"]
    told = told.join(people, told.id_no == people.person)
    return told.mutate(line=sources.standard("accident_cost_line", told.place.substr(0, 6), at.as_of)).drop(
        "place"
    )


fill(
    "accident_cost_line_away",
    Reading("DI29/away", "DI29", "id_no", "person", _stays_of_the_homeless),
    how="max",
    where=_was_hurt,
    value=lambda row, at: row.line,
    window=_recent,
)
