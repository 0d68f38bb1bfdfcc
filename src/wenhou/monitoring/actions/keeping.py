"""Many rows are written by COPY. Judgements: bulk_create hands rows over as arrays, and quoting large JSON within an array
takes many times longer than the writing. Changes of alerts: bulk_update makes an expression of every value."""

import json
from collections.abc import Iterable, Sequence

from django.db import connection

from wenhou.monitoring.models import Alert, Judgement

_NUMBERS = "select nextval(pg_get_serial_sequence('monitoring_judgement', 'id')) from generate_series(1, %s)"
_COLUMNS = "id, run_id, indicator, subject, as_of, rule_set, tree, evidence"


def keep(several: list[Judgement]) -> list[Judgement]:
    """Write new judgements in the caller's transaction; gives them with their ids."""
    with connection.cursor() as cursor:
        cursor.execute(_NUMBERS, [len(several)])
        for judgement, (number,) in zip(several, cursor.fetchall(), strict=True):
            judgement.pk = number
        # PostgreSQL copies into no table that has row security
        cursor.execute(f"create temp table judged as select {_COLUMNS} from monitoring_judgement limit 0")
        with cursor.copy(f"copy judged ({_COLUMNS}) from stdin") as copy:
            for judgement in several:
                copy.write_row(_row(judgement))
        cursor.execute(f"insert into monitoring_judgement ({_COLUMNS}) select {_COLUMNS} from judged")
        cursor.execute("drop table judged")
    return several


def change(alerts: Iterable[Alert], names: Sequence[str]) -> None:
    """Write these fields of alerts that are there, in the caller's transaction."""
    several = list(alerts)
    fields = [field for field in Alert._meta.concrete_fields if field.name in names]
    columns = [field.column for field in fields]
    told = ", ".join(("id", *columns))
    if not several:
        return
    with connection.cursor() as cursor:
        cursor.execute(f"create temp table changed as select {told} from monitoring_alert limit 0")
        with cursor.copy(f"copy changed ({told}) from stdin") as copy:
            for one in several:
                values = (getattr(one, field.attname) for field in fields)
                ready = (
                    field.get_db_prep_save(value, connection)
                    for field, value in zip(fields, values, strict=True)
                )
                copy.write_row((one.pk, *ready))
        sets = ", ".join(f"{column} = changed.{column}" for column in columns)
        cursor.execute(
            f"update monitoring_alert set {sets} from changed where changed.id = monitoring_alert.id"
        )
        cursor.execute("drop table changed")


def _row(one: Judgement) -> tuple[object, ...]:
    tree, evidence = json.dumps(one.tree), json.dumps(one.evidence)
    return one.pk, one.run_id, one.indicator, one.subject, one.as_of, one.rule_set, tree, evidence
