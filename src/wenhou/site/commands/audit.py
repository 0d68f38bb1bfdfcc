"""`wenhou audit`: seal, verify, show, a checkpoint to keep elsewhere, a person's own access record, unusual access."""

import argparse
import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from wenhou.base import clock
from wenhou.base.clock import BEIJING
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
    recording = verbs.add_parser("record", help="谁查看过一个人：逐条带存在证明，可交给本人")
    recording.add_argument("person", type=int, help="人员键")
    recording.add_argument("--to", type=Path, help="把记录和证明写进这个文件")
    recording.set_defaults(handler=record)
    asking = verbs.add_parser("unusual", help="一天里不寻常的查看：亲属、过多、非工作时间、无事由")
    asking.add_argument("--on", type=date.fromisoformat, help="哪一天，不给则为昨天")
    asking.set_defaults(handler=unusual)
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


def record(arguments: argparse.Namespace) -> dict[str, Any]:
    """Every look at a person, with its proof."""
    from wenhou.base.audit import signing
    from wenhou.staff import access_record

    seen = access_record.of(arguments.person)
    if arguments.to:
        proofs = [one.proof.to_json() for one in seen if one.proof]
        told = {"keys": [key.hex() for key in signing.public_keys().values()], "proofs": proofs}
        arguments.to.write_text(json.dumps(told, ensure_ascii=False, indent=1))
    return {
        "looks": [
            {
                "number": one.number,
                "at": f"{one.at.astimezone(BEIJING):%Y-%m-%d %H:%M:%S}",
                "who": one.who,
                "shown": one.shown,
                "purpose": one.purpose,
                "page": one.page,
                "proof": "有" if one.proof else "待封存",
            }
            for one in seen
        ]
    }


def unusual(arguments: argparse.Namespace) -> dict[str, Any]:
    """Looks of a day to be asked about."""
    from wenhou.supervision import unusual as found

    day = arguments.on or clock.today() - timedelta(days=1)
    return {
        "unusual": [
            {"who": one.who, "kind": one.kind.value, "people": len(one.people), "why": one.why}
            for one in found.of(day)
        ]
    }


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
                "at": f"{entry.at.astimezone(BEIJING):%Y-%m-%d %H:%M:%S}",
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
