"""Judgements are written by COPY: bulk_create hands rows over as arrays, and quoting large JSON within an array takes
many times longer than the writing."""

import json

from django.db import connection

from wenhou.monitoring.models import Judgement

_NUMBERS = "select nextval(pg_get_serial_sequence('monitoring_judgement', 'id')) from generate_series(1, %s)"
_COPY = """
copy monitoring_judgement (id, run_id, indicator, subject, as_of, rule_set, tree, evidence) from stdin
"""


def keep(several: list[Judgement]) -> list[Judgement]:
    """Write new judgements in the caller's transaction; gives them with their ids."""
    with connection.cursor() as cursor:
        cursor.execute(_NUMBERS, [len(several)])
        for judgement, (number,) in zip(several, cursor.fetchall(), strict=True):
            judgement.pk = number
        with cursor.copy(_COPY) as copy:
            for judgement in several:
                copy.write_row(_row(judgement))
    return several


def _row(one: Judgement) -> tuple[object, ...]:
    tree, evidence = json.dumps(one.tree), json.dumps(one.evidence)
    return one.pk, one.run_id, one.indicator, one.subject, one.as_of, one.rule_set, tree, evidence
