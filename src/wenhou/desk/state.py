"""How the house itself is: whether its parts answer, and what its jobs do. Nothing here is about anybody."""

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection

from wenhou.base import backed_up, clock, migrating, scanning
from wenhou.base.queues import SLOW
from wenhou.lake import files

LEAST_FREE = 0.05
"""Of the lake's disk: below this share it is nearly full (自拟)."""
LONG_WAIT = timedelta(minutes=10)
"""A job that somebody waits for has waited too long (自拟)."""
FAILED_SINCE = timedelta(days=7)
NAMES = {
    "exchange.load": "装入来件",
    "linkage.recognise_delivery": "认出来件里的人",
    "linkage.follow_mentions": "跟进认人的结论",
    "monitoring.run": "扫描",
    "monitoring.watch": "来件后扫描",
    "monitoring.give_back": "退回离岗人员手上的预警",
    "monitoring.make_base": "建立当日基线",
    "monitoring.watch_arrival": "来件后重看涉及的人",
    "monitoring.watch_people": "重看几个人",
    "monitoring.compare_entitlement": "比对应享与实享",
    "policy.dry_run": "试算标准",
    "desk.order_alerts": "排先后",
    "desk.try_threshold": "回测阈值",
    "site.take_up": "接手中断的任务",
    "site.tidy_keys": "清理已删文件的密钥",
    "site.look_back": "比对前一天的查看",
    "site.seal": "封存审计记录",
    "site.add_to_backup": "把改动加进备份",
    "site.back_up": "夜间全量备份",
}


@dataclass(frozen=True)
class Part:
    """One thing the product needs. said: one sentence in Chinese."""

    name: str
    is_well: bool
    said: str


@dataclass(frozen=True)
class Jobs:
    """One kind of job. oldest: when the first of those waiting was due."""

    task: str
    name: str
    waiting: int
    doing: int
    failed: int
    oldest: datetime | None
    is_late: bool


def parts() -> list[Part]:
    """Whatever must answer before somebody can work."""
    return [_checked("数据库", _database), _checked("数据湖", _lake), _checked("后台进程", _workers)]


def beside() -> list[Part]:
    """What holds something up when it does not answer, while everybody can go on working."""
    backups = Part("备份", *backed_up.said(Path(settings.HOME), clock.instant()))
    return [backups, *([_checked("查毒", _scanner)] if scanning.is_wanted() else [])]


def jobs() -> list[Jobs]:
    """Every kind that waits, is being done, or failed within seven days."""
    now = clock.instant()
    with connection.cursor() as cursor:
        cursor.execute(_JOBS, [now - FAILED_SINCE])
        rows = cursor.fetchall()
    return [_line(*row, now=now) for row in rows]


_JOBS = """
select
    task_name,
    queue_name,
    count(*) filter (where status = 'todo'),
    count(*) filter (where status = 'doing'),
    count(*) filter (where status = 'failed' and at > %s),
    min(coalesce(scheduled_at, at)) filter (where status = 'todo' and coalesce(scheduled_at, at) <= now())
from procrastinate_jobs job
left join lateral (select max(at) as at from procrastinate_events where job_id = job.id) last on true
where status in ('todo', 'doing', 'failed')
group by task_name, queue_name
order by task_name
"""


def _line(
    task: str, queue: str, waiting: int, doing: int, failed: int, oldest: datetime | None, *, now: datetime
) -> Jobs:
    is_late = queue != SLOW and oldest is not None and now - oldest > LONG_WAIT
    return Jobs(task, NAMES.get(task, task), waiting, doing, failed, oldest, is_late)


def _checked(name: str, check: Callable[[], tuple[bool, str]]) -> Part:
    try:
        return Part(name, *check())
    except (DatabaseError, OSError):
        return Part(name, False, "没有应答，请马上告诉运维。")


def _database() -> tuple[bool, str]:
    if migrating.pending_before():
        return False, "表结构不是最新，请运维运行 wenhou database migrate。"
    return True, "有应答，表结构是最新的。"


def _lake() -> tuple[bool, str]:
    root = files.root()
    if not os.access(root, os.W_OK):
        return False, "写不进去，请运维检查目录权限。"
    disk = shutil.disk_usage(root)
    left = f"磁盘还剩{disk.free / 2**30:,.0f} GB（{100 * disk.free // disk.total}%）"
    if disk.free < LEAST_FREE * disk.total:
        return False, f"{left}，快满了，请运维扩容或清理。"
    return True, f"能读能写，{left}。"


def _scanner() -> tuple[bool, str]:
    if scanning.is_well():
        return True, "有应答。"
    return False, "没有应答，来件都留着等查毒，没有装入，请运维检查查毒程序。"


def _workers() -> tuple[bool, str]:
    with connection.cursor() as cursor:
        cursor.execute("select max(last_heartbeat) from procrastinate_workers")
        (last,) = cursor.fetchone() or (None,)
    missed = timedelta(seconds=settings.WENHOU_MISSED_AFTER)
    if last is None or clock.instant() - last > missed:
        return False, "没有在运行，来件和扫描都在等，请运维运行 wenhou worker。"
    return True, "在运行。"
