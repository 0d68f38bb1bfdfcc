"""`wenhou secrets`: the keys of what is kept encrypted."""

import argparse
from pathlib import Path
from typing import Any


def add_commands(groups: Any) -> None:
    parser = groups.add_parser("secrets", help="密文用的钥匙：状况、轮换")
    verbs = parser.add_subparsers(required=True, metavar="动作")
    verbs.add_parser("status", help="有哪些钥匙，各列还有多少行用旧钥匙").set_defaults(handler=status)
    one = verbs.add_parser("rotate", help="启用新钥匙，旧的各行分批改写；网页和后台照常运行")
    one.add_argument("--purpose", default="", help="只换这个用途的")
    one.set_defaults(handler=rotate)
    other = verbs.add_parser("rewrap", help="主钥匙换了：数据钥匙改由新的主钥匙封存")
    other.add_argument("--old", type=Path, required=True, help="原来的主钥匙文件")
    other.set_defaults(handler=rewrap)


def status(arguments: argparse.Namespace) -> dict[str, Any]:
    from wenhou.base.secrets import rotation

    return rotation.status()


def rotate(arguments: argparse.Namespace) -> dict[str, Any]:
    from wenhou.base.secrets import rotation

    return {"改写": rotation.rotate(arguments.purpose)}


def rewrap(arguments: argparse.Namespace) -> dict[str, Any]:
    from wenhou.base.errors import Refused
    from wenhou.base.secrets import rotation

    if not arguments.old.exists():
        raise Refused(f"没有这个文件：{arguments.old}。")
    return {"改封": rotation.rewrap(arguments.old)}
