"""`wenhou lake …`. Handlers take the parsed arguments and return what `--json` prints."""

import argparse
from dataclasses import asdict
from typing import Any

from wenhou.base.errors import Refused
from wenhou.base.spoken import Spoken
from wenhou.lake import erasing, sealed
from wenhou.lake.actions import sealing


def add_commands(subparsers: Any) -> None:
    """`lake status`, `lake seal`, `lake verify`, `lake tidy`, `lake erase-again`."""
    room: argparse.ArgumentParser = subparsers.add_parser(
        "lake", help="数据湖：加密、清理、恢复备份后再删一次"
    )
    commands = room.add_subparsers(title="命令", metavar="命令", required=True)
    for name, handler, told in (
        ("status", run_status, "多少文件加了密，多少没有"),
        ("seal", run_seal, "把没有加密的文件逐个加密；中断了再运行一次接着做"),
        ("verify", run_verify, "把每个文件读到底：打不开的、行数不对的逐个列出"),
        ("tidy", run_tidy, "销毁已经没有文件的钥匙"),
        ("erase-again", run_erase_again, "恢复备份以后，把依法删除过的人再删一次"),
    ):
        commands.add_parser(name, help=told).set_defaults(handler=handler)


def run_status(arguments: argparse.Namespace) -> dict[str, Any]:
    found = sealing.state()
    return {
        "已加密": found.sealed,
        "未加密": found.clear,
        "未加密字节": found.clear_bytes,
        "已销毁钥匙": found.destroyed,
    }


def run_seal(arguments: argparse.Namespace) -> dict[str, Any]:
    if not sealed.is_on():
        raise Refused("WENHOU_SEAL_LAKE=no：新文件都不加密，加密旧文件没有用处；请先改回yes。")
    return {"加密": sealing.seal()}


class Verified(Spoken):
    """What is wrong; where anything is, the command's exit code is 1."""

    @property
    def code(self) -> int:
        return int(bool(self["wrong"]))


def run_verify(arguments: argparse.Namespace) -> Verified:
    found = sealing.verify()
    return Verified({"wrong": found}, text="\n".join(found) or "每个文件都打得开，行数都对。")


def run_tidy(arguments: argparse.Namespace) -> dict[str, Any]:
    return {"销毁钥匙": sealing.tidy()}


def run_erase_again(arguments: argparse.Namespace) -> list[dict[str, Any]]:
    return [asdict(one) for one in erasing.erase_again()]
