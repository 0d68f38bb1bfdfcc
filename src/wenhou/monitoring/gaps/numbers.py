"""Numbers of gaps and of the reviews they open: QK and HC, the year, six digits."""

from django.db import connection
from django.db.models import Max, Model

GAP, REVIEW = "QK", "HC"
_LOCK = 8914


def next_numbers(of: type[Model], prefix: str, year: int, how_many: int) -> list[str]:
    """So many free numbers of a year. Call within a transaction: two at once wait for each other."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s, %s)", [_LOCK, year])
    begun = f"{prefix}{year}"
    last = of._default_manager.filter(number__startswith=begun).aggregate(last=Max("number"))["last"]
    first = int(last[len(begun) :]) + 1 if last else 1
    return [f"{begun}{number:06d}" for number in range(first, first + how_many)]
