"""What B and C reckon of a household: its PCI, the archive's counted items, who has authorised, what it owns.

PCI (facts.md §9, §18: 核算期为前12个月均值): of twelve complete months, what departments tell of wages, pensions (DI12 less
central), regular injury payments, unemployment benefits, and this year's DI38; less a tenth of 工资薪金 and 劳务报酬, tax, and
the medical and rehabilitation payments of members who are disabled or gravely ill. DI40 is not income. All amounts ×10.
Where it may raise a household (B07, B10) the archive's declarations that no department sees are added.
"""

import json

import numpy as np
import pyarrow as pa

from wenhou.sandbox.oracle.view import LOW_INCOME, View
from wenhou.sandbox.tables import NONE

WORK = ("工资薪金", "劳务报酬")
INJURY = ("伤残津贴", "供养亲属抚恤金", "遗属补助")
_DECLARED = {
    "近12个月工资性收入": 1,
    "近12个月经营收入": 1,
    "近12个月经营费用": -1,
    "近12个月其他转移收入": 1,
}


def window(view: View, contract: str, months: int, *, back: int = 0, month: str = "month") -> np.ndarray:
    """Which rows lie in so many complete months, `back` of the latest left out."""
    last = view.clock.last_month - back
    when = view.ledgers.column(contract, month)
    return (when > last - months) & (when <= last)


def summed(view: View, contract: str, amount: np.ndarray, rows: np.ndarray) -> np.ndarray:
    """Per person."""
    total = np.zeros(view.world.people, dtype=np.int64)
    np.add.at(total, view.ledgers.column(contract, "id_no")[rows], amount[rows])
    return total


def seen(view: View, months: int, *, back: int = 0) -> np.ndarray:
    """Per person: visible income by the month (DI26 after tax, DI11, DI12 less central, DI13, DI16)."""
    ledgers = view.ledgers
    wages = ledgers.column("DI26", "income") - ledgers.column("DI26", "tax")
    found = summed(view, "DI26", wages, window(view, "DI26", months, back=back, month="period"))
    basic = ledgers.column("DI12", "amount") - ledgers.column("DI12", "central_basic")
    found += summed(view, "DI12", basic, window(view, "DI12", months, back=back))
    for contract in ("DI11", "DI16"):
        found += summed(
            view, contract, ledgers.column(contract, "amount"), window(view, contract, months, back=back)
        )
    injury = window(view, "DI13", months, back=back) & ledgers.word("DI13", "kind", *INJURY)
    return found + summed(view, "DI13", ledgers.column("DI13", "amount"), injury)


def year_tenfold(view: View, *, back: int = 0) -> np.ndarray:
    """Per home: ten times what is reckoned for twelve months that end so many months ago."""
    ledgers = view.ledgers
    work = window(view, "DI26", 12, back=back, month="period") & ledgers.word("DI26", "income_item", *WORK)
    earned = summed(view, "DI26", ledgers.column("DI26", "income"), work)
    person = (seen(view, 12, back=back) + view.farming - _illness(view)) * 10 - earned
    return view.sum_home(person)


def _illness(view: View) -> np.ndarray:
    """Burdens of twelve months of the disabled and the gravely ill: what stays with them within the insurance's scope, in
    designated hospitals, after every insurance and aid (§4: 定点机构、各类保险救助后个人负担、合规); rehabilitation as paid."""
    ledgers = view.ledgers
    ill = ledgers.word("DI32", "disease_class", "大病专项", "重特大疾病", "罕见病")
    ill &= ledgers.word("DI32", "status", "在管")
    concerned = (view.level > 0) | view.mark(ledgers.column("DI32", "id_no")[ill])
    own = summed(view, "DI30", ledgers.column("DI30", "self_pay"), window(view, "DI30", 12))
    own += summed(view, "DI29", _left_in_scope(view), _within_a_year(view, "DI29", "discharge"))
    own += summed(
        view, "DI42", ledgers.column("DI42", "self_pay"), _within_a_year(view, "DI42", "service_date")
    )
    return np.where(concerned, own, 0)


def _left_in_scope(view: View) -> np.ndarray:
    """Per stay: what insurance and aid left of the costs within scope; nothing of a hospital that is not designated."""
    column = view.ledgers.column
    paid = sum(column("DI29", by) for by in ("basic_pay", "serious_pay", "aid_pay", "supp_pay"))
    left = np.maximum(column("DI29", "in_policy") - paid, 0)
    return np.where(column("DI29", "hosp_designated") == 1, left, 0)


def _within_a_year(view: View, contract: str, day: str) -> np.ndarray:
    when = view.ledgers.column(contract, day)
    return (when >= view.clock.back(12)) & (when <= view.clock.today)


def told_of(view: View) -> np.ndarray:
    """Per home: departments have told of all of it; elsewhere silence is not nothing."""
    return view.in_home(~view.world.here) == 0


def below(view: View) -> np.ndarray:
    """Per home: the PCI, with what only the archive tells, is known and lies below L."""
    year = year_tenfold(view) + view.sum_home(_declared_tenfold(view))
    return told_of(view) & (year < view.line * 120 * view.size)


def _declared_tenfold(view: View) -> np.ndarray:
    """Per person: wages beyond those DI26 tells (of two tellings the greater) less a tenth, what trade and land left,
    money from relatives; of the archive's rows whoever's, an application's too."""
    work = window(view, "DI26", 12, month="period") & view.ledgers.word("DI26", "income_item", *WORK)
    found = summed(view, "DI26", view.ledgers.column("DI26", "income"), work)
    total = np.zeros(view.world.people, dtype=np.int64)
    person = view.ledgers.column("SA-ARCH", "id_no").tolist()
    for row, items in enumerate(view.income_items):
        told = {item: _fen(value) for item, value in items.items() if item in _DECLARED}
        if told:
            wages = max(0, told.pop("近12个月工资性收入", 0) - int(found[person[row]]))
            rest = sum(_DECLARED[item] * fen for item, fen in told.items())
            total[person[row]] = max(total[person[row]], wages * 9 + rest * 10)
    return total


def above_twice(view: View) -> np.ndarray:
    """Per home: the PCI of both the last two accounts (twelve months each) is L or more."""
    line = view.line * 120 * view.size
    return (year_tenfold(view) >= line) & (year_tenfold(view, back=1) >= line)


# -- the archive ---------------------------------------------------------------------------------------


def counted(view: View, *items: str) -> np.ndarray:
    """Per person on the register: what the archive counted of twelve months, 0 not counted; NONE an empty column."""
    found = np.full(view.world.people, NONE)
    person = view.ledgers.column("SA-ARCH", "id_no")
    for row in np.flatnonzero(view.standing).tolist():
        told = view.income_items[row]
        if told:
            found[person[row]] = sum(_fen(told[item]) for item in items if item in told)
    return found


def _fen(written: str) -> int:
    return round(float(written.removesuffix("元")) * 100)


def authorised(view: View) -> np.ndarray:
    """Per home: every adult of it has authorised (已授权户)."""
    person, signed = view.ledgers.columns("SA-ARCH", "id_no", "authorised")
    grown = view.living & (view.age >= 18)
    return (view.in_home(grown & view.mark(person[signed == 1])) == view.in_home(grown)) & (
        view.in_home(grown) > 0
    )


def on_register(view: View, *categories: str) -> np.ndarray:
    """Per home: a household of the register, of one of the categories or any of the six."""
    return view.in_home(view.on(*(categories or LOW_INCOME))) > 0


# -- property ------------------------------------------------------------------------------------------


def cars(view: View) -> np.ndarray:
    """Per home: a car that stands as 正常 and is not exempt. Exempt by kind: 残疾人专用, 摩托车, 三轮; by the bureau: an
    exemption approved in the archive (汽车豁免已批准). A tractor is a production vehicle, a family's only one for hire or
    freight what it lives on."""
    normal = view.ledgers.word("DI06", "status", "正常")
    kinds = view.ledgers.word("DI06", "vehicle_type", "残疾人专用", "摩托车", "三轮", "拖拉机")
    hired = view.ledgers.word("DI06", "use_nature", "营运", "货运")
    owner = view.ledgers.column("DI06", "id_no")
    private, trade = (
        view.sum_home(np.bincount(owner[normal & ~kinds & chosen], minlength=view.world.people))
        for chosen in (~hired, hired)
    )
    return ((private > 0) | (trade > 1)) & ~_exempted(view)


def _exempted(view: View) -> np.ndarray:
    person = view.ledgers.column("SA-ARCH", "id_no")
    texts = view.ledgers.texts("SA-ARCH", "assets_determined").to_pylist()
    named = [(row, json.loads(text)) for row, text in enumerate(texts) if "汽车豁免已批准" in text]
    approved = [row for row, told in named if told["汽车豁免已批准"] is True]
    return view.in_home(view.mark(person[np.array(approved, dtype=np.int64)])) > 0


def machines(view: View) -> np.ndarray:
    """Per home: 大型拖拉机 or 联合收割机, 在册."""
    large = view.ledgers.word("DI39", "machine_kind", "大型拖拉机", "联合收割机")
    large &= view.ledgers.word("DI39", "status", "在册")
    return view.in_home(view.mark(view.ledgers.column("DI39", "id_no")[large])) > 0


def homes_too_large(view: View) -> np.ndarray:
    """Per home: two dwellings or more, and 30 m² a head or more of own shares. A unit shared within the family is one.
    DI19 has no unit_no: a valid contract is an unregistered dwelling of its own unless the buyer registered one since."""
    owned = view.ledgers.word("DI17", "use", "住宅") & view.ledgers.word("DI17", "status", "现势")
    person, size, share, when = (
        c[owned] for c in view.ledgers.columns("DI17", "id_no", "area", "share", "reg_date")
    )
    units = view.ledgers.texts("DI17", "unit_no").filter(pa.array(owned)).dictionary_encode().indices
    of_home = view.home[person] * (len(units) + 1) + np.asarray(units)
    _, first = np.unique(of_home, return_index=True)
    registered = np.full(view.world.people, NONE)
    np.maximum.at(registered, person, when)
    buyer, bought, signed = _contracts(view)
    unregistered = registered[buyer] < signed
    buyer, bought = buyer[unregistered], bought[unregistered]
    both, areas = np.r_[person, buyer], np.r_[size * share, bought * 10_000]
    area = np.zeros(view.world.people, dtype=np.int64)
    np.add.at(area, both, areas)
    dwellings = view.sum_home(np.bincount(np.r_[person[first], buyer], minlength=view.world.people))
    return (dwellings >= 2) & (view.sum_home(area) >= 3_000 * 10_000 * view.size)


def _contracts(view: View) -> tuple[np.ndarray, ...]:
    """Buyer, area and day of the valid contracts of dwellings."""
    valid = view.ledgers.word("DI19", "use", "住宅") & view.ledgers.word("DI19", "status", "有效")
    return tuple(c[valid] for c in view.ledgers.columns("DI19", "id_no", "area", "sign_date"))


def in_force(view: View) -> np.ndarray:
    """Per person: an authorisation that is in force today."""
    since, until, withdrawn = view.ledgers.columns("SA-AUTH", "valid_from", "valid_until", "withdrawn_on")
    holds = (since <= view.clock.today) & (until >= view.clock.today)
    holds &= (withdrawn == NONE) | (withdrawn > view.clock.today)
    return view.mark(view.ledgers.column("SA-AUTH", "id_no")[holds])


def owns_too_much(view: View) -> np.ndarray:
    """Per home: property known to be too much (facts §2.2): what departments tell of cars, machines and homes is looked
    at always, money as `known_rich`."""
    return cars(view) | machines(view) | homes_too_large(view) | known_rich(view)


def known_rich(view: View) -> np.ndarray:
    """Per home: the money of those members whose authorisation is in force is more than 36 L a head of all."""
    return view.sum_home(np.where(in_force(view), _money(view), 0)) > 36 * view.line * view.size


def _money(view: View) -> np.ndarray:
    """Per person: balances and investments, each account and record at its latest day. Loans and large transfers are none."""
    total = np.zeros(view.world.people, dtype=np.int64)
    for contract, names, amount in (
        ("DI47", ("bank_code", "id_no", "account_kind"), "balance"),
        ("DI48", ("bank_code", "record_no"), "market_value"),
    ):
        rows = np.ones(view.ledgers.count(contract), dtype=bool)
        if contract == "DI48":
            rows = view.ledgers.word(
                contract, "product", "理财", "基金", "国债", "证券保证金", "贵金属", "代销商业保险"
            )
        chosen = _latest(view, contract, names, rows)
        total += summed(view, contract, view.ledgers.column(contract, amount), chosen)
    return total


def _latest(view: View, contract: str, names: tuple[str, ...], rows: np.ndarray) -> np.ndarray:
    """Row numbers, of each key the latest `as_of`."""
    texts = {"bank_code", "record_no"}
    columns = [
        view.ledgers.texts(contract, n).to_pylist()
        if n in texts
        else view.ledgers.column(contract, n).tolist()
        for n in names
    ]
    as_of = view.ledgers.column(contract, "as_of")
    latest: dict[tuple[object, ...], int] = {}
    for row, key in enumerate(zip(*columns, strict=True)):
        if rows[row] and (key not in latest or as_of[row] > as_of[latest[key]]):
            latest[key] = row
    return np.array(sorted(latest.values()), dtype=np.int64)


def too_much_money(view: View) -> np.ndarray:
    """Per home: more than 36 L a head."""
    return view.sum_home(_money(view)) > 36 * view.line * view.size
