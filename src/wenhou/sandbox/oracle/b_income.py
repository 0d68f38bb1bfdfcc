"""B01, B07, B09–B13, B17: what families have to live on, and what of it changed."""

import numpy as np

from wenhou.sandbox.oracle.b_reckoned import (
    above_twice,
    below,
    counted,
    known_rich,
    on_register,
    owns_too_much,
    seen,
    summed,
    told_of,
    window,
)
from wenhou.sandbox.oracle.view import Finding, View
from wenhou.sandbox.tables import NONE


def b01(view: View) -> Finding:
    """Household on the register as DB, not admitted as a single person: the PCI (`b_reckoned`) is L or more in the
    accounts of the last two months, each of twelve months (§18: 核算期为前12个月均值)."""
    alone = view.in_home(view.of_register("single_person") == 1) > 0
    return view.homes(on_register(view, "DB") & ~alone & above_twice(view))


def laid_off(view: View) -> np.ndarray:
    """Insured by an employer once within the months told and not in the last three, or registered as jobless now."""
    person, month = view.ledgers.columns("DI10", "id_no", "month")
    paid = view.ledgers.word("DI10", "identity", "单位职工") & (view.ledgers.column("DI10", "paid") == 1)
    lately = month > view.clock.last_month - 3
    jobless = view.ledgers.word("DI15", "status", "登记")
    stopped = view.mark(person[paid]) & ~view.mark(person[paid & lately])
    return (stopped | view.mark(view.ledgers.column("DI15", "id_no")[jobless])) & view.living


def b07(view: View) -> Finding:
    """BY, GX or JC, nobody on DB or TK besides: a member `laid_off`; PCI below L; not known to own too much
    (`owns_too_much`). What may not be looked at is 待核 and hinders nothing (the-watch.md)."""
    out_of_work = view.in_home(laid_off(view)) > 0
    among = on_register(view, "BY", "GX", "JC") & ~on_register(view, "DB", "TK")
    return view.homes(among & out_of_work & below(view) & ~owns_too_much(view))


def b09(view: View) -> Finding:
    """OUT household: the visible income of the last three months is at most 70 % of the mean of the fourth to the
    fifteenth, which was not nothing; DI38, told by the year, is in neither. EPCI below 1.5 L."""
    lately, before = (view.sum_home(seen(view, count, back=back)) for count, back in ((3, 0), (12, 3)))
    fell = (before > 0) & (lately * 40 <= before * 7)
    return view.homes(view.home_out & fell & view.poor(150))


def b10(view: View) -> Finding:
    """BY and not on DB or TK besides: PCI below L, nobody with a row 申请中, and not known to have more than 36 L a head:
    the condition names ASSET_PC, 人均货币财产 (facts §9), alone. What may not be looked at is 待核 and hinders nothing."""
    applying = view.ledgers.word("SA-ARCH", "category", "申请中")
    asked = view.in_home(view.mark(view.ledgers.column("SA-ARCH", "id_no")[applying])) > 0
    fits = ~known_rich(view) & ~asked
    among = on_register(view, "BY") & ~on_register(view, "DB", "TK")
    return view.homes(among & below(view) & fits)


def b11(view: View) -> Finding:
    """JC on the register: a member is 监测中 with less than twelve times the rural line, and nobody is on DB or TK."""
    rural = view.world.standards.line(True)
    watched = view.ledgers.word("DI37", "status", "监测中")
    watched &= view.ledgers.column("DI37", "percap_income") < 12 * rural
    poor = view.in_home(view.mark(view.ledgers.column("DI37", "id_no")[watched]) & view.living) > 0
    return view.homes(on_register(view, "JC") & poor & ~on_register(view, "DB", "TK"))


def b12(view: View) -> Finding:
    """A household with somebody who is OUT, 70 or older: in twelve complete months neither DI11 nor DI26 for the
    person or the living spouse; DI12 paid for the last complete month, less central below L; nobody of 18 to 59 in
    the household."""
    ledgers, crowd = view.ledgers, view.crowd
    other = view.mark(ledgers.column("DI11", "id_no")[window(view, "DI11", 12)])
    other |= view.mark(ledgers.column("DI26", "id_no")[window(view, "DI26", 12, month="period")])
    partner = (crowd.spouse >= 0) & other[crowd.spouse] & view.living[crowd.spouse]
    paid = window(view, "DI12", 1) & ledgers.word("DI12", "status", "发放")
    pension = ledgers.column("DI12", "amount") - ledgers.column("DI12", "central_basic")
    has = view.mark(ledgers.column("DI12", "id_no")[paid])
    little = summed(view, "DI12", pension, paid) < np.r_[view.line, 0][view.home]
    young = view.in_home((view.age >= 18) & (view.age < 60) & view.living) > 0
    alone = ~np.r_[young, False][view.home]
    old = view.out & (view.age >= 70) & ~other & ~partner & has & little & alone
    return view.homes(view.in_home(old) > 0)


def b13(view: View) -> Finding:
    """DB, 在保 still: grace_end on the day of the scan or before. The reminder of 15 days before is no yes."""
    end = view.of_register("grace_end")
    over = view.covered("DB") & (end != NONE) & (end <= view.clock.today)
    return view.homes(view.in_home(over) > 0)


def b17(view: View) -> Finding:
    """Rural household on DB or BY: this year's subsidies and rent of DI38 differ from what the archive counted (惠农补贴,
    土地流转租金) by a tenth of twelve lines a head or more. An empty archive is unknown. No kind of DI38 is among what
    the state excludes from income."""
    told = counted(view, "惠农补贴", "土地流转租金")
    among = on_register(view, "DB", "BY") & view.home_rural
    known = view.in_home((told == NONE) & view.living) == 0
    change = np.abs(view.sum_home(view.farming - np.where(told == NONE, 0, told)))
    return view.homes(among & known & told_of(view) & (change * 10 >= 12 * view.line * view.size))


READINGS = {"B01": b01, "B07": b07, "B09": b09, "B10": b10, "B11": b11, "B12": b12, "B13": b13, "B17": b17}
