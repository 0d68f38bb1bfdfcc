"""`wenhou check`: what of this deployment is unsafe, a line each. Exit code 1 where there is anything."""

import argparse
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from wenhou.base.spoken import Spoken
from wenhou.site import address

PRIVATE = 0o077
"""Rights of others than the owner of a file."""


class Findings(Spoken):
    """What was found; where it is anything the command's exit code is 1."""

    @property
    def code(self) -> int:
        return int(bool(self["unsafe"]))


def add_commands(groups: Any) -> None:
    groups.add_parser("check", help="看这套部署有什么不安全").set_defaults(handler=check)


def check(arguments: argparse.Namespace) -> Findings:
    """Every finding in one sentence."""
    found = [
        *_of_addresses(),
        *_of_files(),
        *_of_lake(),
        *_of_database(),
        *_of_pages(),
        *_of_arrivals(),
        *_of_backups(),
    ]
    return Findings({"unsafe": found}, text="\n".join(found) or "没有发现不安全的设置。")


def _of_addresses() -> Iterator[str]:
    """The web and the worker should be unable to become the owner."""
    for who, name in address.URLS.items():
        if address.is_borrowed(who):
            yield f"没有设置{name}：进程以库主登录再换角色，能换回去，比各用各的账号弱；请给{address.ROLES[who]}单独的登录。"
    if not os.environ.get("DATABASE_URL"):
        yield "用的是内置数据库：本机任何用户都能以库主连接，只供试用；请用自己的PostgreSQL并设置DATABASE_URL。"


def _of_files() -> Iterator[str]:
    from django.conf import settings

    for path in (Path(settings.HOME) / "secret_key", *Path(settings.HOME).glob("postgres-*.wenhou_*")):
        if path.exists() and path.stat().st_mode & PRIVATE:
            yield f"{path.name}别人也能读：请执行 chmod 600 {path.name}。"


def _of_lake() -> Iterator[str]:
    from wenhou.lake import files, sealed
    from wenhou.lake.actions import sealing

    if files.scratch().stat().st_mode & PRIVATE:
        yield "数据湖的scratch别人也能读，运行时溢出的数据在里面：请执行 chmod 700。"
    if not sealed.is_on():
        yield "WENHOU_SEAL_LAKE=no：数据湖的新文件不加密；只有放在加密磁盘上才可以。"
    elif clear := sealing.state().clear:
        yield f"数据湖有{clear}个文件没有加密：请运行 wenhou lake seal。"


def _of_database() -> Iterator[str]:
    from django.db import connection

    from wenhou.site import policies, trust

    with connection.cursor() as cursor:
        cursor.execute(_PAST_ROW_SECURITY, [[trust.WEB, trust.WORKER]])
        for (role,) in cursor.fetchall():
            yield f"角色{role}能绕过行级权限（superuser或bypassrls）：请收回。"
        cursor.execute(_WITHOUT, [sorted(model._meta.db_table for model, _ in policies.by_table())])
        for (table,) in cursor.fetchall():
            yield f"表{table}没有开行级权限，或属于网页的角色：请运行 wenhou database migrate。"


_PAST_ROW_SECURITY = """
select rolname from pg_roles where rolname = any(%s) and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb)
order by 1
"""
_WITHOUT = """
select relname from pg_class join pg_namespace on pg_namespace.oid = relnamespace
where nspname = current_schema() and relkind = 'r' and relname = any(%s)
    and (not relrowsecurity or pg_get_userbyid(relowner) in ('wenhou_web', 'wenhou_worker'))
order by 1
"""


def _of_pages() -> Iterator[str]:
    from django.conf import settings

    if "*" in settings.ALLOWED_HOSTS:
        yield "WENHOU_HOSTS是*：任何域名都能冒充本系统；请写明域名。"
    if not settings.WENHOU_HTTPS:
        yield "没有设置WENHOU_HTTPS=yes：会话凭据可能以明文传送；请在前面放HTTPS代理（见部署说明）再设置。"
    if os.environ.get("WENHOU_TODAY"):
        yield "设置了WENHOU_TODAY：日期停在那一天，到期的岗位不会失效；正式使用请去掉。"


def _of_arrivals() -> Iterator[str]:
    from wenhou.base import scanning

    if not scanning.is_wanted():
        yield "没有设置WENHOU_SCANNER：来件不查毒；请装ClamAV并设为clamd:/run/clamav/clamd.ctl。"
    elif not scanning.is_well():
        yield "查毒程序没有应答：来件都在等；请检查WENHOU_SCANNER。"


def _of_backups() -> Iterator[str]:
    from django.conf import settings

    from wenhou.base import backed_up, clock

    is_well, said = backed_up.said(Path(settings.HOME), clock.instant())
    if not is_well:
        yield f"备份：{said}"
