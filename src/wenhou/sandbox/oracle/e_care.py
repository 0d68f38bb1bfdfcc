"""E13–E17: emergencies, people alone, hazards found, services asked for, heating."""

from datetime import date

import numpy as np
import pyarrow.compute as pc

from wenhou.sandbox.crowd import NEVER
from wenhou.sandbox.days import day
from wenhou.sandbox.oracle import office
from wenhou.sandbox.oracle.view import LOW_INCOME, Finding, View
from wenhou.sandbox.tables import NONE

ACCIDENTS = ("交通事故", "火灾", "溺水", "工伤外意外", "突发重病")


def e13(view: View) -> Finding:
    """Anybody living, on the register or not: a clue of one of the five kinds, answered or not; or a stay for S00–T98
    with self_pay of 10,000.00 or more in one bill. The text sets no end to either; the
    sandbox has none older than a few weeks."""
    clue = view.ledgers.word("SA-CLUE", "kind", *ACCIDENTS)
    named = view.mark(view.ledgers.column("SA-CLUE", "subject_id")[clue])
    hurt = np.asarray(
        pc.match_substring_regex(view.ledgers.texts("DI29", "diag_code"), r"^(S\d\d|T[0-8]\d|T9[0-8])")
    )
    hurt &= view.ledgers.column("DI29", "self_pay") >= 1_000_000
    return view.people((named | view.mark(view.ledgers.column("DI29", "id_no")[hurt])) & view.living)


EVERY = {"红": 7, "黄": 15, "绿": 30}


def e14(view: View) -> Finding:
    """DB, TK or BY member who is the only living one of the household, 80 or older or of self_care other than 自理: the
    last visit to them or their household more than 7, 15 or 30 days ago by care_colour of the archive, 30
    where it has none; or never."""
    known = view.on("DB", "TK", "BY") & view.living & view.world.here
    alone = np.r_[view.in_home(view.living) == 1, False][view.home]
    frail = (view.age >= 80) | (view.of_register("self_care") > 0)
    last = np.full(view.world.people, NEVER)
    house, person, when = view.ledgers.columns("SA-VISIT", "household_no", "id_no", "visited_on")
    at = np.minimum(np.searchsorted(view.home_codes, house), len(view.home_codes) - 1)
    ours = view.home_codes[at] == house
    of_home = np.full(len(view.home_codes), NEVER)
    np.maximum.at(of_home, at[ours], when[ours])
    np.maximum.at(last, person[person >= 0], when[person >= 0])
    last = np.maximum(last, np.where(view.home >= 0, of_home[view.home], NEVER))
    colour = view.of_register("care_colour")
    days = np.select([colour == place for place in range(3)], list(EVERY.values()), 30)
    return view.people(known & alone & frail & (last < view.clock.today - days))


def e15(view: View) -> Finding:
    """特困 cared for at home (分散): a visit whose colour is red found hazards that are not closed and were due before
    the day of the scan (fifteen days after the visit where no day was set); or one whose colour is yellow found
    hazards fifteen days ago or earlier that are not closed."""
    house, when, due, closed, colour = view.ledgers.columns(
        "SA-VISIT", "household_no", "visited_on", "hazard_due_on", "hazard_closed_on", "care_colour"
    )
    hazards = np.asarray(pc.is_valid(view.ledgers.texts("SA-VISIT", "hazards"))) & (closed == NONE)
    due = np.where(due == NONE, when + 15, due)
    late = hazards & (colour == 0) & (due < view.clock.today)
    late |= hazards & (colour == 1) & (when + 15 <= view.clock.today)
    at_home = view.standing & view.ledgers.word("SA-ARCH", "category", "TK")
    at_home &= view.ledgers.word("SA-ARCH", "care_mode", "分散")
    cared = view.mark(view.ledgers.column("SA-ARCH", "id_no")[at_home]) & view.living
    return view.homes((view.in_home(cared) > 0) & np.isin(view.home_codes, house[late]))


def e16(view: View) -> Finding:
    """On the register (six categories): a need registered more than 15 days ago, still 登记 and not matched."""
    person, since, matched = view.ledgers.columns("SA-SVC", "id_no", "registered_on", "matched_on")
    waits = view.ledgers.word("SA-SVC", "status", "登记") & (matched == NONE)
    waits &= since + 15 < view.clock.today
    return view.people(view.on(*LOW_INCOME) & view.living & view.mark(person[waits]))


def e17(view: View) -> Finding:
    """The last November that was over before the day of the scan: a household with a member who on 1 November was living
    and on the register as DB or BY, or as 特困 cared for at home (confirmed by then and not out, though perhaps out
    since), or was 孤儿 by DI46 for that month; no YL11 paid successfully to a member by 30 November."""
    today = view.clock.as_of
    year = today.year if today > date(today.year, 11, 30) else today.year - 1
    month = year * 12 + 10
    first, last = day(date(year, 11, 1)), day(date(year, 11, 30))
    person, confirmed = view.ledgers.columns("SA-ARCH", "id_no", "confirmed_on")
    left = view.ledgers.column("SA-ARCH", "exit_on")
    rows = (confirmed != NONE) & (confirmed <= first) & ((left == NONE) | (left > first))
    at_home = view.ledgers.word("SA-ARCH", "category", "TK") & view.ledgers.word(
        "SA-ARCH", "care_mode", "分散"
    )
    warm = view.mark(person[rows & (view.ledgers.word("SA-ARCH", "category", "DB", "BY") | at_home)])
    orphan = view.ledgers.word("DI46", "kind", "孤儿") & view.ledgers.word("DI46", "status", "发放")
    orphan &= view.ledgers.column("DI46", "month") == month
    warm |= view.mark(view.ledgers.column("DI46", "id_no")[orphan])
    paid = office.is_text(view, "SA-PAY", "item", "YL11") & view.ledgers.word("SA-PAY", "pay_status", "成功")
    when = view.ledgers.column("SA-PAY", "status_on")
    paid &= (view.ledgers.column("SA-PAY", "month") == month) & (when <= last)
    got = office.homes_of(view, view.ledgers.column("SA-PAY", "id_no")[paid])
    known = view.first_day("police", "health", "funeral")
    lived = (known == NEVER) | (known >= first)
    due = view.in_home(warm & lived & view.world.here) > 0
    return view.homes(due & ~got)


READINGS = {"E13": e13, "E14": e14, "E15": e15, "E16": e16, "E17": e17}
