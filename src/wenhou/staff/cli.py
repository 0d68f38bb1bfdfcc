"""`wenhou staff`: accounts and posts from the command line."""

import argparse
from datetime import date
from typing import Any

from wenhou.base import clock
from wenhou.staff import passwords
from wenhou.staff.actions import accounts
from wenhou.staff.enums import Matter, Role


def add_commands(groups: Any) -> None:
    parser = groups.add_parser("staff", help="开账号、任岗")
    verbs = parser.add_subparsers(required=True, metavar="动作")
    opening = verbs.add_parser("open", help="开一个账号并任一个岗")
    opening.add_argument("username")
    opening.add_argument("--name", required=True, help="姓名")
    opening.add_argument("--role", required=True, choices=Role.values)
    opening.add_argument("--division", required=True, help="2、4、6、9或12位区划代码")
    opening.add_argument("--password", help="不给则随机生成并显示一次")
    opening.add_argument(
        "--matter", action="append", default=[], choices=Matter.values, help="专门事项，可给多个"
    )
    opening.add_argument("--since", type=date.fromisoformat)
    opening.set_defaults(handler=open_account)
    naming = verbs.add_parser("person", help="这个账号是谁：查看自己的亲属要说明")
    naming.add_argument("username")
    naming.add_argument("person", type=int, help="人员键")
    naming.set_defaults(handler=name_person)
    closing = verbs.add_parser("close", help="离岗：岗位、会话、委托、第二道验证、钥匙一次全关")
    closing.add_argument("username")
    closing.set_defaults(handler=close)
    resetting = verbs.add_parser("reset", help="忘了密码或丢了手机：换一个密码，去掉第二道验证")
    resetting.add_argument("username")
    resetting.set_defaults(handler=reset)


def close(arguments: argparse.Namespace) -> dict[str, Any]:
    accounts.close(account=accounts.named(arguments.username), by=None, on=clock.today())
    return {"username": arguments.username, "closed": True}


def open_account(arguments: argparse.Namespace) -> dict[str, Any]:
    password = arguments.password or passwords.invent()
    accounts.open_account(
        username=arguments.username,
        full_name=arguments.name,
        password=password,
        role=Role(arguments.role),
        division=arguments.division,
        since=arguments.since or clock.today(),
        matters=[Matter(one) for one in arguments.matter],
    )
    return {"username": arguments.username, "password": password}


def name_person(arguments: argparse.Namespace) -> dict[str, Any]:
    accounts.name_person(username=arguments.username, person=arguments.person)
    return {"username": arguments.username, "person": arguments.person}


def reset(arguments: argparse.Namespace) -> dict[str, Any]:
    password = passwords.invent()
    accounts.reset(username=arguments.username, password=password, at=clock.instant())
    return {"username": arguments.username, "password": password}
