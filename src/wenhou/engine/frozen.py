"""A plan written down: every formula in force with what it reads, so that a judgement can be replayed when the code has
changed.

What is written depends on nothing but the formulas and the words told with them; the same plan gives the same bytes in
every process.
"""

import json
from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import Any, NoReturn, get_args

from wenhou.engine import nodes
from wenhou.engine.declared import Declared, Fact, Link, Rule, Standard, Version, Watch
from wenhou.engine.nodes import Node
from wenhou.engine.plan import Plan
from wenhou.engine.words import Book

FORM = 1
KINDS = {kind.__name__: kind for kind in (Fact, Link, Standard)}
NODES = {kind.__name__: kind for kind in get_args(nodes.Node)}


def dump(plan: Plan) -> bytes:
    """The plan's day, region, answered names, formulas, and the facts, links and standards they read, as JSON."""
    told = {
        "form": FORM,
        "as_of": plan.as_of.isoformat(),
        "region": plan.region,
        "persons": list(plan.persons),
        "households": list(plan.households),
        "order": [name for name in plan.order if name in plan.trees],
        "names": {name: _declared(plan, name) for name in plan.rests_on},
    }
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def digest(plan: Plan) -> str:
    """SHA-256 of what `dump` writes, in hexadecimal."""
    return sha256(dump(plan)).hexdigest()


def load(written: bytes) -> Plan:
    """The plan again, as `run.one`, `run.batch` and `explain.tree` take it. Names it does not know are passed over."""
    told = json.loads(written)
    if told["form"] != FORM:
        raise ValueError(f"form {told['form']} of a frozen plan is not known")
    book, names = Book(), told["names"]
    for name in sorted(names):
        book.declared[name] = _known(name, names[name])
    book.codes = {names[name]["code"]: name for name in sorted(names) if names[name].get("code")}
    trees = {name: (names[name]["entity"], _read(names[name]["tree"])) for name in told["order"]}
    versions = {rule.name: rule.versions[0] for rule in book.rules}
    day = date.fromisoformat(told["as_of"])
    answered = tuple(told["persons"]), tuple(told["households"])
    return Plan(book, day, told["region"], *answered, trees, versions, replays=True)


def _declared(plan: Plan, name: str) -> dict[str, Any]:
    known = plan.book[name]
    if not isinstance(known, Rule):
        told = {field.name: getattr(known, field.name) for field in fields(known) if field.name != "name"}
        return {"kind": type(known).__name__, **_plain(told)}
    version, (entity, tree) = plan.versions[name], plan.trees[name]
    return {
        "kind": "Rule",
        "entity": entity,
        "unit": known.unit,
        "label": version.label,
        "law": "" if version.law is None else str(version.law),
        "code": known.watch.code if known.watch else "",
        "sources": list(known.watch.sources) if known.watch else [],
        "screen": known.screen,
        "determines": known.determines,
        "tree": _plain(tree),
    }


def _known(name: str, told: Mapping[str, Any]) -> Declared:
    if told["kind"] != "Rule":
        return KINDS[told["kind"]](
            name, **{key: _read(value) for key, value in told.items() if key != "kind"}
        )
    version = Version(_gone, (), None, None, told["law"], told["label"])
    sources = tuple(told["sources"])
    watch = Watch(told["code"], "", 0, None, (), sources, "") if told["code"] else None
    return Rule(name, told["entity"], told["unit"], (version,), watch, told["screen"], told["determines"])


def _gone(**_: object) -> NoReturn:
    raise NotImplementedError("a frozen formula is a tree; its Python is not kept")


def _plain(value: Any) -> Any:
    """Nodes as mappings of their fields, dates and decimals tagged."""
    match value:
        case tuple():
            return [_plain(one) for one in value]
        case dict():
            return {key: _plain(one) for key, one in value.items()}
        case date():
            return {"date": value.isoformat()}
        case Decimal():
            return {"decimal": str(value)}
    if isinstance(value, Node):
        return {"is": type(value).__name__} | {
            field.name: _plain(getattr(value, field.name)) for field in fields(value)
        }
    return value


def _read(value: Any) -> Any:
    match value:
        case list():
            return tuple(_read(one) for one in value)
        case {"date": day}:
            return date.fromisoformat(day)
        case {"decimal": number}:
            return Decimal(number)
        case {"is": str(kind)}:
            return NODES[kind](**{name: _read(one) for name, one in value.items() if name != "is"})
    return value
