"""D06, D07, D10–D12: grave illness and disability in families that are known, and what they should be getting."""

import numpy as np

from wenhou.sandbox.oracle.view import Finding, View
from wenhou.sandbox.tables import EARLIER_DI41


def d06(view: View) -> Finding:
    """Member of a near-Dibao family, registered (在管) with 重特大疾病, 大病专项 or 罕见病, not on Dibao."""
    ill = view.ledgers.word("DI32", "disease_class", "重特大疾病", "大病专项", "罕见病")
    ill &= view.ledgers.word("DI32", "status", "在管")
    sick = view.mark(view.ledgers.column("DI32", "id_no")[ill])
    return view.people(view.on("BY") & view.living & sick & ~view.on("DB"))


def d07(view: View) -> Finding:
    """Member of a near-Dibao family, not on Dibao: valid certificate of level 1 or 2, or 智力/精神 of level 3; where
    the place has opened §8(四) (银川 from 2025-01-01) also anybody under 18, and anybody of 60 or older whose
    self_care on the register is not 自理."""
    severe = np.isin(view.level, (1, 2)) | ((view.level == 3) & view.mental)
    if view.world.standards.protects_minors_and_frail:
        frail = (view.age >= 60) & (view.of_register("self_care") > 0)
        severe = severe | (view.age < 18) | frail
    return view.people(view.on("BY") & view.living & severe & ~view.on("DB"))


def _enjoys(view: View, kind: str) -> np.ndarray:
    """Paid by DI46 for the last complete month, not stopped."""
    paid = view.ledgers.word("DI46", "kind", kind) & view.ledgers.word("DI46", "status", "发放")
    paid &= view.ledgers.column("DI46", "month") == view.clock.last_month
    return view.mark(view.ledgers.column("DI46", "id_no")[paid])


def d10(view: View) -> Finding:
    """Valid certificate at least a month old, not 特困, living here: on Dibao without 困难残疾人生活补贴, or level
    1 or 2 without 重度残疾人护理补贴 (on the register or not)."""
    person, issued = view.ledgers.columns("DI41", "id_no", "issue_date")
    old = view.ledgers.word("DI41", "status", "有效") & (issued <= view.clock.back(1))
    holder = view.mark(person[old]) & view.living & view.world.here & ~view.on("TK")
    poor = view.on("DB") & ~_enjoys(view, "困难残疾人生活补贴")
    severe = np.isin(view.level, (1, 2)) & ~_enjoys(view, "重度残疾人护理补贴")
    return view.people(holder & (poor | severe))


def graver(view: View) -> np.ndarray:
    """Valid certificates of a smaller level than in the earlier delivery (people)."""
    return _compared(view)[0]


def _compared(view: View) -> tuple[np.ndarray, np.ndarray]:
    before = np.zeros(view.world.people, dtype=np.int64)
    kind = np.zeros(view.world.people, dtype=np.int64)
    person, level, category = view.ledgers.columns(EARLIER_DI41, "id_no", "level", "category")
    before[person], kind[person] = level, category
    both = (before > 0) & (view.level > 0)
    return both & (view.level < before), both & (view.category != kind)


def d11(view: View) -> Finding:
    """On the register, any category: level smaller than in the earlier delivery, or another category."""
    worse, other = _compared(view)
    known = view.on("DB", "TK", "BY", "GX", "JC", "QT") & view.living
    return view.people(known & (worse | other))


def d12(view: View) -> Finding:
    """OUT household with two valid certificates or more, one of level 1 or 2, EPCI below 1.5 L."""
    holders = view.in_home(view.level > 0)
    severe = view.in_home(np.isin(view.level, (1, 2)))
    return view.homes(view.home_out & (holders >= 2) & (severe >= 1) & view.poor(150))


READINGS = {"D06": d06, "D07": d07, "D10": d10, "D11": d11, "D12": d12}
