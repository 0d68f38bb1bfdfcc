"""`wenhou watch health`, `wenhou watch order`: what became of each indicator's alerts, and the order learnt from it."""

import argparse
from datetime import date, timedelta
from typing import Any

from wenhou.base import clock
from wenhou.base.errors import Refused
from wenhou.monitoring.actions import ordering
from wenhou.monitoring.worth import backtest, features, health, limits
from wenhou.monitoring.worth.health import Health
from wenhou.policy.commands import whatif
from wenhou.policy.standards import NATION


def add_commands(commands: Any) -> None:
    """`health`, `order`, `backtest`."""
    parser = commands.add_parser("health", help="各项指标的成效：属实多少、新帮多少户、几天办结")
    parser.add_argument("--since", type=day, default=None, metavar="DATE", help="从哪一天起，默认一年前")
    parser.add_argument("--until", type=day, default=None, metavar="DATE", help="到哪一天止，默认今天")
    parser.set_defaults(handler=run_health)
    order = commands.add_parser("order", help="从走访结果学出按预期成效的次序，排好未办结的预警")
    order.set_defaults(handler=run_order)
    _add_backtest(commands)


def _add_backtest(commands: Any) -> None:
    parser = commands.add_parser(
        "backtest", help="换一个门槛，在过去的日子上看会多报多少、少报多少；什么都不写"
    )
    parser.add_argument("indicator", metavar="E01", help="指标编号")
    parser.add_argument(
        "--standard",
        required=True,
        metavar="NAME=VALUE",
        help="标准的名字和新值，如 school_aid_wait_days=60日",
    )
    parser.add_argument("--from", type=day, required=True, dest="since", metavar="DATE")
    parser.add_argument("--to", type=day, required=True, dest="until", metavar="DATE")
    parser.add_argument("--division", default=None, metavar="CODE", help="区划代码前缀，默认全部")
    parser.set_defaults(handler=run_backtest)


def day(text: str) -> date:
    """A day on the command line."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}”不是日期，应写成 2026-10-31") from None


def span(since: date | None, until: date | None, on: date) -> tuple[date, date]:
    """The days asked about, a year up to today where none are. Raises Refused where they are the wrong way round."""
    last = until or on
    first = since or last - timedelta(days=limits.SPAN_DAYS)
    if first > last:
        raise Refused(f"起日{first}晚于止日{last}，请对调。")
    return first, last


def run_health(arguments: argparse.Namespace) -> dict[str, Any]:
    """Every declared indicator, everywhere."""
    since, until = span(arguments.since, arguments.until, clock.today())
    found = health.of(None, since, until)
    return {
        "since": since.isoformat(),
        "until": until.isoformat(),
        "confidence": limits.CONFIDENCE,
        "indicators": [_line(one) for one in found],
    }


def run_order(_: argparse.Namespace) -> dict[str, Any]:
    """Learn from everything concluded by today and set the chances of open alerts down. Raises TooFew."""
    on = clock.today()
    learned = ordering.learn(on=on)
    return {
        "ordered": ordering.expect(on=on),
        "since": learned.since.isoformat(),
        "until": learned.until.isoformat(),
        "size": learned.size,
        "newly_helped": learned.helped,
        "brier": round(learned.brier, 4),
        "base_brier": round(learned.base_brier, 4),
        "weights": {
            features.word(name): round(weight, 3)
            for name, weight in sorted(learned.content["weights"].items(), key=lambda pair: -abs(pair[1]))
        },
        "reliability": learned.reliability,
        "groups": learned.groups,
    }


def run_backtest(arguments: argparse.Namespace) -> dict[str, Any]:
    """The other value beside the one that held. Raises Refused."""
    where = backtest.place(arguments.division)
    question = backtest.Question(
        indicator=arguments.indicator,
        tried=whatif.row(arguments.standard, where[:6] or NATION, arguments.since),
        since=arguments.since,
        until=arguments.until,
        division=where,
    )
    found = backtest.compare(question)
    return {
        "indicator": question.indicator,
        "standard": question.tried.name,
        "value": question.tried.value,
        "days": [one.isoformat() for one in found.days],
        **{key: number for key, number in vars(found.total).items() if key != "place"},
        "unknown_before": found.unknown[0],
        "unknown_after": found.unknown[1],
        "counties": [vars(one) for one in found.counties],
        "concluded": {
            name: {"subjects": one.subjects, **one.precision.as_row()}
            for name, one in (
                ("kept", found.kept),
                ("removed", found.removed),
                ("added_by_others", found.added),
            )
        },
    }


def _line(one: Health) -> dict[str, Any]:
    told = one.figures
    return {
        "indicator": one.code,
        "name": one.name,
        "raised": told.raised,
        "cleared_by_run": told.cleared,
        "visited": told.visited,
        "concluded": told.concluded,
        "confirmed": told.confirmed,
        "precision": told.precision.as_row(),
        "newly_helped_families": told.helped,
        "days_to_close": _pair(told.days),
        "working_days_to_close": _pair(told.workdays),
        "open_families": one.overlap.families,
        "overlap": {code: share.as_row() for code, share in one.overlap.others},
        "unknown": one.unknown.as_row() if one.unknown else None,
        "marks": list(one.marks),
    }


def _pair(days: tuple[int, int] | None) -> dict[str, int] | None:
    return {"median": days[0], "p90": days[1]} if days else None
