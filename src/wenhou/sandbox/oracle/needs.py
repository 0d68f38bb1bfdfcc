"""D01–D05: spending on illness against lines and incomes."""

import numpy as np

from wenhou.sandbox.oracle.view import Finding, View


def year_own(view: View) -> np.ndarray:
    """Own payments of DI29 (by discharge, the same day twelve months ago included) and DI30 (twelve months)."""
    person, discharge, own = view.ledgers.columns("DI29", "id_no", "discharge", "self_pay")
    inside = (discharge >= view.clock.back(12)) & (discharge <= view.clock.today)
    total = view.year_sum("DI30", view.ledgers.column("DI30", "self_pay"))
    np.add.at(total, person[inside], own[inside])
    return total


def d01(view: View) -> Finding:
    """OUT; this year's DI31.oop_total ≥ 20,000.00, or twelve months of DI29 and DI30 self_pay together are."""
    return view.people(view.out & ((view.owed_this_year >= 2_000_000) | (year_own(view) >= 2_000_000)))


def d02(view: View) -> Finding:
    """OUT and registered as rural; this year's oop_total ≥ D (rural, of last year)."""
    line = view.world.standards.disposable(True)
    return view.people(view.out & view.world.rural & (view.owed_this_year >= line))


def d03(view: View) -> Finding:
    """On the register as JC, BY or GX, or in DI37 as 脱贫户 (whatever its status) or 监测中; not DB or TK; this
    year's oop_total ≥ half of D (rural)."""
    person = view.ledgers.column("DI37", "id_no")
    watched = view.ledgers.word("DI37", "status", "监测中") | view.ledgers.word("DI37", "kind", "脱贫户")
    among = view.on("JC", "BY", "GX") | view.mark(person[watched])
    line = view.world.standards.disposable(True)
    return view.people(among & view.living & ~view.on("DB", "TK") & (view.owed_this_year * 2 >= line))


def d04(view: View) -> Finding:
    """A stay that ended within twelve months with self_pay ≥ 10,000.00 (OUT) or ≥ 6,000.00 (JC on the register)."""
    person, discharge, own = view.ledgers.columns("DI29", "id_no", "discharge", "self_pay")
    inside = (discharge >= view.clock.back(12)) & (discharge <= view.clock.today)
    big = view.mark(person[inside & (own >= 1_000_000)])
    some = view.mark(person[inside & (own >= 600_000)])
    return view.people((view.out & big) | (view.on("JC") & view.living & some))


def d05(view: View) -> Finding:
    """OUT or BY household; Σ this year's oop_total ≥ half of the visible income of twelve months (DI26 after tax,
    DI11, DI12 less central, DI38). An income of nothing is 待核, not yes."""
    income = view.sum_home(view.wages + view.pensions + view.farming)
    owed = view.sum_home(view.owed_this_year)
    among = view.home_out | (view.in_home(view.on("BY")) > 0)
    return view.homes(among & (income > 0) & (owed * 2 >= income))


READINGS = {"D01": d01, "D02": d02, "D03": d03, "D04": d04, "D05": d05}
