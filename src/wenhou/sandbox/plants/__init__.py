"""Planted cases: for each indicator of classes A and D people for whom it holds, people one unit off, and people
about whom the sources are silent.
"""

from wenhou.sandbox.cast import Cast
from wenhou.sandbox.plants import disability, spending


def plant(cast: Cast, count: int) -> None:
    """Plant `count` positives an indicator and its near misses."""
    for room in (spending, disability):
        for plants in room.PLANTS:
            plants(cast, count)
