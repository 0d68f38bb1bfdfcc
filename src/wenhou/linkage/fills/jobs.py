"""Work, insurance and pensions as they change. A sum needs its whole span covered, as in `income`."""

from collections.abc import Callable

import ibis
import ibis.expr.types as ir

from wenhou.linkage.fills.at import At, Span
from wenhou.linkage.fills.declare import Reading, Row, Sources, Where, Worth, dated, fill
from wenhou.linkage.fills.households import of_members
from wenhou.linkage.fills.income import LATEST_YEAR
from wenhou.linkage.fills.means import MEDICAL, REHABILITATION
from wenhou.linkage.fills.register import REGISTER, on_register

Window = Callable[[At], Span]
EMPLOYED = ["工资薪金", "劳务报酬"]
LIMITED_BENEFITS = ["失业保险金", "失业补助金"]
PERIODIC = ["伤残津贴", "供养亲属抚恤金", "遗属补助"]
NOT_COUNTED = ("计划生育", "计生", "优抚", "抚恤", "救助", "见义勇为", "奖学")
"""Words in a subsidy's name that S1§13 does not count."""
PENSION, JOBLESS = ("养老金",), ("失业保险金", "失业金")
FARM = ("惠农补贴", "土地流转租金")
WAGES = ("近12个月工资性收入", "wages_12m")
REVENUE = ("近12个月经营收入", "business_revenue_12m")
COSTS = (
    ("近12个月经营费用", "business_costs_12m"),
    ("近12个月固定资产折旧", "depreciation_12m"),
    ("近12个月生产税", "production_tax_12m"),
)
OTHERS = (
    ("近12个月出租等财产收入", "rental_income_12m"),
    ("近12个月其他转移收入", "other_transfers_12m"),
)
SPEAKS_MONTHS = 12
"""So long a declaration speaks (docs/discussions/the-law.md)."""


def _back(first: int, last: int) -> Window:
    return lambda at: at.months_back(first, last)


SPANS = {"3m": _back(3, 1), "4_15m": _back(15, 4), "4_12m": _back(12, 4), "12m_before": _back(13, 2)}
YEAR = _back(12, 1)


def _inside(window: Window, column: str, more: Where | None = None) -> Where:
    def selected(row: Row, at: At) -> ir.BooleanValue:
        inside = row[column].between(window(at).first, window(at).last)
        return inside if more is None else inside & more(row, at)

    return selected


def _summed(
    fact: str,
    source: str | Reading,
    window: Window,
    *,
    value: Worth,
    where: Where | None = None,
    column: str = "month",
) -> None:
    """A sum over a span, all of which must be covered."""
    fill(
        fact, source, how="sum", where=_inside(window, column, where), value=value, window=window, whole=True
    )


def _paid(row: Row, at: At) -> ir.BooleanValue:
    return row.status == "发放"


def _amount(row: Row, at: At) -> ir.Value:
    return row.amount


def _after_tax(row: Row, at: At) -> ir.Value:
    return row.income - row.tax


def _net(row: Row, at: At) -> ir.Value:
    return row.amount - row.central_basic


for name, span in SPANS.items():
    _summed(f"earnings_after_tax_{name}", "DI26", span, value=_after_tax, column="period")
    if name == "4_12m":
        continue
    _summed(f"employee_pension_{name}", "DI11", span, value=_amount, where=_paid)
    _summed(
        f"periodic_benefits_{name}",
        "DI13",
        span,
        value=_amount,
        where=lambda row, at: row.kind.isin(PERIODIC),
    )
    _summed(f"unemployment_benefits_{name}", "DI16", span, value=_amount)
    if name != "12m_before":
        _summed(f"resident_pension_net_{name}", "DI12", span, value=_net, where=_paid)

BEFORE = SPANS["12m_before"]
_summed("resident_pension_12m_before", "DI12", BEFORE, value=_amount, where=_paid)
_summed(
    "central_basic_pension_12m_before",
    "DI12",
    BEFORE,
    value=lambda row, at: row.central_basic,
    where=_paid,
)
for name, span in (("12m", YEAR), ("12m_before", BEFORE)):
    _summed(
        f"employed_earnings_{name}",
        "DI26",
        span,
        value=lambda row, at: row.income,
        where=lambda row, at: row.income_item.isin(EMPLOYED),
        column="period",
    )
_summed("medical_self_paid_12m_before", MEDICAL, BEFORE, value=lambda row, at: row.own, column="day")
_summed(
    "rehabilitation_self_paid_12m_before",
    "DI42",
    BEFORE,
    value=lambda row, at: row.self_pay,
    where=lambda row, at: (row.status == "已服务") & row.service.isin(REHABILITATION),
    column="service_date",
)


def _of_latest_year(window: Window) -> Callable[[Sources, At], ir.Table]:
    def rows(sources: Sources, at: At) -> ir.Table:
        span = window(at)
        assert span.first is not None
        touched = sources["DI38"].filter(lambda row: row.year.between(span.first.year, span.last.year))
        latest = touched.mutate(latest_year=touched.year.max().over(ibis.window(group_by="id_no")))
        return latest.filter(latest.year == latest.latest_year)

    return rows


def _yearly(fact: str, source: Reading, window: Window, *, value: Worth, where: Where | None = None) -> None:
    def touched(at: At) -> Span:
        return Span(window(at).first, window(at).last)

    fill(fact, source, how="sum", where=where, value=value, window=touched, whole=True)


def _rent(row: Row, at: At) -> ir.Value:
    return ibis.coalesce(row.transfer_rent, 0)


EARLIER = Reading("DI38/latest_year_before", "DI38", "id_no", "person", _of_latest_year(BEFORE))
_yearly("farm_subsidies_12m_before", EARLIER, BEFORE, value=_amount)
_yearly("land_rent_12m_before", EARLIER, BEFORE, value=_rent)


def _counted(row: Row, at: At) -> ir.BooleanValue:
    return ~ibis.or_(*(row.subsidy_kind.contains(word) for word in NOT_COUNTED))


_yearly(
    "countable_farm_income",
    LATEST_YEAR,
    YEAR,
    value=lambda row, at: row.amount + _rent(row, at),
    where=_counted,
)


def _registered(sources: Sources, contract: str) -> ir.Table:
    """A contract's rows of people who stand in the register's rows: few, so that ranking them costs little."""
    return sources[contract].semi_join(sources.register, "id_no")


def _unbroken(sources: Sources, at: At) -> ir.Table:
    """Months insured as an employee; `run`: those that go on without a gap to the last complete month."""
    last = YEAR(at).last
    rows = _registered(sources, "DI10").filter(
        lambda row: (row.identity == "单位职工") & row.paid & (row.month <= last)
    )
    kinds = ibis.window(group_by=["id_no", "month"], order_by=["delivery", "line"])
    rows = rows.mutate(kind_no=ibis.row_number().over(kinds)).filter(lambda row: row.kind_no == 0)
    newest = ibis.row_number().over(ibis.window(group_by="id_no", order_by=ibis.desc("month")))
    back = (last.year - rows.month.year()) * 12 + last.month - rows.month.month()
    return rows.mutate(rank=newest, back=back).mutate(run=lambda row: row["rank"] == row.back)


UNBROKEN = Reading("DI10/unbroken", "DI10", "id_no", "person", _unbroken)
fill(
    "employer_insured_months",
    UNBROKEN,
    how="count",
    where=lambda row, at: row.run,
    window=SPANS["3m"],
    whole=True,
)
fill(
    "employer_insured_since",
    UNBROKEN,
    how="min",
    where=lambda row, at: row.run,
    value=lambda row, at: row.month,
    window=SPANS["3m"],
    whole=True,
)
for name in ("3m", "4_12m"):
    fill(
        f"has_employer_insurance_{name}",
        "DI10",
        how="exists",
        where=_inside(SPANS[name], "month", lambda row, at: (row.identity == "单位职工") & row.paid),
        window=SPANS[name],
    )
fill(
    "public_insurance_months_3m",
    "DI10",
    how="count",
    where=_inside(SPANS["3m"], "month", lambda row, at: (row.insure_kind == "机关事业养老") & row.paid),
    window=SPANS["3m"],
)


def _paid_by_now(row: Row, at: At) -> ir.BooleanValue:
    return (row.status == "发放") & row.month.between(YEAR(at).first, at.as_of)


fill("has_employee_pension", "DI11", how="exists", where=_paid_by_now, window=YEAR)
fill(
    "employee_pension_started_on",
    "DI11",
    how="max",
    where=_paid_by_now,
    value=lambda row, at: row.start_month,
)
fill(
    "employee_pension_latest",
    "DI11",
    how="latest",
    where=_paid_by_now,
    value=_amount,
    by=lambda row, at: row.month,
)
fill("has_resident_pension", "DI12", how="exists", where=_paid_by_now, window=YEAR)
fill(
    "resident_pension_net_latest",
    "DI12",
    how="latest",
    where=_paid_by_now,
    value=_net,
    by=lambda row, at: row.month,
)


def _first_paid(sources: Sources, at: At) -> ir.Table:
    """Payments of whoever was first paid within the twelve months: nothing in the month before those."""
    span = _back(13, 1)(at)
    rows = _registered(sources, "DI12").filter(
        lambda row: (row.status == "发放") & row.month.between(span.first, at.as_of)
    )
    rows = rows.mutate(earliest=rows.month.min().over(ibis.window(group_by="id_no")))
    return rows.filter(rows.earliest >= YEAR(at).first)


FIRST_PAID = Reading("DI12/first_paid", "DI12", "id_no", "person", _first_paid)
fill(
    "has_new_resident_pension",
    FIRST_PAID,
    how="exists",
    where=lambda row, at: row.month >= row.earliest,
    window=_back(13, 1),
    whole=True,
)
fill(
    "resident_pension_first_paid_on",
    FIRST_PAID,
    how="min",
    value=lambda row, at: row.month,
    window=_back(13, 1),
    whole=True,
)

fill(
    "unemployment_benefit_months",
    "DI16",
    how="count",
    where=lambda row, at: (row.amount > 0) & row.month.between(_back(1, 1)(at).first, at.as_of),
    window=_back(1, 1),
)


def _limited(row: Row, at: At) -> ir.BooleanValue:
    return row.kind.isin(LIMITED_BENEFITS) & (row.month <= at.as_of)


fill(
    "unemployment_benefits_end",
    "DI16",
    how="max",
    where=_limited,
    value=lambda row, at: row.entitle_end,
)
fill("has_unemployment_benefits_end", "DI16", how="exists", where=_limited)


def _insured_later(sources: Sources, at: At) -> ir.Table:
    """Insurance paid in work, beside the month in which the same person's benefits ended."""
    benefits = sources["DI16"].filter(lambda row: _limited(row, at))
    ends = benefits.group_by(receiver="id_no").aggregate(ended=benefits.entitle_end.max())
    paid = sources["DI10"].filter(
        lambda row: row.paid & (row.month <= at.as_of) & row.identity.isin(["单位职工", "灵活就业"])
    )
    return paid.join(ends, paid.id_no == ends.receiver)


fill(
    "has_insurance_after_benefits",
    Reading("DI10/after_benefits", "DI10", "id_no", "person", _insured_later, also=("DI16",)),
    how="exists",
    where=lambda row, at: row.month > row.ended,
)


def _open(row: Row, at: At) -> ir.BooleanValue:
    """登记 and not yet cancelled, as `is_registered_unemployed`."""
    there = (row.status == "登记") & (row.reg_date <= at.as_of)
    return there & ibis.coalesce(row.cancel_date > at.as_of, ibis.literal(True))


fill(
    "registered_unemployed_since",
    "DI15",
    how="max",
    where=_open,
    value=lambda row, at: row.reg_date,
)
fill(
    "refusals_in_row",
    "DI15",
    how="latest",
    where=_open,
    value=lambda row, at: row.refusals_in_row,
    by=lambda row, at: row.reg_date,
    none=0,
)


def _latest_posts(sources: Sources, at: At) -> ir.Table:
    """Of each person on the register the job that began last."""
    rows = _registered(sources, "DI14").filter(lambda row: row.start <= at.as_of)
    order = [ibis.desc("start"), ibis.desc("delivery"), ibis.desc("line")]
    rows = rows.mutate(newest=ibis.row_number().over(ibis.window(group_by="id_no", order_by=order)))
    return rows.filter(rows.newest == 0)


LATEST_POST = Reading("DI14/latest", "DI14", "id_no", "person", _latest_posts)


def _public(status: str) -> Where:
    return lambda row, at: (row.job_kind == "公益性岗位") & (row.status == status)


fill(
    "has_latest_post_ending",
    LATEST_POST,
    how="exists",
    where=lambda row, at: _public("在岗")(row, at) & row.end.notnull(),
)
fill("has_latest_post_expired", LATEST_POST, how="exists", where=_public("期满"))
fill(
    "public_post_ends_on",
    LATEST_POST,
    how="max",
    where=lambda row, at: row.job_kind == "公益性岗位",
    value=lambda row, at: row.end,
)

WATCHED = of_members("DI37")


def _watched(row: Row, at: At) -> ir.BooleanValue:
    return (row.kind != "脱贫户") & (row.status == "监测中") & (row.enroll_date <= at.as_of)


fill("is_watched_household", WATCHED, how="exists", where=_watched)
fill(
    "watched_income_per_head",
    WATCHED,
    how="latest",
    where=_watched,
    value=lambda row, at: row.percap_income,
    by=lambda row, at: row.enroll_date,
)


def _has_item(words: tuple[str, ...]) -> Where:
    def selected(row: Row, at: At) -> ir.BooleanValue:
        named = ibis.or_(*(row.income_items.contains(f'"{word}"') for word in words))
        return on_register(row, at) & named

    return selected


def _untold(row: Row, at: At) -> ir.BooleanValue:
    return on_register(row, at) & row.income_items.isnull()


def _yuan(row: Row, *names: str) -> ir.Value:
    """The amount an item is written with, in fen; 0 where it is not there."""
    written = row.income_items.re_extract(rf'"(?:{"|".join(names)})"\s*:\s*"([0-9]+(\.[0-9]+)?)元"', 1)
    return ibis.coalesce(written.nullif("").cast("decimal(18, 2)") * 100, 0)


fill("has_archived_pension", REGISTER, how="exists", where=_has_item(PENSION), unclear=_untold)
fill("has_archived_unemployment_benefit", REGISTER, how="exists", where=_has_item(JOBLESS), unclear=_untold)
fill(
    "archived_farm_income",
    REGISTER,
    how="max",
    where=lambda row, at: on_register(row, at) & row.income_items.notnull(),
    value=lambda row, at: _yuan(row, FARM[0]) + _yuan(row, FARM[1]),
    none=0,
    unclear=_untold,
)


def _speaks(row: Row, at: At) -> ir.BooleanValue:
    """Told within twelve months, by the latest of application, decision, refusal and review."""
    never = ibis.date(1, 1, 1)
    days = (row.applied_on, row.confirmed_on, row.refused_on, row.last_review_on)
    latest = ibis.greatest(*(ibis.coalesce(day, never) for day in days))
    return latest.between(at.within_months(SPEAKS_MONTHS).first, at.as_of)


def _unseen(row: Row, at: At) -> ir.Value:
    costs = _yuan(row, *COSTS[0]) + _yuan(row, *COSTS[1]) + _yuan(row, *COSTS[2])
    others = _yuan(row, *OTHERS[0]) + _yuan(row, *OTHERS[1])
    return ibis.greatest(_yuan(row, *REVENUE) - costs, 0) + others


def _archived(fact: str, value: Worth) -> None:
    fill(
        fact,
        REGISTER,
        how="max",
        where=lambda row, at: on_register(row, at) & row.income_items.notnull() & _speaks(row, at),
        value=value,
        none=0,
        unclear=_untold,
    )


_archived("archived_wages", lambda row, at: _yuan(row, *WAGES))
_archived("archived_unseen_income", _unseen)
dated(
    "grace_ended_on",
    "has_grace_ended",
    REGISTER,
    day=lambda row, at: row.grace_end,
    where=lambda row, at: on_register(row, at) & (row.category == "DB") & (row.status == "在保"),
)
