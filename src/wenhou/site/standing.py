"""Processes that are begun again where they die, for as long as this one stands, and end with it."""

import ctypes
import logging
import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping
from contextlib import suppress

FIRST_PAUSE, LONGEST_PAUSE, STEADY_AFTER = 0.5, 30.0, 60.0
"""Seconds before one is begun again: doubled each time, until it has stood for a while."""
_PR_SET_PDEATHSIG = 1

log = logging.getLogger(__name__)
Start = Callable[[], "subprocess.Popen[bytes]"]


class Kept:
    """One process and how to begin it."""

    def __init__(self, name: str, start: Start) -> None:
        self.name, self._start = name, start
        self._pause, self._due = FIRST_PAUSE, 0.0
        self._begin()

    def look(self) -> None:
        """Begin it again where it has died and the pause is over."""
        now = time.monotonic()
        if self.process.poll() is None:
            if now - self._begun > STEADY_AFTER:
                self._pause = FIRST_PAUSE
        elif not self._due:
            log.error("%s has ended (%s) and is begun again", self.name, self.process.returncode)
            end_group(self.process)
            self._due, self._pause = now + self._pause, min(2 * self._pause, LONGEST_PAUSE)
        elif now >= self._due:
            self._begin()

    def _begin(self) -> None:
        self.process = self._start()
        self._begun, self._due = time.monotonic(), 0.0


def keep(starts: Mapping[str, Start]) -> list[Kept]:
    """Begin them all."""
    return [Kept(name, start) for name, start in starts.items()]


def end_group(process: "subprocess.Popen[bytes]") -> None:
    """What it leaves behind of its own processes, where it was the first of a group."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


def with_the_parent() -> Callable[[], None]:
    """For `preexec_fn`: the child is killed when its parent dies, by whatever; else a new parent would find the old one's
    children on its port, and one that is asked to stop may take its time."""
    parent, libc = os.getpid(), ctypes.CDLL(None)

    def tie() -> None:
        libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:
            os._exit(1)

    return tie
