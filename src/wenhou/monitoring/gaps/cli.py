"""`wenhou watch gaps`: compare what the law owes with what everybody has."""

import argparse
from datetime import date
from typing import Any

from wenhou.base import clock
from wenhou.base.errors import Refused
from wenhou.monitoring.gaps import asking, readings
from wenhou.monitoring.gaps.actions import nightly
from wenhou.monitoring.models import GapRun


def add_commands(commands: Any, day: Any) -> None:
    """`gaps --as-of DATE`."""
    parser: argparse.ArgumentParser = commands.add_parser("gaps", help="43个事项逐户比对应享与已享")
    parser.add_argument("--as-of", type=day, required=True, metavar="DATE", help="数据截至哪一天")
    parser.add_argument("--on", type=day, default=None, metavar="DATE", help="办理日，默认今天")
    parser.add_argument("--division", default=None, help="区划代码前缀，默认全部")
    parser.add_argument("--kept", action="store_true", help="当日的申请数据已有就用已有的，不重新汇成")
    parser.set_defaults(handler=run)


def run(arguments: argparse.Namespace) -> dict[str, Any]:
    """Compare now and say what came of it."""
    on: date = arguments.on or clock.today()
    if on > clock.today():
        raise Refused(f"办理日{on}还没有到，不能比对。")
    done = nightly.run(as_of=arguments.as_of, on=on, division=arguments.division, anew=not arguments.kept)
    return _told(done)


def _told(done: GapRun) -> dict[str, Any]:
    assert done.finished_at is not None
    return {
        "run": done.pk,
        "as_of": str(done.as_of),
        "persons": done.persons,
        "households": done.households,
        "opened": done.opened,
        "changed": done.changed,
        "cleared": done.cleared,
        "kept": done.kept,
        "held": done.held,
        "seconds": round((done.finished_at - done.started_at).total_seconds(), 1),
        "items": [
            {"item": reading.code, "name": reading.name} | _sum(done, reading.code)
            for reading in readings.READINGS
        ],
        "answers": str(asking.folder(done.as_of)),
    }


def _sum(done: GapRun, code: str) -> dict[str, int]:
    """An item's numbers over all counties."""
    found = [counties[code] for counties in done.counts.values()]
    return {name: sum(one[name] for one in found) for name in asking.COUNTED}
