"""Applications put into the lake as linkage publishes them, from a few households written down."""

from collections.abc import Iterable
from datetime import date
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from wenhou.engine import units
from wenhou.engine.declared import Fact, Link
from wenhou.engine.words import DEFAULT
from wenhou.policy import answers, queries, standards
from wenhou.policy.runs import batches

DAY = date(2025, 10, 15)
TYPES = {"bool": pa.bool_(), "text": pa.string(), "date": pa.date32(), "decimal": pa.decimal128(18, 4)}
DOCUMENT = "__document"
NONE = {"bool": False, "text": "无", "int": 0, "decimal": 0}
EXCEPT = {"is_authorised": True, "kinship": "申请人", "hukou_type": "城镇", "sex": "1", "self_care": "无"}
HOME = {"urban_rural": "城市", "household_category": "OUT", "is_local_hukou": True}


def person(key: int, household: int, **told: Any) -> dict[str, Any]:
    """Somebody of whom every source was asked and had nothing, a man of forty who applies."""
    return (
        _none("person")
        | EXCEPT
        | {"birth_date": date(1985, 1, 1), "person": key, "household": household}
        | told
    )


def home(key: int, county: str = "640104", **told: Any) -> dict[str, Any]:
    return _none("household") | HOME | {"household": key, "county": county} | told


def _none(entity: str) -> dict[str, Any]:
    facts = [one for one in DEFAULT.facts if one.entity == entity]
    return {one.name: NONE.get(units.storage(one.unit)) for one in facts}


def publish(
    persons: Iterable[dict[str, Any]], households: Iterable[dict[str, Any]], *, day: date = DAY
) -> None:
    """Write them for a day, beside the standards of the files for the counties they name."""
    answers.declare()
    homes = list(households)
    folder = batches.folder(day)
    folder.mkdir(parents=True, exist_ok=True)
    counties = sorted({one["county"] for one in homes})
    told = standards.wide(queries.from_files(), counties, day)
    for name, rows, keys in (
        ("persons", list(persons), {"person": pa.int64(), "household": pa.int64()}),
        ("households", homes, {"household": pa.int64(), "county": pa.string()}),
        ("standards", told, {"county": pa.string()}),
    ):
        schema = pa.schema([*keys.items(), *((one, _type(one)) for one in _names(rows) if one not in keys)])
        pq.write_table(pa.Table.from_pylist(rows, schema=schema), folder / f"{name}.parquet")


def _names(rows: list[dict[str, Any]]) -> list[str]:
    return sorted({name for row in rows for name in row if name.removesuffix(DOCUMENT) in DEFAULT.declared})


def _type(name: str) -> pa.DataType:
    if name.endswith(DOCUMENT):
        return pa.string()
    declared = DEFAULT.declared[name]
    unit = "count" if isinstance(declared, Link) else declared.unit
    return TYPES.get(units.storage(unit), pa.int64())


__all__ = ["DAY", "Fact", "home", "person", "publish"]
