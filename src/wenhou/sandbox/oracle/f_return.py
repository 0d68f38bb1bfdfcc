"""F08, F13–F15, F17: reviews overdue, households to be looked at again, alerts and clues left lying."""

import numpy as np

from wenhou.sandbox.days import date_of, day, months_after
from wenhou.sandbox.oracle import office
from wenhou.sandbox.oracle.b_reckoned import owns_too_much
from wenhou.sandbox.oracle.view import Finding, View
from wenhou.sandbox.tables import NONE


def f08(view: View) -> Finding:
    """DB, TK or GX household: twelve months from the last review (else confirmation) were over before today; six where
    a member is of class C (able to work, income not regular, facts §18); a GX household also where valid_until,
    else twelve months after confirmation, has passed."""
    rows = view.standing & view.ledgers.word("SA-ARCH", "category", "DB", "TK", "GX")
    person, reviewed, confirmed, until = (
        c[rows]
        for c in view.ledgers.columns("SA-ARCH", "id_no", "last_review_on", "confirmed_on", "valid_until")
    )
    last = np.where(reviewed == NONE, confirmed, reviewed)
    unsteady = view.ledgers.word("SA-ARCH", "dibao_class", "C")[rows] & (
        view.ledgers.column("SA-ARCH", "work_able")[rows] == 1
    )
    # The class is the household's, whoever's row tells it.
    loose = np.r_[office.homes_of(view, person[unsteady]), False][view.home[person]]
    late = np.array(
        [
            since != NONE and _after(since, 6 if half else 12) < view.clock.today
            for since, half in zip(last.tolist(), loose.tolist(), strict=True)
        ],
        dtype=bool,
    )
    urgent = view.ledgers.word("SA-ARCH", "category", "GX")[rows]
    ends = np.array(
        [_end(u, c) for u, c in zip(until.tolist(), confirmed.tolist(), strict=True)], dtype=np.int64
    )
    late |= urgent & (ends != NONE) & (ends < view.clock.today)
    return view.homes(office.homes_of(view, person[late]))


def _end(until: int, confirmed: int) -> int:
    if until != NONE or confirmed == NONE:
        return until
    return _after(confirmed, 12)


def _after(since: int, months: int) -> int:
    """The last day of a term of so many months (民法典 §202)."""
    return day(months_after(date_of(since), months))


def f13(view: View) -> Finding:
    """OUT household with a living member who left DB or TK within 24 months, the same day included; EPCI below 1.5 L
    (PCI is what can be seen: DI26 is named, nobody has determined anything since), or this year's oop_total of
    one living member ≥ half of D (rural, wherever they live; D03's limit is a person's), or a member registered as
    unemployed for three months."""
    left = view.ledgers.word("SA-ARCH", "category", "DB", "TK") & view.ledgers.word(
        "SA-ARCH", "status", "退出"
    )
    when = view.ledgers.column("SA-ARCH", "exit_on")
    left &= (when != NONE) & (when >= view.clock.back(24)) & (when <= view.clock.today)
    gone = view.in_home(view.mark(view.ledgers.column("SA-ARCH", "id_no")[left]) & view.out) > 0
    half = view.owed_this_year * 2 >= view.world.standards.disposable(True)
    costly = view.in_home(half & view.living) > 0
    jobless = view.ledgers.word("DI15", "status", "登记") & (
        view.ledgers.column("DI15", "reg_date") <= view.clock.back(3)
    )
    idle = office.homes_of(view, view.ledgers.column("DI15", "id_no")[jobless])
    return view.homes(view.home_out & gone & (view.poor(150) | costly | idle))


def f14(view: View) -> Finding:
    """OUT household refused (an application, 不予确认) within 24 months, the same day included, that now has EPCI below
    1.5 L (DB or BY), or EPCI × 12 below D with this year's oop_total above 60 % of it (GX), and is not known to own
    too much (`owns_too_much`, as B07's); what may not be looked at is 待核 and hinders nothing (the-watch.md)."""
    of = office.cases(view)
    refused = of.any(view.ledgers.word("SA-CASE", "decision", "不予确认")) & office.applications(view, of)
    when = office.told(view, of, "decided_on")
    refused &= (when != NONE) & (when >= view.clock.back(24))
    subject = office.applicants(view, of, refused) & view.home_out
    year, owed = view.sum_home(view.visible), view.sum_home(view.owed_this_year)
    standards = view.world.standards
    line = np.where(view.home_rural, standards.disposable(True), standards.disposable(False))
    heavy = (year < line * view.size) & (owed * 10 > year * 6)
    return view.homes(subject & ~owns_too_much(view) & (view.poor(150) | heavy))


def f15(view: View) -> Finding:
    """A household with a member 监测中 by DI37 and none on the register in any of the six categories."""
    rows = view.ledgers.word("DI37", "status", "监测中")
    watched = view.in_home(view.mark(view.ledgers.column("DI37", "id_no")[rows]) & view.out) > 0
    return view.homes(watched & view.home_out)


RED = 70


def f17(view: View) -> Finding:
    """A clue or an alert that was assigned and is not answered: more than 1 working day where the clue is urgent, 3
    where the alert is red (severity 70 or more), 10 otherwise. Complaints are clues by 信访, 12349 or 群众. Closed
    (销号) is answered. The household is that of the person it is about."""
    who, assigned, answered = view.ledgers.columns("SA-CLUE", "subject_id", "assigned_on", "answered_on")
    urgent = view.ledgers.column("SA-CLUE", "urgent") == 1
    late = np.where(urgent, office.over(view, assigned, 1), office.over(view, assigned, 10))
    found = view.mark(who[(answered == NONE) & late])
    assigned, answered, severity = view.ledgers.columns("SA-ALERT", "assigned_on", "answered_on", "severity")
    late = np.where(severity >= RED, office.over(view, assigned, 3), office.over(view, assigned, 10))
    late &= (answered == NONE) & ~view.ledgers.word("SA-ALERT", "status", "销号")
    rows = np.flatnonzero(late)
    subjects = view.ledgers.texts("SA-ALERT", "subject").to_pylist()
    found |= _numbered(view, [subjects[row] for row in rows.tolist()])
    return view.homes(view.in_home(found) > 0)


def _numbered(view: View, numbers: list[str]) -> np.ndarray:
    """People by their identity numbers."""
    return np.isin(view.crowd.numbers, np.array([number.encode() for number in numbers], dtype="S18"))


READINGS = {"F08": f08, "F13": f13, "F14": f14, "F15": f15, "F17": f17}
