"""What is there before anybody works: two counties, officers, alerts, a department's key. Run by the owner in the house."""

import json
import sys
from datetime import date, datetime
from typing import Any

OFFICERS = 3
KEY_CONTRACTS = ("DI31",)


def make(alerts: int) -> dict[str, Any]:
    """Gives who may sign in, the alerts of each, and the key."""
    from django.db import connection

    from desk import factories
    from wenhou.staff.enums import Role

    factories.places()
    factories.run()
    factories.account("village", Role.VILLAGE_ASSISTANT, factories.VILLAGE)
    made = [factories.alert(number).number for number in range(1, alerts + 1)]
    with connection.cursor() as cursor:  # the keys that the factory chose are given to nobody else
        cursor.execute("select setval('lake_identity_key_seq', (select max(key) from lake_identity))")
    return _staffed(made)


def make_watched(residents: int, folder: str) -> dict[str, Any]:
    """The same over a synthetic place that was loaded and watched; its departments' files lie in `folder`."""
    from pathlib import Path

    from wenhou.divisions.actions import places
    from wenhou.exchange.actions import deliveries
    from wenhou.exchange.enums import Channel
    from wenhou.linkage.actions import arrivals
    from wenhou.monitoring.actions import runs
    from wenhou.monitoring.models import Alert
    from wenhou.sandbox import build

    on = date(2024, 11, 15)
    places.seed_own(on=on)
    build.build(Path(folder), division="640104", residents=residents, seed=7, as_of=on)
    places.load_official(Path(folder) / "divisions.csv", on=on)
    for delivery in deliveries.receive(
        Path(folder) / "deliveries", by=None, channel=Channel.COMMAND.value, on=on
    ):
        deliveries.load(delivery, on=on)
    arrivals.recognise_all(on=on)
    runs.run(as_of=on, by=None, on=on)
    return _staffed(list(Alert.objects.order_by("number").values_list("number", flat=True)))


def _staffed(alerts: list[str]) -> dict[str, Any]:
    """Officers who share the alerts, and a department's key."""
    from desk import factories
    from wenhou.api.actions import keys
    from wenhou.base.clock import BEIJING

    names = [f"officer{number}" for number in range(OFFICERS)]
    for name in names:
        factories.account(name)
    _, secret = keys.issue(
        name="医保局",
        contracts=KEY_CONTRACTS,
        division=factories.COUNTY,
        by="test",
        on=datetime(2024, 11, 1, tzinfo=BEIJING),
    )
    shared = {name: alerts[place::OFFICERS] for place, name in enumerate(names)}
    return {"alerts": shared, "password": factories.PASSWORD, "key": secret}


if __name__ == "__main__":
    from wenhou.site.cli import start_django

    start_django()
    from wenhou.site import database

    database.make_ready()
    made = make(int(sys.argv[1])) if len(sys.argv) == 2 else make_watched(int(sys.argv[1]), sys.argv[2])
    print(json.dumps(made))
