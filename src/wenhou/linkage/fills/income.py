"""Visible income of the twelve complete months before, and work. A sum of income needs the whole window covered:
months that are missing would make somebody look poorer than they are."""

from collections.abc import Callable

import ibis
import ibis.expr.types as ir

from wenhou.linkage.fills.at import At, Span
from wenhou.linkage.fills.declare import Reading, Row, Sources, Where, Worth, fill


def _twelve(at: At) -> Span:
    return at.complete_months(12)


def _six(at: At) -> Span:
    return at.complete_months(6)


def _in(span: Callable[[At], Span], column: str) -> Where:
    return lambda row, at: row[column].between(span(at).first, span(at).last)


def _monthly(
    fact: str, contract: str, *, value: Worth, where: Where | None = None, column: str = "month"
) -> None:
    """A sum over the twelve complete months."""
    lies_in = _in(_twelve, column)

    def selected(row: Row, at: At) -> ir.BooleanValue:
        return lies_in(row, at) if where is None else lies_in(row, at) & where(row, at)

    fill(fact, contract, how="sum", where=selected, value=value, window=_twelve, whole=True)


def _paid(row: Row, at: At) -> ir.BooleanValue:
    return row.status == "发放"


_monthly("earnings_after_tax_12m", "DI26", value=lambda row, at: row.income - row.tax, column="period")
_monthly("employee_pension_12m", "DI11", value=lambda row, at: row.amount, where=_paid)
_monthly("resident_pension_12m", "DI12", value=lambda row, at: row.amount, where=_paid)
_monthly("central_basic_pension_12m", "DI12", value=lambda row, at: row.central_basic, where=_paid)
_monthly(
    "periodic_benefits_12m",
    "DI13",
    value=lambda row, at: row.amount,
    where=lambda row, at: row.kind.isin(["伤残津贴", "供养亲属抚恤金", "遗属补助"]),
)
_monthly(
    "survivor_benefits_12m",
    "DI13",
    value=lambda row, at: row.amount,
    where=lambda row, at: row.kind.isin(["供养亲属抚恤金", "遗属补助"]),
)
_monthly("unemployment_benefits_12m", "DI16", value=lambda row, at: row.amount)
_monthly("veteran_benefits_12m", "DI40", value=lambda row, at: row.amount, where=_paid)
_monthly(
    "old_age_allowance_12m",
    "DI46",
    value=lambda row, at: row.amount,
    where=lambda row, at: (row.kind == "高龄津贴") & (row.status == "发放"),
)


def _latest_year(sources: Sources, at: At) -> ir.Table:
    """Yearly payments: each person's rows of the latest calendar year that the twelve months touch."""
    window = _twelve(at)
    assert window.first is not None
    touched = sources["DI38"].filter(lambda row: row.year.between(window.first.year, window.last.year))
    latest = touched.mutate(latest_year=touched.year.max().over(ibis.window(group_by="id_no")))
    return latest.filter(latest.year == latest.latest_year)


LATEST_YEAR = Reading("DI38/latest_year", "DI38", "id_no", "person", _latest_year)


def _yearly(fact: str, *, value: Worth) -> None:
    def touched(at: At) -> Span:
        return Span(_twelve(at).first, at.as_of)

    fill(fact, LATEST_YEAR, how="sum", value=value, window=touched, whole=True)


_yearly("farm_subsidies_12m", value=lambda row, at: row.amount)
_yearly("land_rent_12m", value=lambda row, at: ibis.coalesce(row.transfer_rent, 0))

fill(
    "wages_6m",
    "DI26",
    how="sum",
    where=lambda row, at: _in(_six, "period")(row, at) & (row.income_item == "工资薪金"),
    value=lambda row, at: row.income,
    window=_six,
)
fill(
    "has_employer_insurance_6m",
    "DI10",
    how="exists",
    where=lambda row, at: _in(_six, "month")(row, at) & (row.identity == "单位职工") & row.paid,
    window=_six,
)
fill(
    "is_employed",
    "DI14",
    how="exists",
    where=lambda row, at: (
        (row.status == "在岗")
        & (row.start <= at.as_of)
        & ibis.coalesce(row.end >= at.as_of, ibis.literal(True))
    ),
)
fill(
    "is_registered_unemployed",
    "DI15",
    how="exists",
    where=lambda row, at: (
        (row.status == "登记")
        & (row.reg_date <= at.as_of)
        & ibis.coalesce(row.cancel_date > at.as_of, ibis.literal(True))
    ),
)
