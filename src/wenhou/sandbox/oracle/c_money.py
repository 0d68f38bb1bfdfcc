"""C07, C08, C12–C16: what families move, save, spend and are owed."""

import json
from fractions import Fraction
from functools import cached_property
from typing import Any

import numpy as np

from wenhou.sandbox.days import date_of, day, months_after
from wenhou.sandbox.oracle.b_reckoned import authorised, on_register, seen, summed, told_of
from wenhou.sandbox.oracle.b_work import review_month
from wenhou.sandbox.oracle.view import LOW_INCOME, Finding, View
from wenhou.sandbox.tables import NONE


def _yearly_line(view: View) -> np.ndarray:
    """Per home: 12 L × n."""
    return np.asarray(12 * view.line * view.size)


def c07(view: View) -> Finding:
    """On the register or 申请中, everybody authorised: 大额转出 within six months before the application was accepted, both
    days included, of 12 L a head or more together."""
    person, applied = view.ledgers.columns("SA-ARCH", "id_no", "applied_on")
    rows = view.standing | view.ledgers.word("SA-ARCH", "category", "申请中")
    accepted = np.full(view.world.people, NONE)
    accepted[person[rows]] = applied[rows]
    who, when = view.ledgers.columns("DI48", "id_no", "event_date")
    out = view.ledgers.word("DI48", "product", "大额转出") & (when != NONE) & (accepted[who] != NONE)
    for row in np.flatnonzero(out).tolist():
        until = int(accepted[who[row]])
        out[row] = day(months_after(date_of(until), -6)) <= when[row] <= until
    total = view.sum_home(summed(view, "DI48", view.ledgers.column("DI48", "market_value"), out))
    among = view.in_home(accepted != NONE) > 0
    return view.homes(among & authorised(view) & (total > 0) & (total >= _yearly_line(view)))


def c08(view: View) -> Finding:
    """On the register, everybody authorised: 大额转入 within ninety days, one of 50,000.00 or more, or 12 L a head or more
    together."""
    person, when, fen = view.ledgers.columns("DI48", "id_no", "event_date", "market_value")
    rows = view.ledgers.word("DI48", "product", "大额转入") & (when >= view.clock.today - 90)
    rows &= when <= view.clock.today
    single = view.in_home(view.mark(person[rows & (fen >= 5_000_000)])) > 0
    total = view.sum_home(summed(view, "DI48", fen, rows))
    much = (total > 0) & (total >= _yearly_line(view))
    return view.homes(on_register(view) & authorised(view) & (single | much))


def c12(view: View) -> Finding:
    """On the register: paid into the housing fund in two months running, both after the month of the last review. The
    condition does not ask that nothing was paid before it, nor that the two months are the last."""
    paid = view.ledgers.word("DI22", "status", "正常") & (view.ledgers.column("DI22", "amount") > 0)
    person, month = view.ledgers.columns("DI22", "id_no", "month")
    after = paid & (month > review_month(view)[person]) & (month <= view.clock.last_month)
    when = person[after] * 100_000 + month[after]
    twice = view.mark(person[after][np.isin(when + 1, when)])
    return view.people(view.on(*LOW_INCOME) & view.living & twice)


def c13(view: View) -> Finding:
    """On the register: 购房提取 or 发放贷款 after the last review."""
    person, when = view.ledgers.columns("DI23", "id_no", "event_date")
    rows = view.ledgers.word("DI23", "event", "购房提取", "发放贷款") & (when > view.reviewed[person])
    rows &= view.reviewed[person] != NONE
    return view.homes(view.in_home(view.mark(person[rows]) & view.on(*LOW_INCOME)) > 0)


def c14(view: View) -> Finding:
    """On the register: a member 在读 at a 民办 or 国际 school whose tuition of the year less the aid granted for the school
    year (秋 and the 春 after it) is D of the household's kind or more. Who was sent to such a school for compulsory
    education no source tells: nobody is taken for that."""
    year = view.clock.year - (view.clock.as_of.month < 9)
    terms = np.isin(np.array(view.ledgers.texts("DI35", "term").to_pylist()), (f"{year}秋", f"{year + 1}春"))
    aid = summed(
        view,
        "DI35",
        view.ledgers.column("DI35", "amount"),
        terms & (view.ledgers.column("DI35", "granted") == 1),
    )
    rows = view.ledgers.word("DI34", "school_kind", "民办", "国际") & view.ledgers.word(
        "DI34", "status", "在读"
    )
    person, tuition = view.ledgers.columns("DI34", "id_no", "tuition")
    fees = np.zeros(view.world.people, dtype=np.int64)
    np.maximum.at(fees, person[rows], tuition[rows])
    standards = view.world.standards
    rural = np.r_[view.home_rural, False][view.home]
    line = np.where(rural, standards.disposable(True), standards.disposable(False))
    dear = (fees > 0) & (fees - aid >= line) & view.on(*LOW_INCOME) & view.living
    return view.homes(view.in_home(dear) > 0)


def c15(view: View) -> Finding:
    """On the register, everybody authorised: yearly premiums of 代销商业保险 of 6 L a head or more together."""
    premium = view.ledgers.column("DI48", "annual_premium")
    rows = view.ledgers.word("DI48", "product", "代销商业保险") & (premium != NONE)
    total = view.sum_home(summed(view, "DI48", premium, rows))
    return view.homes(on_register(view) & authorised(view) & (total >= 6 * view.line * view.size))


def c16(view: View) -> Finding:
    """On the register, support counted in the archive: reckoned again by §2.3 it differs in all by 20 % of L or more.

    Counted then: a judgement of no less than the reckoned sum, of less what is paid, else the judgement (§18); without
    one what is paid, else what the archived family income gives. Now: the same, but without a judgement always by the
    supporter's family's income of twelve months that departments tell (`seen`). The exempt owe nothing, then or now."""
    found = np.zeros(len(view.home_codes), dtype=bool)
    person = view.ledgers.column("SA-ARCH", "id_no")
    texts = view.ledgers.texts("SA-ARCH", "supporters").to_pylist()
    families, told = _Families(view), told_of(view)
    for row in np.flatnonzero(view.standing).tolist():
        home = view.home[person[row]]
        if texts[row] == "[]" or not told[home]:
            continue
        listed = json.loads(texts[row])
        line, among = int(view.line[home]), len(listed)
        kept = sum((families.then(one, line, among) for one in listed), Fraction(0))
        if kept > 0 and all(map(families.known, listed)):
            now = sum((families.now(one, line, among) for one in listed), Fraction(0))
            found[home] = abs(now - kept) * 5 >= line
    return view.homes(found)


class _Families:
    """What each supporter owes a month, of everybody supported together, in fen."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.income = view.sum_home(seen(view, 12))
        confined = view.ledgers.word("DI08", "status", "在押")
        self.exempt = view.on("DB", "TK", "BY") | np.isin(view.level, (1, 2))
        self.exempt |= view.mark(view.ledgers.column("DI08", "id_no")[confined])

    @cached_property
    def rows(self) -> dict[str, int]:
        return {number.decode(): row for row, number in enumerate(self.view.crowd.numbers.tolist())}

    def known(self, one: dict[str, Any]) -> bool:
        return bool(self.view.world.here[self.rows[one["id_no"]]])

    def then(self, one: dict[str, Any], line: int, among: int) -> Fraction:
        each = self._reckoned(one, _yuan(one, "义务人家庭近12个月收入"), line, among)
        paid = _yuan(one, "实际给付")
        return self._owed(one, Fraction(paid) if paid and not one.get("有赡养判决或协议") else each)

    def now(self, one: dict[str, Any], line: int, among: int) -> Fraction:
        income = int(self.income[self.view.home[self.rows[one["id_no"]]]])
        return self._owed(one, self._reckoned(one, income, line, among))

    def _owed(self, one: dict[str, Any], each: Fraction) -> Fraction:
        if self.exempt[self.rows[one["id_no"]]]:
            return Fraction(0)
        if one.get("有赡养判决或协议"):
            judged = _yuan(one, "判决或协议给付")
            each = Fraction(judged if judged >= each else _yuan(one, "实际给付") or judged)
        return each * len(one["of"])

    def _reckoned(self, one: dict[str, Any], income: int, line: int, among: int) -> Fraction:
        heads = int(self.view.size[self.view.home[self.rows[one["id_no"]]]])
        shared = int(str(one.get("被赡养人数", len(one["of"]))))
        return Fraction(max(0, income - line * heads * 12) * (50 if among <= 2 else 40), 1200 * shared)


def _yuan(one: dict[str, Any], name: str) -> int:
    return round(float(one.get(name, "0元").removesuffix("元")) * 100)


READINGS = {"C07": c07, "C08": c08, "C12": c12, "C13": c13, "C14": c14, "C15": c15, "C16": c16}
