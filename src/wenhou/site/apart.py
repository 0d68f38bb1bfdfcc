"""A process beside this one: as long as this one lives and works, and never longer."""

import logging
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing import connection, get_context, parent_process

LOOK_SECONDS, AGAIN_SECONDS = 0.5, 5.0
SPAWN = get_context("spawn")

log = logging.getLogger(__name__)


@contextmanager
def beside(work: Callable[[], None]) -> Iterator[None]:
    """`work`, a function of a module, in another process while this lasts. Where it dies it is begun again; in the end it
    is told to stop (SIGTERM) and waited for."""
    over = threading.Event()
    keeper = threading.Thread(target=_keep, args=[work, over], name="apart")
    keeper.start()
    try:
        yield
    finally:
        over.set()
        keeper.join()


def _keep(work: Callable[[], None], over: threading.Event) -> None:
    while not over.is_set() and _once(work, over) != 0:
        log.error("the process of long jobs has died and is begun again")
        over.wait(AGAIN_SECONDS)


def _once(work: Callable[[], None], over: threading.Event) -> int:
    """How it ended: 0 where it was told to."""
    process = SPAWN.Process(target=_work, args=[work])
    process.start()
    while process.is_alive() and not over.wait(LOOK_SECONDS):
        pass
    if over.is_set():
        process.terminate()
    process.join()
    return 0 if over.is_set() else process.exitcode or 0


def _work(work: Callable[[], None]) -> None:
    end_with_the_parent()
    work()


def end_with_the_parent() -> None:
    """A parent that is killed tells nobody: then nobody would tell this process to end either. Nothing where this is not a
    child of `multiprocessing`."""
    parent = parent_process()
    if parent:
        threading.Thread(target=_end_after, args=[parent.sentinel], daemon=True).start()


def _end_after(sentinel: int) -> None:
    connection.wait([sentinel])
    os._exit(1)
