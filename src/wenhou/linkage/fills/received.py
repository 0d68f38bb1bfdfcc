"""What people receive already: payments of the last complete month, and what departments gave."""

import ibis
import ibis.expr.types as ir

from wenhou.linkage.fills.at import At, Span
from wenhou.linkage.fills.care import HEATING, november
from wenhou.linkage.fills.declare import Row, Where, fill
from wenhou.linkage.fills.family import ALLOWANCES
from wenhou.linkage.fills.households import of_members
from wenhou.linkage.fills.living import DISASTERS, lately, term, this_term, year_of_services
from wenhou.linkage.fills.needs import in_work
from wenhou.linkage.fills.register import RELIEF
from wenhou.policy import facts
from wenhou.policy.facts.living import heating_day

__all__ = ["facts"]

DANGEROUS = ["C", "D"]
LISTED = ["已列入", "施工", "竣工"]
EMPLOYEES = "职工"


def _last_month(at: At) -> Span:
    return at.complete_months(1)


def _in_last_month(row: Row, at: At) -> ir.BooleanValue:
    return row.month == _last_month(at).first


def _amount(row: Row, at: At) -> ir.Value:
    return row.amount


fill(
    "dibao_paid_last_month",
    RELIEF,
    how="sum",
    where=lambda row, at: (row.item == "YL01") & _in_last_month(row, at),
    value=_amount,
    window=_last_month,
)
fill(
    "tekun_paid_last_month",
    "SA-PAY",
    how="sum",
    where=lambda row, at: (row.item == "YL02") & (row.pay_status == "成功") & _in_last_month(row, at),
    value=_amount,
    window=_last_month,
)


def _paid(fact: str, kind: str) -> None:
    def selected(row: Row, at: At) -> ir.BooleanValue:
        return (row.kind == kind) & (row.status == "发放") & _in_last_month(row, at)

    fill(fact, "DI46", how="sum", where=selected, value=_amount, window=_last_month)


_paid("orphan_paid_last_month", "孤儿")
_paid("child_without_care_paid_last_month", "事实无人抚养")
_paid("disability_living_paid_last_month", "困难残疾人生活补贴")
_paid("disability_care_paid_last_month", "重度残疾人护理补贴")
fill(
    "gets_elder_subsidy",
    ALLOWANCES,
    how="exists",
    where=lambda row, at: (
        row.kind.isin(["经济困难老年人补贴", "高龄低收入"])
        & (row.status == "发放")
        & ibis.coalesce(row.stop > at.as_of.replace(day=1), ibis.literal(True))
    ),
)


def _since_last_month(at: At) -> Span:
    return Span(_last_month(at).first, at.as_of)


def _relieved(item: str) -> Where:
    return lambda row, at: (row.item == item) & (row.month >= _last_month(at).first)


fill("has_emergency_relief_lately", RELIEF, how="exists", where=_relieved("YL05"), window=_since_last_month)
fill("has_expenditure_relief_lately", RELIEF, how="exists", where=_relieved("YL06"), window=_since_last_month)
fill(
    "heating_paid",
    RELIEF,
    how="sum",
    where=lambda row, at: (row.item == HEATING) & (row.month == heating_day(at.as_of)),
    value=_amount,
    window=november,
)
fill("has_funeral_waiver", "DI45", how="exists", where=lambda row, at: row.fee_waived > 0)


def _this_year(row: Row, at: At) -> ir.BooleanValue:
    return row.year == at.as_of.year


fill(
    "has_insurance_aid_this_year",
    "DI28",
    how="exists",
    where=lambda row, at: _this_year(row, at) & (row.subsidy_kind != "无"),
    window=lambda at: at.year,
)
fill(
    "is_employee_insured_this_year",
    "DI28",
    how="exists",
    where=lambda row, at: _this_year(row, at) & (row.insure_kind == EMPLOYEES) & (row.status == "正常"),
    window=lambda at: at.year,
)


def _school_aid(fact: str, *kinds: str) -> None:
    def selected(row: Row, at: At) -> ir.BooleanValue:
        return row.granted & row.kind.isin(kinds) & (row.term == term(at)[0])

    fill(fact, "DI35", how="exists", where=selected, window=this_term)


_school_aid("has_preschool_aid", "学前资助")
_school_aid("has_compulsory_aid", "生活补助")
_school_aid("has_upper_school_aid", "普高助学金", "中职助学金", "免学费")
_school_aid("has_college_aid", "国家助学金", "国家助学贷款", "其他")

fill(
    "has_public_post",
    "DI14",
    how="exists",
    where=lambda row, at: in_work(row, at) & (row.job_kind == "公益性岗位"),
)
fill(
    "is_in_danger_renovation",
    of_members("DI21"),
    how="exists",
    where=lambda row, at: row.danger_level.isin(DANGEROUS) & row.rebuild_status.isin(LISTED),
)
fill(
    "has_assistive_device_12m",
    "DI42",
    how="exists",
    where=lambda row, at: (
        (row.service == "辅助器具")
        & (row.status == "已服务")
        & row.service_date.between(year_of_services(at).first, at.as_of)
    ),
    window=year_of_services,
)
fill(
    "has_home_adapted",
    of_members("DI42"),
    how="exists",
    where=lambda row, at: (row.service == "无障碍改造") & (row.status == "已服务"),
)
fill(
    "has_rebuilding_aid",
    DISASTERS,
    how="exists",
    where=lambda row, at: (row.aid_kind == "重建") & (row.aid_amount > 0),
    window=lately,
)
