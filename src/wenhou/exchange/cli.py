"""`wenhou exchange …`. Handlers take the parsed arguments and return what `--json` prints."""

import argparse
import sys
from datetime import date
from pathlib import Path
from typing import Any

from wenhou.base import clock
from wenhou.base.errors import Refused, WenhouError
from wenhou.exchange import contracts, queries
from wenhou.exchange.actions import deliveries
from wenhou.exchange.enums import Channel
from wenhou.exchange.models import Delivery


class PartlyLoaded(Refused):
    """Some was refused; `done` is what was loaded all the same, which --json gives beside the error."""

    def __init__(self, refusals: list[str], done: dict[str, Any]) -> None:
        super().__init__("\n".join(refusals))
        self.done = done


def add_commands(subparsers: Any) -> None:
    """`exchange load PATH…`, `exchange sources [--on DATE]`, `exchange contracts`."""
    room: argparse.ArgumentParser = subparsers.add_parser("exchange", help="收部门来件，看数据源状况")
    commands = room.add_subparsers(title="命令", metavar="命令", required=True)
    load = commands.add_parser("load", help="收下并装入：数据文件、文件夹或ZIP，须有清单")
    load.add_argument("paths", nargs="+", type=Path, metavar="PATH")
    load.set_defaults(handler=run_load)
    sources = commands.add_parser("sources", help="各数据源：最近来件、是否迟到、退回比例")
    sources.add_argument("--on", type=_day, default=None, metavar="DATE")
    sources.set_defaults(handler=run_sources)
    listing = commands.add_parser("contracts", help="列出数据契约")
    listing.set_defaults(handler=run_contracts)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}”不是日期，应写成 2026-10-31") from None


def run_load(arguments: argparse.Namespace) -> dict[str, Any]:
    """Receive and load every path, in loading order; what is refused is said at the end, after the others are in."""
    received: list[Delivery] = []
    refusals: list[str] = []
    for path in arguments.paths:
        received += _receive(path, refusals)
    received.sort(key=lambda delivery: (contracts.load_order(delivery.contract), delivery.pk))
    loaded = [_load(delivery, refusals) for delivery in received]
    done = {
        "deliveries": [_line(delivery) for delivery in loaded if delivery],
        "rows_loaded": sum(delivery.rows_loaded for delivery in loaded if delivery),
        "rows_rejected": sum(delivery.rows_rejected for delivery in loaded if delivery),
    }
    if refusals:
        raise PartlyLoaded(refusals, done)
    return done


def run_sources(arguments: argparse.Namespace) -> dict[str, Any]:
    """The health line of every source."""
    on = arguments.on or clock.today()
    return {"on": str(on), "sources": [health.as_row() for health in queries.source_health(on)]}


def run_contracts(_: argparse.Namespace) -> dict[str, Any]:
    """Every declared contract, one line each."""
    return {
        "contracts": [
            {
                "contract": one.code,
                "title": one.title,
                "department": one.department,
                "key": "+".join(one.key),
                "fields": len(one.fields),
                "refresh": one.refresh,
                "sensitivity": one.sensitivity,
                "authorisation": one.authorisation,
            }
            for one in contracts.all_contracts()
        ]
    }


def _receive(path: Path, refusals: list[str]) -> list[Delivery]:
    try:
        return deliveries.receive(path, by=None, channel=Channel("command"), on=clock.today())
    except deliveries.PartlyRefused as partly:
        refusals += [f"{where}：{why}" for where, why in partly.refusals]
        return partly.deliveries
    except WenhouError as refusal:
        refusals.append(f"{path.name}：{refusal.message}")
        return []


def _load(delivery: Delivery, refusals: list[str]) -> Delivery | None:
    try:
        return deliveries.load(delivery, on=clock.today(), say=_say)
    except WenhouError as refusal:
        refusals.append(f"{delivery.file_name}（{delivery}）：{refusal.message}")
        return None


def _say(delivery: Delivery) -> None:
    counts = f"，{delivery.rows_loaded}行装入，{delivery.rows_rejected}行退回" if delivery.finished_at else ""
    print(f"{delivery}：{delivery.stage} {delivery.progress}%{counts}", file=sys.stderr, flush=True)


def _line(delivery: Delivery) -> dict[str, Any]:
    return {
        "id": delivery.pk,
        "contract": delivery.contract,
        "number": delivery.number,
        "division": delivery.division,
        "state": delivery.state,
        "rows_read": delivery.rows_read,
        "rows_loaded": delivery.rows_loaded,
        "rows_rejected": delivery.rows_rejected,
        "reject_reasons": delivery.reject_reasons,
        "remarks": delivery.remarks,
    }
