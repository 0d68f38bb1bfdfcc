"""`wenhou backup DIR`, `wenhou backup verify DIR`, `wenhou backup add DIR`; `wenhou restore DIR` (docs/guides/backup.md)."""

import argparse
import os
from datetime import datetime
from pathlib import Path
from typing import Any

from wenhou.base.clock import BEIJING
from wenhou.base.errors import Refused
from wenhou.site import launcher
from wenhou.site.commands.database import home

VERBS = ("verify", "add")


def add_commands(groups: Any) -> None:
    parser = groups.add_parser("backup", help="备份数据库和湖，加密；核验备份")
    parser.add_argument("what", nargs="+", metavar="[verify|add] DIR", help="备份放在哪个文件夹")
    parser.add_argument("--with-keys", action="store_true", help="把主钥匙等也放进去（同样加密）；否则请另存")
    parser.add_argument("--key", type=Path, help="备份钥匙的文件，核验时用；不给则用 WENHOU_HOME 里的")
    parser.set_defaults(handler=backup)


def backup(arguments: argparse.Namespace) -> dict[str, Any]:
    """A whole backup; with `add` what came since, with `verify` everything read anew."""
    verb, folder = _split(arguments.what)
    from wenhou.site.backups import keys, verifying

    if verb == "verify":
        return verifying.verify(folder, arguments.key or keys.path_in(home()))
    from wenhou.base.secrets import master
    from wenhou.site.backups import server, taking

    if os.environ.get("DATABASE_URL"):
        raise Refused(server.OWN)
    cluster = launcher.cluster_at(home(), os.environ.get("WENHOU_POSTGRES"))
    if verb == "add":
        return taking.ship(home(), cluster, folder, algorithm=master.suite())
    return taking.full(home(), cluster, folder, algorithm=master.suite(), with_keys=arguments.with_keys)


def _split(words: list[str]) -> tuple[str, Path]:
    verb = words[0] if len(words) == 2 and words[0] in VERBS else ""
    if len(words) != (2 if verb else 1):
        raise Refused("用法：wenhou backup DIR，wenhou backup verify DIR，wenhou backup add DIR。")
    return verb, Path(words[-1]).absolute()


def add_restore(groups: Any) -> None:
    parser = groups.add_parser("restore", help="从备份恢复到一个空的 WENHOU_HOME")
    parser.add_argument("folder", type=Path, metavar="DIR", help="备份的文件夹")
    parser.add_argument("--until", help="恢复到哪一刻，北京时间，如 2026-11-22T10:30:00；不给则到最后")
    parser.add_argument("--key", type=Path, help="备份钥匙的文件；不给则用 WENHOU_HOME 里的 backup_key")
    parser.set_defaults(handler=restore)


def restore(arguments: argparse.Namespace) -> dict[str, Any]:
    """A home as it was."""
    from wenhou.site.backups import restoring

    if os.environ.get("DATABASE_URL"):
        raise Refused("恢复的是内置数据库，现在却设置了DATABASE_URL：请先去掉它。")
    return restoring.restore(
        home(), arguments.folder.absolute(), until=_moment(arguments.until), key_file=arguments.key
    )


def _moment(text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        told = datetime.fromisoformat(text)
    except ValueError:
        raise Refused("“--until”要写成年月日时分秒，例如 2026-11-22T10:30:00。") from None
    return told if told.tzinfo else told.replace(tzinfo=BEIJING)
