"""A06, A07, A11–A14: children without parents, weddings, divorces, births."""

import numpy as np

from wenhou.sandbox.crowd import NEVER
from wenhou.sandbox.days import date_of, day, months_after
from wenhou.sandbox.oracle.deaths import declared_missing
from wenhou.sandbox.oracle.view import Finding, View


def _allowed(view: View, *kinds: str) -> np.ndarray:
    """Getting an allowance of DI46 in the last complete month."""
    paid = view.ledgers.word("DI46", "kind", *kinds) & view.ledgers.word("DI46", "status", "发放")
    paid &= view.ledgers.column("DI46", "month") == view.clock.last_month
    return view.mark(view.ledgers.column("DI46", "id_no")[paid])


def _long_enough(view: View, contract: str, since: str, until: str, keep: np.ndarray) -> np.ndarray:
    """People with a kept row whose term is six months or longer by the calendar, the last day counted (a term from
    the 1st of a month ends on the last day of the sixth)."""
    person, start, end = (c[keep] for c in view.ledgers.columns(contract, "id_no", since, until))
    long = [
        day(months_after(date_of(s), 6)) - 1 <= e for s, e in zip(start.tolist(), end.tolist(), strict=True)
    ]
    return view.mark(person[np.array(long, dtype=bool)])


def _lost(view: View) -> np.ndarray:
    """Out of contact by a visit at least six months ago, and not met on any later visit."""
    person, when = view.ledgers.columns("SA-VISIT", "id_no", "visited_on")
    lost = view.ledgers.column("SA-VISIT", "out_of_contact") == 1
    named = person >= 0
    found = view.mark(person[named & lost & (when <= view.clock.back(6))])
    last_met = np.full(view.world.people, NEVER)
    met = named & (view.ledgers.column("SA-VISIT", "met") == 1) & ~lost
    np.maximum.at(last_met, person[met], when[met])
    first_lost = np.full(view.world.people, np.iinfo(np.int64).max)
    np.minimum.at(first_lost, person[named & lost], when[named & lost])
    return found & (last_met < first_lost)


def unable_parents(view: View) -> np.ndarray:
    """In one of the states of 民发〔2019〕62号: level 1–2, or 智力/精神 of level 3–4; 大病专项, 重特大疾病 or 罕见病 在管,
    however long; a sentence or detoxification of six months or more being served (在押, 执行中); out of contact
    for six months. The six months belong to custody and contact only, as in the document."""
    severe = np.isin(view.level, (1, 2)) | (view.mental & np.isin(view.level, (3, 4)))
    ill = view.ledgers.word("DI32", "disease_class", "大病专项", "重特大疾病", "罕见病")
    ill &= view.ledgers.word("DI32", "status", "在管")
    prison = view.ledgers.word("DI08", "status", "在押")
    detox = view.ledgers.word("DI09", "kind", "强制隔离戒毒") & view.ledgers.word("DI09", "status", "执行中")
    return (
        severe
        | view.mark(view.ledgers.column("DI32", "id_no")[ill])
        | _long_enough(view, "DI08", "term_start", "term_end", prison)
        | _long_enough(view, "DI09", "start", "end", detox)
        | _lost(view)
    )


def _both(view: View, first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """Father in the first and mother in the second, or the other way round."""
    father, mother = view.crowd.father, view.crowd.mother
    known = (father >= 0) & (mother >= 0)
    return known & ((first[father] & second[mother]) | (first[mother] & second[father]))


def a06(view: View) -> Finding:
    """Under 18, living here, no 孤儿 or 事实无人抚养 allowance; both parents unable, or one dead (DI03) or declared
    missing and the other unable."""
    unable = unable_parents(view)
    gone = (view.crowd.dead_police != NEVER) | declared_missing(view)
    child = (view.age < 18) & view.living & view.world.here & ~_allowed(view, "孤儿", "事实无人抚养")
    return view.people(child & (_both(view, unable, unable) | _both(view, gone, unable)))


def a07(view: View) -> Finding:
    """Under 18, living here, both parents dead by DI03, no 孤儿 allowance."""
    dead = view.crowd.dead_police != NEVER
    child = (view.age < 18) & view.living & view.world.here & ~_allowed(view, "孤儿")
    return view.people(child & _both(view, dead, dead))


def a11(view: View) -> Finding:
    """DB, BY or GX household: a member married after the last review and more than 30 days ago, the spouse not among
    the members."""
    person, spouse, when = view.ledgers.columns("DI44", "id_no", "spouse_id", "event_date")
    wed = view.ledgers.word("DI44", "event", "结婚") & view.on("DB", "BY", "GX")[person]
    wed &= (when > view.reviewed[person]) & (when + 30 < view.clock.today)
    outside = view.home[person] != view.home[spouse]
    return view.homes(view.in_home(view.mark(person[wed & outside])) > 0)


def a12(view: View) -> Finding:
    """A household of the register: since the last review a member was divorced or lost the spouse (DI03), and the
    former spouse is still a member."""
    person, spouse, when = view.ledgers.columns("DI44", "id_no", "spouse_id", "event_date")
    known = view.on("DB", "TK", "BY", "GX", "JC", "QT")
    parted = view.ledgers.word("DI44", "event", "离婚") & known[person] & (when > view.reviewed[person])
    together = view.mark(person[parted & (view.home[person] == view.home[spouse])])
    partner = view.crowd.spouse
    died = np.where(partner >= 0, view.crowd.dead_police[partner], NEVER)
    widowed = known & (died != NEVER) & (died > view.reviewed) & (view.home == view.home[partner])
    return view.homes(view.in_home(together | widowed) > 0)


def a13(view: View) -> Finding:
    """OUT household: a member divorced or widowed (DI03) within twelve months, the same day included; two members or
    more under 18; EPCI below 1.5 L."""
    since = view.clock.back(12)
    person, when = view.ledgers.columns("DI44", "id_no", "event_date")
    parted = view.mark(person[view.ledgers.word("DI44", "event", "离婚") & (when >= since)])
    partner = view.crowd.spouse
    died = np.where(partner >= 0, view.crowd.dead_police[partner], NEVER)
    alone = view.out & (parted | (died >= since))
    minors = view.in_home(view.age < 18)
    return view.homes(view.home_out & (view.in_home(alone) > 0) & (minors >= 2) & view.poor(150))


def a14(view: View) -> Finding:
    """Dibao household: a child born to a member (DI33) is three months old on the day of the scan or older, and is not
    among the members."""
    born = view.ledgers.word("DI33", "kind", "出生")
    mother, child, when = (
        c[born] for c in view.ledgers.columns("DI33", "mother_id", "newborn_id", "event_date")
    )
    old = np.array([day(months_after(date_of(w), 3)) <= view.clock.today for w in when.tolist()], dtype=bool)
    missing = old & view.on("DB")[mother] & (view.home[mother] != view.home[child])
    return view.homes(view.in_home(view.mark(mother[missing])) > 0)


READINGS = {"A06": a06, "A07": a07, "A11": a11, "A12": a12, "A13": a13, "A14": a14}
