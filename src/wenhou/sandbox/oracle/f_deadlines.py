"""F01–F06, F09: terms of the office's own cases.

在办 is a case without a decision; an application is of kind 申请; its household is the applicant's. Working days are those
of the calendar, the day itself not counted.
"""

import numpy as np

from wenhou.sandbox.oracle import office
from wenhou.sandbox.oracle.view import Finding, View
from wenhou.sandbox.tables import NONE

SURVEY = ("入户调查", "经济状况调查")
COUNTY = ("确认", "县级审核确认")


def f01(view: View) -> Finding:
    """Open application for Dibao or near-Dibao, more than 3 working days after acceptance, no survey begun. A survey
    begun late is begun."""
    of = office.cases(view)
    open_ = office.undecided(view, of) & office.applications(view, of, "YL01", "YL03")
    idle = office.begun(view, of, *SURVEY) == NONE
    late = office.over(view, office.told(view, of, "accepted_on"), 3)
    return view.homes(office.applicants(view, of, open_ & idle & late))


def f02(view: View) -> Finding:
    """A check asked for more than 3 working days ago and not begun, of an open application of any kind; a check that
    names no case belongs to none."""
    of = office.cases(view)
    running = of.number[office.undecided(view, of) & office.applications(view, of)]
    asked, begun = view.ledgers.columns("SA-CHK", "requested_on", "started_on")
    late = office.over(view, asked, 3) & (begun == NONE)
    numbers = view.ledgers.texts("SA-CHK", "case_no").to_pylist()
    named = {numbers[row] for row in np.flatnonzero(late).tolist()}
    return view.homes(office.applicants(view, of, np.isin(of.number, sorted(named & set(running.tolist())))))


def f03(view: View) -> Finding:
    """Open application for Dibao or 特困: at the county without any publicity, or publicity of less than seven days (last
    less first), wherever the case stands."""
    of = office.cases(view)
    open_ = office.undecided(view, of) & office.applications(view, of, "YL01", "YL02")
    since, until = (office.told(view, of, name) for name in ("publicity_from", "publicity_to"))
    missing = (office.begun(view, of, *COUNTY) != NONE) & (since == NONE)
    short = (since != NONE) & (until != NONE) & (until - since < 7)
    return view.homes(office.applicants(view, of, open_ & (missing | short)))


def f04(view: View) -> Finding:
    """Open application at the county: more than 10 working days since it came there for Dibao, 15 for 特困. Days of a
    stopped clock are not taken off here, for nothing says on which side of the county's door it stood."""
    of = office.cases(view)
    open_, came = office.undecided(view, of), office.begun(view, of, *COUNTY)
    late = office.applications(view, of, "YL01") & office.over(view, came, 10)
    late |= office.applications(view, of, "YL02") & office.over(view, came, 15)
    return view.homes(office.applicants(view, of, open_ & late))


def f05(view: View) -> Finding:
    """Open application for Dibao or 刚性: more than 30 working days since acceptance; 20 where the township decides, 45
    where the term was extended, wherever it is decided. Working days of a stopped clock are added to the term."""
    of = office.cases(view)
    open_ = office.undecided(view, of) & office.applications(view, of, "YL01", "YL04")
    accepted, stopped = (office.told(view, of, name) for name in ("accepted_on", "suspended_days"))
    longer, township = (office.told(view, of, name) == 1 for name in ("extended", "delegated"))
    term = np.where(longer, 45, np.where(township, 20, 30)) + stopped
    late = np.zeros(len(of.row), dtype=bool)
    for days in np.unique(term[open_]).tolist():
        late |= (term == days) & office.over(view, accepted, days)
    return view.homes(office.applicants(view, of, open_ & late))


def f06(view: View) -> Finding:
    """Refused (不予确认), any item: more than 3 working days since the decision and nothing served."""
    of = office.cases(view)
    refused = of.any(view.ledgers.word("SA-CASE", "decision", "不予确认"))
    late = office.over(view, office.told(view, of, "decided_on"), 3)
    return view.homes(
        office.applicants(view, of, refused & late & (office.told(view, of, "notified_on") == NONE))
    )


def f09(view: View) -> Finding:
    """A case, open or decided, of a relative of staff or with a complaint, and no county-level visit to its household
    on or after the day of acceptance. The share of 特困 cases to be looked at is the county's, not a household's."""
    of = office.cases(view)
    watched = (office.told(view, of, "kin_of_staff") == 1) | (office.told(view, of, "complained") == 1)
    seen = _county_visits(view)
    home = view.home[office.told(view, of, "applicant_id")]
    known = (home >= 0) & watched
    unseen = known & (np.where(known, seen[home], 0) < office.told(view, of, "accepted_on"))
    return view.homes(office.applicants(view, of, unseen))


def _county_visits(view: View) -> np.ndarray:
    """Per home: the day of the last visit by the county."""
    house, person, when = view.ledgers.columns("SA-VISIT", "household_no", "id_no", "visited_on")
    county = view.ledgers.column("SA-VISIT", "county_level") == 1
    last = np.full(len(view.home_codes), NONE)
    at = np.minimum(np.searchsorted(view.home_codes, house), len(view.home_codes) - 1)
    ours = county & (view.home_codes[at] == house)
    np.maximum.at(last, at[ours], when[ours])
    named = county & (person >= 0)
    named[named] &= view.home[person[named]] >= 0
    np.maximum.at(last, view.home[person[named]], when[named])
    return last


READINGS = {"F01": f01, "F02": f02, "F03": f03, "F04": f04, "F05": f05, "F06": f06, "F09": f09}
