"""Numbers of alerts: YJ, the year, six digits."""

from django.db import connection
from django.db.models import Max

from wenhou.monitoring.models import Alert

_LOCK = 8913


def next_numbers(year: int, how_many: int) -> list[str]:
    """So many free numbers of a year. Call within a transaction: two at once wait for each other."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s, %s)", [_LOCK, year])
    prefix = f"YJ{year}"
    last = Alert.objects.filter(number__startswith=prefix).aggregate(last=Max("number"))["last"]
    first = int(last[len(prefix) :]) + 1 if last else 1
    return [f"{prefix}{number:06d}" for number in range(first, first + how_many)]
