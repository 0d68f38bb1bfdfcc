"""Rows put into the lake as a load leaves them: typed Parquet and a part that is known."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Max

from wenhou.base import clock
from wenhou.exchange import contracts
from wenhou.lake import files, store
from wenhou.lake.actions import parts
from wenhou.lake.models import Part

PERIOD = (date(2025, 1, 1), date(2026, 10, 31))
NOTHING = {
    "text": "",
    "enum": "",
    "code": "",
    "money": 0,
    "int": 0,
    "num": 0,
    "bool": False,
    "json": "{}",
    "year": 2026,
    "date": date(2020, 1, 1),
    "month": date(2020, 1, 1),
    "id": 1,
}


def deliver(
    contract: str,
    rows: Sequence[Mapping[str, Any]],
    *,
    division: str = "640104",
    period: tuple[date, date] = PERIOD,
    mode: str = "full",
) -> int:
    """One delivery; required fields left out are filled with something that means nothing. Gives its number."""
    promised = contracts.contract(contract)
    delivery = (Part.objects.aggregate(last=Max("delivery"))["last"] or 0) + 1
    path = files.facts_path(contract, delivery)
    with store.connect(memory="256MB") as connection:
        declared = ", ".join(f'"{column.name}" {column.type}' for column in promised.table.stored)
        connection.execute(f"create table rows ({declared})")
        for line, row in enumerate(rows, start=2):
            filled = {field.name: _value(field, row) for field in promised.fields}
            values = [*filled.values(), delivery, line]
            connection.execute(f"insert into rows values ({', '.join('?' * len(values))})", values)
        with files.whole(path) as temporary:
            connection.table("rows").write_parquet(str(temporary))
    parts.add(
        contract=contract,
        delivery=delivery,
        division=division,
        period=period,
        mode=mode,
        rows=len(rows),
        at=clock.now(),
    )
    return delivery


def _value(field: contracts.Field, row: Mapping[str, Any]) -> Any:
    assert set(row) is not None
    if field.name in row:
        return row[field.name]
    return NOTHING[field.kind] if field.required else None


def resident(key: int, **fields: Any) -> dict[str, Any]:
    """A row of DI01: a woman of 1980 in 兴庆区, head of household H{key}."""
    return {
        "id_no": key,
        "name": "马秀英",
        "sex": "2",
        "nation": "HU",
        "birth_date": date(1980, 5, 1),
        "division_code": "640104001001",
        "hukou_addr": "某街1号",
        "hukou_type": "城镇",
        "household_no": f"H{key}",
        "relation_to_head": "02",
        "status": "正常",
    } | fields


def member(key: int, household_no: str, **fields: Any) -> dict[str, Any]:
    """A row of DI02, there since 2010."""
    return {
        "household_no": household_no,
        "id_no": key,
        "relation_to_head": "02",
        "move_in_date": date(2010, 1, 1),
    } | fields


def entry(key: int, household_no: str = "D1", **fields: Any) -> dict[str, Any]:
    """A row of SA-ARCH: on 低保 since 2025."""
    return {
        "as_of": date(2026, 10, 31),
        "household_no": household_no,
        "id_no": key,
        "category": "DB",
        "is_covered": True,
        "relation_to_head": "02",
        "confirmed_on": date(2025, 1, 10),
        "division_code": "640104001001",
        "resides_division": "640104001001",
        "urban_rural": "城市",
        "status": "在保",
    } | fields
