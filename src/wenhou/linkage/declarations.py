"""What was declared when a household came onto the register, as far as SA-ARCH keeps it.

`income_items` and `assets_determined` of the applicant's row are JSON objects whose keys are the labels or the names of
facts: money in yuan, yes and no as JSON or 是 and 否. An object that names at least one fact is a declaration: facts of
the same kind that only the family could tell and that it leaves out are none. Kinds of income without facts (工资性,
转移性 …) say what was determined and not of what, and fill nothing. `supporters` is a list of objects with `id_no` (the
person key, `p123`), `of` (whom they support, likewise), and labels or names of facts of the supporter.
"""

import json
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

import duckdb
import pyarrow as pa

from wenhou.engine import units
from wenhou.engine.declared import Fact
from wenhou.engine.words import DEFAULT
from wenhou.linkage.fills import FILLS
from wenhou.policy.facts.application import DECLARED

ARROW = {
    "bool": pa.bool_(),
    "text": pa.string(),
    "date": pa.date32(),
    "int": pa.int64(),
    "decimal": pa.decimal128(18, 4),
}
SQL = {"bool": "boolean", "text": "varchar", "date": "date", "int": "bigint", "decimal": "decimal(18, 4)"}
NONE: dict[str, Any] = {"bool": False, "text": "无", "int": 0, "decimal": 0}
CHECKED = ("supporter_household_income_12m", "has_modest_property", "has_approved_waiver")
"""Of a supporter: what the check of means and an officer found, which the register keeps beside the declaration."""
_WORDS = {"是": True, "否": False, True: True, False: False}


def declarable() -> dict[str, Fact]:
    """Facts that a family declares, by name."""
    return {fact.name: fact for fact in DEFAULT.facts if DECLARED in fact.sources}


def read(connection: duckdb.DuckDBPyConnection) -> None:
    """Make app_declared_members, app_declared_homes and app_declared_supporters of what the register keeps.

    Reads app_register and app_people. Values that are no such thing as the fact are passed over.
    """
    rows = connection.execute(_APPLICANTS).fetchall()
    members: list[dict[str, Any]] = []
    homes: list[dict[str, Any]] = []
    supporters: list[dict[str, Any]] = []
    for household, person, income, assets, named in rows:
        earned, owned = _facts(income), _facts(assets)
        members.append({"household": household, "person": person, "told": _said(income)} | earned["person"])
        homes.append(
            {"household": household, "told": _said(assets)} | owned["household"] | earned["household"]
        )
        supporters.extend(_supporters(household, person, named))
    for name, made, entity in (
        ("members", members, "person"),
        ("homes", homes, "household"),
        ("supporters", supporters, "person"),
    ):
        kept = _KEYS[name] | _columns(entity)
        connection.register("app_given", pa.Table.from_pylist(made, schema=pa.schema(list(kept.items()))))
        connection.execute(f"create or replace temp table app_declared_{name} as select * from app_given")
        connection.unregister("app_given")


_APPLICANTS = """
select r.household, r.id_no, any_value(r.income_items), any_value(r.assets_determined), any_value(r.supporters)
from app_register r join app_people p on p.person = r.id_no and p.household = r.household
where p.kinship = '申请人' and p.is_on_register
group by all
"""
_KEYS: dict[str, dict[str, pa.DataType]] = {
    "members": {"household": pa.int64(), "person": pa.int64(), "told": pa.bool_()},
    "homes": {"household": pa.int64(), "told": pa.bool_()},
    "supporters": {"household": pa.int64(), "supporter": pa.int64(), "owed": pa.int64(), "kin": pa.string()},
}


def _of(entity: str) -> dict[str, Fact]:
    """What may be written of a person or household; of supporters also what was checked and approved."""
    found = {name: fact for name, fact in declarable().items() if fact.entity == entity and name != "kinship"}
    if entity == "person":
        found |= {fact.name: fact for fact in DEFAULT.facts if fact.name in CHECKED}
    return found


def _columns(entity: str) -> dict[str, pa.DataType]:
    return {name: ARROW[units.storage(fact.unit)] for name, fact in _of(entity).items()}


def _object(text: str | None) -> Mapping[str, Any]:
    found = json.loads(text, parse_float=Decimal) if text else {}
    return found if isinstance(found, dict) else {}


def _named() -> dict[str, Fact]:
    facts = [*_of("person").values(), *_of("household").values()]
    return {key: fact for fact in facts for key in (fact.name, fact.label)}


def _said(text: str | None) -> bool:
    """Whether it names a fact at all."""
    return bool(set(_object(text)) & set(_named()))


def _facts(text: str | None) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {"person": {}, "household": {}}
    named = _named()
    for key, value in _object(text).items():
        if key in named:
            found[named[key].entity][named[key].name] = _value(named[key], value)
    return found


def _supporters(household: int, applicant: int, text: str | None) -> Iterable[dict[str, Any]]:
    listed = json.loads(text, parse_float=Decimal) if text else []
    named = _named()
    for one in listed if isinstance(listed, list) else []:
        key = _key(one.get("id_no")) if isinstance(one, dict) else None
        if key is None:
            continue
        told = {named[k].name: _value(named[k], v) for k, v in one.items() if k in named}
        owed = _key(one.get("of")) or applicant
        kin = told.get("supporter_kinship") or "子女"
        yield told | {"household": household, "supporter": key, "owed": owed, "kin": kin}


def _key(text: Any) -> int | None:
    return int(text[1:]) if isinstance(text, str) and text[:1] == "p" and text[1:].isdigit() else None


def _value(fact: Fact, value: Any) -> Any:
    """As the engine keeps it: fen, whole numbers, yes or no; None for what is no such thing."""
    try:
        match units.storage(fact.unit):
            case "bool":
                return _WORDS.get(value)
            case "int":
                scale = 100 if fact.unit.startswith("fen") else 1
                whole = Decimal(str(value)) * scale
                return int(whole) if whole == whole.to_integral_value() else None
            case "decimal":
                return Decimal(str(value)).quantize(Decimal("0.0001"))
            case "date":
                return date.fromisoformat(value)
    except (ArithmeticError, InvalidOperation, TypeError, ValueError):
        return None
    return value if isinstance(value, str) else None


def of_members(connection: duckdb.DuckDBPyConnection, names: set[str]) -> str:
    """SQL of app_people with what was declared, and that none of them is a supporter."""
    there = set(connection.table("app_people").columns)
    parts = [_declared(fact, "p", there) for fact in _wanted("person", names)]
    lives = (
        ["case when p.is_on_register then true end as lives_with_family"]
        if "lives_with_family" in names
        else []
    )
    replaced = [fact.name for fact in _wanted("person", names) if fact.name in there]
    star = f"p.* exclude ({', '.join(replaced)})" if replaced else "p.*"
    columns = ", ".join([star, "false as is_supporter", *lives, *parts])
    return f"""select {columns} from app_people p
        left join app_declared_members d on d.person = p.person
        left join (select household, bool_or(told) as told from app_declared_members group by household) f
        on f.household = p.household"""


def of_supporters(connection: duckdb.DuckDBPyConnection, names: set[str]) -> str:
    """SQL of app_people as supporters of `of_household`, with what that household declared of them."""
    there = set(connection.table("app_people").columns)
    named = [fact for fact in _of("person").values() if fact.name in names and fact.name not in _COMPOSED]
    replaced = [fact.name for fact in named if fact.name in there]
    star = f"p.* exclude ({', '.join(replaced)})" if replaced else "p.*"
    parts = [
        f"coalesce(d.{fact.name}, {f'p.{fact.name}' if fact.name in there else 'null'}) as {fact.name}"
        for fact in named
    ]
    return f"""select {", ".join([star, "s.household as of_household", *parts])}
        from app_supporters s join app_people p on p.person = s.supporter
        left join (select distinct on (household, supporter) * from app_declared_supporters) d
        on d.household = s.household and d.supporter = s.supporter"""


def of_households(connection: duckdb.DuckDBPyConnection, names: set[str]) -> str:
    """SQL of app_homes with what was declared."""
    there = set(connection.table("app_homes").columns)
    wanted = _wanted("household", names)
    replaced = [fact.name for fact in wanted if fact.name in there]
    star = f"p.* exclude ({', '.join(replaced)})" if replaced else "p.*"
    parts = [_declared(fact, "p", there) for fact in wanted]
    return f"""select {", ".join([star, *parts])} from app_homes p
        left join app_declared_homes d on d.household = p.household
        left join app_declared_homes f on f.household = p.household"""


_COMPOSED = (
    "kinship",
    "is_supporter",
    "lives_with_family",
    "supporter_kinship",
    "supporter_household",
    "supporter_rank",
    "supporter_household_size",
    "supported_people",
)


def _wanted(entity: str, names: set[str]) -> list[Fact]:
    """Facts to be told from declarations; who is a supporter, and of what kind, the composition tells."""
    return [
        fact
        for fact in declarable().values()
        if fact.entity == entity and fact.name in names and fact.name not in _COMPOSED
    ]


def _declared(fact: Fact, table: str, there: set[str]) -> str:
    """What was written; else what deliveries tell; else none, where the family declared and nobody else is asked."""
    kept = units.storage(fact.unit)
    department = f"{table}.{fact.name}" if fact.name in there else f"cast(null as {SQL[kept]})"
    both = f"greatest({department}, d.{fact.name})" if kept == "int" else f"d.{fact.name}"
    alone = fact.name not in FILLS and kept in NONE and set(fact.sources) == {DECLARED}
    whole_kind = fact.unit.startswith("fen") if fact.entity == "person" else True
    none = f"case when f.told then {_literal(NONE[kept])} end" if alone and whole_kind else "null"
    return f"coalesce({both}, {department}, {none}) as {fact.name}"


def _literal(value: Any) -> str:
    return f"'{value}'" if isinstance(value, str) else str(value).lower()
