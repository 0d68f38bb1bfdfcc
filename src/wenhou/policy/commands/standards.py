"""`rules standards`: the standards at a place on a day; what is missing, and what is past its day of review."""

import argparse
from datetime import date
from typing import Any

from wenhou.base import clock
from wenhou.base.errors import Refused
from wenhou.base.spoken import Spoken
from wenhou.divisions import codes
from wenhou.engine import phrases
from wenhou.policy import queries, standards
from wenhou.policy.commands.days import day
from wenhou.policy.proposals import proposed
from wenhou.policy.standards import NATION, Row
from wenhou.policy.telling.lines import padded


def add_commands(commands: Any) -> None:
    """`standards`."""
    parser = commands.add_parser("standards", help="某地某日的标准；--overdue 列出已过复核日还在用的")
    parser.add_argument("--division", default=NATION, metavar="CODE", help="区划代码，缺省为全国")
    parser.add_argument("--on", type=day, default=None, metavar="DATE", help="缺省为今天")
    parser.add_argument("--overdue", action="store_true", help="只列已过复核日、仍据以判断的，不论哪里")
    parser.set_defaults(handler=run)


def run(arguments: argparse.Namespace) -> Spoken:
    """Say them. Raises Refused where the place is none."""
    on = arguments.on or clock.today()
    labels = proposed.labels()
    if arguments.overdue:
        late = queries.overdue(on)
        said = [_line(row, labels, on) for row in late] or [f"到{on}没有已过复核日的标准。"]
        return Spoken({"on": on, "overdue": [_told(row, on) for row in late]}, text="\n".join(said))
    place = _place(arguments.division)
    held = standards.resolve(queries.rows(), place, on)
    missing = sorted(set(labels) - set(held))
    said = [_line(held[name], labels, on) for name in sorted(held)]
    said += [f"{padded(name, 40)} 标准缺失　{labels[name]}" for name in missing]
    told = {"on": on, "division": place, "standards": [_told(held[name], on) for name in sorted(held)]}
    return Spoken({**told, "missing": missing}, text="\n".join(said))


def _place(text: str) -> str:
    if text == NATION or codes.is_code(text):
        return text if text == NATION else codes.prefix(text)
    raise Refused(f"“{text[:20]}”不是区划代码：应为2、4、6、9或12位数字，或00。")


def _line(row: Row, labels: dict[str, str], on: date) -> str:
    shown = phrases.shown(row.value, row.unit)
    where = f"{row.division} {row.since}起"
    return (
        f"{padded(row.name, 40)} {padded(shown, 16)} {where}　{labels.get(row.name, '')}　{row.basis_on(on)}"
    )


def _told(row: Row, on: date) -> dict[str, Any]:
    return {
        "name": row.name,
        "division": row.division,
        "since": row.since,
        "until": row.until,
        "value": row.value,
        "unit": row.unit,
        "document": row.basis_on(on),
        "provisional": row.provisional,
        "review_by": row.review_by,
        "overdue": row.is_overdue(on),
    }
