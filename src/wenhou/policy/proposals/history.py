"""A proposal's history: what was done, by whom, with what was proposed at that moment."""

from datetime import date, datetime

from wenhou.base import clock
from wenhou.policy.models import Proposal, ProposalEvent
from wenhou.policy.proposals import proposed
from wenhou.staff.models import Account

KINDS = {
    "proposed": "提出",
    "revised": "改了内容",
    "reckoned": "试算",
    "submitted": "送批",
    "approved": "批准",
    "returned": "退回",
    "withdrawn": "撤回",
}


def moment(on: date) -> datetime:
    """The day an act is done on, at the present time of day."""
    return datetime.combine(on, clock.now().timetz())


def write(proposal: Proposal, kind: str, *, by: Account, on: date, note: str = "") -> ProposalEvent:
    """One line; the content stands in it as text, so that later changes take nothing away."""
    content = {field: getattr(proposal, field) for field in proposed.FIELDS}
    told = {key: value.isoformat() if isinstance(value, date) else value for key, value in content.items()}
    return ProposalEvent.objects.create(
        proposal=proposal,
        kind=kind,
        at=moment(on),
        by=by,
        note=note,
        detail={"revision": proposal.revision, **told},
    )
