"""Who is named on an application and what the procedure knows, as far as deliveries tell it."""

import ibis
import ibis.expr.types as ir

from wenhou.linkage.fills.at import At
from wenhou.linkage.fills.declare import Reading, Row, Sources, fill, nothing, told
from wenhou.linkage.fills.households import of_register

KINSHIP = {
    "申请人": ("01", "02"),
    "配偶": ("10", "11", "12"),
    "子女": ("20", "21", "22", "23", "24", "25", "26", "27", "29", "30", "31", "32", "33", "34", "35", "36", "37", "39"),
    "父母": ("50", "51", "52", "57", "58"),
    "祖父母": ("60", "61", "62", "63", "64"),
    "孙子女": ("40", "41", "42", "43", "44"),
    "兄弟姐妹": ("70", "71", "73", "75", "77", "79"),
}  # fmt: skip
"""GB/T 4761 codes of those who may owe each other support; in-laws and everybody else are 其他."""


def kinship(code: ir.StringValue) -> ir.Value:
    """The word of `policy.facts.choices` for a relation code; 其他 for any other, nothing for none."""
    cases = [(code.isin(list(codes)), ibis.literal(word)) for word, codes in KINSHIP.items()]
    other = ibis.ifelse(code.notnull(), ibis.literal("其他"), ibis.null("string"))
    return ibis.cases(*cases, else_=other)


told("kinship", "person", "DI01", lambda row: kinship(row.relation))


def enrolled(row: Row, at: At) -> ir.BooleanValue:
    return (row.status == "在读") & (row.enter_date <= at.as_of)


fill(
    "school_stage",
    "DI34",
    how="latest",
    where=enrolled,
    value=lambda row, at: row.stage,
    by=lambda row, at: row.enter_date,
    none="无",
)
fill(
    "is_full_time_student",
    "DI34",
    how="exists",
    where=lambda row, at: enrolled(row, at) & row.full_time,
)
fill("boards_at_school", "DI34", how="exists", where=lambda row, at: enrolled(row, at) & (row.boarding > 0))

# What 优抚 pays is for those who have served: it knows of no conscript.
fill("is_conscript", "DI40", how="exists", where=nothing)

told(
    "is_local_hukou",
    "household",
    "DI01",
    lambda row: row.hukou_county == row.county,
)


def _permits(sources: Sources, at: At) -> ir.Table:
    """Permits of members beside the county their household lives in."""
    people = sources.people.select("person", "household")
    homes = sources.households.select(lives_in="household", home="county")
    permits = sources["DI04"].join(people, sources["DI04"].id_no == people.person)
    return permits.join(homes, permits.household == homes.lives_in)


fill(
    "has_residence_permit",
    Reading("DI04/household", "DI04", "household", "household", _permits),
    how="exists",
    where=lambda row, at: (
        (row.status == "有效")
        & (row.reg_date <= at.as_of)
        & (row.valid_to >= at.as_of)
        & (row.division_code.substr(0, 6) == row.home)
    ),
)

CASES = of_register("SA-CASE")
fill("has_kin_in_office", CASES, how="exists", where=lambda row, at: row.kin_of_staff)
fill("has_complaint", CASES, how="exists", where=lambda row, at: row.complained)
fill(
    "has_publicity_objection",
    CASES,
    how="exists",
    where=lambda row, at: row.objection & (row.publicity_to <= at.as_of),
)
fill(
    "is_visited_by_county",
    of_register("SA-VISIT"),
    how="exists",
    where=lambda row, at: row.county_level & row.met & (row.visited_on <= at.as_of),
)
