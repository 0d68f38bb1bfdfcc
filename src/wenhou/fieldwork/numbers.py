"""Numbers of visits: ZF, the year, six digits."""

from django.db import connection
from django.db.models import Max

from wenhou.fieldwork.models import Visit

_LOCK = 5846


def next_number(year: int) -> str:
    """The next free number of a year. Call within a transaction: two at once wait for each other."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s, %s)", [_LOCK, year])
    prefix = f"ZF{year}"
    last = Visit.objects.filter(number__startswith=prefix).aggregate(last=Max("number"))["last"]
    return f"{prefix}{int(last[len(prefix) :]) + 1 if last else 1:06d}"
