"""D08, D09: severely disabled adults without work, and who keeps them."""

import numpy as np

from wenhou.sandbox.oracle.view import Finding, View


def without_work(view: View) -> np.ndarray:
    """18 or older, living here, not on Dibao or 特困; valid certificate of level 1 or 2; in the last six complete
    months no contribution as 单位职工 paid and no 工资薪金 above nothing."""
    clock = view.clock
    recent = view.ledgers.column("DI10", "month") > clock.last_month - 6
    insured = (
        recent
        & view.ledgers.word("DI10", "identity", "单位职工")
        & (view.ledgers.column("DI10", "paid") == 1)
    )
    paid = view.ledgers.word("DI26", "income_item", "工资薪金") & (view.ledgers.column("DI26", "income") > 0)
    paid &= view.ledgers.column("DI26", "period") > clock.last_month - 6
    works = view.mark(view.ledgers.column("DI10", "id_no")[insured])
    works |= view.mark(view.ledgers.column("DI26", "id_no")[paid])
    among = view.living & view.world.here & ~view.on("DB", "TK")
    return among & (view.age >= 18) & np.isin(view.level, (1, 2)) & ~works


def d08(view: View) -> Finding:
    """See `without_work`; OUT."""
    return view.people(view.out & without_work(view))


def d09(view: View) -> Finding:
    """D08's condition, on the register as near-Dibao or otherwise or not at all, and the other adults of the household
    are only parents of 60 or older, or siblings (a parent in common by DI01), and there is at least one. Minors
    keep nobody and are passed over."""
    subjects = np.flatnonzero(without_work(view))
    order = np.argsort(view.home, kind="stable")
    starts = np.searchsorted(view.home[order], np.arange(len(view.home_codes) + 1))
    found = []
    for row in subjects.tolist():
        members = order[starts[view.home[row]] : starts[view.home[row] + 1]]
        adults = [m for m in members.tolist() if m != row and view.age[m] >= 18]
        if adults and all(_keeps(view, row, other) for other in adults):
            found.append(row)
    return view.people(view.mark(np.array(found, dtype=np.int64)))


def _keeps(view: View, row: int, other: int) -> bool:
    crowd = view.crowd
    if other in (crowd.father[row], crowd.mother[row]):
        return bool(view.age[other] >= 60)
    shared_father = crowd.father[row] >= 0 and crowd.father[row] == crowd.father[other]
    shared_mother = crowd.mother[row] >= 0 and crowd.mother[row] == crowd.mother[other]
    return bool(shared_father or shared_mother)


READINGS = {"D08": d08, "D09": d09}
