"""Every household known as if it applied: the rows of `docs/discussions/the-law.md`, drawn from the lake.

The members of a household, and beside them its supporters who live elsewhere: grown children, and parents of members
who are minors or gravely disabled, each as a row of this household with a key of its own (negative, so that it never
meets a person's). What no delivery tells stays unknown, unless the register keeps what was declared.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb
import ibis

from wenhou.base import clock
from wenhou.base.month import months_before
from wenhou.engine import units
from wenhou.engine.declared import Fact
from wenhou.engine.words import DEFAULT
from wenhou.lake import files, parquet
from wenhou.linkage import declarations, facts, sources
from wenhou.linkage.actions import arrivals
from wenhou.linkage.sources import Sources
from wenhou.policy.actions import publications
from wenhou.policy.applications.vocabulary import MOST

ADULT_MONTHS, GRAVE = 18 * 12, 2
PERSONS, HOUSEHOLDS, STANDARDS = "application_persons", "application_households", "application_standards"
OWN = ("disability_level", "kinship", "is_on_register")
"""Facts that the composition itself needs, wanted or not."""


@dataclass(frozen=True)
class Applications:
    """Names of three tables of a DuckDB connection, as `engine.run.batch` wants them."""

    connection: duckdb.DuckDBPyConnection
    persons: str
    households: str
    standards: str
    faults: str = declarations.FAULTS
    """Archives that tell nothing, and why: household, person, fault."""

    @property
    def tables(self) -> dict[str, str]:
        return {"persons": self.persons, "households": self.households, "standards": self.standards}


def tables(
    drawn: Sources, *, as_of: date, wanted: Iterable[str] | None = None, division: str | None = None
) -> Applications:
    """Make the three tables on the connection the sources lie in (DuckDB). wanted, division: as in `facts.tables`.

    Raises nothing for facts that cannot be filled: their columns are unknown, or missing where nobody tells them.
    """
    connection = drawn.backend.con
    names = {fact.name for fact in DEFAULT.facts} if wanted is None else set(wanted)
    told = facts.tables(drawn, as_of=as_of, wanted=names | set(OWN), division=division, people_asked=True)
    for name, table in (("app_people", told.persons), ("app_homes", told.households)):
        connection.execute(f"create or replace temp table {name} as {ibis.to_sql(table, dialect='duckdb')}")
    for name, table in (("app_known", drawn.people), ("app_register", drawn.register)):
        connection.execute(f"create or replace temp view {name} as {ibis.to_sql(table, dialect='duckdb')}")
    declarations.read(connection, as_of=as_of)
    connection.execute(_SUPPORTERS.format(grown=months_before(as_of, ADULT_MONTHS), grave=GRAVE))
    _keep(connection, PERSONS, _persons(connection, names))
    _keep(connection, HOUSEHOLDS, declarations.of_households(connection, names))
    _standards(connection, as_of)
    return Applications(connection, PERSONS, HOUSEHOLDS, STANDARDS)


def publish(*, as_of: date, division: str | None = None, wanted: Iterable[str] | None = None) -> Path:
    """Write published/applications/<as_of>/{persons,households,standards,faults}.parquet and give the folder.

    Sorted by county and household, the county beside every person, so that a place is a few row groups.
    """
    arrivals.recognise_all(on=clock.today())
    views = sources.lake(as_of)
    try:
        made = tables(views, as_of=as_of, wanted=wanted, division=division)
        folder = files.root() / "published" / "applications" / f"{as_of:%Y-%m-%d}"
        for name, query in _SORTED.items():
            with files.whole(folder / f"{name}.parquet") as temporary:
                parquet.write(made.connection, query, temporary)
        return folder
    finally:
        views.backend.disconnect()


_SORTED = {
    "persons": f"select h.county, p.* from {PERSONS} p left join {HOUSEHOLDS} h using (household)"
    " order by h.county, p.household, p.person",
    "households": f"select * from {HOUSEHOLDS} order by county, household",
    "standards": f"select * from {STANDARDS} order by county",
    "faults": f"select h.county, f.* from {declarations.FAULTS} f left join {HOUSEHOLDS} h using (household)"
    " order by h.county, f.household, f.person",
}

# Whoever owes support from elsewhere: (household, supporter, the one who is owed, what the supporter is to that one).
_SUPPORTERS = """
create or replace temp table app_supporters as
with members as (
    select k.person, k.household, k.father, k.mother,
        k.birth_date > date '{grown}' or p.disability_level between 1 and {grave} as dependent
    from app_known k join app_people p using (person) where k.household is not null
), parents as (
    select person, household, unnest([father, mother]) as parent, dependent from members
), pairs as (
    select p.household, c.person as supporter, p.person as owed, '子女' as kin
    from app_known c, unnest([c.father, c.mother]) as of_parent(key), members p
    where p.person = key and c.birth_date <= date '{grown}'
    union
    select m.household, k.person, m.person, '父母'
    from parents m join app_known k on k.person = m.parent where m.dependent
    union
    select household, supporter, owed, kin from app_declared_supporters
), apart as (
    select pairs.*, k.household as elsewhere from pairs join app_known k on k.person = pairs.supporter
    where k.household is not null and k.household <> pairs.household
), together as (
    select household, supporter, elsewhere, coalesce(min(kin), '子女') as kin, list_sort(list(distinct owed)) as owed
    from apart group by household, supporter, elsewhere
)
select *, row_number() over (partition by household order by supporter) as rank,
    -row_number() over (order by household, supporter) as person
from together
"""


def _persons(connection: duckdb.DuckDBPyConnection, names: set[str]) -> str:
    """SQL of all rows: members with what they declared, then supporters with what is known of them."""
    members = declarations.of_members(connection, names)
    known = declarations.of_supporters(connection, names)
    return f"""
        with members as ({members}), sizes as (
            select household, count(*) as size from app_known where household is not null group by household
        ), parents as (
            select c.person, count(distinct p.person) as living
            from app_known c, unnest([c.father, c.mother]) as of_parent(key), app_known p
            where p.person = key and p.household is not null group by c.person
        )
        select * from members
        union all by name
        select p.* exclude (
                person, household, of_household, father, mother, spouse, guardian, kinship,
                told_supporter_kinship, told_supporter_household_size, told_supported_people
            ),
            s.person, s.household, true as is_supporter, s.rank as supporter_rank,
            s.elsewhere::varchar as supporter_household,
            coalesce(p.told_supporter_kinship, s.kin) as supporter_kinship,
            coalesce(p.told_supporter_household_size, sizes.size) as supporter_household_size,
            coalesce(p.told_supported_people, case s.kin when '子女' then parents.living end) as supported_people,
            s.owed[1] as supports_first, s.owed[2] as supports_second, s.owed[3] as supports_third
        from app_supporters s join ({known}) p on p.person = s.supporter and p.of_household = s.household
        left join sizes on sizes.household = s.elsewhere
        left join parents on parents.person = s.supporter
    """


def _keep(connection: duckdb.DuckDBPyConnection, name: str, query: str) -> None:
    """An amount that nobody can have is a slip of somebody's pen: unknown, and not the end of a run over everybody."""
    amounts = [column for column in connection.sql(query).columns if _is_money(column)]
    bounded = ", ".join(f'case when abs("{one}") <= {MOST} then "{one}" end as "{one}"' for one in amounts)
    kept = f"select * replace ({bounded})" if amounts else "select *"
    connection.execute(f"create or replace temp table {name} as {kept} from ({query})")


def _is_money(name: str) -> bool:
    declared = DEFAULT.declared.get(name)
    return isinstance(declared, Fact) and units.parts(declared.unit).base == "fen"


def _standards(connection: duckdb.DuckDBPyConnection, as_of: date) -> None:
    rows = connection.execute(f"select distinct county from {HOUSEHOLDS} where county is not null").fetchall()
    delivered = connection.execute("select * from sa_std").to_arrow_table().to_pylist()
    path = publications.publish(as_of=as_of, counties=[row[0] for row in rows], delivered=delivered)
    read = f"select * from {parquet.file(path)}"
    connection.execute(f"create or replace temp table {STANDARDS} as {read}")
