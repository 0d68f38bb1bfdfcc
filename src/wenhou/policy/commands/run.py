"""`rules run`: everything in the law over every application in the lake."""

import argparse
from typing import Any

from wenhou.policy.commands.days import day
from wenhou.policy.runs import batches, lawrun

SHOWN = 20
"""Facts listed as lacking, and archives that could not be read."""


def add_commands(commands: Any) -> None:
    """`run`."""
    parser = commands.add_parser("run", help="对湖里全部申请按整部规则判定，结果存回湖里")
    parser.add_argument("--as-of", type=day, required=True, metavar="DATE", help="判定的日子")
    parser.add_argument("--division", default="", metavar="CODE", help="只答这里（2、4或6位）")
    parser.add_argument("--anew", action="store_true", help="先从湖里重新汇成当日的申请数据")
    parser.add_argument(
        "--look-into", type=int, default=200, metavar="N", help="抽多少户“不知道”的查明缺什么"
    )
    parser.set_defaults(handler=run)


def run(arguments: argparse.Namespace) -> dict[str, Any]:
    """Carry it out and say what came of it."""
    batches.ensure(arguments.as_of, anew=arguments.anew)
    report = lawrun.carry_out(
        as_of=arguments.as_of, division=arguments.division, look_into=arguments.look_into
    )
    unread = batches.faults(arguments.as_of, arguments.division)
    lacking = [{"缺": label, "户数": number} for label, number in list(report.lacking.items())[:SHOWN]]
    return {
        "as_of": report.as_of.isoformat(),
        "households": report.households,
        "persons": report.persons,
        "categories": lawrun.by_category(report),
        "verdicts": [{"verdict": name} | told for name, told in report.verdicts.items()],
        "looked_into": report.looked_into,
        "lacking": lacking,
        "unread": len(unread),
        "faults": unread[:SHOWN],
        "standards": [one.told() for one in report.doubtful],
        "kept": str(report.folder),
    }
