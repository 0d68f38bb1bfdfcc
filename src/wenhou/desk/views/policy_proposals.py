"""Proposed values: written, tried out, submitted, approved by somebody else."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wenhou.base import clock
from wenhou.base.errors import NotAllowed, WenhouError
from wenhou.desk import access, frame
from wenhou.desk.policy import form, preview, proposal_page
from wenhou.desk.views.policy import may
from wenhou.policy.actions import dry_runs, proposals, reviews
from wenhou.policy.models import Proposal
from wenhou.staff.permits import Act

FORM, PAGE = "desk/policy_form.html", "desk/policy_proposal.html"


@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: HttpRequest) -> HttpResponse:
    """A new draft."""
    scope = access.scope_of(request)
    if not may(scope, Act.PROPOSE_STANDARD):
        raise NotAllowed("您的岗位不能拟标准，请转给政策员。")
    if request.method != "POST":
        typed = {**form.said(request.GET), "division": request.GET.get("division") or scope.divisions[0]}
        return _form(request, typed)
    if request.POST.get("look"):
        return _form(request, form.said(request.POST))
    try:
        made = proposals.propose(
            content=form.content(form.said(request.POST)), by=access.account_of(request), on=clock.today()
        )
    except WenhouError as refusal:
        return _form(request, form.said(request.POST), refusal=refusal)
    messages.success(request, "草稿已存下。下一步：试算。")
    return redirect("desk:policy_proposal", key=made.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def revise(request: HttpRequest, key: int) -> HttpResponse:
    """Change a draft."""
    scope, account = access.scope_of(request), access.account_of(request)
    found = proposal_page.find(key, scope, account)
    if not proposal_page.may_do(found, scope, account)["change"]:
        messages.error(request, "这一份现在不能由您改。", extra_tags="red")
        return redirect("desk:policy_proposal", key=found.pk)
    if request.method != "POST":
        return _form(request, form.of(found), proposal=found)
    if request.POST.get("look"):
        return _form(request, form.said(request.POST), proposal=found)
    try:
        typed = form.said(request.POST)
        proposals.revise(proposal=found, content=form.content(typed), by=account, on=clock.today())
    except WenhouError as refusal:
        return _form(request, typed, proposal=found, refusal=refusal)
    messages.success(request, "已改好。以前的试算不再算数，请重新试算。")
    return redirect("desk:policy_proposal", key=found.pk)


@require_POST
def look(request: HttpRequest) -> HttpResponse:
    """What the form's own words come to so far; nothing is written."""
    access.scope_of(request)
    context = {"look": preview.told(form.said(request.POST), clock.today())}
    return render(request, "desk/_policy_preview.html", context)


@require_safe
def proposal(request: HttpRequest, key: int) -> HttpResponse:
    """What is proposed, what it would change, and the one next act."""
    found = proposal_page.find(key, access.scope_of(request), access.account_of(request))
    return _page(request, found)


@require_safe
def progress(request: HttpRequest, key: int) -> HttpResponse:
    """The part of the page that changes while a dry run is at work."""
    scope = access.scope_of(request)
    found = proposal_page.find(key, scope, access.account_of(request))
    run = found.dry_runs.order_by("-pk").first()
    told = proposal_page.dry_run(found, run, scope)
    response = render(request, "desk/_policy_dry_run.html", told)
    if not told["working"]:
        response["HX-Refresh"] = "true"
    return response


@require_POST
def reckon(request: HttpRequest, key: int) -> HttpResponse:
    """Ask for a dry run."""

    def act(found: Proposal) -> str:
        dry_runs.request(proposal=found, by=access.account_of(request), on=clock.today())
        return "已开始试算，算好了就显示在下面。"

    return _answer(request, key, act)


@require_POST
def submit(request: HttpRequest, key: int) -> HttpResponse:
    """Ask for approval."""

    def act(found: Proposal) -> str:
        proposals.submit(proposal=found, by=access.account_of(request), on=clock.today())
        return "已送批，等另一位政策员来批。"

    return _answer(request, key, act)


@require_POST
def withdraw(request: HttpRequest, key: int) -> HttpResponse:
    """Take it back."""

    def act(found: Proposal) -> str:
        proposals.withdraw(proposal=found, by=access.account_of(request), on=clock.today())
        return "已撤回。"

    return _answer(request, key, act)


@require_POST
def approve(request: HttpRequest, key: int) -> HttpResponse:
    """It decides from now on."""

    def act(found: Proposal) -> str:
        made = reviews.approve(
            proposal=found,
            by=access.account_of(request),
            on=clock.today(),
            reason=request.POST.get("reason", ""),
        )
        return f"已批准，标准已发布为第{made.number}版。"

    return _answer(request, key, act)


@require_POST
def send_back(request: HttpRequest, key: int) -> HttpResponse:
    """Back to its maker."""

    def act(found: Proposal) -> str:
        reviews.send_back(
            proposal=found,
            by=access.account_of(request),
            on=clock.today(),
            reason=request.POST.get("reason", ""),
        )
        return "已退回给提出人。"

    return _answer(request, key, act)


def _answer(request: HttpRequest, key: int, act: Callable[[Proposal], str]) -> HttpResponse:
    """Do it and lead back to the page; refused, the page again with what was typed."""
    found = proposal_page.find(key, access.scope_of(request), access.account_of(request))
    try:
        done = act(found)
    except WenhouError as refusal:
        return _page(request, found, refusal=refusal)
    messages.success(request, done, extra_tags="green")
    return redirect("desk:policy_proposal", key=found.pk)


def _page(request: HttpRequest, found: Proposal, *, refusal: WenhouError | None = None) -> HttpResponse:
    context = {
        **proposal_page.about(found, access.scope_of(request), access.account_of(request)),
        "refusal": refusal.message if refusal else "",
        "reason": request.POST.get("reason", ""),
    }
    return frame.page(request, PAGE, context, here="policy", status=_status(refusal))


def _form(
    request: HttpRequest,
    typed: dict[str, str],
    *,
    proposal: Proposal | None = None,
    refusal: WenhouError | None = None,
) -> HttpResponse:
    context: dict[str, Any] = {
        "said": typed,
        "standards": form.choices(),
        "choices": form.places(access.scope_of(request).divisions, typed["division"].strip(), clock.today()),
        "look": preview.told(typed, clock.today()),
        "proposal": proposal,
        "refusal": refusal.message if refusal else "",
    }
    return frame.page(request, FORM, context, here="policy", status=_status(refusal))


def _status(refusal: WenhouError | None) -> int:
    if refusal is None:
        return 200
    return 403 if isinstance(refusal, NotAllowed) else 409
