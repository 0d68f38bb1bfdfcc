"""What stands around every page: the spine, where one is, the day, who is signed in."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from wenhou.base import clock
from wenhou.desk import access
from wenhou.divisions import queries as divisions
from wenhou.staff.enums import Role
from wenhou.staff.queries import Scope

SPINE = (
    ("alerts", "预警", "desk:alerts"),
    ("doubts", "认人", "desk:doubts"),
    ("gaps", "应享", "desk:gaps"),
    ("deliveries", "来件", "desk:deliveries"),
    ("runs", "扫描", "desk:runs"),
    ("indicators", "指标", "desk:indicators"),
    ("policy", "政策", "desk:policy"),
    ("rights", "请求", "desk:rights"),
    ("find", "查人", "desk:find"),
)


OF_STAFF = ("staff", "人员", "desk:staff")
OF_AUDIT = ("audit", "审计", "desk:audit")


def page(
    request: HttpRequest, template: str, context: dict[str, Any], *, here: str = "", status: int = 200
) -> HttpResponse:
    """A desk page within its frame. `here` names the entry of the spine it belongs to."""
    return render(request, template, {**surroundings(request), **context, "here": here}, status=status)


def surroundings(request: HttpRequest) -> dict[str, Any]:
    """What the frame's template needs."""
    scope = access.scope_of(request)
    places = scope.divisions or tuple(sorted({post.division for post in scope.duties}))
    names = divisions.lookup(places)
    posts = sorted(scope.posts or scope.duties, key=lambda post: len(post.division))
    return {
        "scope": scope,
        "places": [names[code] for code in places],
        "role": posts[0].get_role_display() if posts else "没有在任岗位",
        "today": clock.today(),
        "spine": _spine(scope),
        "home": "desk:staff" if scope.duties else "desk:alerts",
        "spine_counts": {},
    }


def _spine(scope: Scope) -> tuple[tuple[str, str, str], ...]:
    """An administrator's pages are about staff, everybody else's about people."""
    if not scope.duties:
        return SPINE
    return (OF_STAFF, OF_AUDIT) if scope.administers(Role.AUDIT_ADMINISTRATOR) else (OF_STAFF,)
