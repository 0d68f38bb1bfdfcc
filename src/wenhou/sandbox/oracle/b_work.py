"""B02–B06, B08, B14–B16: work, insurance and benefits of people."""

import numpy as np

from wenhou.sandbox.days import month_of_days
from wenhou.sandbox.oracle.b_reckoned import counted, on_register, summed, window
from wenhou.sandbox.oracle.view import LOW_INCOME, Finding, View
from wenhou.sandbox.tables import NONE


def review_month(view: View) -> np.ndarray:
    """Month index of the last review, beyond all time for those never reviewed."""
    known = view.reviewed != NONE
    return np.where(known, month_of_days(np.where(known, view.reviewed, 0)), np.iinfo(np.int64).max)


def newly(view: View, contract: str, rows: np.ndarray, count: int) -> np.ndarray:
    """People with a row in each of the last so many complete months, all after the month of the last review, and with
    none in that month or before (新增)."""
    person, month = view.ledgers.columns(contract, "id_no", "month")
    since = review_month(view)
    before = view.mark(person[rows & (month <= since[person])])
    found = ~before & (view.clock.last_month - count + 1 > since)
    for back in range(count):
        found &= view.mark(person[rows & (month == view.clock.last_month - back)])
    return found


def b02(view: View) -> Finding:
    """DB, BY or GX: paid as 单位职工 in the last three months, all after the month of the last review; 新增: not before."""
    unit = view.ledgers.word("DI10", "identity", "单位职工") & (view.ledgers.column("DI10", "paid") == 1)
    return view.people(view.on("DB", "BY", "GX") & view.living & newly(view, "DI10", unit, 3))


def b03(view: View) -> Finding:
    """On the register: a pension of DI11 by its start_month, or of DI12 by its first month, later than the month of the
    last review; the archive counted no 养老金. Of less than 50.00 a month (DI12 less central) nothing is sent out: not
    yes."""
    ledgers, since = view.ledgers, review_month(view)
    person, start = ledgers.columns("DI11", "id_no", "start_month")
    fresh = view.mark(person[start > since[person]])
    first = np.full(view.world.people, np.iinfo(np.int64).max)
    np.minimum.at(first, *ledgers.columns("DI12", "id_no", "month"))
    fresh |= (first != np.iinfo(np.int64).max) & (first > since)
    monthly = summed(view, "DI11", ledgers.column("DI11", "amount"), window(view, "DI11", 1))
    basic = ledgers.column("DI12", "amount") - ledgers.column("DI12", "central_basic")
    monthly += summed(view, "DI12", basic, window(view, "DI12", 1))
    on = view.on(*LOW_INCOME) & view.living
    return view.people(on & fresh & (counted(view, "养老金") == 0) & (monthly >= 5_000))


def b04(view: View) -> Finding:
    """On the register: an unemployment benefit of any kind in the last complete month, and no 失业保险金 in the archive."""
    paid = window(view, "DI16", 1) & (view.ledgers.column("DI16", "amount") > 0)
    gets = view.mark(view.ledgers.column("DI16", "id_no")[paid])
    return view.people(view.on(*LOW_INCOME) & view.living & gets & (counted(view, "失业保险金") == 0))


def at_work(view: View) -> np.ndarray:
    """在岗 by DI14, the job not over."""
    end = view.ledgers.column("DI14", "end")
    rows = view.ledgers.word("DI14", "status", "在岗") & ((end == NONE) | (end >= view.clock.today))
    return view.mark(view.ledgers.column("DI14", "id_no")[rows])


def b05(view: View) -> Finding:
    """OUT, 18 to 59: the benefit (any of DI16) ended with the last complete month; since then no month paid in DI10 and
    not 在岗; EPCI below 1.5 L."""
    last = view.clock.last_month
    person, end = view.ledgers.columns("DI16", "id_no", "entitle_end")
    latest = np.zeros(view.world.people, dtype=np.int64)
    np.maximum.at(latest, person, end)
    paid = (view.ledgers.column("DI10", "month") > last) & (view.ledgers.column("DI10", "paid") == 1)
    again = view.mark(view.ledgers.column("DI10", "id_no")[paid]) | at_work(view)
    grown = view.out & (view.age >= 18) & (view.age <= 59)
    poor = np.r_[view.poor(150), False][view.home]
    return view.people(grown & (latest == last) & ~again & poor)


def b06(view: View) -> Finding:
    """OUT, BY or GX household: of its living members of 18 to 59 without level 1 or 2 and not 在读 there is one at least,
    and all are registered as jobless since six months or longer, the same day included."""
    since = view.ledgers.word("DI15", "status", "登记") & (
        view.ledgers.column("DI15", "reg_date") <= view.clock.back(6)
    )
    jobless = view.mark(view.ledgers.column("DI15", "id_no")[since])
    studies = view.mark(view.ledgers.column("DI34", "id_no")[view.ledgers.word("DI34", "status", "在读")])
    able = view.living & (view.age >= 18) & (view.age <= 59) & ~np.isin(view.level, (1, 2)) & ~studies
    count = view.in_home(able)
    among = view.home_out | on_register(view, "BY", "GX")
    return view.homes(among & (count >= 1) & (view.in_home(able & jobless) == count))


def b08(view: View) -> Finding:
    """OUT, 18 to 59: no income in DI26 in the last three complete months, some in the nine before; no DI16 in the three
    months; not 在岗."""
    ledgers = view.ledgers
    income = ledgers.column("DI26", "income")
    lately = summed(view, "DI26", income, window(view, "DI26", 3, month="period"))
    before = summed(view, "DI26", income, window(view, "DI26", 9, back=3, month="period"))
    benefit = summed(view, "DI16", ledgers.column("DI16", "amount"), window(view, "DI16", 3))
    grown = view.out & (view.age >= 18) & (view.age <= 59)
    return view.people(grown & (lately == 0) & (before > 0) & (benefit == 0) & ~at_work(view))


def b14(view: View) -> Finding:
    """DB and work_able by the archive: registered in DI15 with three refusals in a row or more."""
    refused = view.ledgers.word("DI15", "status", "登记") & (
        view.ledgers.column("DI15", "refusals_in_row") >= 3
    )
    able = view.of_register("work_able") == 1
    return view.people(
        view.on("DB") & view.living & able & view.mark(view.ledgers.column("DI15", "id_no")[refused])
    )


def b15(view: View) -> Finding:
    """BY, GX or JC: a 公益性岗位 that ends within thirty days from today, both included, or is 期满; no other DI14 that
    began later and is 在岗."""
    person, start, end = view.ledgers.columns("DI14", "id_no", "start", "end")
    today = view.clock.today
    soon = (end != NONE) & (end >= today) & (end <= today + 30) & view.ledgers.word("DI14", "status", "在岗")
    ends = view.ledgers.word("DI14", "job_kind", "公益性岗位") & (
        soon | view.ledgers.word("DI14", "status", "期满")
    )
    begun = np.full(view.world.people, np.iinfo(np.int64).max)
    np.minimum.at(begun, person[ends], start[ends])
    still = view.ledgers.word("DI14", "status", "在岗")
    again = view.mark(person[still & (start > begun[person])])
    return view.people(view.on("BY", "GX", "JC") & view.living & view.mark(person[ends]) & ~again)


def b16(view: View) -> Finding:
    """DB: a month of 机关事业养老 paid within the last three complete months."""
    paid = view.ledgers.word("DI10", "insure_kind", "机关事业养老") & (
        view.ledgers.column("DI10", "paid") == 1
    )
    paid &= window(view, "DI10", 3)
    return view.people(view.on("DB") & view.living & view.mark(view.ledgers.column("DI10", "id_no")[paid]))


READINGS = {
    "B02": b02,
    "B03": b03,
    "B04": b04,
    "B05": b05,
    "B06": b06,
    "B08": b08,
    "B14": b14,
    "B15": b15,
    "B16": b16,
}
