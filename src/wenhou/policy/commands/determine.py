"""`rules determine HOUSEHOLD.yaml`: one household, asked and answered."""

import argparse
from pathlib import Path
from typing import Any

from wenhou.base.spoken import Spoken
from wenhou.policy import answers
from wenhou.policy.actions import judgements
from wenhou.policy.applications import overlay, reader, strict
from wenhou.policy.asking import changes
from wenhou.policy.asking.determinations import Determination, Screen, determine
from wenhou.policy.commands.days import day
from wenhou.policy.telling import household, replies
from wenhou.policy.telling.trees import Why


def add_commands(commands: Any) -> None:
    """`determine`."""
    parser = commands.add_parser("determine", help="按一天的规则认定一户：类别、金额、事项、理由")
    parser.add_argument("file", type=Path, metavar="HOUSEHOLD.yaml", help="这一户（YAML或JSON）")
    parser.add_argument("--as-of", type=day, metavar="DATE", help="问哪一天；默认用文件里的日期")
    why = parser.add_mutually_exclusive_group()
    why.add_argument(
        "--why",
        action="store_const",
        const="brief",
        default="",
        help="说出理由：条文、标准、事实的来源和日期",
    )
    why.add_argument(
        "--why-all", action="store_const", const="all", dest="why", help="说出全部理由，每一步都在内"
    )
    parser.add_argument("--standards", type=Path, metavar="FILE", help="随案的标准文件，先于 standards/")
    parser.add_argument(
        "--save", nargs="?", const="", metavar="FILE", help="冻结判定；不给文件名就存进数据湖"
    )
    parser.set_defaults(handler=run)


def run(arguments: argparse.Namespace) -> Spoken:
    """Read, ask, and say it."""
    law = answers.declare()
    given = None
    if arguments.standards is not None:
        given = overlay.read(strict.from_file(arguments.standards), book=law)
    application = reader.read(strict.from_file(arguments.file), as_of=arguments.as_of, book=law)
    found = determine(application, given=given, book=law)
    said = _said(found, why=arguments.why)
    if arguments.save is None:
        return said
    path = judgements.keep(found, to=Path(arguments.save) if arguments.save else None)
    return Spoken(said | {"saved": str(path)}, text=f"{said.text}\n\n判定已冻结：{path}")


def _said(found: Determination | Screen, *, why: Why) -> Spoken:
    if isinstance(found, Screen):
        return Spoken(replies.reply(found, why=why), text=household.screen_text(found, why=why))
    turnings = changes.turnings(found)
    return Spoken(
        replies.determination(found, turnings, why=why), text=household.text(found, turnings, why=why)
    )
