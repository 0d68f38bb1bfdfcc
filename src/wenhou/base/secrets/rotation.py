"""Another key is in use, and old rows are written anew, some at a time, while the product runs."""

from pathlib import Path
from typing import Any

from django.db import connection, transaction

from wenhou.base.errors import Refused, WenhouError
from wenhou.base.models import DataKey
from wenhou.base.secrets import fields, keys, master
from wenhou.base.secrets.fields import EncryptedTextField
from wenhou.base.secrets.sealing import Algorithm

AT_ONCE = 500
"""Rows of a transaction: each is locked for some milliseconds."""
_HEAD = "substring({column} from 1 for 5)"


def ready() -> None:
    """A key for every purpose that a column is sealed for or found by: the web's user may not make one."""
    for field in fields.declared():
        keys.in_use(field.key_purpose, master.suite())
        if field.is_indexed:
            keys.index_key(field.key_purpose)


def purposes() -> list[str]:
    return sorted({field.key_purpose for field in fields.declared()})


def rotate(purpose: str = "") -> dict[str, int]:
    """New keys for this purpose or for all; every old row written anew. Gives how many rows of each column.

    Begun anew after a crash it goes on where it was, with yet another key. Blind indexes keep their key.
    """
    told = purposes()
    if purpose and purpose not in told:
        raise Refused(f"没有“{purpose}”这个用途，可选：{'、'.join(told) or '无'}。")
    wanted = [purpose] if purpose else told
    for one in wanted:
        keys.renew(one, master.suite())
    return write_anew(wanted)


def write_anew(wanted: list[str] | None = None) -> dict[str, int]:
    """Seal with the key in use whatever another one sealed."""
    chosen = [field for field in fields.declared() if wanted is None or field.key_purpose in wanted]
    return {field.place().partition("|")[0]: _of_column(field) for field in chosen}


def _of_column(field: EncryptedTextField) -> int:
    last: Any = None
    done = 0
    while True:
        with transaction.atomic():
            rows = _some(field, last)
            _replace(field, rows)
        if not rows:
            return done
        last, done = rows[-1][0], done + len(rows)


def _some(field: EncryptedTextField, last: Any) -> list[tuple[Any, bytes, Any]]:
    """(key, sealed, bound) of the next rows that another key sealed."""
    names = _names(field)
    bound = f'"{field.model._meta.get_field(field.bound_to).column}"' if field.bound_to else "null"  # type: ignore[union-attr]
    beyond = "" if last is None else f"and {names['key']} > %s"
    with connection.cursor() as cursor:
        cursor.execute(
            f"select {names['key']}, {names['column']}, {bound} from {names['table']}"
            f" where {_HEAD.format(column=names['column'])} <> %s {beyond}"
            f" order by {names['key']} limit {AT_ONCE} for update",
            [_head(field), *([] if last is None else [last])],
        )
        return list(cursor.fetchall())


def _replace(field: EncryptedTextField, rows: list[tuple[Any, bytes, Any]]) -> None:
    names, key = _names(field), keys.in_use(field.key_purpose, master.suite())
    anew = []
    for number, sealed, beside in rows:
        place = field.place(beside)
        anew.append((keys.seal_with(key, keys.open_text(bytes(sealed), place), place), number))
    with connection.cursor() as cursor:
        cursor.executemany(
            f"update {names['table']} set {names['column']} = %s where {names['key']} = %s", anew
        )


def _names(field: EncryptedTextField) -> dict[str, str]:
    meta = field.model._meta
    assert meta.pk is not None
    return {"table": f'"{meta.db_table}"', "column": f'"{field.column}"', "key": f'"{meta.pk.column}"'}


def _head(field: EncryptedTextField) -> bytes:
    key = keys.in_use(field.key_purpose, master.suite())
    return keys.HEAD.pack(key.algorithm, key.number)


def rewrap(old: Path) -> int:
    """Wrap every data key by the master key in force, from that of a file. Gives how many; those done already stay."""
    before, now = master.read(old), master.told()
    with transaction.atomic():
        rows = list(DataKey._default_manager.select_for_update())
        for row in rows:
            row.wrapped = master.wrap(_of_either(row, before, now), row.purpose, now)
        DataKey._default_manager.bulk_update(rows, ["wrapped"])
    keys.forget()
    return len(rows)


def _of_either(row: DataKey, before: bytes, now: bytes) -> bytes:
    try:
        return master.unwrap(bytes(row.wrapped), row.purpose, before)
    except WenhouError:
        return master.unwrap(bytes(row.wrapped), row.purpose, now)


def status() -> dict[str, Any]:
    """Keys by purpose, and of each column how many rows are sealed by the key in use and by older ones."""
    rows = DataKey._default_manager.order_by("purpose", "algorithm", "pk")
    return {
        "主钥匙": "合用" if all(_opens(row) for row in rows) else "打不开已有的数据钥匙",
        "数据钥匙": [
            {
                "编号": row.pk,
                "用途": row.purpose,
                "算法": Algorithm(row.algorithm).name,
                "启用": f"{row.made_at:%Y-%m-%d}",
                "换下": f"{row.retired_at:%Y-%m-%d}" if row.retired_at else "",
            }
            for row in rows
        ],
        "各列": [_counted(field) for field in fields.declared()],
    }


def _opens(row: DataKey) -> bool:
    try:
        return bool(master.unwrap(bytes(row.wrapped), row.purpose))
    except WenhouError:
        return False


def _counted(field: EncryptedTextField) -> dict[str, Any]:
    names = _names(field)
    with connection.cursor() as cursor:
        cursor.execute(
            f"select count(*) filter (where {_HEAD.format(column=names['column'])} = %s),"
            f" count({names['column']}) from {names['table']}",
            [_head(field)],
        )
        now, every = cursor.fetchone()
    return {"列": field.place().partition("|")[0], "现用钥匙": now, "旧钥匙": every - now}
