"""Everything in the law over every application in the lake, one plan for each region with formulas of its own.

Reads published/applications/<day>/ (linkage writes it), writes judgements/law/<day>/. Unknown stays unknown.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import duckdb

from wenhou.base.errors import Refused
from wenhou.engine import plan as plans
from wenhou.engine import run
from wenhou.engine.backends.duckdb import DuckDB
from wenhou.engine.declared import Rule
from wenhou.engine.plan import Plan
from wenhou.engine.words import Book
from wenhou.lake import files, parquet, store
from wenhou.policy import answers, publishing

TABLES = ("persons", "households", "standards")


@dataclass(frozen=True)
class Applications:
    """Views `persons`, `households` and `standards` over one day's published applications."""

    as_of: date
    connection: duckdb.DuckDBPyConnection

    @property
    def tables(self) -> dict[str, str]:
        return {name: name for name in TABLES}

    def counties(self, division: str = "") -> list[str]:
        """Counties that applications live in, under a division."""
        query = "select distinct county from households where starts_with(county, ?) order by county"
        return [row[0] for row in self.connection.execute(query, [division]).fetchall()]


def folder(as_of: date) -> Path:
    """Where a day's applications lie."""
    return files.root() / "published" / "applications" / f"{as_of:%Y-%m-%d}"


def ensure(as_of: date, *, anew: bool = False) -> Path:
    """The day's applications, made where they are not there (or anew). Raises Refused where nobody can."""
    there = folder(as_of)
    if not anew and all((there / f"{name}.parquet").exists() for name in TABLES):
        return there
    return publishing.publish(as_of)


def latest(on: date) -> date:
    """The latest day, not after `on`, of which there are applications or could be: the day the lake was last read, whose
    applications are made now where nobody asked for them yet. Raises Refused where the lake was never read.
    """
    days = {one.name for one in folder(on).parent.glob("*") if (one / "persons.parquet").exists()}
    read = store.published("households", on)
    days |= {read.stem} if read else set()
    known = max((day for day in days if day <= on.isoformat()), default=None)
    if known is None:
        raise Refused(f"湖里没有{on}及以前的数据：请先装入各部门的交付，运行一次监测。")
    ensure(date.fromisoformat(known))
    return date.fromisoformat(known)


def faults(as_of: date, division: str = "") -> list[dict[str, object]]:
    """Archives of a day that could not be read and so told nothing: county, household, person, and a sentence."""
    told = folder(as_of) / "faults.parquet"
    if not told.exists():
        return []
    query = f"""select county, household, person, fault from {parquet.file(told)}
        where starts_with(coalesce(county, ''), ?) order by all"""
    with store.connect(memory="256MB") as connection:
        return connection.execute(query, [division]).to_arrow_table().to_pylist()


@contextmanager
def opened(as_of: date, *, memory: str | None = None) -> Iterator[Applications]:
    """The day's applications on a connection that sees the lake alone."""
    there = ensure(as_of)
    with store.connect(memory=memory) as connection:
        for name in TABLES:
            connection.execute(
                f"create view {name} as select * from {parquet.file(there / f'{name}.parquet')}"
            )
        yield Applications(as_of, connection)


@cache
def regions(book: Book) -> tuple[str, ...]:
    """Divisions with formulas of their own, narrow ones first."""
    found = {
        version.region
        for rule in book.declared.values()
        if isinstance(rule, Rule)
        for version in rule.versions
        if version.region
    }
    return tuple(sorted(found, key=lambda region: (-len(region), region)))


def grouped(counties: list[str], book: Book) -> dict[str | None, list[str]]:
    """Counties by the region whose formulas they follow; None for those of the nation."""
    groups: dict[str | None, list[str]] = {}
    for county in counties:
        region = next((one for one in regions(book) if county.startswith(one)), None)
        groups.setdefault(region, []).append(county)
    return groups


@dataclass(frozen=True)
class Part:
    """One region's answers while they are kept: names of tables or views with persons' and households' answers.

    tables: what the engine read. Only people and households of the counties are in the answers.
    """

    region: str | None
    counties: tuple[str, ...]
    plan: Plan
    tables: dict[str, str]
    connection: duckdb.DuckDBPyConnection
    persons: str
    households: str


@dataclass(frozen=True)
class Prepared:
    """One region's batch, written and ready to run as often as its standards change."""

    region: str | None
    counties: tuple[str, ...]
    plan: Plan
    tables: dict[str, str]
    connection: duckdb.DuckDBPyConnection
    statements: run.Prepared
    scope: str | None

    @contextmanager
    def run(self) -> Iterator[Part]:
        """Run it; the answers are gone at the end of the context."""
        batch = self.statements.run()
        try:
            answered = (batch.persons, batch.households)
            if self.scope is not None:
                answered = _here(self.connection, batch, self.scope, self.counties)
            yield Part(self.region, self.counties, self.plan, self.tables, self.connection, *answered)
        finally:
            batch.close()


def prepare(
    applications: Applications,
    *,
    day: date,
    wanted: tuple[str, ...] | None = None,
    division: str = "",
    tables: dict[str, str] | None = None,
    apart: bool = False,
) -> Iterator[Prepared]:
    """The law region by region, written and not yet run. day: of the formulas.

    wanted: names; every answer of the law in force there if not given. tables: others than the day's, by name. apart:
    each on a connection of its own, so that they may run at once. Raises Refused where nobody has applied under the
    division.
    """
    given, connection = tables or applications.tables, applications.connection
    everywhere, chosen = applications.counties(), applications.counties(division)
    if not chosen:
        raise Refused(f"{division or '全境'}没有申请数据。")
    groups = grouped(chosen, answers.declare())
    plans_of = {region: plan_of(day, region, wanted) for region in groups}
    whole = all(counties == everywhere for counties in groups.values())
    crossings = "" if whole else _crossing(connection, given, plans_of.values())
    for number, (region, counties) in enumerate(groups.items()):
        plan, here, scope = plans_of[region], given, None
        own = store.beside(connection) if apart else connection
        if counties != everywhere:
            scope = f"law_scope_{number}"
            here = given | _scoped(own, given, counties, crossings, scope)
        statements = run.prepare(plan, here, DuckDB(own))
        yield Prepared(region, tuple(counties), plan, here, own, statements, scope)


def _here(
    connection: duckdb.DuckDBPyConnection, batch: run.Batch, scope: str, counties: tuple[str, ...]
) -> tuple[str, str]:
    """The answers of these counties alone: whoever was only linked to is left out."""
    homes, people = f"{scope}_here_households", f"{scope}_here_persons"
    connection.execute(
        f'create or replace temp view {homes} as select * from "{batch.households}"'
        f" where county in ({_listed(counties)})"
    )
    connection.execute(
        f'create or replace temp view {people} as select * from "{batch.persons}" semi join {homes} using (household)'
    )
    return people, homes


def plan_of(day: date, region: str | None, wanted: tuple[str, ...] | None = None) -> Plan:
    """The plan of the law for a day and region; names not in force there are left out, not refused."""
    book = answers.declare()
    names = answers.wanted(book) if wanted is None else wanted
    return _plan(book, book.revision, day, region, names)


@cache
def _plan(book: Book, _revision: int, day: date, region: str | None, names: tuple[str, ...]) -> Plan:
    return plans.make(as_of=day, region=region, wanted=_in_force(book, day, region, names), book=book)


def _in_force(book: Book, day: date, region: str | None, names: tuple[str, ...]) -> list[str]:
    kept = []
    for name in names:
        declared = book.declared.get(name)
        if not isinstance(declared, Rule) or declared.version(as_of=day, region=region) is not None:
            kept.append(name)
    return kept


def _listed(counties: Iterable[str]) -> str:
    return ", ".join(store.literal(one) for one in counties)


_CROSSINGS = """
create or replace table {crossings} as
select distinct ends.person, ends.household, other, there.household as other_household
from ({links}) ends join {persons} there on other = there.person
where ends.household is distinct from there.household
"""
_FAR = """
create or replace temp table {scope}_far as
with homes as (select household from {households} where county in ({counties})),
    both_ways as (
        select household as near, other as person, other_household as household from {crossings}
        union all select other_household, person, household from {crossings}
    )
select distinct person, household from both_ways semi join homes on near = homes.household
where household is null or household not in (from homes);
create or replace temp view {scope}_households as
select * from {households}
where county in ({counties}) or household in (select household from {scope}_far where household is not null)
"""
_PERSONS = "create or replace temp view {scope}_persons as select * from {persons} where {own}"
_AND_FAR = """
union all
select * from {persons} where not ({own}) and (
    household in (select household from {scope}_far where household is not null)
    or (household is null and person in (select person from {scope}_far where household is null))
)
"""


def _crossing(connection: duckdb.DuckDBPyConnection, given: dict[str, str], several: Iterable[Plan]) -> str:
    """A table of who is linked to somebody of another household."""
    there = set(connection.table(given["persons"]).columns)
    named = [
        f'select person, household, "{link}" as other from {given["persons"]} where "{link}" is not null'
        for link in sorted({link for plan in several for link in plan.links} & there)
    ]
    links = " union all ".join(named) or (
        "select null::bigint as person, null::bigint as household, null::bigint as other where false"
    )
    connection.execute(_CROSSINGS.format(crossings="law_crossings", links=links, **given))
    return "law_crossings"


def _scoped(
    connection: duckdb.DuckDBPyConnection,
    given: dict[str, str],
    counties: list[str],
    crossings: str,
    scope: str,
) -> dict[str, str]:
    """The same tables for these counties, and the households of whoever their people are linked to, either way."""
    told = {"scope": scope, "counties": _listed(counties), "crossings": crossings, **given}
    connection.execute(_FAR.format(**told))
    told["own"] = _own(set(connection.table(given["persons"]).columns), told)
    far = connection.execute(f"select count(*) from {scope}_far").fetchone() != (0,)
    connection.execute((_PERSONS + _AND_FAR * far).format(**told))
    return {name: f"{scope}_{name}" for name in ("persons", "households")}


def _own(columns: set[str], told: dict[str, str]) -> str:
    """Who belongs to the counties: by the county beside each person, where it was published, for files lie in its
    order and the others need not be read."""
    if "county" in columns:
        return f"coalesce(county in ({told['counties']}), false)"
    own = f"select household from {told['households']} where county in ({told['counties']})"
    return f"coalesce(household in ({own}), false)"
