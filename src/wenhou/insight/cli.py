"""`wenhou insight`: statistics that may be published."""

import argparse
import csv
from datetime import date
from pathlib import Path
from typing import Any

from wenhou.base import clock


def add_commands(groups: Any) -> None:
    parser = groups.add_parser("insight", help="对外公布的统计，小数遮去")
    verbs = parser.add_subparsers(required=True, metavar="动作")
    one = verbs.add_parser("published", help="各县各类在册人数，不满一定人数的格遮去，也推不出来")
    one.add_argument("--to", type=Path, required=True, help="写到哪个CSV文件")
    one.add_argument("--on", type=date.fromisoformat, help="哪一天的标准，不给则为今天")
    one.set_defaults(handler=published)


def published(arguments: argparse.Namespace) -> dict[str, Any]:
    """Write who is on the register, county by county and category by category, as it may be published."""
    from wenhou.insight import register

    table = register.by_county(arguments.on or clock.today())
    shown = [["", *table.columns, "合计"]]
    told = zip(table.rows, table.cells, table.row_totals, strict=True)
    shown += [[name, *map(_shown, cells), _shown(total)] for name, cells, total in told]
    shown.append(["合计", *map(_shown, table.column_totals), _shown(table.total)])
    with arguments.to.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(shown)
    hidden = sum(cell == _shown(None) for line in shown for cell in line)
    return {"文件": str(arguments.to), "遮去的格": hidden}


def _shown(count: int | None) -> str:
    return "*" if count is None else str(count)
