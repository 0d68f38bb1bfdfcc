"""Planted cases: for each indicator of classes A and D people for whom it holds, people one unit off, and people
about whom the sources are silent.
"""

from wenhou.sandbox.cast import Cast
from wenhou.sandbox.plants import (
    childhood,
    composition,
    custody,
    disability,
    elsewhere,
    movement,
    security,
    spending,
    support,
)

_ROOMS = (custody, childhood, support, composition, movement, spending, security, disability, elsewhere)


def plant(cast: Cast, count: int) -> None:
    """Plant `count` positives an indicator and its near misses."""
    for room in _ROOMS:
        for plants in room.PLANTS:
            plants(cast, count)
