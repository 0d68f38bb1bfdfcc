"""F01–F06, F09: terms of the office's own cases, to the working day."""

from datetime import date, timedelta
from typing import Any

from wenhou.divisions import calendar
from wenhou.sandbox.cast import Cast, Person, Register
from wenhou.sandbox.plants.props import visited
from wenhou.sandbox.tables import register_house

DAY = timedelta(days=1)
REFUSED = "不予确认"


def worked(cast: Cast, days: int) -> date:
    """The working day since which exactly so many working days have gone by. Of a year without a calendar about that."""
    try:
        return calendar.add_working_days(cast.clock.as_of + DAY, -(days + 1))
    except calendar.NotCovered:
        return cast.clock.as_of - timedelta(days=days * 7 // 5 + 1)


def counted(cast: Cast, answer: str) -> str:
    """The answer where working days can be counted, else unknown."""
    try:
        calendar.add_working_days(cast.clock.as_of + DAY, -60)
    except calendar.NotCovered:
        return "unknown" if answer == "yes" else answer
    return answer


def application(
    cast: Cast,
    accepted: date,
    *,
    item: str = "YL01",
    surveyed: bool = True,
    at_county: date | None = None,
    **told: Any,
) -> Person:
    """Somebody of 52 whose application is under way: accepted, surveyed, and at the county since a day."""
    person = cast.single(52)
    filed(
        cast,
        cast.register("申请中", person),
        accepted,
        item=item,
        surveyed=surveyed,
        at_county=at_county,
        **told,
    )
    return person


def filed(
    cast: Cast,
    register: Register,
    accepted: date,
    *,
    item: str = "YL01",
    surveyed: bool = True,
    at_county: date | None = None,
    **told: Any,
) -> str:
    """The case of a register household, a row a step; returns its number. told: further fields of the case."""
    number = cast.serial("BJ")
    steps: list[tuple[str, date | None]] = [("受理", accepted)]
    if surveyed:
        steps.append(("入户调查", accepted + DAY))
    if at_county:
        steps.append(("确认", at_county))
    shared: dict[str, Any] = {"suspended_days": 0, "extended": False, "delegated": False, "objection": False}
    shared |= {"kin_of_staff": False, "complained": False}
    for step, began in steps:
        cast.add(
            "SA-CASE",
            case_no=number,
            kind="申请",
            item=item,
            household_no=register_house(register.index),
            applicant_id=register.members[0],
            division_code=register.house.lives,
            accepted_on=accepted,
            step=step,
            step_started_on=began,
            step_done_on=None if step == "确认" else began,
            **(shared | told),
        )
    return number


def shown(cast: Cast, days: int = 7) -> dict[str, Any]:
    """Publicity of so many days, over for a while."""
    since = worked(cast, 9)
    return {"publicity_from": since, "publicity_to": since + timedelta(days=days)}


def ended(cast: Cast, decision: str) -> dict[str, Any]:
    """Decided and told yesterday or so."""
    day = worked(cast, 1)
    return {"decision": decision, "decided_on": day, "notified_on": day}


def survey_not_begun(cast: Cast, count: int) -> None:
    """F01: four working days and no survey."""
    for number in range(count):
        item = ("YL01", "YL03")[number % 2]
        person = application(cast, worked(cast, 4 + number % 3), item=item, surveyed=False)
        cast.expect(
            "F01",
            person,
            counted(cast, "yes"),
            "procedure",
            f"{item}受理满{4 + number % 3}个工作日未启动调查",
        )
    for number in range(max(4, count // 2)):
        kind = number % 4
        person = application(
            cast,
            worked(cast, 3 if kind == 0 else 8),
            item="YL02" if kind == 2 else "YL01",
            surveyed=kind == 1,
            decision="终止" if kind == 3 else None,
            decided_on=worked(cast, 1) if kind == 3 else None,
        )
        why = ("受理恰3个工作日", "已启动", "特困申请不在此列", "已终止")[kind]
        cast.expect("F01", person, "no", "procedure", why)


def check_not_begun(cast: Cast, count: int) -> None:
    """F02: asked for four working days ago, the check not begun."""
    for number in range(count):
        item = ("YL01", "YL02", "YL03", "YL04")[number % 4]
        person = _checked(cast, 4 + number % 3, item=item)
        cast.expect(
            "F02", person, counted(cast, "yes"), "procedure", f"提请满{4 + number % 3}个工作日未启动核对"
        )
    for number in range(max(3, count // 2)):
        kind = number % 3
        ends = ended(cast, "终止")
        person = _checked(cast, 3 if kind == 0 else 7, begun=kind == 1, **(ends if kind == 2 else {}))
        cast.expect("F02", person, "no", "procedure", ("提请恰3个工作日", "已启动", "申请已终止")[kind])


def _checked(cast: Cast, days: int, *, item: str = "YL01", begun: bool = False, **told: Any) -> Person:
    person = cast.single(52)
    register = cast.register("申请中", person)
    number = filed(cast, register, worked(cast, days + 2), item=item, **told)
    asked = worked(cast, days)
    cast.add(
        "SA-CHK",
        check_no=cast.serial("HD"),
        case_no=number,
        household_no=register_house(register.index),
        requested_on=asked,
        started_on=asked + DAY if begun else None,
        authorised_until=cast.clock.date_back(-5),
        sources_unanswered=0,
    )
    return person


def not_shown(cast: Cast, count: int) -> None:
    """F03: at the county without publicity, or with six days of it."""
    for number in range(count):
        publicity = shown(cast, 6) if number % 2 else {}
        item = ("YL01", "YL02")[number // 2 % 2]
        person = application(cast, worked(cast, 15), item=item, at_county=worked(cast, 2), **publicity)
        cast.expect("F03", person, "yes", "procedure", "公示6天" if number % 2 else "已上报县级而未公示")
    for number in range(max(4, count // 2)):
        kind = number % 4
        person = application(
            cast,
            worked(cast, 15),
            item="YL03" if kind == 2 else "YL01",
            at_county=worked(cast, 2) if kind != 1 else None,
            **(shown(cast) if kind == 0 else {}),
            **(ended(cast, "终止") if kind == 3 else {}),
        )
        why = ("公示满7天", "尚未上报", "边缘认定不在此列", "已终止")[kind]
        cast.expect("F03", person, "no", "procedure", why)


def county_late(cast: Cast, count: int) -> None:
    """F04: eleven working days at the county, sixteen for 特困."""
    for number in range(count):
        item, days = (("YL01", 11), ("YL02", 16))[number % 2]
        person = application(
            cast, worked(cast, days + 8), item=item, at_county=worked(cast, days), **_long_shown(cast)
        )
        cast.expect("F04", person, counted(cast, "yes"), "procedure", f"{item}县级收件{days}个工作日未确认")
    for number in range(max(4, count // 2)):
        kind = number % 4
        item, days = (("YL01", 10), ("YL02", 15), ("YL01", 14), ("YL03", 14))[kind]
        more = ended(cast, "确认") if kind == 2 else {}
        person = application(
            cast, worked(cast, days + 8), item=item, at_county=worked(cast, days), **_long_shown(cast), **more
        )
        why = ("收件恰10个工作日", "特困收件恰15个工作日", "已确认", "边缘认定不在此列")[kind]
        cast.expect("F04", person, "no", "procedure", why)


def _long_shown(cast: Cast) -> dict[str, Any]:
    since = worked(cast, 23)
    return {"publicity_from": since, "publicity_to": since + timedelta(days=7)}


def whole_term_over(cast: Cast, count: int) -> None:
    """F05: thirty working days and one; twenty where delegated, forty-five where extended."""
    kinds: tuple[tuple[int, str, dict[str, Any]], ...] = (
        (31, "YL01", {}),
        (21, "YL01", {"delegated": True}),
        (46, "YL04", {"extended": True}),
        (36, "YL04", {"suspended_days": 5}),
    )
    for number in range(count):
        days, item, told = kinds[number % 4]
        person = application(cast, worked(cast, days), item=item, **told)
        cast.expect(
            "F05", person, counted(cast, "yes"), "procedure", f"{item}受理{days}个工作日未办结{_named(told)}"
        )
    for number in range(max(6, count // 2)):
        kind = number % 6
        days, item, told = (*kinds, (60, "YL02", {}), (33, "YL01", {"extended": True}))[kind]
        person = application(cast, worked(cast, days - (kind < 4)), item=item, **told)
        cast.expect("F05", person, "no", "procedure", f"{item}受理{days - (kind < 4)}个工作日{_named(told)}")


def _named(told: dict[str, Any]) -> str:
    words = {"delegated": "（下放乡镇）", "extended": "（已延长）", "suspended_days": "（停表5个工作日）"}
    return "".join(words[name] for name in told)


def refusal_not_served(cast: Cast, count: int) -> None:
    """F06: refused four working days ago and nobody told."""
    for number in range(count):
        person = _refused(cast, 4 + number % 4, ("YL01", "YL02", "YL03", "YL04")[number % 4])
        cast.expect(
            "F06", person, counted(cast, "yes"), "procedure", f"不予确认{4 + number % 4}个工作日未送达"
        )
    for number in range(max(3, count // 2)):
        kind = number % 3
        person = _refused(
            cast, 3 if kind == 0 else 9, told=kind == 1, decision="终止" if kind == 2 else REFUSED
        )
        cast.expect(
            "F06", person, "no", "procedure", ("决定恰3个工作日", "已送达", "系终止而非不予确认")[kind]
        )


def _refused(
    cast: Cast, days: int, item: str = "YL01", *, told: bool = False, decision: str = REFUSED
) -> Person:
    person, when = cast.single(52), worked(cast, days)
    register = cast.register("未获批", person, refused_on=when, authorised=False)
    notified = when + DAY if told else None
    filed(
        cast,
        register,
        when - timedelta(days=20),
        item=item,
        decision=decision,
        decided_on=when,
        notified_on=notified,
    )
    return person


def county_never_came(cast: Cast, count: int) -> None:
    """F09: a relative of staff, or a complaint, and no visit by the county since the application."""
    for number in range(count):
        _watched(
            cast, "yes", number % 2 == 0, None if number % 3 == 0 else ("乡镇" if number % 3 == 1 else "以前")
        )
    for number in range(max(3, count // 2)):
        _watched(cast, "no", number % 3 == 0 if number % 3 < 2 else None, "县级")


def _watched(cast: Cast, answer: str, kin: bool | None, visit: str | None) -> None:
    """kin: a relative (yes), a complaint (no), neither (none). visit: by whom, or by the county 以前."""
    person, accepted = cast.single(52), worked(cast, 12)
    register = cast.register("申请中", person, kin_of_staff=kin is True)
    flags: dict[str, Any] = {"kin_of_staff": kin is True, "complained": kin is False}
    filed(cast, register, accepted, at_county=worked(cast, 3), **shown(cast), **flags)
    if visit and kin is not None:
        visited(cast, register, person, accepted + (-30 if visit == "以前" else 2) * DAY)
        cast.rows["SA-VISIT"][-1]["county_level"] = visit != "乡镇"
    who = {True: "近亲属备案", False: "投诉", None: "无备案无投诉"}[kin]
    cast.expect("F09", person, answer, "procedure", f"{who}件，{visit or '无'}入户")


PLANTS = (
    survey_not_begun,
    check_not_begun,
    not_shown,
    county_late,
    whole_term_over,
    refusal_not_served,
    county_never_came,
)
