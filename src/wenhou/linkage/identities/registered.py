"""The people of the registry as a table to match with."""

import duckdb
import pyarrow as pa
from django.db import connection as database

from wenhou.registry import bulk

_PEOPLE = (
    "select coalesce(gone.kept, told.person_id), known.id_no, told.name, told.birth_date, told.sex, told.hukou_division"
    " from registry_person_record told join lake_identity known on known.key = told.person_id"
    " left join linkage_person_merge gone on gone.absorbed = told.person_id and gone.undone_on is null"
    " where told.superseded_at is null"
)
_COLUMNS = {
    "person": pa.int64(),
    "id_no": pa.string(),
    "name": pa.string(),
    "birth_date": pa.string(),
    "sex": pa.string(),
    "division": pa.string(),
}


def people(connection: duckdb.DuckDBPyConnection, *, into: str) -> None:
    """Table `into` (person, then forms.TOLD): everybody the residence registration tells of. Somebody merged into
    another stands in it a second time under the other's key. Telephones: the registry keeps none.
    """
    with database.cursor() as cursor:
        told = bulk.fetch(cursor, _PEOPLE, _COLUMNS)
    connection.register("people_fetched", told)
    connection.execute(
        f"create or replace temp table {into} as select *, null::varchar as phone from people_fetched"
    )
    connection.unregister("people_fetched")
