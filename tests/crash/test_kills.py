"""kill -9 of everything under load: what was acknowledged is there, once."""

import json
import random
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from crash import clients, reckoning
from crash.clients import Act
from crash.house import KINDS, House, until

ROUNDS, KILLS = 25, 8
"""200 kills; after each eight everything is waited for and reckoned."""
LAST_ONE = """
from wenhou.site.cli import start_django
start_django()
from wenhou.lake.actions import parts
from wenhou.lake.models import Part
print(sum(len(parts.sweep(one)) for one in set(Part.objects.values_list("contract", flat=True))))
"""


def test_what_was_acknowledged_survives_the_end_of_every_process(house: House) -> None:
    house.environment["WENHOU_WATCH_ON_ARRIVAL"] = "no"
    told = house.do(_place(), "3")
    house.serve()
    killed = _round(house, told, random.Random(5), ["web worker", "worker", "database"], [])
    assert killed["deliveries"] >= 1
    assert killed["events"] >= 1


@pytest.mark.slow
@pytest.mark.parametrize("seed", [11])
def test_two_hundred_kills_lose_nothing(house: House, tmp_path: Path, seed: int) -> None:
    told = house.do(_place(), "2000", str(tmp_path / "place"))
    house.serve()
    chance, acts, counted = random.Random(seed), list[Act](), dict[str, int]()
    kills = [chance.choice(KINDS) for _ in range(ROUNDS * KILLS)]
    for number in range(ROUNDS):
        some = _some(told, number, ROUNDS)
        killed = _round(house, some, chance, kills[number * KILLS : (number + 1) * KILLS], acts)
        print(json.dumps({"round": number, **killed}), flush=True)
        counted = killed
    again = house.run("watch", "run", "--as-of", "2024-11-15", "--on", "2024-11-15", "--json")
    said = json.loads(again.stdout)
    assert (said["raised"], said["cleared"]) == (0, 0)
    assert counted["deliveries"] > ROUNDS
    assert counted["retried"] > 0


def _round(
    house: House, told: dict[str, Any], chance: random.Random, kills: list[str], before: list[Act]
) -> dict[str, Any]:
    """People work, processes die, everything settles, and all that was ever taken is there."""
    stop = threading.Event()
    at_work = clients.begin(told, house.port, stop)
    for kind in kills:
        time.sleep(chance.uniform(0.5, 4))
        _raise_what_failed(at_work)
        house.kill(kind, chance)
    away = house.wait_until_up()
    stop.set()
    for client, thread in at_work:
        thread.join(clients.PATIENCE + 60)
        before += client.taken
    _raise_what_failed(at_work)
    until(lambda: reckoning.waiting(house) == "", 180, f"jobs are left: {reckoning.waiting(house)}")
    orphans = house.do(LAST_ONE)
    found = reckoning.reckon(house, before)
    retried = sum(act.tries > 1 for act in before)
    return {**found, "retried": retried, "orphans": orphans, "away": round(away, 1), "kills": kills}


def _raise_what_failed(at_work: list[tuple[clients.Client, threading.Thread]]) -> None:
    for client, _ in at_work:
        if client.failure:
            raise client.failure


def _some(told: dict[str, Any], number: int, of: int) -> dict[str, Any]:
    """A part of the alerts, and numbers of deliveries of its own."""
    return {
        **told,
        "alerts": {name: alerts[number::of] for name, alerts in told["alerts"].items()},
        "first": number * 2000,
    }


def _place() -> str:
    return (Path(__file__).parent / "place.py").read_text()
