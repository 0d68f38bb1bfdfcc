"""Households put into the lake with the registry's publications beside them, as a comparison of entitlement finds them."""

from collections.abc import Iterable
from datetime import date
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from policy import applications_in_lake as lake
from wenhou.lake import files
from wenhou.monitoring.gaps import readings

assert readings.READINGS  # its rules are declared
DAY = lake.DAY
HOME_DIVISION = "640104001001"
Family = tuple[dict[str, Any], dict[str, Any]]


def alone(key: int, county: str = "640104", home: dict[str, Any] | None = None, **told: Any) -> Family:
    """Somebody living alone, authorised and asked about everywhere; nobody has anything unless it is told."""
    return lake.person(key, key, **told), lake.home(key, county, **(home or {}))


def registered(key: int, category: str = "is_dibao", **told: Any) -> Family:
    """The same, on the register since two years."""
    long_ago = {"dibao_confirmed_on": date(2023, 10, 1), "last_review_on": date(2025, 3, 1)}
    return alone(key, **({category: True, "is_on_register": True} | long_ago | told))


def put(*families: Family, day: date = DAY) -> None:
    """Publish the day's applications, and whom the registry knows."""
    lake.publish([one for one, _ in families], [one for _, one in families], day=day)
    people = [
        {
            "person": person["person"],
            "household": person["household"],
            "relation": "02",
            "birth_date": person["birth_date"],
            "sex": "1",
            "hukou_division": HOME_DIVISION,
            "place": HOME_DIVISION,
            "resides_division": HOME_DIVISION,
        }
        for person, _ in families
    ]
    homes = [
        {"household": home["household"], "division": HOME_DIVISION, "category": None} for _, home in families
    ]
    _publish("people", people, day, {"birth_date": pa.date32()})
    _publish("households", homes, day, {"category": pa.string()})
    none = {"id_no": pa.int64(), "category": pa.string(), "status": pa.string(), "exit_on": pa.date32()}
    _publish("register", [], day, none)


def _publish(name: str, rows: Iterable[dict[str, Any]], day: date, kinds: dict[str, Any]) -> None:
    several = list(rows)
    columns = {**dict.fromkeys(several[0] if several else {}), **kinds}
    fields = [
        (key, kind or (pa.int64() if key in ("person", "household") else pa.string()))
        for key, kind in columns.items()
    ]
    path = files.published_path(name, day)
    path.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(pa.Table.from_pylist(several, schema=pa.schema(fields)), path)
