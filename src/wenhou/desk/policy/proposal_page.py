"""What a proposal's page needs: who may do what, what the dry run saw within the reader's places, what happened."""

from datetime import timedelta
from typing import Any

from django.http import Http404

from wenhou.base import clock
from wenhou.base.errors import WenhouError
from wenhou.desk import reasons
from wenhou.desk.policy import office, preview, trial
from wenhou.policy import queries
from wenhou.policy.actions import reviews
from wenhou.policy.enums import CHANGEABLE, DryRunState, ProposalState
from wenhou.policy.judging import canonical
from wenhou.policy.models import DryRun, Proposal
from wenhou.policy.proposals import effects, history, proposed
from wenhou.policy.standards import Row
from wenhou.staff.models import Account
from wenhou.staff.permits import Act, allows
from wenhou.staff.queries import Scope

MARKS = {
    ProposalState.DRAFT: "wait",
    ProposalState.WAITING: "doing",
    ProposalState.APPROVED: "done",
    ProposalState.RETURNED: "unknown",
    ProposalState.WITHDRAWN: "wait",
}
_PRIVATE = (ProposalState.DRAFT, ProposalState.WITHDRAWN)


def may_see(proposal: Proposal, scope: Scope, account: Account) -> bool:
    """Within the reader's places; one for a place above them once it is submitted."""
    if proposal.proposed_by_id == account.pk or scope.covers(proposal.division):
        return True
    above = any(place.startswith(proposal.division) for place in scope.divisions)
    return above and proposal.state not in _PRIVATE


def visible(scope: Scope, account: Account, *, limit: int = 50) -> list[Proposal]:
    """The proposals the reader may see: those that wait for somebody first, then the newest."""
    known = Proposal.objects.select_related("proposed_by", "decided_by").order_by("-pk")[:500]
    found = [one for one in known if may_see(one, scope, account)]
    rank = {ProposalState.WAITING: 0, ProposalState.RETURNED: 1, ProposalState.DRAFT: 1}
    return sorted(found, key=lambda one: rank.get(ProposalState(one.state), 2))[:limit]


def find(key: int, scope: Scope, account: Account) -> Proposal:
    """The proposal; not there and not the reader's read the same."""
    found = Proposal.objects.select_related("proposed_by", "decided_by", "dry_run").filter(pk=key).first()
    if found is None or not may_see(found, scope, account):
        raise Http404
    return found


def line(proposal: Proposal, names: dict[str, str]) -> dict[str, Any]:
    """One line of a list."""
    return {
        "proposal": proposal,
        "label": proposed.labels().get(proposal.name, proposal.name),
        "place": names[proposal.division],
        "shown": shown(proposal),
        "mark": MARKS[ProposalState(proposal.state)],
    }


def shown(proposal: Proposal) -> str:
    """The value with its unit."""
    try:
        row = proposed.row(proposal)
    except WenhouError:  # the standard has another unit, or is gone, since
        return f"{proposal.value}{proposal.unit}"
    return reasons.amount(row.value, row.unit)


def before(proposal: Proposal) -> Row | None:
    """What holds, or held, without it: once approved, it is what its first day has."""
    is_over = proposal.state == ProposalState.APPROVED
    day = proposal.since - timedelta(days=1) if is_over else proposal.since
    return queries.in_force(proposal.division, day).get(proposal.name)


def change(proposal: Proposal, held: Row | None) -> str:
    """How far it is from what holds."""
    try:
        return preview.change(proposed.row(proposal), held)
    except WenhouError:
        return ""


def about(proposal: Proposal, scope: Scope, account: Account) -> dict[str, Any]:
    """Everything the page shows."""
    run = proposal.dry_run or proposal.dry_runs.order_by("-pk").first()
    names = office.place_names({proposal.division})
    held = before(proposal)
    return {
        **line(proposal, names),
        "warnings": warnings(proposal, held),
        "change": change(proposal, held),
        "citation": f"《{proposal.title}》（{proposal.document}）",
        "held": held,
        "held_shown": reasons.amount(held.value, held.unit) if held else "",
        "held_place": office.place_names({held.division})[held.division] if held else "",
        "events": [
            (history.KINDS[one.kind], one) for one in proposal.events.select_related("by").order_by("-pk")
        ],
        "may": may_do(proposal, scope, account),
        "shortest": reviews.SHORTEST,
        **dry_run(proposal, run, scope),
    }


def warnings(proposal: Proposal, held: Row | None) -> list[str]:
    """What the reader should look at twice; nobody is refused for it."""
    try:
        return preview.doubted(proposed.row(proposal), held, clock.today())
    except WenhouError:
        return []


def may_do(proposal: Proposal, scope: Scope, account: Account) -> dict[str, bool]:
    """Which acts the page offers; the acts themselves ask again."""
    mine = proposal.proposed_by_id == account.pk
    proposes = allows(scope, Act.PROPOSE_STANDARD, proposal.division)
    approves = allows(scope, Act.APPROVE_STANDARD, proposal.division)
    is_open = proposal.state in (*CHANGEABLE, ProposalState.WAITING)
    return {
        "change": mine and proposes and proposal.state in CHANGEABLE,
        "withdraw": mine and proposes and is_open,
        "reckon": (proposes or approves) and is_open,
        "decide": approves and not mine and proposal.state == ProposalState.WAITING,
        "own": mine and proposal.state == ProposalState.WAITING,
    }


def dry_run(proposal: Proposal, run: DryRun | None, scope: Scope) -> dict[str, Any]:
    """The latest reckoning, or the one the checker saw."""
    found = effects.from_json(run.effects) if run is not None and run.effects else None
    working = run is not None and run.state in (DryRunState.QUEUED, DryRunState.RUNNING)
    fresh = run is not None and run.revision == proposal.revision
    return {
        "proposal": proposal,
        "run": run,
        "working": working,
        "stale": run is not None and not fresh,
        "moved": proposal.dry_run_id is None and found is not None and run is not None and _moved(run),
        "ready": fresh and found is not None,
        "effects": trial.told(found, scope) if found else None,
    }


def _moved(run: DryRun) -> bool:
    return run.against != canonical.digest(queries.current_content())
