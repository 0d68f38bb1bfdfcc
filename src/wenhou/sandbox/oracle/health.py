"""D13–D17: what people on the register should have had from medical insurance, aid and care."""

from datetime import date

import numpy as np
import pyarrow.compute as pc

from wenhou.sandbox.oracle.subsidies import graver
from wenhou.sandbox.oracle.view import LOW_INCOME, Finding, View
from wenhou.sandbox.tables import NONE

# facts.md §18, D16, as a pattern over the first three characters.
LISTED = (
    r"^(A1[5-9]|B18|C[0-8][0-9]|C9[0-7]|D61|D6[678]|E1[0-4]|F2[0-9]|F3[01]|G20|G40|I1[0-5]|I25|I50|I69|J44|K74"
    r"|M0[56]|M32|N18|Z49|Z94)"
)
_FALLEN = r"^(I6[0-9]|S72|F0[0-3])"


def d13(view: View) -> Finding:
    """DB, TK, BY or GX member, this year's oop_total ≥ 10,000.00, and no YL06 (支出型临时救助) paid successfully this
    year to the person or the household."""
    house, person, month = view.ledgers.columns("SA-PAY", "household_no", "id_no", "month")
    relief = np.asarray(pc.equal(view.ledgers.texts("SA-PAY", "item"), "YL06"))
    relief &= view.ledgers.word("SA-PAY", "pay_status", "成功") & (month // 12 == view.clock.year)
    helped = np.isin(np.r_[view.home_codes, NONE][view.home], house[relief]) | view.mark(person[relief])
    known = view.on("DB", "TK", "BY", "GX") & view.living
    return view.people(known & (view.owed_this_year >= 1_000_000) & ~helped)


def d14(view: View) -> Finding:
    """DB, TK, BY, GX or JC member: DI28 of this year unpaid or 中断, or none for somebody living here; from 1 March."""
    year, paid = view.ledgers.columns("DI28", "year", "paid")
    lapsed = (year == view.clock.year) & ((paid == 0) | view.ledgers.word("DI28", "status", "中断"))
    person = view.ledgers.column("DI28", "id_no")
    absent = view.world.here & ~view.mark(person[year == view.clock.year])
    known = view.on("DB", "TK", "BY", "GX", "JC") & view.living
    season = view.clock.as_of >= date(view.clock.year, 3, 1)
    return view.people(known & (view.mark(person[lapsed]) | absent) & season)


def d15(view: View) -> Finding:
    """A stay that ended 30 days ago or earlier with in_policy − basic − serious above the line of the person's
    category (TK, DB nothing; BY 3,000.00; JC 5,000.00) and no aid. GX is not among the subjects."""
    person, discharge, covered, basic, serious, aid = view.ledgers.columns(
        "DI29", "id_no", "discharge", "in_policy", "basic_pay", "serious_pay", "aid_pay"
    )
    line = np.full(view.world.people, np.iinfo(np.int64).max)
    for category, amount in (("JC", 500_000), ("BY", 300_000), ("DB", 0), ("TK", 0)):
        line[view.on(category)] = amount
    missed = (discharge + 30 <= view.clock.today) & (covered - basic - serious > line[person]) & (aid == 0)
    return view.people(view.mark(person[missed]) & view.living)


def d16(view: View) -> Finding:
    """On the register (six categories): a stay that ended 60 days ago or earlier with a listed diagnosis, and no valid
    DI30 of any disease."""
    person, discharge = view.ledgers.columns("DI29", "id_no", "discharge")
    listed = np.asarray(pc.match_substring_regex(view.ledgers.texts("DI29", "diag_code"), LISTED))
    due = listed & (discharge + 60 <= view.clock.today)
    recent = view.ledgers.column("DI30", "month") == view.clock.last_month
    valid = view.mark(
        view.ledgers.column("DI30", "id_no")[recent & view.ledgers.word("DI30", "status", "有效")]
    )
    known = view.on(*LOW_INCOME) & view.living
    return view.people(known & view.mark(person[due]) & ~valid)


def d17(view: View) -> Finding:
    """TK: after the last assessment of self-care a stay (by discharge) for I60–I69, S72 or F00–F03, or of 30 days or
    more (discharge − admit), or a certificate now of a graver level issued after it."""
    person, admit, discharge = view.ledgers.columns("DI29", "id_no", "admit", "discharge")
    fallen = np.asarray(pc.match_substring_regex(view.ledgers.texts("DI29", "diag_code"), _FALLEN))
    graded = view.of_register("self_care_on")
    event = (fallen | (discharge - admit >= 30)) & (discharge > graded[person])
    holder, issued = view.ledgers.columns("DI41", "id_no", "issue_date")
    fresh = graver(view) & view.mark(holder[issued > graded[holder]])
    known = view.on("TK") & view.living & (graded != NONE)
    return view.people(known & (view.mark(person[event]) | fresh))


READINGS = {"D13": d13, "D14": d14, "D15": d15, "D16": d16, "D17": d17}
