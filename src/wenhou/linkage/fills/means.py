"""What people earn, own and must spend, as departments and banks record it."""

import ibis
import ibis.expr.types as ir

from wenhou.linkage.fills.application import enrolled
from wenhou.linkage.fills.at import At, Span
from wenhou.linkage.fills.declare import OF_CONTRACT, Reading, Row, Sources, Where, Worth, fill, nothing
from wenhou.linkage.fills.households import HOMES, counted, of_members

WAGES = ["工资薪金", "劳务报酬", "稿酬特许权"]
CARS = ["小型客车", "微型客车", "大中型客车", "货车"]
EXEMPT = {"残疾人专用": "残疾人专用车", "摩托车": "二三轮摩托", "三轮": "二三轮摩托"}
"""Kinds that are hits, each with its ground (facts §18: both are shown)."""
GONE = ["注销", "报废"]
STUDY_DAYS = 90
"""So long abroad may be for study."""
REHABILITATION = ["儿童康复", "成人康复", "辅助器具"]


def _twelve(at: At) -> Span:
    return at.complete_months(12)


def _lies_in(column: str) -> Where:
    return lambda row, at: row[column].between(_twelve(at).first, _twelve(at).last)


def _yearly(
    fact: str, source: str | Reading, column: str, *, value: Worth, where: Where | None = None
) -> None:
    """A sum over the twelve complete months, all of which must be covered."""
    inside = _lies_in(column)

    def selected(row: Row, at: At) -> ir.BooleanValue:
        return inside(row, at) if where is None else inside(row, at) & where(row, at)

    fill(fact, source, how="sum", where=selected, value=value, window=_twelve, whole=True)


def _taxed(fact: str, items: list[str]) -> None:
    _yearly(
        fact,
        "DI26",
        "period",
        value=lambda row, at: row.income,
        where=lambda row, at: row.income_item.isin(items),
    )


_taxed("wages_12m", WAGES)
_taxed("rental_income_12m", ["财产租赁"])
_taxed("interest_and_dividends_12m", ["利息股息红利"])
_yearly("income_tax_12m", "DI26", "period", value=lambda row, at: row.tax)
_yearly("business_revenue_12m", "DI27", "period", value=lambda row, at: row.sales)
_yearly("production_tax_12m", "DI27", "period", value=lambda row, at: row.tax_paid)
fill(
    "social_insurance_paid_12m",
    "DI10",
    how="count",
    where=nothing,
    window=_twelve,
    whole=True,
    unclear=lambda row, at: _lies_in("month")(row, at) & row.paid,
)


def _help(sources: Sources, at: At) -> ir.Table:
    return sources["SA-PAY"].filter(lambda row: row.pay_status == "成功")


_yearly(
    "assistance_received_12m",
    Reading("SA-PAY/paid", "SA-PAY", "id_no", "person", _help),
    "month",
    value=lambda row, at: row.amount,
)


def _balances(sources: Sources, at: At) -> ir.Table:
    """Of each account kind at each bank the latest balance."""
    rows = sources["DI47"].filter(lambda row: row.as_of <= at.as_of)
    account = [rows.bank_code, rows.id_no, rows.account_kind]
    newest = rows.mutate(newest=rows.as_of.max().over(ibis.window(group_by=account)))
    return newest.filter(newest.as_of == newest.newest)


def _held(fact: str, source: str | Reading, *, value: Worth, where: Where | None = None) -> None:
    """Banks answer only for those who have authorised: nobody else has none."""
    fill(fact, source, how="sum", value=value, where=where, whole=True, asked="is_authorised")


_held(
    "deposits",
    Reading("DI47/newest", "DI47", "id_no", "person", _balances),
    value=lambda row, at: row.balance,
)
_held(
    "investments",
    "DI48",
    value=lambda row, at: row.market_value,
    where=lambda row, at: (
        row.product.isin(["理财", "基金", "国债", "证券保证金", "贵金属"]) & (row.as_of <= at.as_of)
    ),
)
_held(
    "insurance_value",
    "DI48",
    value=lambda row, at: row.market_value,
    where=lambda row, at: (row.product == "代销商业保险") & (row.as_of <= at.as_of),
)


def _medical(sources: Sources, at: At) -> ir.Table:
    """What stays with the patient within the insurance's scope: stays in designated hospitals, and chronic care."""
    stays = sources["DI29"].filter(lambda row: row.hosp_designated)
    paid = stays.basic_pay + stays.serious_pay + stays.aid_pay + stays.supp_pay
    inpatient = stays.select(
        "id_no",
        "visit_no",
        disease_code=ibis.null("string"),
        day=stays.discharge,
        own=ibis.greatest(stays.in_policy - paid, 0),
        delivery=stays.delivery,
        line=stays.line,
        **{OF_CONTRACT: ibis.literal("DI29")},
    )
    chronic = sources["DI30"]
    outpatient = chronic.select(
        "id_no",
        visit_no=ibis.null("string"),
        disease_code=chronic.disease_code,
        day=chronic.month,
        own=chronic.self_pay,
        delivery=chronic.delivery,
        line=chronic.line,
        **{OF_CONTRACT: ibis.literal("DI30")},
    )
    return inpatient.union(outpatient)


MEDICAL = Reading("DI29/medical", "DI29", "id_no", "person", _medical, also=("DI30",))
_yearly(
    "medical_self_paid_12m",
    MEDICAL,
    "day",
    value=lambda row, at: row.own,
)
_yearly(
    "hospital_stays_self_paid_12m",
    "DI29",
    "discharge",
    value=lambda row, at: row.self_pay,
    where=lambda row, at: row.hosp_designated,
)
_yearly(
    "rehabilitation_self_paid_12m",
    "DI42",
    "service_date",
    value=lambda row, at: row.self_pay,
    where=lambda row, at: (row.status == "已服务") & row.service.isin(REHABILITATION),
)
fill(
    "public_school_fees_12m",
    "DI34",
    how="sum",
    where=enrolled,
    value=lambda row, at: row.tuition + row.boarding,
    unclear=lambda row, at: enrolled(row, at) & (row.school_kind != "公办"),
)

counted("homes", "home_area", HOMES)
VEHICLES = of_members("DI06")


def _in_use(row: Row, at: At) -> ir.BooleanValue:
    known = row.vehicle_type.isin([*CARS, *EXEMPT])
    return known & ~row.status.isin(GONE) & (row.reg_date <= at.as_of)


def _ground(row: Row, at: At) -> ir.Value:
    """By its kind; a car has none."""
    kinds = [(row.vehicle_type == kind, ibis.literal(ground)) for kind, ground in EXEMPT.items()]
    return ibis.cases(*kinds, else_="无")


fill("has_vehicle", VEHICLES, how="exists", where=_in_use)
fill(
    "vehicle_exemption",
    VEHICLES,
    how="latest",
    where=_in_use,
    value=_ground,
    by=lambda row, at: row.vehicle_type.isin(CARS).cast("int64"),  # no kind exempts a household with a car
    none="无",
)
fill(
    "has_large_machinery",
    of_members("DI39"),
    how="exists",
    where=lambda row, at: (
        row.machine_kind.isin(["大型拖拉机", "联合收割机"])
        & (row.status == "在册")
        & (row.buy_date <= at.as_of)
    ),
)
fill(
    "hires_workers",
    of_members("DI24"),
    how="exists",
    where=nothing,
    unclear=lambda row, at: ~row.status.isin(["注销", "吊销"]) & (row.est_date <= at.as_of),
)
fill(
    "pays_for_choice_of_school",
    of_members("DI05"),
    how="exists",
    where=nothing,
    unclear=lambda row, at: (
        (row.exit_date <= at.as_of)
        & (ibis.coalesce(row.entry_date, at.as_of) >= row.exit_date + ibis.interval(days=STUDY_DAYS))
    ),
)
fill(
    "scholarships_12m",
    "DI35",
    how="count",
    where=nothing,
    window=_twelve,
    whole=True,
    unclear=lambda row, at: (row.kind == "其他") & row.granted,
)
