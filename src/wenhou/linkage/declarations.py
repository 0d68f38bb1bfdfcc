"""What was declared and determined, as far as SA-ARCH keeps it, beside what departments tell (`linkage.archive`).

An archive speaks for twelve months from the latest of application, decision and review: what it tells of "the last
twelve months" is stale afterwards. A fact it does not write is none only where everybody the fact names was asked: people
by the archive, departments by deliveries that cover the day. A row that is not in order tells nothing at all.
"""

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import duckdb
import pyarrow as pa

from wenhou.base.month import months_before
from wenhou.engine import units
from wenhou.engine.declared import Fact
from wenhou.linkage import archive
from wenhou.linkage.fills import FILLS
from wenhou.policy.applications.faults import ApplicationFault
from wenhou.policy.applications.vocabulary import none_of
from wenhou.policy.facts.application import DECLARED

ARROW = {
    "bool": pa.bool_(),
    "text": pa.string(),
    "date": pa.date32(),
    "int": pa.int64(),
    "decimal": pa.decimal128(18, 4),
}
SQL = {"bool": "boolean", "text": "varchar", "date": "date", "int": "bigint", "decimal": "decimal(18, 4)"}
SPEAKS_MONTHS = 12
"""Months that an archive speaks for (facts §31: reviewed every year)."""
FAULTS = "app_declared_faults"

_log = logging.getLogger(__name__)
_TEXTS = pa.list_(pa.string())
_SAID = {"asked": _TEXTS, "unknown": _TEXTS}
_TABLES: Mapping[str, tuple[str | None, dict[str, pa.DataType]]] = {
    "members": ("person", {"household": pa.int64(), "person": pa.int64()} | _SAID),
    "homes": ("household", {"household": pa.int64()} | _SAID),
    "supporters": (
        "supporter",
        {"household": pa.int64(), "supporter": pa.int64(), "owed": pa.int64(), "kin": pa.string()} | _SAID,
    ),
    "faults": (None, {"household": pa.int64(), "person": pa.int64(), "fault": pa.string()}),
}


@dataclass
class _Read:
    """Rows of the tables to be."""

    rows: dict[str, list[dict[str, Any]]] = field(default_factory=lambda: {name: [] for name in _TABLES})
    people: set[int] = field(default_factory=set)
    homes: set[int] = field(default_factory=set)

    def fault(self, household: int, person: int, told: str) -> None:
        self.rows["faults"].append({"household": household, "person": person, "fault": told})

    def add(self, household: int, person: int, found: archive.Archive) -> None:
        if found.tells_of_household and household in self.homes:
            self.fault(
                household, person, "这一户的财产和义务人已写在另一成员的行里：同一户只写一处；请删去一处。"
            )
            return
        if found.person:
            self.rows["members"].append({"household": household, "person": person} | _said(found.person))
        if found.tells_of_household:
            self.homes.add(household)
            self.rows["homes"].append({"household": household} | _said(found.household))
        for one in found.supporters:
            told = _said(one.told)
            kin = told.get("supporter_kinship")
            self.rows["supporters"].extend(
                told | {"household": household, "supporter": one.key, "owed": owed, "kin": kin}
                for owed in one.owed or (person,)
            )


def _said(told: archive.Told) -> dict[str, Any]:
    return {**told.values, "asked": list(told.asked), "unknown": list(told.unknown)}


def read(connection: duckdb.DuckDBPyConnection, *, as_of: date) -> None:
    """Make app_declared_members, …_homes, …_supporters and …_faults of what the register keeps on a day.

    Reads app_register and app_people. Of a person's rows that of the present household counts, then the newest.
    """
    made, since = _Read(), months_before(as_of, SPEAKS_MONTHS)
    rows = connection.execute(_ARCHIVES).fetchall()
    for household, person, told_on, *columns in rows:
        if person in made.people:
            continue
        made.people.add(person)
        if told_on is None or not since <= told_on <= as_of:
            made.fault(household, person, _stale(told_on, as_of))
            continue
        named = dict(zip((archive.INCOME, archive.ASSETS, archive.SUPPORTERS), columns, strict=True))
        try:
            made.add(household, person, archive.read(named, on=as_of))
        except ApplicationFault as fault:
            more = f"（这一行共{len(fault.faults)}处）" if len(fault.faults) > 1 else ""
            made.fault(household, person, fault.faults[0] + more)
    for name, (kind, keys) in _TABLES.items():
        _table(connection, f"app_declared_{name}", made.rows[name], keys | (_columns(kind) if kind else {}))
    if made.rows["faults"]:
        first = made.rows["faults"][0]["fault"]
        _log.warning("在册档案有%d行的申报没有采用，其中第一处：%s", len(made.rows["faults"]), first)


_ARCHIVES = """
select p.household, r.id_no,
    greatest(r.applied_on, r.confirmed_on, r.refused_on, r.last_review_on) as told_on,
    r.income_items, r.assets_determined, r.supporters
from app_register r join app_people p on p.person = r.id_no
where p.household is not null and not (
    coalesce(r.income_items, '') in ('', '{}') and coalesce(r.assets_determined, '') in ('', '{}')
    and coalesce(r.supporters, '') in ('', '[]', '{}')
)
order by r.id_no, r.household = p.household desc, told_on desc nulls last, r.delivery desc, r.line desc
"""


def _stale(told_on: date | None, as_of: date) -> str:
    if told_on is None:
        return "没有申请、认定和核查的日期：不知道是哪一天的申报；请补上日期。"
    if told_on > as_of:
        return f"最近一次申请、认定或核查是{told_on:%Y-%m-%d}：晚于所问的{as_of:%Y-%m-%d}；请改问那天以后。"
    return (
        f"最近一次申请、认定或核查是{told_on:%Y-%m-%d}：早于{SPEAKS_MONTHS}个月，申报不再作数；请重新核查。"
    )


def _columns(kind: str) -> dict[str, pa.DataType]:
    return {name: ARROW[units.storage(fact.unit)] for name, fact in archive.facts_of(kind).items()}


def _table(
    connection: duckdb.DuckDBPyConnection,
    name: str,
    rows: list[dict[str, Any]],
    columns: Mapping[str, pa.DataType],
) -> None:
    connection.register("app_given", pa.Table.from_pylist(rows, schema=pa.schema(list(columns.items()))))
    connection.execute(f"create or replace temp table {name} as select * from app_given")
    connection.unregister("app_given")


def of_members(connection: duckdb.DuckDBPyConnection, names: set[str]) -> str:
    """SQL of app_people with what was declared, and that none of them is a supporter."""
    there = set(connection.table("app_people").columns)
    wanted = [fact for fact in archive.facts_of("person").values() if fact.name in names]
    parts = [_lives() if fact.name == "lives_with_family" else _declared(fact, there) for fact in wanted]
    return f"""select {_select(wanted, there, ["false as is_supporter", *parts])} from app_people p
        left join app_declared_members d on d.person = p.person"""


def of_supporters(connection: duckdb.DuckDBPyConnection, names: set[str]) -> str:
    """SQL of app_people as supporters of `of_household`, with what that household declared of them."""
    there = set(connection.table("app_people").columns)
    told = archive.facts_of("supporter")
    wanted = [fact for fact in told.values() if fact.name in names and fact.name not in _RECKONED]
    mixed = [f for name, f in archive.facts_of("person").items() if name in there and name not in told]
    parts = [_declared(fact, there) for fact in wanted] + [f"{_alone(f, there)} as {f.name}" for f in mixed]
    parts += [f"d.{name} as told_{name}" for name in _RECKONED]
    return f"""select {_select([*wanted, *mixed], there, ["s.household as of_household", *parts])}
        from app_supporters s join app_people p on p.person = s.supporter
        left join (select distinct on (household, supporter) * from app_declared_supporters) d
        on d.household = s.household and d.supporter = s.supporter"""


_RECKONED = ("supporter_kinship", "supporter_household_size", "supported_people")
"""Of a supporter: reckoned from the registry where the archive does not say."""


def of_households(connection: duckdb.DuckDBPyConnection, names: set[str]) -> str:
    """SQL of app_homes with what was declared; a supporter who was named and cannot be found is one not listed."""
    there = set(connection.table("app_homes").columns)
    wanted = [fact for fact in archive.facts_of("household").values() if fact.name in names]
    parts = [
        f"case when p.household in ({_LOST}) then true else {_value(fact, there)} end as {fact.name}"
        if fact.name == "has_unlisted_supporters"
        else _declared(fact, there)
        for fact in wanted
    ]
    return f"""select {_select(wanted, there, parts)} from app_homes p
        left join app_declared_homes d on d.household = p.household"""


_LOST = """select n.household from app_declared_supporters n
    left join app_supporters s on s.household = n.household and s.supporter = n.supporter
    left join app_known k on k.person = n.supporter and k.household = n.household
    where s.supporter is null and k.person is null"""


def _select(replaced: Iterable[Fact], there: set[str], parts: list[str]) -> str:
    gone = [fact.name for fact in replaced if fact.name in there]
    return ", ".join([f"p.* exclude ({', '.join(gone)})" if gone else "p.*", *parts])


def _lives() -> str:
    """Who stands on the register or is named in the archive lives with the family, unless that says otherwise."""
    named = f"p.is_on_register or {_asked({DECLARED})}"
    return f"coalesce(d.lives_with_family, case when {named} then true end) as lives_with_family"


def _declared(fact: Fact, there: set[str]) -> str:
    return f"{_value(fact, there)} as {fact.name}"


def _value(fact: Fact, there: set[str]) -> str:
    """What was written with what departments tell; none where all were asked; else what departments tell alone."""
    kept, fill = units.storage(fact.unit), FILLS.get(fact.name)
    raw, written = _raw(fact, there), f"d.{fact.name}"
    both = f"greatest({raw}, {written})" if kept in ("int", "bool") else f"coalesce({written}, {raw})"
    people = set(fact.sources) - set(fill.reading.contracts if fill else ())
    silent = none_of(fact) if fill is None else None
    none = "null" if silent is None else _literal(silent)
    return f"""case when {written} is not null then {both}
        when {_asked(people)} and not list_contains(d.unknown, '{fact.name}') then coalesce({raw}, {none})
        else {_alone(fact, there)} end"""


def _asked(people: set[str]) -> str:
    listed = ", ".join(f"'{one}'" for one in sorted(people))
    return f"coalesce(list_has_all(d.asked, [{listed}]), false)"


def _raw(fact: Fact, there: set[str]) -> str:
    """A department's word as if people had been asked too."""
    return f"p.{fact.name}" if fact.name in there else f"cast(null as {SQL[units.storage(fact.unit)]})"


def _alone(fact: Fact, there: set[str]) -> str:
    """A department's word where people were not asked: what it has found is known, that it found nothing is not."""
    fill, raw = FILLS.get(fact.name), _raw(fact, there)
    if fill is None or not fill.asks_people or fill.none is None:
        return raw
    return (
        f"cast(null as {SQL[units.storage(fact.unit)]})"
        if fill.whole
        else f"nullif({raw}, {_literal(fill.none)})"
    )


def _literal(value: Any) -> str:
    return f"'{value}'" if isinstance(value, str) else str(value).lower()
