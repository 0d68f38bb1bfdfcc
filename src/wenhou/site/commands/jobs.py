"""`wenhou jobs`: what was not done, and doing it again once the reason is mended."""

import argparse
from typing import Any

from wenhou.base.errors import Refused


def add_commands(groups: Any) -> None:
    parser = groups.add_parser("jobs", help="没做成的后台任务：看、重做")
    parser.set_defaults(handler=failed)
    verbs = parser.add_subparsers(metavar="动作")
    again = verbs.add_parser("again", help="重新排队：一个编号，或 all 为全部")
    again.add_argument("which", metavar="编号|all")
    again.set_defaults(handler=do_again)


_FAILED = """
select job.id, task_name, attempts, args::text,
    (select to_char(max(at) at time zone 'Asia/Shanghai', 'MM-DD HH24:MI') from procrastinate_events where job_id = job.id)
from procrastinate_jobs job where status = 'failed' order by job.id desc limit 200
"""
_MAINTENANCE = ("site.take_up", "site.seal", "site.add_to_backup")
"""Done anew each minute in any case."""


def failed(arguments: argparse.Namespace) -> dict[str, Any]:
    """The last 200, the newest first."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(_FAILED)
        rows = cursor.fetchall()
    names = ("编号", "任务", "次数", "参数", "最后一次")
    return {"没做成的": [dict(zip(names, row, strict=True)) for row in rows]}


def do_again(arguments: argparse.Namespace) -> dict[str, Any]:
    """Queued anew, as if it had never been tried. Of several of a kind of which one waits already, that one does for all."""
    from django.db import IntegrityError, connection, transaction

    wanted = [int(arguments.which)] if arguments.which.isdigit() else None
    if wanted is None and arguments.which != "all":
        raise Refused("请写任务的编号，或 all。")
    done, alike = [], []
    with connection.cursor() as cursor:
        cursor.execute(_WHICH, [wanted or [], wanted is None, list(_MAINTENANCE)])
        for (key,) in cursor.fetchall():
            try:
                with transaction.atomic():
                    cursor.execute("select procrastinate_retry_job_v2(%s, now(), null, null, null)", [key])
                    cursor.execute("update procrastinate_jobs set attempts = 0 where id = %s", [key])
                done.append(key)
            except IntegrityError:  # its like waits already and will do the same
                alike.append(key)
    if wanted and not done and not alike:
        raise Refused(f"没有编号为{wanted[0]}、没做成的任务。")
    return {"重新排队": done, "同样的已在排队": alike}


_WHICH = """
select id from procrastinate_jobs
where status = 'failed' and (id = any(%s) or (%s and task_name <> all(%s))) order by id
"""
