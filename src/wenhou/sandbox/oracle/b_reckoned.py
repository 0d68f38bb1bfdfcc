"""What B and C reckon of a household: its PCI, the archive's counted items, who has authorised, what it owns.

PCI (facts.md §9, §18: 核算期为前12个月均值): of twelve complete months, what departments tell of wages, pensions (DI12 less
central), regular injury payments, unemployment benefits, and this year's DI38; less a tenth of 工资薪金 and 劳务报酬, tax, and
the medical and rehabilitation payments of members who are disabled or gravely ill. DI40 is not income. All amounts ×10.
"""

import json

import numpy as np

from wenhou.sandbox.oracle.view import LOW_INCOME, View
from wenhou.sandbox.tables import NONE

WORK = ("工资薪金", "劳务报酬")
INJURY = ("伤残津贴", "供养亲属抚恤金", "遗属补助")


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
    """Own payments of twelve months of the disabled and the gravely ill, rehabilitation with them (§18: 医疗个人负担, as it
    was paid, whether the insurance covers the item or not)."""
    ledgers = view.ledgers
    ill = ledgers.word("DI32", "disease_class", "大病专项", "重特大疾病", "罕见病")
    ill &= ledgers.word("DI32", "status", "在管")
    concerned = (view.level > 0) | view.mark(ledgers.column("DI32", "id_no")[ill])
    own = summed(view, "DI30", ledgers.column("DI30", "self_pay"), window(view, "DI30", 12))
    for contract, day in (("DI29", "discharge"), ("DI42", "service_date")):
        when = ledgers.column(contract, day)
        rows = (when >= view.clock.back(12)) & (when <= view.clock.today)
        own += summed(view, contract, ledgers.column(contract, "self_pay"), rows)
    return np.where(concerned, own, 0)


def told_of(view: View) -> np.ndarray:
    """Per home: departments have told of all of it; elsewhere silence is not nothing."""
    return view.in_home(~view.world.here) == 0


def below(view: View) -> np.ndarray:
    """Per home: the PCI is known and lies below L."""
    return told_of(view) & (year_tenfold(view) < view.line * 120 * view.size)


def above_twice(view: View) -> np.ndarray:
    """Per home: the PCI of both the last two accounts (twelve months each) is L or more."""
    line = view.line * 120 * view.size
    return (year_tenfold(view) >= line) & (year_tenfold(view, back=1) >= line)


# -- the archive ---------------------------------------------------------------------------------------


def counted(view: View, *items: str) -> np.ndarray:
    """Per person on the register: what the archive counted of twelve months, 0 not counted; NONE an empty column."""
    found = np.full(view.world.people, NONE)
    person = view.ledgers.column("SA-ARCH", "id_no")
    texts = view.ledgers.texts("SA-ARCH", "income_items").to_pylist()
    for row in np.flatnonzero(view.standing).tolist():
        told = json.loads(texts[row])
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
    approved = [row for row, text in enumerate(texts) if json.loads(text).get("汽车豁免已批准") is True]
    return view.in_home(view.mark(person[np.array(approved, dtype=np.int64)])) > 0


def machines(view: View) -> np.ndarray:
    """Per home: 大型拖拉机 or 联合收割机, 在册."""
    large = view.ledgers.word("DI39", "machine_kind", "大型拖拉机", "联合收割机")
    large &= view.ledgers.word("DI39", "status", "在册")
    return view.in_home(view.mark(view.ledgers.column("DI39", "id_no")[large])) > 0


def homes_too_large(view: View) -> np.ndarray:
    """Per home: two dwellings or more, and 30 m² a head or more of own shares. A unit shared within the family is one.
    DI19 has no unit_no: a valid contract is an unregistered dwelling of its own unless the buyer registered one since."""
    units: dict[int, set[str]] = {}
    area = np.zeros(len(view.home_codes), dtype=np.int64)
    registered: dict[int, int] = {}
    owned = view.ledgers.word("DI17", "use", "住宅") & view.ledgers.word("DI17", "status", "现势")
    person, size, share, when = view.ledgers.columns("DI17", "id_no", "area", "share", "reg_date")
    names = view.ledgers.texts("DI17", "unit_no")
    known = on_register(view) | _concerned(view)
    for row in np.flatnonzero(owned & np.r_[known, False][view.home[person]]).tolist():
        home, who = int(view.home[person[row]]), int(person[row])
        units.setdefault(home, set()).add(str(names[row]))
        area[home] += size[row] * share[row]
        registered[who] = max(registered.get(who, 0), int(when[row]))
    bought = view.ledgers.word("DI19", "use", "住宅") & view.ledgers.word("DI19", "status", "有效")
    person, size, when = view.ledgers.columns("DI19", "id_no", "area", "sign_date")
    for row in np.flatnonzero(bought & np.r_[known, False][view.home[person]]).tolist():
        home, who = int(view.home[person[row]]), int(person[row])
        if registered.get(who, 0) < when[row]:
            units.setdefault(home, set()).add(f"contract {row}")
            area[home] += size[row] * 10_000
    several = np.zeros(len(view.home_codes), dtype=bool)
    several[[home for home, found in units.items() if len(found) >= 2]] = True
    return several & (area >= 3_000 * 10_000 * view.size)


def _concerned(view: View) -> np.ndarray:
    return view.in_home(view.mark(view.ledgers.column("SA-ARCH", "id_no"))) > 0


def money(view: View) -> np.ndarray:
    """Per home: balances and investments, each account and record at its latest day. Loans and large transfers are none."""
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
    return view.sum_home(total)


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
    return money(view) > 36 * view.line * view.size
