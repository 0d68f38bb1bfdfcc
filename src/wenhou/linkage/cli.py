"""`wenhou linkage …`. Handlers take the parsed arguments and return what `--json` prints."""

import argparse
import re
from datetime import date
from pathlib import Path
from typing import Any

from wenhou.base import clock
from wenhou.base.errors import Refused
from wenhou.lake import store
from wenhou.linkage.actions import identities
from wenhou.linkage.identities import files


def add_commands(subparsers: Any) -> None:
    """`linkage match FILE [--contract DI31] [--source NAME] [--on DATE]`."""
    room: argparse.ArgumentParser = subparsers.add_parser(
        "linkage", help="认人：没有证号、证号有误的记录是谁的"
    )
    commands = room.add_subparsers(title="命令", metavar="命令", required=True)
    match = commands.add_parser(
        "match", help="把一份CSV的记录认到登记的人：先看证号，余下的权衡，拿不准的进队列"
    )
    match.add_argument("file", type=Path, metavar="FILE")
    match.add_argument("--contract", default=None, metavar="DI31", help="列名按这个数据契约")
    match.add_argument(
        "--source", default=None, metavar="NAME", help="结果以什么名字存放，默认契约编号或文件名"
    )
    match.add_argument("--on", type=_day, default=None, metavar="DATE", help="办理日，默认今天")
    match.set_defaults(handler=run_match)


def run_match(arguments: argparse.Namespace) -> dict[str, Any]:
    """Match a file and say what became of its records."""
    source = arguments.source or arguments.contract or arguments.file.stem
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_-]{0,59}", source):
        raise Refused("请用 --source 给结果起个名字：字母、数字、横线，至多60个。")
    with store.connect() as connection:
        files.read(connection, arguments.file, contract=arguments.contract, into="records_told")
        done = identities.recognise(
            connection=connection,
            records="records_told",
            source=source,
            by=None,
            on=arguments.on or clock.today(),
        )
        methods = "select method, count(*) from identity_links group by method order by method"
        by_method = dict(connection.execute(methods).fetchall())
    found = done.matched
    return {
        "source": source,
        "records": found.records,
        "links": found.links,
        "methods": by_method,
        "doubtful": found.doubtful,
        "apart": found.apart,
        "weighed": found.weighed,
        "queued": done.raised,
    }


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}”不是日期，应写成 2026-10-31") from None
