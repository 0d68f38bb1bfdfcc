"""`wenhou divisions …`. Handlers take the parsed arguments and return what `--json` prints."""

import argparse
import getpass
from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from wenhou.base import clock
from wenhou.base.errors import Refused


def add_commands(subparsers: Any) -> None:
    """`divisions load [PATH…] [--on DATE] [--complete]` and `divisions find CODE [--on DATE]`."""
    room: argparse.ArgumentParser = subparsers.add_parser("divisions", help="区划与工作日")
    commands = room.add_subparsers(dest="divisions_command", required=True)
    load = _command(
        commands, "load", "载入区划：自备名录，及所列的官方名录（CSV）或 node_modules 目录", run_load
    )
    load.add_argument("paths", nargs="*", type=Path, metavar="PATH")
    load.add_argument("--on", type=_day, metavar="DATE", help="名录的日期，缺省为今天")
    load.add_argument("--complete", action="store_true", help="名录是完整的：其中没有的代码自名录日期起停用")
    find = _command(commands, "find", "某日某代码是何处", run_find)
    find.add_argument("code", metavar="CODE")
    find.add_argument("--on", type=_day, metavar="DATE", help="哪一日，缺省为今天")


def run_load(arguments: argparse.Namespace) -> dict[str, Any]:
    """Our own table first, then each path: a folder is a node_modules, a file an official list."""
    from wenhou.divisions.actions import places

    on, by = arguments.on or clock.today(), f"命令行 {_whoami()}"
    done = [places.seed_own(by=by, on=on)]
    for path in arguments.paths:
        if path.is_dir():
            done.append(places.load_seed(path, by=by, on=on))
        else:
            done.append(places.load_official(path, by=by, on=on, complete=arguments.complete))
    return {"lists": [asdict(each) for each in done]}


def run_find(arguments: argparse.Namespace) -> dict[str, Any]:
    """The place, the places above it, and since when."""
    from wenhou.divisions import queries

    on = arguments.on or clock.today()
    place = queries.find(arguments.code, on)
    above = [parent.name for parent in queries.parents_of(arguments.code, on)]
    until = str(place.valid_to) if place.valid_to else None
    return {
        "message": " ".join([*above, place.name]), "code": place.code, "name": place.name, "above": above,
        "level": place.level, "valid_from": str(place.valid_from), "valid_to": until, "source": place.source,
    }  # fmt: skip


def _command(
    commands: Any, name: str, words: str, handler: Callable[[argparse.Namespace], dict[str, Any]]
) -> argparse.ArgumentParser:
    command: argparse.ArgumentParser = commands.add_parser(name, help=words)
    command.set_defaults(handler=handler)
    return command


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Refused(f"日期“{text[:20]}”应写作 2026-01-31。") from None


def _whoami() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "无名"
