from dataclasses import dataclass


@dataclass(frozen=True)
class RunFinished:
    """A run of the watch compared its verdicts with the alerts."""

    run: int
