"""F07, F10–F12, F16: what was paid late, twice or not at all."""

import numpy as np

from wenhou.sandbox.days import month_of_days
from wenhou.sandbox.oracle import office
from wenhou.sandbox.oracle.view import Finding, View
from wenhou.sandbox.tables import NONE

LOOKS_BACK = 16
"""Months for which payments are known."""


def _paid(view: View, *items: str) -> np.ndarray:
    return office.is_text(view, "SA-PAY", "item", *items) & view.ledgers.word("SA-PAY", "pay_status", "成功")


def f07(view: View) -> Finding:
    """Confirmed by the office (an application for Dibao or 特困): nothing of that benefit paid successfully to the
    household for the month after, and that month is over. Months before payments are known are not asked about."""
    of = office.cases(view)
    sure = of.any(view.ledgers.word("SA-CASE", "decision", "确认"))
    sure &= office.applications(view, of, "YL01", "YL02")
    decided = office.told(view, of, "decided_on")
    sure &= decided != NONE
    due = month_of_days(np.where(sure, decided, 0)) + 1
    sure &= (due <= view.clock.last_month) & (due > view.clock.last_month - LOOKS_BACK)
    home = view.home[office.told(view, of, "applicant_id")]
    person, month = view.ledgers.columns("SA-PAY", "id_no", "month")
    rows = _paid(view, "YL01", "YL02")
    got = {*zip(view.home[person[rows]].tolist(), month[rows].tolist(), strict=True)}
    late = [c for c in np.flatnonzero(sure).tolist() if (int(home[c]), int(due[c])) not in got]
    return view.homes(office.applicants(view, of, np.isin(np.arange(len(of.row)), late)))


def _enjoyed(view: View, month: int, *kinds: str) -> np.ndarray:
    """People to whom DI46 paid one of the kinds for a month."""
    rows = view.ledgers.word("DI46", "kind", *kinds) & view.ledgers.word("DI46", "status", "发放")
    return view.mark(
        view.ledgers.column("DI46", "id_no")[rows & (view.ledgers.column("DI46", "month") == month)]
    )


def f10(view: View) -> Finding:
    """On the register (在保) as 特困 and as Dibao; or 特困 and, by DI46 for the last complete month, 孤儿, 事实无人抚养 or one
    of the two allowances for the disabled. The same month is the last complete one."""
    tekun = view.covered("TK")
    other = _enjoyed(
        view,
        view.clock.last_month,
        "孤儿",
        "事实无人抚养",
        "困难残疾人生活补贴",
        "重度残疾人护理补贴",
    )
    return view.people(tekun & view.living & (view.covered("DB") | other))


def f11(view: View) -> Finding:
    """在保, in whichever category, in archives of two counties or more at once."""
    codes = np.array([int(code[:6]) for code in view.world.places.codes])
    held = view.standing & view.ledgers.word("SA-ARCH", "status", "在保")
    person = view.ledgers.column("SA-ARCH", "id_no")[held]
    county = codes[view.ledgers.column("SA-ARCH", "division_code")[held]]
    pairs = np.unique(np.stack([person, county], axis=1), axis=0)
    return view.people((np.bincount(pairs[:, 0], minlength=view.world.people) >= 2) & view.living)


def f12(view: View) -> Finding:
    """A payment that failed (失败; 退汇 is not named) more than 5 working days ago, and none of the same person, item and
    month that succeeded. One that succeeded later than the fifth day no longer lacks."""
    person, month, when = view.ledgers.columns("SA-PAY", "id_no", "month", "status_on")
    failed = view.ledgers.word("SA-PAY", "pay_status", "失败") & office.over(view, when, 5)
    rows = np.flatnonzero(failed)
    near = np.isin(person, person[rows]) & view.ledgers.word("SA-PAY", "pay_status", "成功")
    item = view.ledgers.texts("SA-PAY", "item")
    done = {(int(person[r]), int(month[r]), item[r].as_py()) for r in np.flatnonzero(near).tolist()}
    open_ = [r for r in rows.tolist() if (int(person[r]), int(month[r]), item[r].as_py()) not in done]
    return view.homes(office.homes_of(view, person[np.array(open_, dtype=np.int64)]))


def f16(view: View) -> Finding:
    """Where SA-STD says the linkage started in the month before the last complete one, whose index came out in the
    last complete month: living, on the register (在保, counted) as Dibao or 特困, confirmed before that month of
    publication, or 孤儿 or 事实无人抚养 by DI46 for it; and no JG01 paid for the month of the index."""
    index, published = view.clock.last_month - 1, view.clock.last_month
    started = office.is_text(view, "SA-STD", "name", "price_linkage_started")
    months = month_of_days(view.ledgers.column("SA-STD", "since")[started])
    if index not in months.tolist():
        return view.people(np.zeros(view.world.people, dtype=bool))
    held = view.ledgers.word("SA-ARCH", "category", "DB", "TK") & view.ledgers.word(
        "SA-ARCH", "status", "在保"
    )
    confirmed = view.ledgers.column("SA-ARCH", "confirmed_on")
    held &= (view.ledgers.column("SA-ARCH", "is_covered") == 1) & (confirmed != NONE)
    held[held] &= month_of_days(confirmed[held]) < published
    due = view.mark(view.ledgers.column("SA-ARCH", "id_no")[held])
    due |= _enjoyed(view, published, "孤儿", "事实无人抚养")
    person, month = view.ledgers.columns("SA-PAY", "id_no", "month")
    got = view.mark(person[_paid(view, "JG01") & (month == index)])
    return view.people(due & view.living & view.world.here & ~got)


READINGS = {"F07": f07, "F10": f10, "F11": f11, "F12": f12, "F16": f16}
