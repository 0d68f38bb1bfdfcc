"""What came before the demo's day: three weeks in which alerts were visited and concluded.

Whoever opens the desk for the first time then finds closed alerts, outcomes for every indicator and an order learnt from
them. What a visit finds is told by the place's own truth (`sandbox.visits`); every step is the act that an officer does.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

BEGUN = date(2024, 10, 25)
PASSED_OVER = 10
"""One family in so many was not visited in time."""
VISITED_AFTER = timedelta(days=2)
SAID = {
    "纳入保障": "入户见到本人，收入和支出与系统所列一致，已受理申请并上报，拟纳入保障。",
    "临时救助": "入户见到本人，家里一时周转不开，单据齐全，已按临时救助受理。",
    "服务类救助": "入户见到本人，钱不是主要困难，缺人照料，已转服务机构上门。",
    "转部门": "入户核实，所缺的事归其他部门办，已把材料转过去并告诉本人。",
    "启动复核": "入户核实，家庭情况与在册时不同，已启动复核，待遇照发到有结论。",
    "一事一议": "入户核实，情况特殊，规定里没有写到，已提请县级一事一议。",
    "情况不属实": "入户见到本人，核对了单据，系统所列的情况与实际不符，已请来源单位更正。",
    "暂不符合": "入户核实，家里收入比标准高，暂不符合条件，已当面说明理由和政策。",
}


def play(place: Path, *, username: str, until: date) -> int:
    """Watch on the first day, visit nine families in ten, conclude what can be concluded before a day; gives how many."""
    from wenhou.monitoring.actions import runs
    from wenhou.sandbox import visits

    runs.run(as_of=BEGUN, by=None, on=BEGUN)
    found = visits.find(place, visits.raised_here()).to_pylist()
    return sum(_visit(row, username, until) for row in found if sum(row["family"].encode()) % PASSED_OVER)


def _visit(row: Mapping[str, Any], username: str, until: date) -> bool:
    """Go there, and close where the days that takes are over."""
    from wenhou.monitoring.actions import alerts
    from wenhou.monitoring.enums import Outcome
    from wenhou.monitoring.models import Alert
    from wenhou.staff.models import Account

    by, went, said = Account.objects.get(username=username), BEGUN + VISITED_AFTER, SAID[row["outcome"]]
    alert = Alert.objects.get(number=row["number"])
    alerts.record_visit(alert, visited_on=went, met=True, found=said, by=by, on=went)
    closed_on = max(went, BEGUN + timedelta(days=row["days_to_close"]))
    if closed_on >= until:
        return False
    alerts.close(alert, outcome=Outcome(row["outcome"]), note=said, by=by, on=closed_on)
    return True
