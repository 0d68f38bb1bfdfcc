"""One alert: why it exists, on what it rests, and what is done about it."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST, require_safe

from wenhou.base import clock
from wenhou.base.errors import Refused, WenhouError
from wenhou.desk import access, alert_page, reveals
from wenhou.monitoring.actions import alerts as acts
from wenhou.monitoring.enums import Outcome
from wenhou.monitoring.models import Alert
from wenhou.staff import permits
from wenhou.staff.models import Post
from wenhou.staff.permits import Act
from wenhou.web import numbers

MOST_VISITORS = 20


@require_safe
def alert(request: HttpRequest, number: str) -> HttpResponse:
    """The finding as the title, days left, the reasons, the evidence, the household, the one next act."""
    scope = access.scope_of(request)
    return alert_page.render(request, alert_page.find(number, scope))


@require_POST
def dispatch(request: HttpRequest, number: str) -> HttpResponse:
    """Hand it to a post, or to the one responsible."""
    scope = access.scope_of(request)
    found = alert_page.find(number, scope)

    def act() -> str:
        chosen = request.POST.get("post", "")
        post = _offered(found, chosen) if chosen else None
        kept = acts.dispatch(found, to_post=post, by=access.account_of(request), on=clock.today())
        assert kept.post is not None
        return f"已派给{kept.post.account.full_name}。"

    return alert_page.answer(request, found, "dispatch", act)


@require_POST
def visit(request: HttpRequest, number: str) -> HttpResponse:
    """Keep a visit."""
    scope = access.scope_of(request)
    found = alert_page.find(number, scope)

    def act() -> str:
        met = request.POST.get("met", "")
        if met not in ("yes", "no", "gone"):
            raise Refused("请选择有没有见到本人。")
        acts.record_visit(
            found,
            visited_on=alert_page.day(request.POST.get("visited_on", ""), "走访日期"),
            visitors=_visitors(request.POST.get("visitors", "1")),
            met=met == "yes",
            out_of_contact=met == "gone",
            found=request.POST.get("found", ""),
            by=access.account_of(request),
            on=clock.today(),
        )
        return "走访已登记。" + ("下一步：写明结果，办结。" if met == "yes" else "没有见到本人，还要再去。")

    return alert_page.answer(request, found, "visit", act)


@require_POST
def close(request: HttpRequest, number: str) -> HttpResponse:
    """Close it with what was done."""
    scope = access.scope_of(request)
    found = alert_page.find(number, scope)

    def act() -> str:
        outcome = request.POST.get("outcome", "")
        if outcome not in Outcome.values:
            raise Refused("请选择处置结果。")
        acts.close(
            found,
            outcome=Outcome(outcome),
            note=request.POST.get("note", ""),
            by=access.account_of(request),
            on=clock.today(),
        )
        return f"已办结：{outcome}。"

    return alert_page.answer(request, found, "close", act)


@require_POST
def snooze(request: HttpRequest, number: str) -> HttpResponse:
    """Set it aside until a day."""
    scope = access.scope_of(request)
    found = alert_page.find(number, scope)

    def act() -> str:
        until = alert_page.day(request.POST.get("until", ""), "暂缓到哪天")
        reason = request.POST.get("reason", "")
        acts.snooze(found, until=until, reason=reason, by=access.account_of(request), on=clock.today())
        return f"已暂缓到{until.month}月{until.day}日，到期重新提醒。"

    return alert_page.answer(request, found, "snooze", act)


@require_POST
def wake(request: HttpRequest, number: str) -> HttpResponse:
    """Take it up again."""
    scope = access.scope_of(request)
    found = alert_page.find(number, scope)

    def act() -> str:
        acts.wake(found, by=access.account_of(request), on=clock.today())
        return "已恢复办理。"

    return alert_page.answer(request, found, "wake", act)


@require_POST
def reveal(request: HttpRequest, number: str) -> HttpResponse:
    """Show once what is masked, after writing down who looks and what for. Nothing is kept: the next visit is masked."""
    scope, account = access.scope_of(request), access.account_of(request)
    found = alert_page.find(number, scope)
    shown = request.POST.get("shown", "")
    purpose = request.POST.get("purpose", "")
    try:
        permits.require(account, Act.REVEAL, found.division, on=clock.today(), wall=found.wall)
        page = acts.reference(found)
        reveals.record(by=account, person=found.person, page=page, shown=shown, purpose=purpose)
    except WenhouError as refusal:
        return alert_page.refuse(request, found, f"reveal-{shown}", refusal)
    return alert_page.render(request, found, shown=shown)


def _offered(found: Alert, chosen: str) -> Post:
    """The post chosen among those that can take the alert; anything else is refused, never somebody else."""
    number = numbers.whole(chosen)
    post = next((one for one in alert_page.takers(found) if one.pk == number), None)
    if post is None:
        raise Refused("选的岗位不在可派之列，请在“派给”里重新选。")
    return post


def _visitors(text: str) -> int:
    number = numbers.whole(text, least=1, most=MOST_VISITORS)
    if number is None:
        raise Refused(f"“几个人去的”要写成1到{MOST_VISITORS}的整数。")
    return number
