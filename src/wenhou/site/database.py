"""Before a command touches the database: it answers, and its tables are the newest."""

import logging
import os
import subprocess
import sys

from wenhou.base.errors import WenhouError
from wenhou.site import address, launcher

_LOCK = 0x6D696772  # "migr"
log = logging.getLogger(__name__)
UNREACHABLE = "连不上数据库：请检查DATABASE_URL；没有设置的，请运行 wenhou database start。"
BEHIND = "数据库的表结构不是最新：请先运行 wenhou database migrate。"


def make_ready() -> None:
    """The embedded database is migrated as needed, by one process at a time; somebody's own only by their word.

    Raises WenhouError where a database of one's own is behind.
    """
    if not is_behind():
        return
    if os.environ.get("DATABASE_URL"):
        raise WenhouError(BEHIND)
    if os.environ.get("WENHOU_AS"):
        _have_it_migrated()
        return
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_lock(%s)", [_LOCK])
    try:
        if is_behind():
            migrate()
    finally:
        with connection.cursor() as cursor:
            cursor.execute("select pg_advisory_unlock(%s)", [_LOCK])


def _have_it_migrated() -> None:
    """By a process of the owner: the web and the worker may not."""
    command = [sys.executable, "-m", "wenhou.site", "database", "migrate"]
    if subprocess.run(command, env=address.environment(address.OWNER), stdout=subprocess.DEVNULL).returncode:
        raise WenhouError(BEHIND)


def migrate(*, before_only: bool = False) -> None:
    """Tables to the newest. before_only: as far as the release before can go on running beside this one."""
    from django.core.management import call_command

    from wenhou.base import migrating

    if not before_only:
        call_command("migrate", verbosity=0, interactive=False)
        return
    for app, name in dict(migrating.pending_before()).items():
        call_command("migrate", app, name, verbosity=0, interactive=False)


def is_behind() -> bool:
    """Whether migrations have not been applied without which this release cannot run."""
    from wenhou.base import migrating

    return bool(migrating.pending_before())


def keep_up() -> None:
    """The embedded server is begun again where it has died; one of your own is yours to keep."""
    if os.environ.get("DATABASE_URL"):
        return
    from django.conf import settings

    try:
        launcher.ensure_running(launcher.cluster_at(settings.HOME, os.environ.get("WENHOU_POSTGRES")))
    except WenhouError as failure:
        log.error("the database does not come up: %s", failure.message)
