"""Staff at every depth of one county, and alerts as a run would have written them."""

from datetime import date
from typing import Any

from wenhou.monitoring.enums import RunState
from wenhou.monitoring.models import Alert, Judgement, Run
from wenhou.staff.actions import posts
from wenhou.staff.enums import Role
from wenhou.staff.models import Account, Post

ON = date(2026, 11, 2)
SINCE = date(2026, 1, 1)
COUNTY, TOWN, VILLAGE = "640104", "640104001", "640104001001"
NEIGHBOUR = "640105"
NOTE = "已入户核实情况，按规定办理并向本人说明了结果。"
PLACES = {Role.COUNTY_OFFICER: COUNTY, Role.TOWN_OFFICER: TOWN, Role.VILLAGE_ASSISTANT: VILLAGE}


def post(role: Role = Role.TOWN_OFFICER, division: str | None = None, name: str = "") -> Post:
    """Somebody holding a role, at the place of its depth unless another is given."""
    where = division or PLACES.get(role, COUNTY)
    account = Account.objects.create(username=name or f"{role}-{where}", full_name="马晓燕")
    return posts.hold_post(account=account, role=role, division=where, since=SINCE)


def run(**fields: Any) -> Run:
    return Run.objects.create(**({"as_of": date(2026, 10, 31), "state": RunState.DONE} | fields))


def alert(number: int = 1, **fields: Any) -> Alert:
    """An open alert D01 of 马＊ in the village, raised on the day, due in ten working days."""
    found = Run.objects.order_by("id").first() or run()
    given: dict[str, Any] = {
        "number": f"YJ2026{number:06d}",
        "indicator": "D01",
        "alert_type": "主动发现",
        "subject": f"p{number}",
        "person": number,
        "division": VILLAGE,
        "severity": 40,
        "colour": "黄",
        "name_masked": "马＊",
        "id_masked": "990****0011",
        "sex": "2",
        "age": 46,
        "household_size": 1,
        "headline": "自付43,186.40元，达到20,000.00元",
        "raised_on": ON,
        "due_on": date(2026, 11, 16),
        "basis": {"own_medical_cost": 4_318_640},
        "evidence_hash": "x",
        "run": found,
    } | fields
    judgement = Judgement.objects.create(
        run=found,
        indicator=given["indicator"],
        subject=given["subject"],
        as_of=found.as_of,
        rule_set="0",
        tree={},
        evidence=[],
    )
    return Alert.objects.create(judgement=judgement, **given)
