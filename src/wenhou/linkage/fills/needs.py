"""Care, work, school, a roof, help at once, as departments and the product's own rooms record it."""

import ibis
import ibis.expr.types as ir

from wenhou.linkage.fills.at import At, Span
from wenhou.linkage.fills.declare import Reading, Row, Where, fill, nothing
from wenhou.linkage.fills.diagnoses import has_prefix
from wenhou.linkage.fills.family import ALLOWANCES
from wenhou.linkage.fills.households import of_members
from wenhou.linkage.fills.register import REGISTER, RELIEF, on_register

HIV = ("B20", "B21", "B22", "B23", "B24", "Z21")
"""ICD-10: 人类免疫缺陷病毒病、无症状感染."""
CANCERS = ("C50", "C53")
"""ICD-10: 乳腺癌, 宫颈癌; the stage no register tells."""
TEMPORARY_RELIEF = ["YL05", "YL06"]
DAMAGES = ["一般损坏", "严重损坏", "倒塌"]
DISASTER_MONTHS = 12

fill(
    "has_incapacity_record",
    REGISTER,
    how="exists",
    where=lambda row, at: on_register(row, at) & row.self_care.isin(["部分丧失", "完全丧失"]),
)
fill(
    "care_place",
    REGISTER,
    how="latest",
    where=lambda row, at: on_register(row, at) & row.care_mode.notnull(),
    value=lambda row, at: row.care_mode,
    by=lambda row, at: row.as_of,
    none="无",
)
fill(
    "needs_long_term_care",
    "SA-SVC",
    how="exists",
    where=lambda row, at: (
        row.kind.contains("照护") & (row.status != "取消") & (row.registered_on <= at.as_of)
    ),
)


def in_work(row: Row, at: At) -> ir.BooleanValue:
    open_ended = ibis.coalesce(row.end >= at.as_of, ibis.literal(True))
    return (row.status == "在岗") & (row.start <= at.as_of) & open_ended


fill(
    "has_stable_income",
    "DI14",
    how="exists",
    where=lambda row, at: in_work(row, at) & row.job_kind.isin(["单位就业", "公益性岗位"]),
)
fill(
    "is_self_employed",
    "DI14",
    how="exists",
    where=lambda row, at: in_work(row, at) & row.job_kind.isin(["灵活就业", "自主创业"]),
)


def _last(at: At) -> Span:
    return at.complete_months(1)


def _in_months(count: int, more: Where) -> Where:
    def selected(row: Row, at: At) -> ir.BooleanValue:
        span = at.complete_months(count)
        return row.month.between(span.first, span.last) & more(row, at)

    return selected


def _insured(fact: str, kind: str, months: int) -> None:
    fill(
        fact,
        "DI10",
        how="exists",
        where=_in_months(months, lambda row, at: (row.insure_kind == kind) & row.paid),
        window=lambda at: at.complete_months(months),
    )


_insured("is_unemployment_insured", "失业", 1)
_insured("is_resident_pension_insured", "城乡居民养老", 12)
fill(
    "gets_unemployment_benefit",
    "DI16",
    how="exists",
    where=_in_months(1, lambda row, at: row.kind == "失业保险金"),
    window=_last,
)
fill(
    "gets_unemployment_subsidy",
    "DI16",
    how="exists",
    where=_in_months(1, lambda row, at: row.kind == "失业补助金"),
    window=_last,
)
fill(
    "gets_regular_veteran_benefit",
    "DI40",
    how="exists",
    where=_in_months(1, lambda row, at: row.status == "发放"),
    window=_last,
)
fill(
    "is_veteran",
    "DI40",
    how="exists",
    where=lambda row, at: (row.month <= at.as_of) & ~row.kind.isin(["三属", "其他"]),
)

fill(
    "cannot_attend_school",
    "DI36",
    how="latest",
    where=lambda row, at: row.report_date <= at.as_of,
    value=lambda row, at: row.state.isin(["送教上门", "无法入学"]),
    by=lambda row, at: row.report_date,
    none=False,
)


def _awaited(fact: str, services: list[str], source: str | Reading = "DI42") -> None:
    fill(
        fact,
        source,
        how="exists",
        where=lambda row, at: row.service.isin(services) & (row.status == "待服务"),
    )


_awaited("needs_rehabilitation", ["儿童康复", "成人康复"])
_awaited("needs_assistive_device", ["辅助器具"])
_awaited("needs_home_adaptation", ["无障碍改造"], of_members("DI42"))
fill(
    "has_chronic_illness",
    "DI30",
    how="exists",
    where=lambda row, at: (row.status == "有效") & (row.recog_date <= at.as_of),
)
fill(
    "has_child_hiv",
    "DI32",
    how="exists",
    where=lambda row, at: (
        has_prefix(row.disease_code, HIV) & (row.status == "在管") & (row.diag_date <= at.as_of)
    ),
)
fill(
    "has_eligible_cancer",
    "DI32",
    how="exists",
    where=nothing,
    unclear=lambda row, at: (
        has_prefix(row.disease_code, CANCERS) & (row.status == "在管") & (row.diag_date <= at.as_of)
    ),
)
fill(
    "child_allowance_received",
    ALLOWANCES,
    how="sum",
    where=lambda row, at: (
        row.kind.isin(["孤儿", "事实无人抚养"])
        & (row.status == "发放")
        & ibis.coalesce(row.stop > at.as_of.replace(day=1), ibis.literal(True))
    ),
    value=lambda row, at: row.amount,
)


def _relief(row: Row, at: At) -> ir.BooleanValue:
    return row.item.isin(TEMPORARY_RELIEF) & (row.month.year() == at.as_of.year)


fill("relief_times_this_year", RELIEF, how="count", where=_relief, window=lambda at: at.year)
fill(
    "is_relieved_for_same_cause",
    RELIEF,
    how="exists",
    where=nothing,
    window=lambda at: at.year,
    unclear=_relief,
)

fill(
    "rents_home",
    of_members("DI20"),
    how="exists",
    where=lambda row, at: (
        (row.status == "在保")
        & (row.start <= at.as_of)
        & ibis.coalesce(row.end >= at.as_of, ibis.literal(True))
    ),
)
DISASTERS = of_members("DI43")


def _lately(row: Row, at: At) -> ir.BooleanValue:
    span = at.within_months(DISASTER_MONTHS)
    return row.occur_date.between(span.first, at.as_of)


def _struck(at: At) -> Span:
    return at.within_months(DISASTER_MONTHS)


fill("is_struck_by_disaster", DISASTERS, how="exists", where=_lately, window=_struck)
fill(
    "house_damage",
    DISASTERS,
    how="latest",
    where=lambda row, at: _lately(row, at) & row.house_damage.isin(DAMAGES),
    value=lambda row, at: row.house_damage,
    by=lambda row, at: ibis.cases(
        *((row.house_damage == damage, ibis.literal(rank)) for rank, damage in enumerate(DAMAGES)), else_=-1
    ),
    window=_struck,
    none="无",
)
fill(
    "is_without_shelter",
    DISASTERS,
    how="exists",
    where=nothing,
    window=_struck,
    unclear=lambda row, at: _lately(row, at) & (row.house_damage == "倒塌"),
)
fill(
    "is_at_risk_of_relapse",
    of_members("DI37"),
    how="exists",
    where=lambda row, at: (row.kind != "脱贫户") & (row.status == "监测中") & (row.enroll_date <= at.as_of),
)
fill(
    "house_danger_level",
    of_members("DI21"),
    how="latest",
    where=lambda row, at: (row.identify_date <= at.as_of) & (row.rebuild_status != "竣工"),
    value=lambda row, at: row.danger_level,
    by=lambda row, at: row.identify_date,
    none="无",
)
