"""`wenhou database`: the embedded server by hand, and migrations."""

import argparse
import os
from pathlib import Path
from typing import Any

from wenhou.site import launcher


def add_commands(groups: Any) -> None:
    parser = groups.add_parser("database", help="起停数据库、迁移")
    verbs = parser.add_subparsers(required=True, metavar="动作")
    for name, handler, what in (
        ("start", start, "起数据库，给出地址"),
        ("stop", stop, "停下内置数据库"),
        ("migrate", migrate, "把表结构迁移到最新"),
    ):
        verb = verbs.add_parser(name, help=what)
        verb.set_defaults(handler=handler)
    halves = verb.add_mutually_exclusive_group()
    halves.add_argument(
        "--before", action="store_true", help="只做旧版还在跑时就能做的；新版换好以后再用 --after"
    )
    halves.add_argument("--after", action="store_true", help="旧版都停了：做完其余的（不写也是都做）")


def home() -> Path:
    """Where everything is kept."""
    return Path(os.environ.get("WENHOU_HOME") or Path.cwd() / ".home").resolve()


def start(arguments: argparse.Namespace) -> dict[str, Any]:
    return {"url": os.environ.get("DATABASE_URL") or launcher.ensure_running(launcher.cluster_at(home()))}


def stop(arguments: argparse.Namespace) -> dict[str, Any]:
    launcher.stop(launcher.cluster_at(home(), os.environ.get("WENHOU_POSTGRES")))
    return {"stopped": True}


def migrate(arguments: argparse.Namespace) -> dict[str, Any]:
    from wenhou.base import migrating
    from wenhou.site import database
    from wenhou.site.cli import start_django

    start_django()
    from wenhou.site import trust

    database.migrate(before_only=arguments.before)
    trust.ensure(anew=True)
    return {"migrated": True, "after": [".".join(each) for each in migrating.pending()]}
