"""Words as they are told become forms that compare: one table for the records, one for the people."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import duckdb
import pyarrow as pa

from wenhou.exchange import checks
from wenhou.lake.schema import literal
from wenhou.linkage.identities import sounds, weights

TOLD = ("id_no", "name", "birth_date", "sex", "division", "phone")
"""What a record or a person may say of themselves, all as text, any of it empty."""
_NAMES = 50_000
WORDS = (
    "sha256(concat_ws('|', coalesce(shaped.number, ''), coalesce(shaped.name, ''),"
    " case when shaped.birth_told then shaped.birth else '' end, coalesce(shaped.sex, ''),"
    " coalesce(shaped.town, shaped.county, ''), coalesce(shaped.phone, ''), shaped.note))"
)
"""What is remembered of a record, an SQL expression over a table of forms called `shaped`: all its words as one."""

_FORMS = """
create or replace temp table {into} as
with told as (
    select {key}::bigint as unique_id, id_no::varchar as id_no, plain_number(id_no::varchar) as typed,
           plain_name(name::varchar) as name, noted(name::varchar) as note, plain_day(birth_date::varchar) as said,
           plain_sex(sex::varchar) as sex, plain_phone(phone::varchar) as phone,
           regexp_extract(division::varchar, '^[0-9]+') as division
    from {source}),
numbered as (
    select *, told_number(typed) as number, length(typed) = 15 as short, shown_head(id_no, typed) as head,
           shown_tail(id_no) as tail from told),
cast_once as (
    select *, first17(number) as digits, substr(coalesce(head, number), 7, 8) as day from numbered),
shown as (
    select *, case when head is null and not filled_up(number) then number end as read, birth_in(day) as birth_read,
           coalesce(id_number(number, digits), '') <> '' as fits from cast_once),
born as (
    select *, coalesce(said, birth_read) as birth, said is not null as birth_told,
           coalesce(said = birth_read, false) as birth_follows from shown)
select unique_id, number, read, coalesce(short, false) as short, head, tail, name, note, birth, birth_told, sex,
       birth_follows,
       coalesce(birth_follows and sex = sex_in(number), false) as sex_follows,
       coalesce(fits and not short, false) as whole,
       substr(coalesce(read, head), 1, 14) as number_head, right(read, 12) as number_tail,
       coalesce(substr(read, 1, 6) || right(read, 4),
           case when length(head) >= 6 and length(tail) >= 4 then substr(head, 1, 6) || right(tail, 4) end) as number_ends,
       substr(birth, 1, 4) as birth_year, epoch(strptime(birth, '%Y%m%d'))::bigint // 86400 as birth_day,
       substr(birth, 1, 4) || least(substr(birth, 5, 2), substr(birth, 7)) || greatest(substr(birth, 5, 2), substr(birth, 7))
           as birth_key,
       case when length(division) >= 6 then substr(division, 1, 6) end as county,
       case when length(division) >= 9 and substr(division, 7, 3) <> '000' then substr(division, 1, 9) end as town,
       case when length(division) >= 12 and substr(division, 10, 3) <> '000' then substr(division, 1, 12) end as village,
       phone
from born
"""


def prepare(connection: duckdb.DuckDBPyConnection) -> None:
    """Teach a connection the forms."""
    checks.prepare(connection)
    variants, common = sounds.variants()
    connection.execute(
        f"create or replace macro variants(x) as case when regexp_matches(x, {literal(f'[{variants}]')})"
        f" then translate(x, {literal(variants)}, {literal(common)}) else x end"
    )
    connection.execute(_macros())


def shape(connection: duckdb.DuckDBPyConnection, source: str, *, key: str, into: str) -> None:
    """Temporary table `into` from a table with the column `key` and those of TOLD."""
    # A file may be one row group, which one thread would read and shape alone; a table of our own is shared out.
    connection.execute(
        f"create or replace temp table told_once as select {key}, {', '.join(TOLD)} from {source}"
    )
    connection.execute(_FORMS.format(source="told_once", key=key, into=into))
    connection.execute("drop table told_once")


def read_aloud(connection: duckdb.DuckDBPyConnection, tables: Sequence[str]) -> None:
    """Temporary table `name_sounds` (name, sound, loose, also) for every name in these tables."""
    every = " union ".join(f"select name from {table} where name is not null" for table in tables)
    connection.execute(
        "create or replace temp table name_sounds (name varchar, sound varchar, loose varchar, also varchar[])"
    )
    names = connection.execute(every).to_arrow_table().column(0)
    for start in range(0, len(names), _NAMES):
        _keep(connection, names.slice(start, _NAMES).to_pylist())


def _keep(connection: duckdb.DuckDBPyConnection, names: list[str]) -> None:
    read = [sounds.sound(name) for name in names]
    others = pa.array([sounds.also(name) or None for name in names], pa.list_(pa.string()))
    spoken = pa.table(
        {"name": names, "sound": read, "loose": [sounds.loose(one) for one in read], "also": others}
    )
    connection.register("names_read", spoken)
    connection.execute("insert into name_sounds select name, sound, loose, also from names_read")
    connection.unregister("names_read")


def quieten_phones(connection: duckdb.DuckDBPyConnection, table: str) -> None:
    """A telephone of many people is nobody's."""
    connection.execute(
        f"update {table} set phone = null where phone in (select phone from {table} where phone is not null"
        f" group by phone having count(*) > {weights.PHONE_SHARED_BY})"
    )


@cache
def _macros() -> str:
    return Path(__file__).with_name("forms.sql").read_text(encoding="utf-8")
