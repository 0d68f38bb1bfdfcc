"""What planted people earn, suffer and hold: one function per kind of record."""

from datetime import date, timedelta
from typing import Any

from wenhou.base.month import Month
from wenhou.sandbox.cast import Cast, Person, Register
from wenhou.sandbox.days import day, first_of_month, months_after
from wenhou.sandbox.employers import credit_code
from wenhou.sandbox.lives.disability import EARLIER_MONTHS
from wenhou.sandbox.lives.work import CENTRAL_BASIC, LOCAL_BASIC
from wenhou.sandbox.tables import EARLIER_DI41, register_house

EPOCH = date(1970, 1, 1)
MONTHS = 16


def yuan(amount: float) -> int:
    """Fen of an amount in yuan."""
    return round(amount * 100)


def months(cast: Cast, count: int = MONTHS, *, until: int = 0) -> list[int]:
    """Month indexes, the last so many complete months; `until` leaves out the latest so many."""
    last = cast.clock.last_month - until
    return list(range(last - count + 1, last + 1))


def wage(cast: Cast, person: Person, fen: int, *, until: int = 0) -> None:
    """A job with contributions, the same pay every month; `until`: how many months ago it ended."""
    firm = credit_code(900 + len(cast.people) % 50, cast.places.county)
    for month in months(cast, MONTHS - until, until=until):
        earn(cast, person, month, fen, firm=firm)
        cast.add(
            "DI10",
            id_no=person,
            insure_kind="职工养老",
            employer_uscc=firm,
            identity="单位职工",
            month=month,
            pay_base=fen,
            paid=True,
        )


def earn(cast: Cast, person: Person, month: int, fen: int, *, firm: str = "", item: str = "工资薪金") -> None:
    """One month's pay, no tax withheld."""
    firm = firm or credit_code(990, cast.places.county)
    cast.add("DI26", id_no=person, withholder_uscc=firm, period=month, income_item=item, income=fen, tax=0)


def earn_in_a_year(cast: Cast, person: Person, fen: int) -> None:
    """Casual pay over the last twelve complete months that adds up to the fen."""
    for number, month in enumerate(months(cast, 12)):
        part = fen // 12 + (fen % 12 if number == 11 else 0)
        earn(cast, person, month, part, item="劳务报酬")


def employee_pension(cast: Cast, person: Person, fen: int) -> None:
    for month in months(cast):
        cast.add("DI11", id_no=person, month=month, amount=fen, start_month=month - 60, status="发放")
    _same_start(cast, person)


def _same_start(cast: Cast, person: Person) -> None:
    for row in cast.rows["DI11"]:
        if row["id_no"] is person:
            row["start_month"] = cast.clock.last_month - 60


def resident_pension(cast: Cast, person: Person, counted: int) -> None:
    """A resident's pension of which `counted` fen are beyond the central basic part."""
    for month in months(cast):
        cast.add(
            "DI12",
            id_no=person,
            month=month,
            amount=CENTRAL_BASIC + counted,
            central_basic=CENTRAL_BASIC,
            local_basic=min(LOCAL_BASIC, counted),
            personal=max(counted - LOCAL_BASIC, 0),
            status="发放",
        )


def disabled(
    cast: Cast,
    person: Person,
    level: int,
    category: str = "肢体",
    *,
    issued: date | None = None,
    status: str = "有效",
    before: tuple[int, str] | None = None,
) -> None:
    """A certificate; `before`: level and category in the earlier delivery where they differed."""
    issued = issued or cast.clock.date_back(40)
    row: dict[str, Any] = {
        "id_no": person,
        "cert_no": "",
        "category": category,
        "level": level,
        "issue_date": issued,
        "valid_to": cast.clock.date_back(-80),
        "status": status,
    }
    cast.add("DI41", **row)
    if before:
        cast.add(
            EARLIER_DI41,
            **row | {"level": before[0], "category": before[1], "issue_date": cast.clock.date_back(40)},
        )
    elif issued < cast.clock.date_back(EARLIER_MONTHS):
        cast.add(EARLIER_DI41, **row)


def stay(
    cast: Cast,
    person: Person,
    when: date,
    own: int,
    *,
    diagnosis: str = "J18.9",
    nights: int = 8,
    rest: int = 0,
    aid: int = 0,
) -> str:
    """A hospital stay that ended on a day; `rest`: what policy covers and neither basic nor serious-illness
    insurance paid, before aid. Returns its number."""
    number = cast.serial("ZY")
    basic = own + yuan(3000)
    cast.add(
        "DI29",
        id_no=person,
        visit_no=number,
        hospital="沙箱市人民医院",
        hosp_designated=True,
        admit=when - timedelta(days=nights),
        discharge=when,
        diag_code=diagnosis,
        total=own + basic + aid,
        in_policy=basic + rest,
        basic_pay=basic,
        serious_pay=0,
        aid_pay=aid,
        supp_pay=0,
        self_pay=own,
    )
    return number


def this_year(cast: Cast, back: int = 45) -> date:
    """A day of this year before the month of the scan, about so many days ago."""
    last = first_of_month(cast.clock.month) - 1
    first = day(date(cast.clock.year, 1, 1)) + 12
    return EPOCH + timedelta(days=max(first, min(last, cast.clock.today - back)))


def not_yet(cast: Cast, count: int) -> date:
    """The first day for which so many months are not over: a day after the same day so many months ago, or more
    where that month is shorter."""
    when = cast.clock.date_back(count) + timedelta(days=1)
    while months_after(when, count) <= cast.clock.as_of:
        when += timedelta(days=1)
    return when


def before_the_year(cast: Cast) -> date:
    """The last day that no reading of 'the last twelve months' includes."""
    edge = min(first_of_month(cast.clock.last_month - 11), cast.clock.back(12))
    return EPOCH + timedelta(days=edge - 1)


def early_in_the_year(cast: Cast) -> date:
    """A day in every reading of 'the last twelve months', as early as can be."""
    edge = max(first_of_month(cast.clock.last_month - 11), cast.clock.back(12))
    return EPOCH + timedelta(days=edge + 1)


def chronic(cast: Cast, person: Person, code: str, own: int, *, status: str = "有效") -> None:
    """Recognised as a chronic outpatient for the last twelve months, paying so much each month."""
    for month in months(cast, 12):
        cast.add(
            "DI30",
            id_no=person,
            disease_code=code,
            recog_date=cast.clock.date_back(30),
            month=month,
            total=own * 3,
            fund_pay=own * 2,
            self_pay=own,
            status=status,
        )


def gravely_ill(
    cast: Cast, person: Person, kind: str = "重特大疾病", *, since: date | None = None, status: str = "在管"
) -> None:
    cast.add(
        "DI32",
        id_no=person,
        disease_code={"罕见病": "E75.2", "严重精神障碍": "F20.0"}.get(kind, "C34.9"),
        disease_class=kind,
        diag_date=since or cast.clock.date_back(20),
        risk_level=3 if kind == "严重精神障碍" else None,
        status=status,
    )


def imprisoned(
    cast: Cast, person: Person, since: date, until: date | None = None, *, status: str = "在押"
) -> None:
    until = until or months_after(cast.clock.as_of, 20)
    cast.add("DI08", id_no=person, prison="沙箱监狱", term_start=since, term_end=until, status=status)


def in_detoxification(
    cast: Cast, person: Person, since: date, *, kind: str = "强制隔离戒毒", until: date | None = None
) -> None:
    until = until or months_after(cast.clock.as_of, 12)
    cast.add("DI09", id_no=person, kind=kind, start=since, end=until, status="执行中")


def registered(cast: Cast, event: str, person: Person, other: Person, when: date) -> None:
    """A wedding or divorce, a row for each partner."""
    for one, two in ((person, other), (other, person)):
        cast.add("DI44", id_no=one, spouse_id=two, event=event, event_date=when, reg_office="沙箱婚姻登记处")


def visited(
    cast: Cast, register: Register | None, person: Person, when: date, *, met: bool = True, lost: bool = False
) -> None:
    """A visit to a register household, or to a household of the residence records where there is no register."""
    house: Any = register_house(register.index) if register else person.house
    cast.add(
        "SA-VISIT",
        visit_no=cast.serial("ZF"),
        division_code=person.house.lives,
        household_no=house,
        id_no=person,
        purpose="探访",
        visited_on=when,
        met=met,
        out_of_contact=lost,
        visitors=2,
        county_level=False,
    )


def relieved(cast: Cast, register: Register, person: Person, month: Month, item: str) -> None:
    """Temporary relief paid (YL05 urgent, YL06 expenditure)."""
    when = month.first + timedelta(days=11)
    cast.add(
        "SA-PAY",
        payment_no=cast.serial("FF"),
        household_no=register_house(register.index),
        id_no=person,
        item=item,
        month=month,
        amount=yuan(3000),
        fund="LSJZ01",
        account_masked="6217****0000",
        sent_on=when,
        pay_status="成功",
        status_on=when,
    )


def cased(cast: Cast, register: Register, kind: str, accepted: date, decided: date | None) -> None:
    """A case of the casework room, one step."""
    cast.add(
        "SA-CASE",
        case_no=cast.serial("BJ"),
        kind=kind,
        item="YL01",
        household_no=register_house(register.index),
        applicant_id=register.members[0],
        division_code=register.house.lives,
        accepted_on=accepted,
        step="确认",
        step_started_on=accepted,
        step_done_on=decided,
        suspended_days=0,
        extended=False,
        delegated=False,
        objection=False,
        decision="确认" if decided else None,
        decided_on=decided,
        notified_on=decided,
        kin_of_staff=False,
        complained=False,
    )


def authorised(cast: Cast, person: Person) -> str:
    """A signed authorisation; returns its number."""
    number = cast.serial("SQ")
    cast.add(
        "SA-AUTH",
        auth_no=number,
        id_no=person,
        scope="全部核对项目",
        purpose="低收入家庭经济状况核对",
        valid_from=cast.clock.date_back(30),
        valid_until=cast.clock.date_back(-30),
    )
    return number


def abroad(cast: Cast, person: Person, auth: str, out: date, back: date | None) -> None:
    cast.add(
        "DI05", id_no=person, exit_date=out, entry_date=back, destination="THA", doc_type="护照", auth_no=auth
    )


def allowed(cast: Cast, person: Person, kind: str, fen: int) -> None:
    """An allowance of DI46 paid every month and still."""
    for month in months(cast):
        cast.add(
            "DI46",
            id_no=person,
            kind=kind,
            month=month,
            amount=fen,
            start=cast.clock.last_month - 30,
            status="发放",
        )
