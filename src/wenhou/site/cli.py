"""The command line: `wenhou <room> <verb> …`. Every command takes --json and keeps its data under WENHOU_HOME.

A room offers its commands in `<room>/cli.py: add_commands(subparsers)`; a handler takes the parsed arguments and
returns what to say, as JSON could. An error is one sentence on stderr; exit code 2 where the reader can mend it.
"""

import argparse
import getpass
import importlib
import json
import os
import sys
from collections.abc import Sequence
from typing import Any

from wenhou.base.spoken import Spoken
from wenhou.site import address, database, speaking

# group → (module, needs the database, what it does)
GROUPS: dict[str, tuple[str, bool, str]] = {
    "sandbox": ("wenhou.sandbox.cli", False, "造一个真相已知的虚拟地方"),
    "exchange": ("wenhou.exchange.cli", True, "收部门来件，看数据源状况"),
    "divisions": ("wenhou.divisions.cli", True, "装入区划代码"),
    "linkage": ("wenhou.linkage.cli", True, "认人：没有证号、证号有误的记录是谁的"),
    "watch": ("wenhou.monitoring.cli", True, "跑监测、列指标、评分"),
    "rules": ("wenhou.policy.cli", True, "问一户、重放判定、看规则"),
    "staff": ("wenhou.staff.cli", True, "开账号、任岗"),
    "api": ("wenhou.api.cli", True, "给数据源发钥匙"),
    "lake": ("wenhou.lake.cli", True, "数据湖：加密、清理、恢复备份后再删一次"),
    "personal": ("wenhou.supervision.cli", True, "个人信息：到期销毁、影响评估"),
    "insight": ("wenhou.insight.cli", True, "对外公布的统计，小数遮去"),
    "secrets": ("wenhou.site.commands.secrets", True, "密文用的钥匙：状况、轮换"),
    "database": ("wenhou.site.commands.database", False, "起停数据库、迁移"),
    "audit": ("wenhou.site.commands.audit", True, "审计：封存、核验、查记录"),
    "serve": ("wenhou.site.commands.serve", True, "起网页和后台任务"),
    "worker": ("wenhou.site.commands.worker", True, "只起后台任务"),
    "backup": ("wenhou.site.commands.backup", True, "备份数据库和湖，加密；核验备份"),
    "restore": ("wenhou.site.commands.restore", False, "从备份恢复到一个空的 WENHOU_HOME"),
    "jobs": ("wenhou.site.commands.jobs", True, "没做成的后台任务：看、重做"),
    "check": ("wenhou.site.commands.check", True, "看这套部署有什么不安全"),
    "demo": ("wenhou.site.commands.demo", False, "从无到有，起一个有预警可办的地方"),
}


def main(words: Sequence[str] | None = None) -> int:
    """Run one command; 0 done, 1 failed inside or found what should not be, 2 refused with one sentence."""
    words = list(sys.argv[1:] if words is None else words)
    as_json = "--json" in words
    words = [word for word in words if word != "--json"]
    try:
        parser = _parser(words)
        arguments = parser.parse_args(words)
        if not hasattr(arguments, "handler"):
            parser.print_help()
            return 2
        if GROUPS[_named(words)][1]:
            database.make_ready()
        said = arguments.handler(arguments)
    except Exception as error:
        return _refuse(error, as_json)
    try:
        _say(said, as_json)
        sys.stdout.flush()
    except BrokenPipeError:  # the reader has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return int(getattr(said, "code", 0))


def _refuse(error: Exception, as_json: bool) -> int:
    """One sentence on stderr; as JSON, beside what was done all the same (`done` of the error)."""
    message, code = speaking.sentence(error)
    if as_json:
        message = json.dumps(
            {"error": message, **getattr(error, "done", {})}, ensure_ascii=False, default=str
        )
    print(message, file=sys.stderr)
    return code


def _named(words: Sequence[str]) -> str:
    return next((word for word in words if not word.startswith("-")), "")


def _parser(words: Sequence[str]) -> argparse.ArgumentParser:
    parser = speaking.Parser(prog="wenhou", description="温厚：社会救助平台")
    groups = parser.add_subparsers(title="命令", metavar="命令")
    for group, (module, needs_database, what) in GROUPS.items():
        if group != _named(words):
            groups.add_parser(group, help=what)
            continue
        if group == "worker":
            address.become(address.WORKER)
        if needs_database:
            start_django()
        importlib.import_module(module).add_commands(groups)
    return parser


def start_django() -> None:
    """Settings and apps; starts the embedded PostgreSQL where no DATABASE_URL is given."""
    import django

    from wenhou.base.audit import actors

    actors.of_the_process(f"cli:{getpass.getuser()}")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wenhou.site.settings")
    django.setup()


def _say(said: Any, as_json: bool) -> None:
    if said is None:
        return
    if as_json:
        print(json.dumps(said, ensure_ascii=False, default=str))
        return
    if isinstance(said, Spoken):
        print(said.text)
        return
    for key, value in said.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            print(f"{key}：")
            _say_rows(value)
        elif isinstance(value, dict):
            print(f"{key}：" + "，".join(f"{name} {part}" for name, part in value.items()))
        else:
            print(f"{key}：{value}")


def _say_rows(rows: list[dict[str, Any]]) -> None:
    print("  " + "  ".join(rows[0]))
    for row in rows:
        print("  " + "  ".join("" if value is None else str(value) for value in row.values()))


if __name__ == "__main__":
    sys.exit(main())
