"""A number may be a relative's: whose the told numbers are, and who of the told name lives beside them."""

import duckdb

from wenhou.linkage.identities import weights


def forget_shared(connection: duckdb.DuckDBPyConnection, records: str) -> None:
    """A number told for many people is nobody's: a filler, or the office's own."""
    connection.execute(
        f"update {records} set read = null, whole = false, number_head = null, number_tail = null, number_ends = null"
        f" where read in (select read from {records} group by read"
        f" having count(distinct name) > {weights.NUMBER_SHARED_BY})"
    )


def find(connection: duckdb.DuckDBPyConnection, *, records: str, people: str) -> None:
    """Table `holders` (record, holder, holder_name, holder_home, holder_phone): whose number it is that a record of
    another name tells.
    """
    connection.execute(
        "create or replace temp table holders as select r.unique_id as record, p.unique_id as holder,"
        " p.name as holder_name, coalesce(p.village, p.town) as holder_home, p.phone as holder_phone"
        f" from {records} r join {people} p on r.read = p.number where p.whole and r.name <> p.name"
        " qualify row_number() over (partition by r.unique_id order by p.unique_id) = 1"
    )


def find_namesakes(connection: duckdb.DuckDBPyConnection, *, records: str, people: str) -> None:
    """Table `namesakes` (record, namesake, told_apart): the name told is that of somebody else (`just so` or `nearly`) who
    lives with the number's holder or has the same telephone, and whether the telephone told is one's of the two only.
    """
    tables = {"records": records, "people": people, "most": weights.BLOCK_PAIRS}
    found = " union all ".join(
        _BESIDE.format(place=place, holders_place=of_holder, **tables)
        for place, of_holder in (("coalesce(p.village, p.town)", "holder_home"), ("p.phone", "holder_phone"))
    )
    connection.execute(
        "create or replace temp table namesakes as select record,"
        " case when bool_or(just_so) then 'just so' else 'nearly' end as namesake,"
        f" coalesce(bool_and(told_apart) filter (just_so), false) as told_apart from ({found}) group by record"
    )


# Where too many of one surname live together nobody is looked for: the work would grow with their square.
_BESIDE = """
select record, p.name = told as just_so, p.phone is distinct from holder_phone as told_apart
from (select h.*, {holders_place} as place, r.name as told, substr(r.name, 1, 1) as surname
      from holders h join {records} r on h.record = r.unique_id) asked
join (select p.*, {place} as place, substr(p.name, 1, 1) as surname from {people} p) p using (place, surname)
where p.unique_id <> holder and p.name <> holder_name
  and (place, surname) not in (
      select (place, surname) from (
          select {place} as place, substr(p.name, 1, 1) as surname, count(*) as living from {people} p
          where place is not null and surname is not null group by all)
      join (select {holders_place} as place, substr(r.name, 1, 1) as surname, count(*) as asking
            from holders h join {records} r on h.record = r.unique_id group by all) using (place, surname)
      where living * asking > {most})
  and (p.name = told or one_character_off(p.name, told) or half_the_same(p.name, told))
"""
