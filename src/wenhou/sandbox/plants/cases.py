"""Planted cases as tables: for each indicator kinds of people for whom it holds, and kinds one unit off."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from wenhou.sandbox.cast import Cast, Person, Register
from wenhou.sandbox.employers import credit_code
from wenhou.sandbox.plants.props import authorised, months

Kind = Callable[[Cast], Any]
"""Plants somebody; returns the subject: a person, a register or a house. Its docstring is not read."""


@dataclass(frozen=True)
class Cases:
    """An indicator's kinds: why it holds, or not, or cannot be known → who."""

    indicator: str
    need: str
    yes: dict[str, Kind]
    no: dict[str, Kind]
    unknown: dict[str, Kind]


def planter(
    indicator: str,
    need: str,
    *,
    yes: dict[str, Kind],
    no: dict[str, Kind],
    unknown: dict[str, Kind] | None = None,
) -> Callable[[Cast, int], None]:
    """`count` positives in turn of their kinds, and near misses of each kind (one in the smallest places)."""
    cases = Cases(indicator, need, yes, no, unknown or {})

    def plants(cast: Cast, count: int) -> None:
        _turn_by_turn(cast, cases, "yes", cases.yes, count)
        _turn_by_turn(cast, cases, "no", cases.no, max(len(no), count // 2) if count > 1 else 1)
        _turn_by_turn(cast, cases, "unknown", cases.unknown, len(cases.unknown))

    return plants


def _turn_by_turn(cast: Cast, cases: Cases, answer: str, kinds: dict[str, Kind], count: int) -> None:
    found = list(kinds.items())
    for number in range(count):
        why, kind = found[number % len(found)]
        cast.expect(cases.indicator, kind(cast), answer, cases.need, why)


# -- people ----------------------------------------------------------------------------------------------


def alone(
    cast: Cast, category: str = "DB", age: float | date = 45, *, rural: bool = False, **extra: Any
) -> tuple[Person, Register]:
    """One person on the register, owning nothing by chance and living on nothing but what departments see."""
    person = cast.single(age, rural=rural)
    return person, of_register(cast, category, person, **extra)


def of_register(cast: Cast, category: str, *members: Person, **extra: Any) -> Register:
    for member in members:
        member.housed = False
    register = cast.register(category, *members, **extra)
    register.quiet = True
    return register


def two(
    cast: Cast, category: str = "DB", age: float = 62, *, rural: bool = False, **extra: Any
) -> tuple[Person, Person, Register]:
    one, other = cast.house(rural=rural).couple(age, wife_age=50)
    return one, other, of_register(cast, category, one, other, **extra)


def outside(cast: Cast, age: float | date = 40, *, rural: bool = False) -> Person:
    """Somebody alone who is not on the register."""
    person = cast.single(age, rural=rural)
    person.housed = False
    return person


# -- rows ------------------------------------------------------------------------------------------------


def insured(
    cast: Cast, person: Person, count: int, *, until: int = 0, paid: bool = True, **changed: Any
) -> None:
    """Contributions by an employer; wages go unreported."""
    for month in months(cast, count, until=until):
        row = {
            "insure_kind": "职工养老",
            "employer_uscc": credit_code(950, cast.places.county),
            "identity": "单位职工",
            "pay_base": 400_000,
            "paid": paid,
        }
        cast.add("DI10", id_no=person, month=month, **(row | changed))


def jobless(cast: Cast, person: Person, since: date, *, refusals: int = 0, status: str = "登记") -> None:
    cast.add(
        "DI15",
        id_no=person,
        reg_date=since,
        reason="合同期满",
        difficult_flag=False,
        offers=3,
        refusals_in_row=refusals,
        cancel_date=cast.clock.date_back(0, 9) if status == "注销" else None,
        status=status,
    )


def benefit(cast: Cast, person: Person, fen: int, count: int, *, until: int = 0, end: int) -> None:
    """失业保险金 of so many months; `end`: months from the last complete one to the end of the entitlement."""
    for month in months(cast, count, until=until):
        cast.add(
            "DI16",
            id_no=person,
            kind="失业保险金",
            month=month,
            amount=fen,
            entitle_end=cast.clock.last_month + end,
        )


def employed(
    cast: Cast,
    person: Person,
    kind: str = "灵活就业",
    *,
    end: date | None = None,
    status: str = "在岗",
    **row: Any,
) -> None:
    cast.add(
        "DI14",
        id_no=person,
        job_kind=kind,
        **({"start": cast.clock.date_back(14), "end": end, "status": status} | row),
    )


def banked(cast: Cast, person: Person, fen: int, *, days: int = 20, bank: str = "BANK01") -> None:
    """A balance as the bank told it so many days ago."""
    cast.add(
        "DI47",
        bank_code=bank,
        id_no=person,
        account_kind="活期",
        balance=fen,
        avg_balance_6m=fen,
        as_of=cast.clock.date_back(0, days),
        account_count=1,
        auth_no=_signed(cast, person),
    )


def invested(
    cast: Cast, person: Person, product: str, fen: int, *, on: date | None = None, premium: int | None = None
) -> None:
    """A record of DI48: a holding, a policy or a transfer on a day."""
    cast.add(
        "DI48",
        bank_code="BANK02",
        record_no=cast.serial("JR"),
        id_no=person,
        product=product,
        market_value=fen,
        annual_premium=premium,
        event_date=on,
        as_of=cast.clock.date_back(0, 20),
        auth_no=_signed(cast, person),
    )


def _signed(cast: Cast, person: Person) -> str:
    for row in cast.rows.get("SA-AUTH", []):
        if row["id_no"] is person:
            return str(row["auth_no"])
    return authorised(cast, person)


def owned(
    cast: Cast,
    person: Person,
    area: int,
    *,
    use: str = "住宅",
    share: int = 10_000,
    unit: str = "",
    status: str = "现势",
) -> str:
    """A unit of hundredths of a square metre; returns its number."""
    unit = unit or f"{cast.places.county}000009GB{cast.serial(''):0>14}"
    cast.add(
        "DI17",
        id_no=person,
        cert_no=cast.serial("宁沙不动产权"),
        unit_no=unit,
        location="沙箱新区",
        use=use,
        area=area,
        share=share,
        obtain="购买",
        reg_date=cast.clock.date_back(60),
        status=status,
    )
    return unit


def contracted(cast: Cast, person: Person, area: int, when: date, *, status: str = "有效") -> None:
    cast.add(
        "DI19",
        id_no=person,
        contract_no=cast.serial("WQ"),
        location="沙箱东区",
        use="住宅",
        area=area,
        total_price=50_000_000,
        sign_date=when,
        status=status,
    )


def driven(cast: Cast, person: Person, kind: str = "小型客车", *, status: str = "正常") -> str:
    plate = cast.serial("宁")
    when = cast.clock.date_back(2)
    cast.add(
        "DI06",
        id_no=person,
        plate_no=plate,
        vehicle_type=kind,
        use_nature="非营运",
        brand="沙箱牌甲型",
        first_reg_date=when,
        reg_date=when,
        status=status,
    )
    return plate


def sold_car(cast: Cast, person: Person, plate: str, when: date) -> None:
    cast.add("DI07", id_no=person, plate_no=plate, event="转移", event_date=when)


def farmed(cast: Cast, person: Person, fen: int, rent: int | None = None) -> None:
    cast.add(
        "DI38",
        id_no=person,
        subsidy_kind="耕地地力保护补贴",
        year=cast.clock.year,
        amount=fen,
        land_mu=1_000,
        transfer_rent=rent,
    )


def pensioned(cast: Cast, person: Person, fen: int, count: int, *, start: int | None = None) -> None:
    """DI11 of the last so many months; `start`: months before the last complete one."""
    begun = cast.clock.last_month - (60 if start is None else start)
    for month in months(cast, count):
        cast.add("DI11", id_no=person, month=month, amount=fen, start_month=begun, status="发放")


def founded(cast: Cast, person: Person, when: date, *, status: str = "存续") -> str:
    """A business of one's own; returns its code."""
    code = credit_code(600_000 + len(cast.people) * 7 % 90_000, cast.places.county)
    cast.add(
        "DI24",
        id_no=person,
        uscc=code,
        ent_name=cast.serial("沙箱"),
        ent_kind="个体工商户",
        reg_capital=1_000_000,
        est_date=when,
        status=status,
    )
    return code


def traded(cast: Cast, person: Person, code: str, month: int, sales: int, invoiced: int = 0) -> None:
    cast.add(
        "DI27",
        uscc=code,
        id_no=person,
        period=month,
        sales=sales,
        invoice_amount=invoiced,
        tax_paid=0,
        zero_declare=sales == 0 and invoiced == 0,
    )


def holds(cast: Cast, person: Person, fen: int, *, role: str = "股东", end: date | None = None) -> None:
    cast.add(
        "DI25",
        id_no=person,
        uscc=credit_code(700_000 + len(cast.people), cast.places.county),
        role=role,
        subscribed=fen,
        ratio=5_000,
        start=cast.clock.date_back(30),
        end=end,
    )


def saved(cast: Cast, person: Person, count: int, *, status: str = "正常") -> None:
    """The housing fund of the last so many months."""
    for number, month in enumerate(months(cast, count)):
        cast.add(
            "DI22",
            id_no=person,
            employer_uscc=credit_code(951, cast.places.county),
            month=month,
            base=300_000,
            amount=36_000,
            balance=36_000 * (number + 1),
            status=status,
        )


def studies(
    cast: Cast, person: Person, tuition: int, *, kind: str = "民办", stage: str = "本科", status: str = "在读"
) -> None:
    cast.add(
        "DI34",
        id_no=person,
        student_no=cast.serial("XJ"),
        stage=stage,
        school="沙箱学院",
        school_kind=kind,
        grade="1",
        full_time=True,
        tuition=tuition,
        boarding=0,
        enter_date=cast.clock.date_back(2),
        status=status,
    )


def aided(cast: Cast, person: Person, fen: int) -> None:
    """Granted for the present school term."""
    term = "秋" if cast.clock.as_of.month >= 9 else "春"
    cast.add(
        "DI35", id_no=person, term=f"{cast.clock.year}{term}", kind="国家助学金", amount=fen, granted=True
    )
