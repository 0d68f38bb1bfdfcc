"""A01–A05: deaths and custody."""

import numpy as np

from wenhou.sandbox.crowd import NEVER
from wenhou.sandbox.days import date_of, day, month_of_days, months_after
from wenhou.sandbox.oracle.view import Finding, View
from wenhou.sandbox.tables import NONE


def declared_missing(view: View) -> np.ndarray:
    """People whom DI03 cancelled as 宣告失踪."""
    rows = view.ledgers.word("DI03", "cancel_reason", "宣告失踪")
    return view.mark(view.ledgers.column("DI03", "id_no")[rows])


def a01(view: View) -> Finding:
    """Member of a DB, TK, BY or GX household with status 在保, covered or not; any of DI03 (死亡, 宣告死亡,
    宣告失踪), DI33 (死亡) or DI45 has them, the earliest day not after the scan."""
    day_known = view.first_day("police", "health", "funeral")
    gone = (day_known != NEVER) & (day_known <= view.clock.today)
    return view.people(view.covered("DB", "TK", "BY", "GX") & (gone | declared_missing(view)))


def a02(view: View) -> Finding:
    """A successful payment to the person for a month after the month of death; the death known from DI03 or DI45."""
    died = view.first_day("police", "funeral")
    person, month = view.ledgers.columns("SA-PAY", "id_no", "month")
    paid = view.ledgers.word("SA-PAY", "pay_status", "成功") & (died[person] != NEVER)
    late = paid & (month > month_of_days(np.where(died[person] == NEVER, 0, died[person])))
    return view.people(view.mark(person[late]))


def a03(view: View) -> Finding:
    """A Dibao household (status 在保) with a member dead by DI03 or DI45, the same day three months later before the
    scan, and no 增发, 减发 or 停发 decided on or after the death."""
    died = view.first_day("police", "funeral")
    rows = view.standing & view.ledgers.word("SA-ARCH", "category", "DB")
    person, house = (c[rows] for c in view.ledgers.columns("SA-ARCH", "id_no", "household_no"))
    done = view.ledgers.word("SA-CASE", "kind", "增发", "减发", "停发")
    case_house, decided = (c[done] for c in view.ledgers.columns("SA-CASE", "household_no", "decided_on"))
    late = np.zeros(len(view.home_codes), dtype=bool)
    for row in np.flatnonzero(died[person] != NEVER).tolist():
        death = int(died[person[row]])
        if day(months_after(date_of(death), 3)) >= view.clock.today:
            continue
        settled = (case_house == house[row]) & (decided != NONE) & (decided >= death)
        late[view.home[person[row]]] |= not settled.any()
    return view.homes(late)


def confined(view: View) -> np.ndarray:
    """在押 by DI08 now."""
    held = view.ledgers.word("DI08", "status", "在押")
    return view.mark(view.ledgers.column("DI08", "id_no")[held])


def detoxified(view: View) -> np.ndarray:
    """强制隔离戒毒 执行中 by DI09 now."""
    held = view.ledgers.word("DI09", "kind", "强制隔离戒毒") & view.ledgers.word("DI09", "status", "执行中")
    return view.mark(view.ledgers.column("DI09", "id_no")[held])


def a04(view: View) -> Finding:
    """DB or TK member (在保) in prison; DB member also in compulsory detoxification. 监外执行, 假释 and 社区矫正
    do not count."""
    dibao, tekun = view.covered("DB"), view.covered("TK")
    return view.people(((dibao | tekun) & confined(view)) | (dibao & detoxified(view)))


def a05(view: View) -> Finding:
    """OUT household: a member of 18 to 59 who entered prison or detoxification (still 在押, 执行中) within six months,
    the same day included; another member under 18, of 60 or older, or with a certificate of level 1 or 2;
    EPCI below 1.5 L with the prisoner counted in n."""
    since = view.clock.back(6)
    prison = view.ledgers.word("DI08", "status", "在押") & (
        view.ledgers.column("DI08", "term_start") >= since
    )
    detox = view.ledgers.word("DI09", "kind", "强制隔离戒毒") & view.ledgers.word("DI09", "status", "执行中")
    detox &= view.ledgers.column("DI09", "start") >= since
    fresh = view.mark(view.ledgers.column("DI08", "id_no")[prison])
    fresh |= view.mark(view.ledgers.column("DI09", "id_no")[detox])
    fresh &= view.out & (view.age >= 18) & (view.age <= 59)
    needy = (view.age < 18) | (view.age >= 60) | np.isin(view.level, (1, 2))
    # A prisoner who is severely disabled is not the one left behind.
    depend = view.in_home(needy & ~fresh) >= 1
    return view.homes(view.home_out & (view.in_home(fresh) >= 1) & depend & view.poor(150))


READINGS = {"A01": a01, "A02": a02, "A03": a03, "A04": a04, "A05": a05}
