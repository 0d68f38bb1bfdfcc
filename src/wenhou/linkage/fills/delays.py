"""Alerts and clues nobody has answered, and payments that did not arrive."""

import ibis
import ibis.expr.types as ir

from wenhou.linkage.fills.at import At, Span
from wenhou.linkage.fills.declare import Reading, Row, Sources, fill
from wenhou.linkage.fills.handling import APPLIED, DIBAO, TEKUN, cases
from wenhou.linkage.fills.households import of_members
from wenhou.linkage.fills.waiting import open_on, waiting

FAILED = ["失败", "退汇"]


def _alerts(sources: Sources, at: At) -> ir.Table:
    """Alerts by the household of the person they name; `red_from`: the score from which one is red there."""
    homes = sources.households.select(home="household", county="county")
    people = sources.people.select("person", "household")
    people = people.left_join(homes, people.household == homes.home).drop("home")
    told = sources["SA-ALERT"]
    key = ibis.ifelse(told.subject.startswith("p"), told.subject.substr(1).try_cast("int64"), None)
    told = told.mutate(of_person=key)
    told = told.join(people, told.of_person == people.person)
    return told.mutate(red_from=sources.standard("severity_red", told.county, at.as_of)).drop("county")


ALERTS = Reading("SA-ALERT/household", "SA-ALERT", "household", "household", _alerts)
CLUES = of_members("SA-CLUE", key="subject_id")


def _unanswered(row: Row, at: At) -> ir.BooleanValue:
    return row.assigned_on.notnull() & open_on(row.answered_on, at)


def _alert_unanswered(row: Row, at: At) -> ir.BooleanValue:
    return _unanswered(row, at) & ~row.status.isin(["暂缓", "销号"])


def _assigned(row: Row, at: At) -> ir.Value:
    return row.assigned_on


waiting(
    "red_alert_unanswered",
    ALERTS,
    where=lambda row, at: _alert_unanswered(row, at) & (row.severity >= row.red_from),
    day=_assigned,
)
waiting(
    "alert_unanswered",
    ALERTS,
    where=lambda row, at: _alert_unanswered(row, at) & (row.severity < row.red_from),
    day=_assigned,
)
waiting(
    "urgent_clue_unanswered",
    CLUES,
    where=lambda row, at: _unanswered(row, at) & row.urgent,
    day=_assigned,
)
waiting(
    "clue_unanswered",
    CLUES,
    where=lambda row, at: _unanswered(row, at) & ~row.urgent,
    day=_assigned,
)


def _failed(sources: Sources, at: At) -> ir.Table:
    """Payments that failed or came back, without success for the same person, item and month; by household."""
    told = sources["SA-PAY"].filter(lambda row: row.status_on <= at.as_of)
    paid = (
        told.filter(told.pay_status == "成功")
        .select(to="id_no", for_item="item", for_month="month")
        .distinct()
    )
    failed = told.filter(told.pay_status.isin(FAILED))
    same = [failed.id_no == paid.to, failed.item == paid.for_item, failed.month == paid.for_month]
    failed = failed.anti_join(paid, same)
    people = sources.people.select("person", "household")
    return failed.join(people, failed.id_no == people.person)


waiting(
    "payment_failed",
    Reading("SA-PAY/failed", "SA-PAY", "household", "household", _failed),
    where=lambda row, at: ibis.literal(True),
    day=lambda row, at: row.status_on,
)


def _paid(sources: Sources, at: At) -> ir.Table:
    """Successful payments by the payee's household: `payee_home`, `paid_item`, `paid_month`."""
    people = sources.people.select(payee="person", payee_home="household")
    paid = sources["SA-PAY"].filter(lambda row: (row.pay_status == "成功") & (row.status_on <= at.as_of))
    paid = paid.join(people, paid.id_no == people.payee)
    return paid.select("payee_home", paid_item="item", paid_month="month").distinct()


def _first_unpaid(sources: Sources, at: At) -> ir.Table:
    """Confirmed 低保 and 特困 for whose month after the confirmation nothing was paid."""
    told = cases(sources, at)
    told = told.filter((told.decision == "确认") & (told.kind == APPLIED) & told.item.isin([DIBAO, TEKUN]))
    after = told.decided_on.truncate("M") + ibis.interval(months=1)
    told, paid = told.mutate(first_month=after.cast("date")), _paid(sources, at)
    same = [
        told.household == paid.payee_home,
        told.item == paid.paid_item,
        told.first_month == paid.paid_month,
    ]
    return told.anti_join(paid, same)


def _twelve(at: At) -> Span:
    return at.complete_months(12)


def _over(row: Row, at: At) -> ir.BooleanValue:
    span = _twelve(at)
    return row.first_month.between(span.first, span.last)


FIRST_UNPAID = Reading(
    "SA-CASE/first_unpaid", "SA-CASE", "household", "household", _first_unpaid, also=("SA-PAY",)
)
fill("has_first_month_unpaid", FIRST_UNPAID, how="exists", where=_over, window=_twelve, whole=True)
fill(
    "first_month_unpaid",
    FIRST_UNPAID,
    how="max",
    where=_over,
    value=lambda row, at: row.first_month,
    window=_twelve,
    whole=True,
)
