"""Jobs of the desk."""

from procrastinate.contrib.django import app

from wenhou.base import clock


@app.task(name="desk.order_alerts", queue="engine", retry=2)
def order_alerts(*, run: int) -> None:
    """Follow `monitoring.RunFinished`: the list's order by expected benefit, with what the run raised."""
    from wenhou.monitoring.actions import ordering

    ordering.refresh(on=clock.today())
