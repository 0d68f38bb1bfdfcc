"""E01–E07: pupils, students, children out of school, disabled children."""

from datetime import date

import numpy as np

from wenhou.sandbox.days import date_of, day, first_of_month
from wenhou.sandbox.oracle import office
from wenhou.sandbox.oracle.view import Finding, View
from wenhou.sandbox.tables import NONE

COMPULSORY = ("小学", "初中")


def term(view: View) -> tuple[str, int]:
    """The term that runs: its name in DI35 and DI36, and the day it began by SA-STD."""
    rows = office.is_text(view, "SA-STD", "name", "term_start")
    days = [
        day(date.fromisoformat(text))
        for text, row in zip(view.ledgers.texts("SA-STD", "text").to_pylist(), rows.tolist(), strict=True)
        if row
    ]
    began = max(d for d in days if d <= view.clock.today)
    when = date_of(began)
    return f"{when.year}{'秋' if when.month >= 9 else '春'}", began


def studying(view: View, *stages: str) -> np.ndarray:
    """People 在读 at one of the stages, or at any."""
    rows = view.ledgers.word("DI34", "status", "在读")
    if stages:
        rows &= view.ledgers.word("DI34", "stage", *stages)
    return view.mark(view.ledgers.column("DI34", "id_no")[rows])


def e01(view: View) -> Finding:
    """DB, TK, BY, GX or JC member 在读 at any stage, 45 days or more after the term began, nothing granted by DI35 for
    the term that runs. Before the 45th day nobody."""
    name, began = term(view)
    rows = office.is_text(view, "DI35", "term", name) & (view.ledgers.column("DI35", "granted") == 1)
    aided = view.mark(view.ledgers.column("DI35", "id_no")[rows])
    known = view.on("DB", "TK", "BY", "GX", "JC") & view.living
    return view.people(known & studying(view) & ~aided & (view.clock.today >= began + 45))


def e02(view: View) -> Finding:
    """DB, TK, BY, GX or JC member 在读 as 高职专科 or 本科 who entered 60 days ago or later."""
    rows = view.ledgers.word("DI34", "stage", "高职专科", "本科") & view.ledgers.word(
        "DI34", "status", "在读"
    )
    since = view.ledgers.column("DI34", "enter_date")
    rows &= (since + 60 >= view.clock.today) & (since <= view.clock.today)
    new = view.mark(view.ledgers.column("DI34", "id_no")[rows])
    return view.people(view.on("DB", "TK", "BY", "GX", "JC") & view.living & new)


def _reported(view: View, *states: str) -> np.ndarray:
    """People whom DI36 reports in one of the states for the term that runs."""
    rows = office.is_text(view, "DI36", "term", term(view)[0]) & view.ledgers.word("DI36", "state", *states)
    return view.mark(view.ledgers.column("DI36", "id_no")[rows])


def _children(view: View) -> np.ndarray:
    """6 to 15, living here."""
    return view.living & view.world.here & (view.age >= 6) & (view.age <= 15)


def e03(view: View) -> Finding:
    """6 to 15, living here: 疑似辍学 or 无法入学 in the term that runs, at school or not; or neither 在读 nor taught at home
    (送教上门) this term. 延缓入学 excuses nobody by the text."""
    absent = ~studying(view) & ~_reported(view, "送教上门")
    return view.people(_children(view) & (_reported(view, "疑似辍学", "无法入学") | absent))


def e04(view: View) -> Finding:
    """OUT household: tuition and boarding of a school year of the members 在读 outside compulsory education, less what
    DI35 granted them for the term that runs and the one before, 10,000.00 or more; and what is visible (EPCI's
    sources, twelve months) a head below D of its kind of place."""
    rows = view.ledgers.word("DI34", "status", "在读") & ~view.ledgers.word("DI34", "stage", *COMPULSORY)
    person, tuition, boarding = view.ledgers.columns("DI34", "id_no", "tuition", "boarding")
    cost = np.zeros(view.world.people, dtype=np.int64)
    np.add.at(cost, person[rows], (tuition + boarding)[rows])
    named = term(view)[0]
    year = int(named[:4])
    before = f"{year}春" if named.endswith("秋") else f"{year - 1}秋"
    given = office.is_text(view, "DI35", "term", named, before) & (
        view.ledgers.column("DI35", "granted") == 1
    )
    who, amount = view.ledgers.columns("DI35", "id_no", "amount")
    given &= cost[who] > 0
    np.subtract.at(cost, who[given], amount[given])
    standards = view.world.standards
    line = np.where(view.home_rural, standards.disposable(True), standards.disposable(False))
    poor = view.sum_home(view.visible) < line * view.size
    return view.homes(view.home_out & (view.sum_home(cost) >= 1_000_000) & poor)


def e05(view: View) -> Finding:
    """OUT household with three members or more who are 在读, at any stage, and have a parent in the household; EPCI below
    1.5 L."""
    crowd = view.crowd
    child = np.zeros(view.world.people, dtype=bool)
    for parent in (crowd.father, crowd.mother):
        child |= (parent >= 0) & (view.home[parent] == view.home)
    return view.homes(view.home_out & (view.in_home(child & studying(view)) >= 3) & view.poor(150))


def e06(view: View) -> Finding:
    """6 to 15, living here, certificate of level 1 or 2: neither 在读 now nor taught at home in the term that runs,
    which is the one term of the threshold."""
    severe = np.isin(view.level, (1, 2))
    return view.people(_children(view) & severe & ~studying(view) & ~_reported(view, "送教上门"))


def e07(view: View) -> Finding:
    """0 to 15, living here, valid certificate of any level: no 儿童康复 done (已服务) since the first of the twelve
    complete months; one in the month of the scan counts too."""
    rows = view.ledgers.word("DI42", "service", "儿童康复") & view.ledgers.word("DI42", "status", "已服务")
    when = view.ledgers.column("DI42", "service_date")
    rows &= (when != NONE) & (when >= first_of_month(view.clock.last_month - 11))
    served = view.mark(view.ledgers.column("DI42", "id_no")[rows])
    child = view.living & view.world.here & (view.age <= 15)
    return view.people(child & (view.level > 0) & ~served)


READINGS = {"E01": e01, "E02": e02, "E03": e03, "E04": e04, "E05": e05, "E06": e06, "E07": e07}
