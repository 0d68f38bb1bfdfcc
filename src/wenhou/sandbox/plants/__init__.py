"""Planted cases: for each indicator of the watch people for whom it holds, people one unit off, and people
about whom the sources are silent.
"""

from wenhou.sandbox.cast import Cast
from wenhou.sandbox.plants import (
    b_c_silent,
    b_income,
    b_work,
    c_assets,
    c_money,
    childhood,
    composition,
    custody,
    disability,
    e_care,
    e_housing,
    e_schooling,
    elsewhere,
    f_cases,
    f_payments,
    f_return,
    movement,
    security,
    spending,
    support,
)

_ROOMS = (
    custody,
    childhood,
    support,
    composition,
    movement,
    spending,
    security,
    disability,
    elsewhere,
    b_income,
    b_work,
    c_assets,
    c_money,
    b_c_silent,
    e_schooling,
    e_housing,
    e_care,
    f_cases,
    f_payments,
    f_return,
)


def plant(cast: Cast, count: int) -> None:
    """Plant `count` positives an indicator and its near misses."""
    for room in _ROOMS:
        for plants in room.PLANTS:
            plants(cast, count)
