"""What somebody has at once and should not, and what they should have had: the register beside allowances, counties,
exits, and the months of the price subsidy.
"""

import ibis
import ibis.expr.types as ir

from wenhou.base.month import Month
from wenhou.linkage.fills.at import At, Span
from wenhou.linkage.fills.declare import Reading, Row, Sources, Where, dated, fill
from wenhou.linkage.fills.family import ALLOWANCES
from wenhou.linkage.fills.register import REGISTER, on_register
from wenhou.linkage.fills.waiting import surely

FOR_CHILDREN = ["孤儿", "事实无人抚养"]
FOR_DISABLED = ["困难残疾人生活补贴", "重度残疾人护理补贴"]
PRICE_SUBSIDY, STARTED = "JG01", "price_linkage_started"
MONTHS_LOOKED_AT = 12


def _enjoys(category: str) -> Where:
    """In 保 and counted for the amount: those only listed in a family have nothing of their own."""
    return lambda row, at: (
        on_register(row, at) & (row.category == category) & (row.status == "在保") & row.is_covered
    )


fill("enjoys_dibao", REGISTER, how="exists", where=_enjoys("DB"))
fill("enjoys_tekun", REGISTER, how="exists", where=_enjoys("TK"))


def _going(kinds: list[str]) -> Where:
    def current(row: Row, at: At) -> ir.BooleanValue:
        goes_on = ibis.coalesce(row.stop > at.as_of.replace(day=1), ibis.literal(True))
        return row.kind.isin(kinds) & (row.status == "发放") & goes_on

    return current


for fact, kinds in (("child_allowance_month", FOR_CHILDREN), ("disability_allowance_month", FOR_DISABLED)):
    fill(fact, ALLOWANCES, how="max", where=_going(kinds), value=lambda row, at: row.month)
fill(
    "child_allowance_since",
    ALLOWANCES,
    how="min",
    where=_going(FOR_CHILDREN),
    value=lambda row, at: row.start,
)


def _counties(sources: Sources, at: At) -> ir.Table:
    """Of each person's entries in 保 the first in each county."""
    register = sources.register
    held = register.filter(on_register(register, at) & (register.status == "在保"))
    held = held.mutate(county=held.division_code.substr(0, 6))
    order = ibis.window(group_by=[held.id_no, held.county], order_by=[held.delivery, held.line])
    return held.mutate(first=ibis.row_number().over(order) == 0)


COUNTIES = Reading("SA-ARCH/counties", "SA-ARCH", "id_no", "person", _counties)
fill("supporting_counties", COUNTIES, how="count", where=lambda row, at: row.first)

dated(
    "left_support_on",
    "has_left_support",
    REGISTER,
    day=lambda row, at: row.exit_on,
    where=lambda row, at: row.category.isin(["DB", "TK"]),
)
fill(
    "spending_confirmed_on",
    REGISTER,
    how="max",
    where=lambda row, at: on_register(row, at) & (row.category == "GX"),
    value=lambda row, at: row.confirmed_on,
)
fill(
    "is_spending_expired",
    REGISTER,
    how="exists",
    where=lambda row, at: on_register(row, at) & (row.category == "GX") & surely(row.valid_until < at.as_of),
)
fill(
    "is_able_with_unsteady_income",
    REGISTER,
    how="exists",
    where=lambda row, at: on_register(row, at) & surely(row.dibao_class == "C"),
)


def _months(at: At) -> Span:
    """The months of the index looked at, and the month after the last, in which it is published and paid."""
    return at.complete_months(MONTHS_LOOKED_AT + 1)


def _linked(sources: Sources, at: At) -> ir.Table:
    """Months for which the linkage was started and which should be paid by now, by city or province."""
    last = Month.of(_months(at).last) - 1
    months = [(last - n).first for n in range(MONTHS_LOOKED_AT)]
    told = sources["SA-STD"].filter(lambda row: (row.name == STARTED) & (row.value == 1))
    told = told.mutate(price_month=ibis.literal(months, type="array<date>").unnest())
    until = ibis.coalesce(told.until, ibis.literal(at.as_of))
    return told.filter((told.since <= told.price_month) & (until >= told.price_month))


def _unpaid(sources: Sources, at: At) -> ir.Table:
    """Everybody of the place, for each such month in which they were paid nothing."""
    told, people = _linked(sources, at), sources.people.select("person", "place")
    city = ibis.or_(
        told.division_code == people.place.substr(0, 4) + "00000000",
        told.division_code == people.place.substr(0, 2) + "0000000000",
    )
    paid = sources["SA-PAY"].filter(
        lambda row: (row.item == PRICE_SUBSIDY) & (row.pay_status == "成功") & (row.status_on <= at.as_of)
    )
    paid = paid.select(to="id_no", for_month="month").distinct()
    due = told.join(people, city)
    return due.anti_join(paid, [due.person == paid.to, due.price_month == paid.for_month])


UNPAID = Reading("SA-STD/price_months", "SA-STD", "person", "person", _unpaid, also=("SA-PAY",))
fill(
    "has_price_month_unpaid",
    UNPAID,
    how="exists",
    where=lambda row, at: row.price_month.notnull(),
    window=_months,
    whole=True,
)
fill(
    "price_month_unpaid",
    UNPAID,
    how="max",
    value=lambda row, at: row.price_month,
    window=_months,
    whole=True,
)
