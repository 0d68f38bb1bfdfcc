"""Vehicles, homes, enterprises, provident fund, schools and banks' larger movements, by household or by person."""

from datetime import date

import ibis
import ibis.expr.types as ir

from wenhou.linkage.fills.application import enrolled
from wenhou.linkage.fills.at import At, Span
from wenhou.linkage.fills.declare import Reading, Row, Sources, Where, dated, fill
from wenhou.linkage.fills.households import counted, homes_of, of_members, owners
from wenhou.linkage.fills.register import on_register
from wenhou.linkage.fills.standing import OF_HOME, applications

NO_CARS = ["残疾人专用", "摩托车", "三轮", "拖拉机"]
SMALL = ["小型客车", "微型客车", "货车"]
EARNING = ["营运", "货运"]
GIVEN_UP = ["转移", "注销", "报废"]
PARTED_WITH = ["买卖", "赠与", "征收"]
IN_BEING = "存续"
TRADES = ["商业", "办公", "工业仓储"]
BEFORE_MONTHS = 6
"""C07 looks so many months back from the day an application was accepted."""
RECENT_DAYS = 90
AUTUMN = 9
"""The month in which an autumn term begins."""


def _six(at: At) -> Span:
    return at.complete_months(6)


def _twelve(at: At) -> Span:
    return at.complete_months(12)


# vehicles


def licensed(row: Row, at: At) -> ir.BooleanValue:
    return (row.status == "正常") & ~row.vehicle_type.isin(NO_CARS) & (row.reg_date <= at.as_of)


def _kept_vehicles(sources: Sources, at: At) -> ir.Table:
    """Vehicles of members without those given up after they were registered."""
    people = sources.people.select("person", "household")
    events = sources["DI07"].filter(lambda row: row.event.isin(GIVEN_UP) & (row.event_date <= at.as_of))
    gone = events.select(giver=events.id_no, given=events.plate_no, gone_on=events.event_date)
    told = sources["DI06"]
    kept = told.anti_join(
        gone, [told.id_no == gone.giver, told.plate_no == gone.given, told.reg_date < gone.gone_on]
    )
    return kept.join(people, kept.id_no == people.person)


KEPT = Reading("DI06/kept", "DI06", "household", "household", _kept_vehicles, also=("DI07",))
fill("licensed_vehicles", of_members("DI06"), how="count", where=licensed)
fill("kept_vehicles", KEPT, how="count", where=licensed)
fill(
    "has_archived_vehicle_exemption",
    of_members("SA-ARCH"),
    how="exists",
    where=lambda row, at: row.assets_determined.re_search(r'"汽车豁免已批准"\s*:\s*true'),
)
fill(
    "business_vehicles",
    KEPT,
    how="count",
    where=lambda row, at: licensed(row, at) & row.vehicle_type.isin(SMALL) & row.use_nature.isin(EARNING),
)

# homes and other buildings


def _contracts(sources: Sources, at: At) -> ir.Table:
    """Contracts of members once each, those for homes that the household has not registered at the same place."""
    people = sources.people.select("person", "household")
    signed = sources["DI19"].filter(
        lambda row: (row.use == "住宅") & (row.status == "有效") & (row.sign_date <= at.as_of)
    )
    buyers = owners(sources, at)
    signed = signed.join(buyers, signed.id_no == buyers.person)
    owned = sources["DI17"].select(owner="id_no", at_place="location")
    owned = owned.join(people, owned.owner == people.person).select(owns="household", at_place="at_place")
    loose = signed.anti_join(
        owned.distinct(), [signed.household == owned.owns, signed.location == owned.at_place]
    )
    order = ibis.window(group_by=[loose.household, loose.contract_no], order_by=[loose.delivery, loose.line])
    return loose.mutate(first=ibis.row_number().over(order) == 0)


def _homes_of_members(sources: Sources, at: At) -> ir.Table:
    return homes_of(owners(sources, at), sources)


counted(
    "homes_of_members",
    "home_area_of_members",
    Reading("DI17/members", "DI17", "household", "household", _homes_of_members),
)
CONTRACTS = Reading("DI19/unregistered", "DI19", "household", "household", _contracts, also=("DI17",))
fill("unregistered_homes", CONTRACTS, how="count", where=lambda row, at: row.first)
fill(
    "unregistered_home_area",
    CONTRACTS,
    how="sum",
    where=lambda row, at: row.first,
    value=lambda row, at: row.area.cast("decimal(18, 4)"),
)
dated(
    "home_bought_on",
    "has_bought_home",
    of_members("DI19"),
    day=lambda row, at: row.sign_date,
    where=lambda row, at: row.status == "有效",
)


def _buildings(sources: Sources, at: At) -> ir.Table:
    """Shops, offices and stores of members; `first`: the one row of a unit that several members share."""
    people = sources.people.select("person", "household")
    told = sources["DI17"].filter(
        lambda row: row.use.isin(TRADES) & (row.status == "现势") & (row.reg_date <= at.as_of)
    )
    told = told.join(people, told.id_no == people.person)
    order = ibis.window(group_by=[told.household, told.unit_no], order_by=[told.delivery, told.line])
    return told.mutate(first=ibis.row_number().over(order) == 0)


fill(
    "nonresidential_units",
    Reading("DI17/trades", "DI17", "household", "household", _buildings),
    how="count",
    where=lambda row, at: row.first,
)
fill(
    "household_reviewed_on",
    OF_HOME,
    how="max",
    where=on_register,
    value=lambda row, at: ibis.coalesce(row.last_review_on, row.confirmed_on),
)

# enterprises


def _enterprises(sources: Sources, at: At) -> ir.Table:
    """Enterprises of members beside the tax declarations the household made for them in the six months before."""
    people = sources.people.select("person", "household")
    span = _six(at)
    told = sources["DI27"].filter(lambda row: row.period.between(span.first, span.last))
    told = told.join(people, told.id_no == people.person)
    told = told.group_by(of=told.household, about=told.uscc).aggregate(
        others=(~told.zero_declare).any(), declared=told.count()
    )
    owned = sources["DI24"].join(people, sources["DI24"].id_no == people.person)
    return owned.left_join(told, [owned.household == told.of, owned.uscc == told.about])


def _in_being(row: Row, at: At) -> ir.BooleanValue:
    return (row.status == IN_BEING) & (row.est_date <= at.as_of)


DECLARED = Reading("DI24/declared", "DI24", "household", "household", _enterprises, also=("DI27",))
dated(
    "enterprise_on",
    "has_enterprise",
    of_members("DI24"),
    day=lambda row, at: row.est_date,
    where=_in_being,
)
dated(
    "declaring_enterprise_on",
    "has_declaring_enterprise",
    DECLARED,
    day=lambda row, at: row.est_date,
    where=lambda row, at: _in_being(row, at) & ibis.coalesce(row.others, ibis.literal(False)),
)


def _silent(row: Row, at: At) -> ir.BooleanValue:
    return _in_being(row, at) & row.declared.isnull()


fill(
    "undeclared_enterprise_on",
    DECLARED,
    how="max",
    where=_silent,
    value=lambda row, at: row.est_date,
    window=_six,
    whole=True,
)
fill("has_undeclared_enterprise", DECLARED, how="exists", where=_silent, window=_six, whole=True)


def _holds(row: Row, at: At) -> ir.BooleanValue:
    goes_on = ibis.coalesce(row.end > at.as_of, ibis.literal(True))
    return row.role.isin(["股东", "合伙人"]) & (row.start <= at.as_of) & goes_on


fill(
    "subscribed_capital",
    of_members("DI25"),
    how="sum",
    where=_holds,
    value=lambda row, at: ibis.coalesce(row.subscribed, 0),
)
fill(
    "has_unstated_subscription",
    of_members("DI25"),
    how="exists",
    where=lambda row, at: _holds(row, at) & row.subscribed.isnull(),
)
fill(
    "turnover_12m",
    "DI27",
    how="sum",
    where=lambda row, at: row.period.between(_twelve(at).first, _twelve(at).last),
    value=lambda row, at: ibis.greatest(row.sales, row.invoice_amount),
    window=_twelve,
    whole=True,
)

# provident fund


def _contributions(sources: Sources, at: At) -> ir.Table:
    """Months paid after the last review, each beside how many months its unbroken row has."""
    held = sources.register.filter(on_register(sources.register, at))
    reviewed = held.group_by(whose=held.id_no).aggregate(
        since=ibis.coalesce(held.last_review_on, held.confirmed_on).max()
    )
    told = sources["DI22"].filter(
        lambda row: (row.status == "正常") & (row.amount > 0) & (row.month <= at.as_of)
    )
    paid = told.join(reviewed, told.id_no == reviewed.whose)
    paid = paid.filter(paid.month > paid.since)
    months = paid.month.year() * 12 + paid.month.month()
    own = ibis.window(group_by=paid.id_no, order_by=paid.month)
    paid = paid.mutate(run=months - ibis.dense_rank().over(own))
    together = ibis.window(group_by=[paid.id_no, paid.run])
    return paid.mutate(length=(months.max().over(together) - months.min().over(together) + 1).cast("int64"))


fill(
    "provident_fund_months",
    Reading("DI22/runs", "DI22", "id_no", "person", _contributions, also=("SA-ARCH",)),
    how="max",
    value=lambda row, at: row.length,
    none=0,
)
dated(
    "housing_fund_used_on",
    "has_used_housing_fund",
    of_members("DI23"),
    day=lambda row, at: row.event_date,
    where=lambda row, at: row.event.isin(["购房提取", "发放贷款"]),
)

# schools


def _terms(day: date) -> list[str]:
    """The two terms begun last: 2026春 and 2026秋 from September on, else 2025秋 and 2026春."""
    if day.month >= AUTUMN:
        return [f"{day.year}春", f"{day.year}秋"]
    return [f"{day.year - 1}秋", f"{day.year}春"]


fill(
    "private_tuition",
    "DI34",
    how="sum",
    where=lambda row, at: enrolled(row, at) & row.school_kind.isin(["民办", "国际"]),
    value=lambda row, at: row.tuition,
)
fill(
    "student_aid_two_terms",
    "DI35",
    how="sum",
    where=lambda row, at: row.granted & row.term.isin(_terms(at.as_of)),
    value=lambda row, at: row.amount,
    whole=True,
)

# what banks tell, within an authorisation


def _before_application(sources: Sources, at: At) -> ir.Table:
    """Large transfers out in the months before the household's application was accepted."""
    people = sources.people.select("person", "household")
    accepted = applications(sources, at)
    moved = sources["DI48"].filter(lambda row: row.product == "大额转出")
    moved = moved.join(people, moved.id_no == people.person)
    moved = moved.join(accepted, moved.household == accepted.applicants)
    first = moved.accepted_on - ibis.interval(months=BEFORE_MONTHS)
    return moved.mutate(before=moved.event_date.between(first.cast("date"), moved.accepted_on))


fill(
    "transfers_out_before_application",
    Reading(
        "DI48/before_application", "DI48", "id_no", "person", _before_application, also=("SA-CASE", "SA-ARCH")
    ),
    how="sum",
    where=lambda row, at: row.before & (row.event_date <= at.as_of),
    value=lambda row, at: row.market_value,
    whole=True,
    unclear=lambda row, at: row.event_date.isnull(),
    asked="is_authorised",
)


def _recent_in(row: Row, at: At) -> ir.BooleanValue:
    return (row.product == "大额转入") & row.event_date.between(at.days_ago(RECENT_DAYS), at.as_of)


def _transfers_in(fact: str, how: str, where: Where) -> None:
    fill(
        fact,
        "DI48",
        how=how,
        where=where,
        value=lambda row, at: row.market_value,
        none=0,
        whole=True,
        unclear=lambda row, at: (row.product == "大额转入") & row.event_date.isnull(),
        asked="is_authorised",
    )


_transfers_in("largest_transfer_in_90d", "max", _recent_in)
_transfers_in("transfers_in_90d", "sum", _recent_in)
fill(
    "largest_premium",
    "DI48",
    how="max",
    where=lambda row, at: (
        (row.product == "代销商业保险") & (row.as_of <= at.as_of) & row.annual_premium.notnull()
    ),
    value=lambda row, at: row.annual_premium,
    none=0,
    whole=True,
    asked="is_authorised",
)

# what was disposed of since a refusal

dated(
    "vehicle_disposed_on",
    "has_disposed_vehicle",
    of_members("DI07"),
    day=lambda row, at: row.event_date,
    where=lambda row, at: row.event.isin(GIVEN_UP),
)
dated(
    "home_disposed_on",
    "has_disposed_home",
    of_members("DI18"),
    day=lambda row, at: row.event_date,
    where=lambda row, at: row.event.isin(PARTED_WITH),
)


def _homes_left(sources: Sources, at: At) -> ir.Table:
    """Homes of members without those parted with after they were registered, a home once."""
    people = sources.people.select("person", "household")
    events = sources["DI18"].filter(lambda row: row.event.isin(PARTED_WITH) & (row.event_date <= at.as_of))
    gone = events.select(giver=events.id_no, given=events.unit_no, gone_on=events.event_date)
    told = sources["DI17"].filter(
        lambda row: (row.use == "住宅") & (row.status == "现势") & (row.reg_date <= at.as_of)
    )
    kept = told.anti_join(
        gone, [told.id_no == gone.giver, told.unit_no == gone.given, told.reg_date < gone.gone_on]
    )
    kept = kept.join(people, kept.id_no == people.person)
    order = ibis.window(group_by=[kept.household, kept.unit_no], order_by=[kept.delivery, kept.line])
    return kept.mutate(first=ibis.row_number().over(order) == 0)


fill(
    "homes_left",
    Reading("DI17/left", "DI17", "household", "household", _homes_left, also=("DI18",)),
    how="count",
    where=lambda row, at: row.first,
)


def _closed(row: Row, at: At) -> ir.BooleanValue:
    return row.status.isin(["注销", "吊销"]) & (row.est_date <= at.as_of)


fill("has_closed_enterprise", of_members("DI24"), how="exists", where=_closed)
fill(
    "closed_enterprise_since",
    of_members("DI24"),
    how="min",
    where=_closed,
    value=lambda row, at: row.est_date,
)
