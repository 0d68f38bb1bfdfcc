"""`wenhou api …`: keys for sources."""

import argparse
import getpass
import json
from typing import Any

from wenhou.api.actions import keys
from wenhou.api.models import SourceKey
from wenhou.base import clock
from wenhou.base.spoken import Spoken
from wenhou.staff.actions import accounts


def add_commands(subparsers: Any) -> None:
    """`api issue NAME --contracts DI31 … --division 640104`, `api revoke PREFIX`, `api keys`, `api openapi`."""
    room: argparse.ArgumentParser = subparsers.add_parser("api", help="给数据源发钥匙")
    commands = room.add_subparsers(title="命令", metavar="命令", required=True)
    issue = commands.add_parser("issue", help="发一把钥匙；钥匙只显示这一次")
    issue.add_argument("name", help="数据源，如 兴庆区医保局")
    issue.add_argument("--contracts", nargs="+", required=True, metavar="DI31")
    issue.add_argument("--division", required=True, metavar="640104")
    issue.add_argument("--holder", metavar="账号", help="我方保管这把钥匙的人；离岗时钥匙作废")
    issue.set_defaults(handler=run_issue)
    revoke = commands.add_parser("revoke", help="收回一把钥匙")
    revoke.add_argument("prefix", help="钥匙的前八个字符")
    revoke.set_defaults(handler=run_revoke)
    listing = commands.add_parser("keys", help="列出钥匙")
    listing.set_defaults(handler=run_keys)
    describing = commands.add_parser("openapi", help="接口说明（OpenAPI，JSON），交给写对接程序的人")
    describing.set_defaults(handler=run_openapi)


def run_issue(arguments: argparse.Namespace) -> dict[str, Any]:
    """Issue a key and show it, once."""
    key, secret = keys.issue(
        name=arguments.name,
        contracts=arguments.contracts,
        division=arguments.division,
        by=f"命令行 {getpass.getuser()}",
        on=clock.now(),
        holder=accounts.named(arguments.holder) if arguments.holder else None,
    )
    return {"key": secret, **_line(key)}


def run_revoke(arguments: argparse.Namespace) -> dict[str, Any]:
    """Take a key back."""
    return _line(keys.revoke(prefix=arguments.prefix, by=f"命令行 {getpass.getuser()}", on=clock.now()))


def run_keys(_: argparse.Namespace) -> dict[str, Any]:
    """Every key ever issued, without the keys."""
    return {"keys": [_line(key) for key in SourceKey.objects.order_by("pk")]}


def run_openapi(_: argparse.Namespace) -> Spoken:
    """The description of the doors, as JSON whether asked for it or not."""
    from wenhou.api.urls import openapi

    described = openapi()
    return Spoken(described, text=json.dumps(described, ensure_ascii=False, indent=2))


def _line(key: SourceKey) -> dict[str, Any]:
    return {
        "name": key.name,
        "prefix": key.prefix,
        "contracts": "、".join(key.contracts),
        "division": key.division,
        "issued_at": key.issued_at,
        "revoked_at": key.revoked_at,
    }
