"""`wenhou worker`: one worker for all queues, in the foreground."""

import argparse
from typing import Any

CONCURRENCY = 2


def add_commands(groups: Any) -> None:
    parser = groups.add_parser("worker", help="只起后台任务")
    parser.set_defaults(handler=work)


def work(arguments: argparse.Namespace) -> None:
    """Work until told to stop (SIGINT, SIGTERM); what dead workers left comes first."""
    from wenhou.site import tasks, working

    tasks.look_around()
    working.run(concurrency=CONCURRENCY)
