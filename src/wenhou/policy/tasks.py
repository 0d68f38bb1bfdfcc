"""Jobs of this room: long ones."""

from procrastinate.contrib.django import app

from wenhou.base import clock
from wenhou.base.queues import SLOW
from wenhou.policy.models import DryRun


@app.task(name="policy.dry_run", queue=SLOW)
def dry_run(*, run: int) -> None:
    """Reckon what a proposal would change."""
    from wenhou.policy.actions import dry_runs

    dry_runs.carry_out(run=DryRun.objects.get(pk=run), on=clock.today())


def defer_dry_run(queued: DryRun) -> None:
    """Queue it in the transaction that asked for it."""
    dry_run.defer(run=queued.pk)
