"""`rules replay`: past judgements again, to the same bytes."""

import argparse
from pathlib import Path
from typing import Any

from wenhou.base.errors import Refused
from wenhou.policy.judging import replays
from wenhou.policy.judging.replays import Replay


class Differing(Refused):
    """Some judgement did not come out as it was; `done` has all of them, for machines."""

    def __init__(self, message: str, done: dict[str, Any]) -> None:
        super().__init__(message)
        self.done = done


def add_commands(commands: Any) -> None:
    """`replay`."""
    parser = commands.add_parser("replay", help="用当时的规则和事实重做判定，逐字节比对")
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument("files", nargs="*", type=Path, default=[], metavar="FILE", help="冻结的判定")
    which.add_argument("--all", action="store_true", help="数据湖里的全部判定")
    parser.set_defaults(handler=run)


def run(arguments: argparse.Namespace) -> dict[str, Any]:
    """Replay each; raises Differing where one is not the same."""
    done = list(replays.replay(replays.kept() if arguments.all else arguments.files))
    told = {"replayed": len(done), "same": sum(one.is_same for one in done)}
    wrong = [one for one in done if not one.is_same]
    if wrong:
        raise Differing(_sentence(wrong), told | {"judgements": [_line(one) for one in wrong]})
    return told


def _line(one: Replay) -> dict[str, Any]:
    return {"file": str(one.path), "result": one.result, "answers": list(one.names)}


def _sentence(wrong: list[Replay]) -> str:
    told = (
        f"{one.path.name} {one.result}" + (f"（{'、'.join(one.names)}）" if one.names else "")
        for one in wrong[:20]
    )
    more = f"等{len(wrong)}份" if len(wrong) > 20 else ""
    return f"重放不符：{'；'.join(told)}{more}；请查明判定或规则集是怎么变的，以备份为准。"
