"""A08–A10: who should be, and who should no longer be, supported as 特困."""

import numpy as np

from wenhou.sandbox.crowd import NEVER
from wenhou.sandbox.oracle.view import Finding, View


def _children(view: View) -> tuple[np.ndarray, np.ndarray]:
    """(parent, child) pairs of DI01."""
    crowd = view.crowd
    child = np.arange(view.world.people)
    pairs = [(p[p >= 0], child[p >= 0]) for p in (crowd.father, crowd.mother)]
    return np.concatenate([p for p, _ in pairs]), np.concatenate([c for _, c in pairs])


def a08(view: View) -> Finding:
    """On the register but not TK, 60 or older, living here; no living spouse; no living adult child, or all of them
    certainly without capacity (特困, or Dibao and 60 or older: §8's other cases need assets, which nobody may look
    at, so they are not yes); own income of twelve months (DI26 after tax, DI11, DI12 less central; not DI40,
    not DI46) below 12 L."""
    crowd = view.crowd
    alive = view.first_day("police", "health", "funeral") == NEVER
    spouse = (crowd.spouse >= 0) & alive[crowd.spouse]
    incapable = view.on("TK") | (view.on("DB") & (view.age >= 60))
    parent, child = _children(view)
    able = alive[child] & (view.age[child] >= 18) & ~incapable[child]
    kept = view.mark(parent[able])
    line = np.r_[view.line, 0][view.home]
    poor = view.wages + view.pensions < 12 * line
    among = view.on("DB", "BY", "GX", "JC", "QT") & ~view.on("TK") & (view.age >= 60)
    return view.people(among & view.living & view.world.here & ~spouse & ~kept & poor)


def a09(view: View) -> Finding:
    """TK (在保), under 18 when confirmed and 18 or older now, living here, and not 在读 in 小学, 初中, 普高 or 中职."""
    studies = view.ledgers.word("DI34", "stage", "小学", "初中", "普高", "中职")
    studies &= view.ledgers.word("DI34", "status", "在读")
    pupil = view.mark(view.ledgers.column("DI34", "id_no")[studies])
    confirmed = view.of_register("confirmed_on")
    birthday = _eighteenth(view)
    grown = (confirmed < birthday) & (view.age >= 18)
    return view.people(view.covered("TK") & view.living & view.world.here & grown & ~pupil)


def _eighteenth(view: View) -> np.ndarray:
    born = view.crowd.birth.astype("datetime64[D]")
    months = born.astype("datetime64[M]")
    return ((months + 18 * 12).astype("datetime64[D]") + (born - months)).astype(np.int64)


def a10(view: View) -> Finding:
    """TK (在保): married (DI44) after confirmation; or a living child of 18 to 69 without a certificate of level 1 or 2
    whose income of twelve months (DI26 after tax and DI11) reaches D of the place's kind, urban or rural as
    the supported person's household is."""
    tekun = view.covered("TK")
    person, when = view.ledgers.columns("DI44", "id_no", "event_date")
    wed = view.ledgers.word("DI44", "event", "结婚") & (when > view.of_register("confirmed_on")[person])
    income = view.wages + view.year_sum("DI11", view.ledgers.column("DI11", "amount"))
    parent, child = _children(view)
    rural = np.r_[view.home_rural, False][view.home[parent]]
    standards = view.world.standards
    line = np.where(rural, standards.disposable(True), standards.disposable(False))
    fit = view.living[child] & (view.age[child] >= 18) & (view.age[child] < 70)
    fit &= ~np.isin(view.level[child], (1, 2)) & (income[child] >= line)
    return view.people(tekun & (view.mark(person[wed]) | view.mark(parent[fit])))


READINGS = {"A08": a08, "A09": a09, "A10": a10}
