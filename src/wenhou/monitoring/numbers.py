"""Numbers of alerts, gaps and the reviews gaps open: YJ, QK or HC, the year, six digits, and more past a million."""

from django.db import connection
from django.db.models import BigIntegerField, Max, Model
from django.db.models.functions import Cast, Substr

ALERT, GAP, REVIEW = "YJ", "QK", "HC"
_LOCKS = {ALERT: 8913, GAP: 8914, REVIEW: 8915}


def next_numbers(of: type[Model], prefix: str, year: int, how_many: int) -> list[str]:
    """So many free numbers of a year. Call within a transaction: two at once wait for each other."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s, %s)", [_LOCKS[prefix], year])
    begun = f"{prefix}{year}"
    counted = Cast(Substr("number", len(begun) + 1), BigIntegerField())
    given = of._default_manager.filter(number__startswith=begun).aggregate(last=Max(counted))
    first = (given["last"] or 0) + 1
    return [f"{begun}{number:06d}" for number in range(first, first + how_many)]
