"""`wenhou worker`: all queues, in the foreground; long jobs in a process of their own, so that arrivals never wait for them."""

import argparse
import os
from typing import Any

CONCURRENCY = 2
NICER = 10
"""Long jobs leave the processors to whatever arrives."""


def add_commands(groups: Any) -> None:
    parser = groups.add_parser("worker", help="只起后台任务")
    parser.add_argument(
        "--only",
        choices=("prompt", "slow"),
        help="只做一类：prompt 来件和它引起的一切，slow 夜间比对等耗时的任务；不给则两类各起一个进程",
    )
    parser.set_defaults(handler=work)


def work(arguments: argparse.Namespace) -> None:
    """Work until told to stop (SIGINT, SIGTERM); what dead workers left comes first."""
    from wenhou.site import apart

    if arguments.only == "slow":
        work_slowly()
    elif arguments.only == "prompt":
        work_promptly()
    else:
        with apart.beside(work_slowly):
            work_promptly()


def work_promptly() -> None:
    """Whatever arrives and what follows it."""
    from wenhou.site import tasks, working

    tasks.look_around()
    working.run(queues=working.prompt(), concurrency=CONCURRENCY)


def work_slowly() -> None:
    """What takes minutes and nobody waits for."""
    from wenhou.base.queues import SLOW
    from wenhou.site.cli import start_django

    os.nice(NICER)
    start_django()
    from wenhou.site import working

    working.run(queues=[SLOW], concurrency=CONCURRENCY)
