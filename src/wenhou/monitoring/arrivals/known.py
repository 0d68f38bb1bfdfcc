"""The facts of whoever is near: of those touched made anew, where they may be others; all else as the base knew it."""

from collections.abc import Collection
from datetime import date

import pyarrow as pa

from wenhou.lake import parquet
from wenhou.linkage import facts
from wenhou.linkage.drawing import made_of
from wenhou.linkage.filling import LINKS
from wenhou.linkage.nearby import Nearby
from wenhou.linkage.speaking import places
from wenhou.linkage.touched import HOMES, TOUCHED
from wenhou.linkage.whole import SCHEMA, Whole
from wenhou.monitoring.arrivals import bases
from wenhou.monitoring.arrivals.bases import FACTS, Base
from wenhou.monitoring.arrivals.choosing import NEAR
from wenhou.monitoring.verdicts import HOUSEHOLDS, PERSONS

TOLD = {"person": "told_person_facts", "household": "told_household_facts"}
"""Of those touched: their keys, and the facts made anew."""
ASKED = {"person": TOUCHED, "household": HOMES}
_KEYS = {"person": ("person", "household", *LINKS), "household": ("household", "county")}
_ALL = {"person": f"{SCHEMA}.people", "household": f"{SCHEMA}.households"}
_BEHIND = "behind_asked"


def tell(lake: Whole, base: Base, *, as_of: date, anew: set[str], wanted: Collection[str]) -> Nearby:
    """Fill the engine's inputs for whoever is near. anew: names of facts that may be others for those touched; wanted:
    names of facts that are needed. Gives what concerns those touched."""
    views = _make(lake, as_of, anew)
    homes = f"(select distinct household from {_ALL['person']} semi join {NEAR} using (person))"
    for table, near, name in zip(FACTS, (NEAR, homes), (PERSONS, HOUSEHOLDS), strict=True):
        entity = table.entity
        new = {row[0] for row in lake.connection.table(TOLD[entity]).description}
        keys = [f"now.{key}" for key in _KEYS[entity]]
        there = parquet.columns(bases.path(base.root, table))
        facts_of = [fact for fact in sorted(wanted) if fact in there]
        chosen = [_chosen(fact, entity, new) for fact in facts_of]
        rows = bases.rows(base.run.pk, table, facts_of)
        now = f"(select * from {_ALL[entity]} semi join {near} near using ({entity}))"
        lake.connection.execute(
            f"create temp table {name} as select {', '.join(keys + chosen)}"
            f" from ({rows}) old right join {now} now on old.{entity} = now.{entity}"
            f" left join {TOLD[entity]} new on new.{entity} = now.{entity}"
        )
    return views


def behind(
    lake: Whole, names: Collection[str], persons: Collection[int], households: Collection[int]
) -> Nearby:
    """The rows that these facts of these people and households were made of; what was given before goes."""
    connection = lake.connection
    for name, keys in (("behind_persons", persons), ("behind_homes", households)):
        connection.register(name, pa.table({"key": pa.array(sorted(keys), pa.int64())}))
    homes = (
        f"select household from {_ALL['person']} where person in (from behind_persons) and household is not null"
        " union select key from behind_homes"
    )
    connection.execute(
        f"create or replace temp table {_BEHIND} as select person from {_ALL['person']}"
        f" where person in (from behind_persons) or household in ({homes})"
    )
    return Nearby(lake, _BEHIND, made_of(names))


def _chosen(fact: str, entity: str, new: set[str]) -> str:
    if fact not in new:
        return f'old."{fact}"'
    return f'case when new.{entity} is null then old."{fact}" else new."{fact}" end as "{fact}"'


def _make(lake: Whole, as_of: date, anew: set[str]) -> Nearby:
    """Reading by reading."""
    views = Nearby(lake, TOUCHED, made_of(anew))
    tables = {}
    for entity, keys in _KEYS.items():
        published = "people" if entity == "person" else "households"
        told = lake.connection.execute(f"select {', '.join(keys)} from {published} order by {entity}")
        tables[entity] = _by_name(told.to_arrow_table())
    for entity, _, query in facts.pieces(views, as_of=as_of, wanted=anew, places=places(lake)):
        tables[entity] |= _by_name(lake.connection.execute(query).to_arrow_table())
    for entity, asked in ASKED.items():
        lake.connection.register("told_now", pa.table(tables[entity]))
        lake.connection.execute(
            f"create temp table {TOLD[entity]} as select * from told_now semi join {asked} using ({entity})"
        )
        lake.connection.unregister("told_now")
    return views


def _by_name(table: pa.Table) -> dict[str, pa.ChunkedArray]:
    return dict(zip(table.column_names, table.columns, strict=True))
