"""What the audit's administrator looks at: unusual looks, every look, what was done to accounts and posts, the seals."""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from wenhou.base import clock
from wenhou.base.audit.models import AuditEntry, AuditSeal
from wenhou.desk import frame, reveals, staff_page
from wenhou.staff.enums import Role
from wenhou.staff.models import Account, Delegation, Look, OddLooks, Post

DAYS = 30
MOST = 100
OF_STAFF = {
    Account._meta.db_table: "账号",
    Post._meta.db_table: "岗位",
    Delegation._meta.db_table: "委托",
}
_ACTS = {"insert": "新增", "update": "改动", "delete": "删去"}


@require_safe
def audit(request: HttpRequest) -> HttpResponse:
    """The last thirty days; nobody's data among it."""
    staff_page.scope_of(request, Role.AUDIT_ADMINISTRATOR)
    since = clock.today() - timedelta(days=DAYS)
    looks = Look.objects.filter(at__date__gte=since).select_related("account").order_by("-at", "-pk")
    context = {
        "days": DAYS,
        "most": MOST,
        "odd": OddLooks.objects.filter(day__gte=since)
        .select_related("account")
        .order_by("-day", "account", "kind"),
        "looks": [(one, reveals.KINDS.get(one.shown, one.shown)) for one in looks[:MOST]],
        "entries": _entries(),
        "seal": AuditSeal.objects.only("number", "last", "sealed_at").order_by("-number").first(),
    }
    return frame.page(request, "desk/audit.html", context, here="audit")


def _entries() -> list[dict[str, Any]]:
    """What was done to accounts and posts, the latest first; which row and by whom, not what stands in it."""
    found = AuditEntry.objects.defer("change").filter(table_name__in=OF_STAFF)
    several = list(found.order_by("-number")[:MOST])
    names = dict(
        Account.objects.filter(pk__in={one.account for one in several}).values_list("pk", "full_name")
    )
    return [
        {
            "entry": one,
            "who": names.get(one.account or 0, one.actor or "服务器"),
            "what": f"{_ACTS.get(one.act, one.act)}{OF_STAFF[one.table_name]}第{one.row_key}号",
        }
        for one in several
    ]
