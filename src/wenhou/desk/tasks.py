"""Jobs of the desk."""

from procrastinate.contrib.django import app

from wenhou.base import clock
from wenhou.base.queues import SLOW

ORDER = "desk.order_alerts"


@app.task(name=ORDER, queue="engine", lock=ORDER, queueing_lock=ORDER)
def order_alerts(*, run: int) -> None:
    """Follow `monitoring.RunFinished`: the list's order by expected benefit, with what runs since then raised."""
    from wenhou.monitoring.actions import ordering

    ordering.follow(run=run, on=clock.today())


@app.task(name="desk.try_threshold", queue=SLOW, lock="desk.try_threshold")
def try_threshold(*, trial: int) -> None:
    """Another threshold on past days, one at a time."""
    from wenhou.monitoring.actions import trials

    trials.carry_out(trial=trial)
