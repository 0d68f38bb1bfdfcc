"""`wenhou audit`: seal, verify, show, a checkpoint to keep elsewhere, a person's own access record, unusual access."""

import argparse
from pathlib import Path
from typing import Any

from wenhou.base.errors import WenhouError

SHOWN = 50


class Tampered(WenhouError):
    """The audit is not as it was sealed."""

    code = 1


def add_commands(groups: Any) -> None:
    parser = groups.add_parser("audit", help="审计：封存、核验、查记录")
    verbs = parser.add_subparsers(required=True, metavar="动作")
    verbs.add_parser("seal", help="封存已提交的记录").set_defaults(handler=seal)
    verifying = verbs.add_parser("verify", help="从头核验：指出第一条被改、被删、多出或换过次序的记录")
    verifying.add_argument("--checkpoint", action="append", default=[], help="另存的检查点，或存着它们的文件")
    verifying.add_argument("--key", action="append", default=[], help="另外认得的公钥，十六进制")
    verifying.set_defaults(handler=verify)
    verbs.add_parser("checkpoint", help="给出一行检查点，请存到别处").set_defaults(handler=checkpoint)
    showing = verbs.add_parser("show", help="一张表、一行或一个账号的记录，新的在前")
    showing.add_argument("table", nargs="?", help="表名")
    showing.add_argument("row", nargs="?", help="主键")
    showing.add_argument("--account", help="用户名")
    showing.add_argument("--last", type=int, default=SHOWN, help="几条")
    showing.set_defaults(handler=show)


def seal(arguments: argparse.Namespace) -> dict[str, Any]:
    """Seal what is decided."""
    from wenhou.base.actions import sealing

    made = sealing.seal()
    return {"seals": len(made), "entries": sum(one.count for one in made)}


def verify(arguments: argparse.Namespace) -> dict[str, Any]:
    """Read everything anew; exit 1 with one sentence where something is wrong."""
    from wenhou.base.audit import verifying

    lines = [line for told in arguments.checkpoint for line in _lines(told)]
    checked = verifying.verify(
        checkpoints=[verifying.read_checkpoint(line) for line in lines], keys=arguments.key
    )
    if checked.wrong:
        raise Tampered(checked.wrong)
    return {name: value for name, value in vars(checked).items() if name != "wrong"}


def checkpoint(arguments: argparse.Namespace) -> dict[str, Any]:
    """The last seal in one line."""
    from wenhou.base.audit import verifying

    told = verifying.checkpoint()
    if told is None:
        raise WenhouError("还没有封印：请先运行 wenhou audit seal。")
    return {"checkpoint": str(told)}


def show(arguments: argparse.Namespace) -> dict[str, Any]:
    """A history, the newest first."""
    from wenhou.base.audit import finding
    from wenhou.staff.models import Account

    if arguments.account:
        account = Account.objects.filter(username=arguments.account).first()
        if account is None:
            raise WenhouError(f"没有账号{arguments.account}。")
        found = finding.of_account(account.pk)
    elif arguments.table:
        found = finding.of_table(arguments.table, arguments.row)
    else:
        raise WenhouError("请给出表名，或用 --account 给出用户名。")
    return {
        "entries": [
            {
                "number": entry.number,
                "at": f"{entry.at.astimezone():%Y-%m-%d %H:%M:%S}",
                "who": entry.account or entry.actor or entry.db_role,
                "act": entry.get_act_display(),
                "row": f"{entry.table_name} {entry.row_key}",
                "change": entry.change,
            }
            for entry in found[: arguments.last]
        ]
    }


def _lines(told: str) -> list[str]:
    path = Path(told)
    return path.read_text().split() if path.is_file() else [told]
