"""Medical bills, illness, insurance and disability."""

import ibis.expr.types as ir

from wenhou.linkage.fills.at import At
from wenhou.linkage.fills.declare import Reading, Row, Sources, dated, fill
from wenhou.linkage.fills.diagnoses import CARE_NEED, CHRONIC, DEMENTIA, has_prefix

UNAIDED_AFTER_DAYS = 30  # D15: 出院满30日
LONG_STAY_DAYS = 30  # D17: 单次住院≥30日

fill(
    "out_of_pocket_this_year",
    "DI31",
    how="max",
    where=lambda row, at: row.year == at.as_of.year,
    value=lambda row, at: row.oop_total,
    window=lambda at: at.year,
    none=0,
)
fill(
    "inpatient_self_paid_12m",
    "DI29",
    how="sum",
    where=lambda row, at: row.discharge.between(at.complete_months(12).first, at.complete_months(12).last),
    value=lambda row, at: row.self_pay,
    window=lambda at: at.complete_months(12),
)
fill(
    "outpatient_self_paid_12m",
    "DI30",
    how="sum",
    where=lambda row, at: row.month.between(at.complete_months(12).first, at.complete_months(12).last),
    value=lambda row, at: row.self_pay,
    window=lambda at: at.complete_months(12),
)
fill(
    "largest_stay_self_paid_12m",
    "DI29",
    how="max",
    where=lambda row, at: row.discharge.between(at.within_months(12).first, at.as_of),
    value=lambda row, at: row.self_pay,
    window=lambda at: at.within_months(12),
    none=0,
)
fill(
    "unaided_remainder",
    "DI29",
    how="max",
    where=lambda row, at: (row.aid_pay == 0) & (row.discharge <= at.days_ago(UNAIDED_AFTER_DAYS)),
    value=lambda row, at: row.in_policy - row.basic_pay - row.serious_pay,
    none=0,
)


def _needs_care(row: Row, at: At) -> ir.BooleanValue:
    return has_prefix(row.diag_code, CARE_NEED) | (
        row.discharge.delta(row.admit, unit="day") >= LONG_STAY_DAYS
    )


dated(
    "care_need_discharge_on",
    "has_care_need_discharge",
    "DI29",
    day=lambda row, at: row.discharge,
    where=_needs_care,
)
fill(
    "has_dementia_record",
    "DI29",
    how="exists",
    where=lambda row, at: has_prefix(row.diag_code, DEMENTIA) & (row.discharge <= at.as_of),
)


def _unrecognised(sources: Sources, at: At) -> ir.Table:
    """Discharges with a chronic diagnosis whose ICD category has no valid recognition of the same person."""
    stays = sources["DI29"].filter(lambda row: has_prefix(row.diag_code, CHRONIC))
    stays = stays.mutate(category=stays.diag_code.substr(0, 3))
    recognised = sources["DI30"].filter(lambda row: (row.status == "有效") & (row.recog_date <= at.as_of))
    known = recognised.select(known_person=recognised.id_no, known=recognised.disease_code.substr(0, 3))
    same = [stays.id_no == known.known_person, stays.category == known.known]
    return stays.anti_join(known.distinct(), same)


UNRECOGNISED = Reading("DI29/unrecognised", "DI29", "id_no", "person", _unrecognised, also=("DI30",))
dated(
    "unrecognised_chronic_discharge_on",
    "has_unrecognised_chronic_discharge",
    UNRECOGNISED,
    day=lambda row, at: row.discharge,
    how="min",
)


def _in_care(row: Row, at: At) -> ir.BooleanValue:
    return (row.status == "在管") & (row.diag_date <= at.as_of)


fill(
    "has_serious_illness",
    "DI32",
    how="exists",
    where=lambda row, at: _in_care(row, at) & row.disease_class.isin(["大病专项", "重特大疾病", "罕见病"]),
)
fill(
    "has_severe_mental_disorder",
    "DI32",
    how="exists",
    where=lambda row, at: _in_care(row, at) & (row.disease_class == "严重精神障碍"),
)
fill(
    "has_basic_insurance_this_year",
    "DI28",
    how="exists",
    where=lambda row, at: (row.year == at.as_of.year) & row.paid & (row.status == "正常"),
    window=lambda at: at.year,
)
fill(
    "is_basic_insurance_broken",
    "DI28",
    how="exists",
    where=lambda row, at: (row.year == at.as_of.year) & (~row.paid | (row.status == "中断")),
    window=lambda at: at.year,
)
