"""E08–E12: houses in danger, households without one, disaster."""

import numpy as np

from wenhou.sandbox.days import month_of_days
from wenhou.sandbox.oracle import office
from wenhou.sandbox.oracle.view import Finding, View
from wenhou.sandbox.tables import NONE


def _endangered(view: View) -> np.ndarray:
    """Per home: the last assessment of the house of a member says C or D, and it is not rebuilt (竣工)."""
    person, when = view.ledgers.columns("DI21", "id_no", "identify_date")
    last = np.full(view.world.people, NONE)
    np.maximum.at(last, person, when)
    bad = view.ledgers.word("DI21", "danger_level", "C", "D") & (when == last[person])
    bad &= ~view.ledgers.word("DI21", "rebuild_status", "竣工")
    return view.in_home(view.mark(person[bad]) & view.living) > 0


def _on(view: View, *categories: str) -> np.ndarray:
    return view.in_home(view.on(*categories)) > 0


def e08(view: View) -> Finding:
    """Rural household on the register as DB, TK, BY, GX or JC; C or D and not 竣工. Thirty days only make it red."""
    return view.homes(_on(view, "DB", "TK", "BY", "GX", "JC") & view.home_rural & _endangered(view))


def dwellings(view: View) -> np.ndarray:
    """Per home: units of housing that members own (DI17 住宅 现势); one that two of them share is one."""
    rows = view.ledgers.word("DI17", "use", "住宅") & view.ledgers.word("DI17", "status", "现势")
    person = view.ledgers.column("DI17", "id_no")
    rows &= view.home[person] >= 0
    units = view.ledgers.texts("DI17", "unit_no").dictionary_encode().indices.to_numpy()
    pairs = np.unique(np.stack([view.home[person[rows]], units[rows]], axis=1), axis=0)
    return np.bincount(pairs[:, 0], minlength=len(view.home_codes))


def e09(view: View) -> Finding:
    """Urban household on the register as DB, TK, BY or GX that owns no housing, bought none (DI19 住宅 有效: a flat that
    is paid for and not yet registered is one), and has no DI20 in force (在保, not ended)."""
    bought = view.ledgers.word("DI19", "use", "住宅") & view.ledgers.word("DI19", "status", "有效")
    bought_here = office.homes_of(view, view.ledgers.column("DI19", "id_no")[bought])
    until = view.ledgers.column("DI20", "end")
    helped = view.ledgers.word("DI20", "status", "在保") & ((until == NONE) | (until >= view.clock.today))
    helped_here = office.homes_of(view, view.ledgers.column("DI20", "id_no")[helped])
    town = _on(view, "DB", "TK", "BY", "GX") & ~view.home_rural & (view.in_home(view.world.here) > 0)
    alive = view.in_home(view.living) > 0
    return view.homes(town & alive & (dwellings(view) == 0) & ~bought_here & ~helped_here)


def e10(view: View) -> Finding:
    """OUT rural household, C or D and not 竣工 (the table leaves that out; whose house is rebuilt lives in no danger),
    no more than one dwelling, EPCI below 1.5 L."""
    return view.homes(
        view.home_out & view.home_rural & _endangered(view) & (dwellings(view) <= 1) & view.poor(150)
    )


def e11(view: View) -> Finding:
    """Any household with a member whom DI43 tells of with 严重损坏 or 倒塌; the text sets no end to it."""
    rows = view.ledgers.word("DI43", "house_damage", "严重损坏", "倒塌")
    struck = view.mark(view.ledgers.column("DI43", "id_no")[rows]) & view.living
    return view.homes(view.in_home(struck) > 0)


def e12(view: View) -> Finding:
    """Of one disaster 60 days ago or earlier, the aid to the members of a household below 30 % of their loss, and no
    temporary relief (YL05, YL06) paid to a member for the month of the disaster or later."""
    person, when, loss, aid = view.ledgers.columns("DI43", "id_no", "occur_date", "loss", "aid_amount")
    home = view.home[person]
    relief = office.is_text(view, "SA-PAY", "item", "YL05", "YL06")
    relief &= view.ledgers.word("SA-PAY", "pay_status", "成功")
    payee, month = (c[relief] for c in view.ledgers.columns("SA-PAY", "id_no", "month"))
    helped = np.full(len(view.home_codes), NONE)
    known = view.home[payee] >= 0
    np.maximum.at(helped, view.home[payee][known], month[known])
    number = view.ledgers.texts("DI43", "disaster_no").dictionary_encode().indices.to_numpy()
    due = (home >= 0) & (when + 60 <= view.clock.today) & view.living[person]
    found = np.zeros(len(view.home_codes), dtype=bool)
    for disaster in np.unique(number[due]).tolist():
        rows = due & (number == disaster)
        lost, given = (
            np.bincount(home[rows], weights=amount[rows], minlength=len(found)) for amount in (loss, aid)
        )
        began = np.full(len(found), np.iinfo(np.int64).max)
        np.minimum.at(began, home[rows], month_of_days(when[rows]))
        found |= (given * 10 < lost * 3) & (helped < began)
    return view.homes(found)


READINGS = {"E08": e08, "E09": e09, "E10": e10, "E11": e11, "E12": e12}
