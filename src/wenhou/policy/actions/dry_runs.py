"""What a proposal would change: asked for, reckoned as a job, frozen."""

from datetime import date

from django.db import transaction

from wenhou.base.errors import Refused, WenhouError
from wenhou.policy import queries, tasks
from wenhou.policy.actions import proposals
from wenhou.policy.enums import CHANGEABLE, DryRunState, ProposalState
from wenhou.policy.judging import canonical
from wenhou.policy.models import DryRun, Proposal
from wenhou.policy.proposals import effects, history
from wenhou.policy.proposals.effects import Effects, Question, Reckoner
from wenhou.staff import permits
from wenhou.staff.models import Account
from wenhou.staff.permits import Act, allows
from wenhou.staff.queries import visible_to

_OPEN = (*CHANGEABLE, ProposalState.WAITING)
_AT_WORK = (DryRunState.QUEUED, DryRunState.RUNNING)


def request(*, proposal: Proposal, by: Account, on: date) -> DryRun:
    """Queue a dry run, or give the one that is at work. Maker or checker; while nothing is decided."""
    if not allows(visible_to(by, on=on), Act.APPROVE_STANDARD, proposal.division):
        permits.require(by, Act.PROPOSE_STANDARD, proposal.division, on=on)
    with transaction.atomic():
        held = Proposal.objects.select_for_update().get(pk=proposal.pk)
        if held.state not in _OPEN:
            raise Refused(f"这一份已经是“{held.state}”，不用再试算。")
        working = held.dry_runs.filter(state__in=_AT_WORK).first()
        if working is not None and working.revision == held.revision:
            return working
        held.dry_runs.filter(state__in=_AT_WORK).update(
            state=DryRunState.FAILED, why="内容改过了，重新试算。"
        )
        proposals.check(held, on=on)
        made = DryRun.objects.create(
            proposal=held,
            revision=held.revision,
            against=canonical.digest(queries.current_content()),
            requested_by=by,
            requested_at=history.moment(on),
        )
        history.write(held, "reckoned", by=by, on=on)
        tasks.defer_dry_run(made)
    return made


def carry_out(*, run: DryRun, on: date, reckon: Reckoner | None = None) -> DryRun:
    """Do a queued dry run; what goes wrong is kept as one sentence. reckon: other than the one registered."""
    with transaction.atomic():
        held = DryRun.objects.select_for_update().get(pk=run.pk)
        if held.state not in _AT_WORK:
            return held
        held.state = DryRunState.RUNNING
        held.save(update_fields=["state"])
    try:
        found = effects.check((reckon or effects.reckoner())(question(held.proposal, on=on)))
    except Exception as error:
        _fail(held, error, on)
        if isinstance(error, WenhouError):
            return held
        raise
    return _done(held, found, on)


def question(proposal: Proposal, *, on: date) -> Question:
    """The two sets to compare."""
    return Question(
        name=proposal.name,
        division=proposal.division,
        since=proposal.since,
        before=queries.rows(),
        after=proposals.check(proposal, on=on),
        as_of=on,
    )


def _done(held: DryRun, found: Effects, on: date) -> DryRun:
    with transaction.atomic():
        fresh = DryRun.objects.select_for_update().get(pk=held.pk)
        if fresh.state != DryRunState.RUNNING:
            return fresh
        fresh.state, fresh.effects = DryRunState.DONE, effects.to_json(found)
        fresh.finished_at = history.moment(on)
        fresh.save()
    return fresh


def _fail(held: DryRun, error: Exception, on: date) -> None:
    told = error.message if isinstance(error, WenhouError) else "试算时出了错，请联系运维人员。"
    held.state, held.why, held.finished_at = DryRunState.FAILED, told[:400], history.moment(on)
    held.save()
