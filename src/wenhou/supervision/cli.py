"""`wenhou personal`: what is due to be destroyed, destroying it, the impact assessment."""

import argparse
from datetime import date
from pathlib import Path
from typing import Any

from wenhou.base import clock


def add_commands(groups: Any) -> None:
    parser = groups.add_parser("personal", help="个人信息：到期销毁、影响评估")
    verbs = parser.add_subparsers(required=True, metavar="动作")
    listing = verbs.add_parser("due", help="保存期满的有多少行，各在哪张表")
    destroying = verbs.add_parser("destroy", help="销毁保存期满的；先看 due")
    destroying.add_argument("--expect", type=int, required=True, help="due 说的总行数，不符就不动")
    destroying.add_argument("--by", required=True, help="谁批准的")
    for one, handler in ((listing, due), (destroying, destroy)):
        one.add_argument("--on", type=date.fromisoformat, help="算到哪一天，不给则为今天")
        one.set_defaults(handler=handler)
    assessing = verbs.add_parser("assessment", help="影响评估的底稿，登记里有的都已填好")
    assessing.add_argument("--to", type=Path, required=True, help="写到哪个文件")
    assessing.set_defaults(handler=assessment)


def due(arguments: argparse.Namespace) -> dict[str, Any]:
    """How many rows of each table, and in all."""
    from wenhou.supervision.personal import keeping

    found = keeping.due(arguments.on or clock.today())
    tables = [
        {
            "表": one.table,
            "内容": one.title,
            "用途": one.purpose,
            "早于": f"{one.before}",
            "行": len(one.keys),
        }
        for one in found
    ]
    return {"到期": tables, "总行数": sum(len(one.keys) for one in found)}


def destroy(arguments: argparse.Namespace) -> dict[str, Any]:
    """Destroy what is due; what was is kept."""
    from wenhou.supervision.actions import destroying

    made = destroying.destroy(expected=arguments.expect, by=arguments.by, on=arguments.on or clock.today())
    return {"销毁": made.counts, "留下": made.left}


def assessment(arguments: argparse.Namespace) -> dict[str, Any]:
    """Write the template; a file that is there stays as it is."""
    from wenhou.base.errors import Refused
    from wenhou.supervision.personal import assessment as assessing

    if arguments.to.exists():
        raise Refused(f"{arguments.to}已经存在，没有覆盖。")
    arguments.to.write_text(assessing.template(clock.today()), encoding="utf-8")
    return {"文件": str(arguments.to)}
