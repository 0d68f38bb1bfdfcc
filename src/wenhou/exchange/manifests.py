"""What a delivery says of itself, in X.manifest.json beside X.csv."""

import json
import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from wenhou.base.errors import Refused
from wenhou.divisions import codes
from wenhou.exchange.contracts import contract
from wenhou.exchange.reading.opening import SUFFIXES

MOST_BYTES = 64 << 10
_KEYS = {"contract", "number", "division", "period", "mode", "file"}
_EARLIEST, _LATEST = date(1949, 10, 1), date(2100, 12, 31)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True)
class Manifest:
    """`division` is a significant prefix of 2 to 12 digits; the period includes both days."""

    contract: str
    number: str
    division: str
    period_from: date
    period_to: date
    mode: str
    file: str


def parse(raw: bytes) -> Manifest:
    """A manifest from its JSON. Raises Refused with what is wrong with it."""
    told = _object(raw)
    strange, missing = sorted(set(told) - _KEYS), sorted(_KEYS - set(told))
    if strange:
        raise Refused(f"清单里有不认识的项：{'、'.join(key[:20] for key in strange[:5])}。")
    if missing:
        raise Refused(f"清单缺少：{'、'.join(missing)}。")
    since, until = _period(told["period"])
    return Manifest(
        contract=contract(_text(told, "contract", 8)).code,
        number=_text(told, "number", 60),
        division=codes.prefix(_text(told, "division", 12)),
        period_from=since,
        period_to=until,
        mode=_mode(told["mode"]),
        file=file_name(told["file"]),
    )


def file_name(name: Any) -> str:
    """A plain file name of a kind we take, never a path. Raises Refused."""
    plain = isinstance(name, str) and 0 < len(name) <= 200 and name.isprintable() and not name.startswith(".")
    if not plain or any(mark in name for mark in "/\\:"):
        raise Refused("清单里的文件名应是清单旁边的一个文件，不能带路径。")
    if not name.lower().endswith(SUFFIXES):
        raise Refused("清单里的文件应是CSV、XLSX或Parquet。")
    return str(name)


def _object(raw: bytes) -> dict[str, Any]:
    if len(raw) > MOST_BYTES:
        raise Refused("清单太大，不像是清单。")
    try:
        told = json.loads(raw.decode("utf-8-sig"), object_pairs_hook=_once)
    except (UnicodeDecodeError, ValueError, RecursionError):
        raise Refused("清单不是UTF-8的JSON。") from None
    if not isinstance(told, dict):
        raise Refused("清单应是一个JSON对象。")
    return told


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len({key for key, _ in pairs}) != len(pairs):
        raise Refused("清单里有一项写了两次。")
    return dict(pairs)


def _text(told: dict[str, Any], key: str, most: int) -> str:
    said = told[key]
    if (
        not isinstance(said, str)
        or not 0 < len(said) <= most
        or not said.isprintable()
        or said != said.strip()
    ):
        raise Refused(f"清单的{key}应是1到{most}个字的文字。")
    return said


def _mode(said: Any) -> str:
    if said not in ("full", "delta"):
        raise Refused("清单的mode应为full（全量）或delta（增量）。")
    return str(said)


def _period(said: Any) -> tuple[date, date]:
    if not isinstance(said, dict) or set(said) != {"from", "to"}:
        raise Refused("清单的period应有from和to两个日期。")
    since, until = _date(said["from"]), _date(said["to"])
    if since > until:
        raise Refused("清单的period从后往前了：from不应晚于to。")
    if since < _EARLIEST or until > _LATEST:
        raise Refused(f"清单的period应在{_EARLIEST}和{_LATEST}之间。")
    return since, until


def _date(said: Any) -> date:
    try:
        if isinstance(said, str) and _DAY.fullmatch(said):
            return date.fromisoformat(said)
    except ValueError:
        pass
    raise Refused("清单的period里有不存在的日期，应写成YYYY-MM-DD。")
