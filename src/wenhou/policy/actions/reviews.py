"""The second person: approves with what was reckoned before their eyes, or sends back with a reason."""

from datetime import date

from django.db import transaction

from wenhou.base.errors import NotAllowed, Refused
from wenhou.divisions import queries as divisions
from wenhou.policy.actions import proposals, sets
from wenhou.policy.enums import DryRunState, ProposalState
from wenhou.policy.models import DryRun, Proposal, PublishedSet
from wenhou.policy.models.proposal import LONGEST
from wenhou.policy.proposals import history, proposed
from wenhou.staff import permits
from wenhou.staff.models import Account
from wenhou.staff.permits import Act

SHORTEST = 5  # characters of a reason


def approve(*, proposal: Proposal, by: Account, on: date, reason: str = "") -> PublishedSet:
    """From now on the value decides; the set with it is published. Raises NotAllowed or Refused, nothing written."""
    with transaction.atomic():
        sets.alone()
        held = _others(proposal, by, on, "批准")
        seen = reckoned(held)
        if seen is None:
            raise Refused("还没有按现在的内容试算过，不能批准；请先试算，看清会变动哪些户。")
        proposals.check(held, on=on)
        _decide(held, ProposalState.APPROVED, by, on, reason)
        held.dry_run = seen
        held.save()
        history.write(held, "approved", by=by, on=on, note=held.reason)
        return sets.keep(by=by, on=on, note=_note(held))


def _note(held: Proposal) -> str:
    place = divisions.lookup({held.division})[held.division]
    since = f"{held.since.year}年{held.since.month}月{held.since.day}日"
    return f"批准第{held.pk}号：{place}{proposed.labels()[held.name]}，{since}起"


def send_back(*, proposal: Proposal, by: Account, on: date, reason: str) -> Proposal:
    """Back to its maker, who is told why."""
    if len(reason.strip()) < SHORTEST:
        raise Refused(f"请写明退回的理由，至少{SHORTEST}个字。")
    with transaction.atomic():
        held = _others(proposal, by, on, "退回")
        _decide(held, ProposalState.RETURNED, by, on, reason)
        held.save()
        history.write(held, "returned", by=by, on=on, note=held.reason)
    return held


def reckoned(proposal: Proposal) -> DryRun | None:
    """The latest finished dry run of what is proposed now; None where it was changed since."""
    done = proposal.dry_runs.filter(revision=proposal.revision, state=DryRunState.DONE)
    return done.order_by("-pk").first()


def _others(proposal: Proposal, by: Account, on: date, what: str) -> Proposal:
    """The row locked, where somebody else than its maker may decide it."""
    held = Proposal.objects.select_for_update().get(pk=proposal.pk)
    permits.require(by, Act.APPROVE_STANDARD, held.division, on=on)
    if held.proposed_by_id == by.pk:
        raise NotAllowed(f"不能{what}：自己提出的要由另一个人来批。")
    if held.state != ProposalState.WAITING:
        raise Refused(f"这一份是“{held.state}”，不是待批，不能{what}。")
    return held


def _decide(held: Proposal, state: ProposalState, by: Account, on: date, reason: str) -> None:
    told = reason.strip()
    if len(told) > LONGEST["reason"]:
        raise Refused(f"理由写得太长了，最多{LONGEST['reason']}个字。")
    held.state, held.decided_by, held.decided_at, held.reason = state, by, history.moment(on), told
