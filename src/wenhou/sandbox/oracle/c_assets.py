"""C01–C06, C09–C11, C17: what families own."""

import numpy as np
import pyarrow.compute as pc

from wenhou.sandbox.days import date_of, day, months_after
from wenhou.sandbox.oracle.b_reckoned import (
    authorised,
    cars,
    homes_too_large,
    machines,
    on_register,
    summed,
    too_much_money,
    window,
)
from wenhou.sandbox.oracle.view import LOW_INCOME, Finding, View
from wenhou.sandbox.tables import NONE


def c01(view: View) -> Finding:
    """DB or BY: a car that is not exempt (`cars`), whenever it was registered: the condition does not ask that it be new."""
    return view.homes(on_register(view, "DB", "BY") & cars(view))


def c02(view: View) -> Finding:
    """Rural household of the register with a large tractor or combine."""
    return view.homes(on_register(view) & view.home_rural & machines(view))


def c03(view: View) -> Finding:
    """See `homes_too_large`."""
    return view.homes(on_register(view) & homes_too_large(view))


def c04(view: View) -> Finding:
    """On the register: a valid contract of DI19, of any use, signed in the twelve months before the member's application
    (the same day included) or since."""
    person, signed = view.ledgers.columns("DI19", "id_no", "sign_date")
    applied = view.of_register("applied_on")[person]
    rows = view.ledgers.word("DI19", "status", "有效") & (applied != NONE) & (signed <= view.clock.today)
    rows &= signed > applied - 400
    late = np.zeros(len(rows), dtype=bool)
    for row in np.flatnonzero(rows).tolist():
        late[row] = signed[row] >= day(months_after(date_of(int(applied[row])), -12))
    return view.homes(view.in_home(view.mark(person[late]) & view.on(*LOW_INCOME)) > 0)


def c05(view: View) -> Finding:
    """On the register: a 商业, 办公 or 工业仓储 unit, 现势, and a dwelling beside it. Without a dwelling it is taken for the
    only place to live (唯一居住)."""
    current = view.ledgers.word("DI17", "status", "现势")
    person = view.ledgers.column("DI17", "id_no")
    other = current & view.ledgers.word("DI17", "use", "商业", "办公", "工业仓储")
    dwelling = current & view.ledgers.word("DI17", "use", "住宅")
    has = view.in_home(view.mark(person[other])) > 0
    return view.homes(on_register(view) & has & (view.in_home(view.mark(person[dwelling])) > 0))


def c06(view: View) -> Finding:
    """DB, everybody authorised: more than 36 L of money a head."""
    return view.homes(on_register(view, "DB") & authorised(view) & too_much_money(view))


def c09(view: View) -> Finding:
    """On the register: a business (存续) founded after the last review, of which not every month told to the tax office
    within the last six was 零申报; nothing told is as good as sales."""
    person, founded = view.ledgers.columns("DI24", "id_no", "est_date")
    alive = view.ledgers.word("DI24", "status", "存续") & (founded > view.reviewed[person])
    alive &= (view.reviewed[person] != NONE) & view.on(*LOW_INCOME)[person]
    recent = window(view, "DI27", 6, month="period")
    told = view.ledgers.texts("DI27", "uscc")
    zero = view.ledgers.column("DI27", "zero_declare") == 1
    businesses = view.ledgers.texts("DI24", "uscc")
    busy = []
    for row in np.flatnonzero(alive).tolist():
        months = np.asarray(pc.equal(told, businesses[row])) & recent if len(told) else recent
        if not (months.any() and zero[months].all()):
            busy.append(int(person[row]))
    return view.homes(view.in_home(view.mark(np.array(busy, dtype=np.int64))) > 0)


def c10(view: View) -> Finding:
    """On the register: 100,000.00 or more subscribed together by members as 股东 or 合伙人, the share not given up."""
    subscribed, end = view.ledgers.columns("DI25", "subscribed", "end")
    rows = view.ledgers.word("DI25", "role", "股东", "合伙人") & (subscribed != NONE)
    rows &= (end == NONE) | (end > view.clock.today)
    total = view.sum_home(summed(view, "DI25", subscribed, rows))
    return view.homes(on_register(view) & (total >= 10_000_000))


def c11(view: View) -> Finding:
    """On the register: of twelve complete months the greater of sales and invoices, ten percent of it, a twelfth, by
    heads: L or more. Each row of DI27 (a business and month) by itself."""
    sales, invoiced = view.ledgers.columns("DI27", "sales", "invoice_amount")
    total = view.sum_home(
        summed(view, "DI27", np.maximum(sales, invoiced), window(view, "DI27", 12, month="period"))
    )
    return view.homes(on_register(view) & (total >= 120 * view.line * view.size))


def c17(view: View) -> Finding:
    """A household of which a member was refused (未获批) within 24 months, the same day included, for a reason that names
    财产, with a PCI then below L, everybody authorised: since the refusal a car was transferred, scrapped or struck
    off, a home sold, given away or requisitioned, or a business is 注销 or 吊销."""
    person, when, pci = view.ledgers.columns("SA-ARCH", "id_no", "refused_on", "pci_determined")
    rows = view.ledgers.word("SA-ARCH", "category", "未获批") & (when >= view.clock.back(24))
    reason = pc.fill_null(pc.match_substring(view.ledgers.texts("SA-ARCH", "refused_reason"), "财产"), False)
    rows &= np.asarray(reason) & (pci != NONE)
    refused = np.full(view.world.people, np.iinfo(np.int64).max)
    refused[person[rows]] = when[rows]
    line = np.r_[view.line, 0][view.home[person]]
    poor = view.in_home(view.mark(person[rows & (pci < line)])) > 0
    gone = _disposed(view, refused)
    return view.homes(poor & (view.in_home(gone) > 0) & authorised(view) & ~on_register(view))


def _disposed(view: View, refused: np.ndarray) -> np.ndarray:
    gone = np.zeros(view.world.people, dtype=bool)
    for contract, words in (("DI07", ("转移", "注销", "报废")), ("DI18", ("买卖", "赠与", "征收"))):
        person, when = view.ledgers.columns(contract, "id_no", "event_date")
        gone |= view.mark(person[view.ledgers.word(contract, "event", *words) & (when > refused[person])])
    closed = view.ledgers.word("DI24", "status", "注销", "吊销")
    closed_by = view.mark(view.ledgers.column("DI24", "id_no")[closed])
    return gone | (closed_by & (refused != np.iinfo(np.int64).max))


READINGS = {
    "C01": c01,
    "C02": c02,
    "C03": c03,
    "C04": c04,
    "C05": c05,
    "C06": c06,
    "C09": c09,
    "C10": c10,
    "C11": c11,
    "C17": c17,
}
