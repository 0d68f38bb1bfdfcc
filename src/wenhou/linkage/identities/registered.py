"""The people of the registry as a table to match with."""

import duckdb
import pyarrow as pa
from django.db import connection as database

from wenhou.lake import vault
from wenhou.registry import bulk

_PEOPLE = (
    "select coalesce(gone.kept, told.person_id), told.person_id, told.name, told.birth_date, told.sex, told.hukou_division"
    " from registry_person_record told"
    " left join linkage_person_merge gone on gone.absorbed = told.person_id and gone.undone_on is null"
    " where told.superseded_at is null"
)
_KEYS = "select distinct person_id as key from registry_person_record where superseded_at is null"
_COLUMNS = {
    "person": pa.int64(),
    "said_of": pa.int64(),
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
    vault.tell(connection, into="numbers_told", among=_KEYS)
    connection.register("people_fetched", told)
    connection.execute(
        f"create or replace temp table {into} as select told.person, id_no, name, birth_date, sex, division,"
        " null::varchar as phone from people_fetched told join numbers_told known on known.person = told.said_of"
    )
    connection.unregister("people_fetched")
    connection.execute("drop table numbers_told")
