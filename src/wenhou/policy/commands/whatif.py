"""`rules whatif`: who would gain and lose if a standard were another, and what it would cost."""

import argparse
from collections.abc import Mapping
from datetime import date
from typing import Any

from wenhou.base import clock
from wenhou.base.errors import Refused
from wenhou.base.money import format_yuan
from wenhou.divisions import queries as divisions
from wenhou.policy import queries, standards
from wenhou.policy.commands.days import day
from wenhou.policy.proposals import doubts, proposed
from wenhou.policy.proposals.effects import Question
from wenhou.policy.runs import outcomes, whatif
from wenhou.policy.runs.whatif import Comparison
from wenhou.policy.standards import NATION, UNITS, Row, StandardFault

DOCUMENT = "试算"


def add_commands(commands: Any) -> None:
    """`whatif`."""
    parser = commands.add_parser("whatif", help="换一个标准，看谁得谁失、每月多少钱")
    parser.add_argument(
        "--set", action="append", required=True, dest="sets", metavar="NAME=VALUE",
        help="标准的名字和新值，如 dibao_urban=800元；可写多次",
    )  # fmt: skip
    parser.add_argument("--division", required=True, metavar="CODE", help="2、4或6位区划代码")
    parser.add_argument("--from", type=day, required=True, dest="since", metavar="DATE")
    parser.add_argument("--as-of", type=day, metavar="DATE", help="用哪一天的申请数据，缺省为最近的")
    parser.set_defaults(handler=run)


def run(arguments: argparse.Namespace) -> dict[str, Any]:
    """Reckon and say."""
    asked = question(
        arguments.sets, division=arguments.division, since=arguments.since, as_of=arguments.as_of
    )
    told = said(whatif.compare(asked))
    return told | {"note": "".join([*unchanging(asked), *doubtful(asked), told["note"]])}


def doubtful(asked: Question) -> list[str]:
    """What to look at twice in the new values: more than half of a change, a first day more than a year back."""
    found = [doubts.warnings(row, _held(asked, row), on=clock.today()) for row in _new(asked)]
    return list(dict.fromkeys(one for several in found for one in several))


def _new(asked: Question) -> list[Row]:
    return [row for row in asked.after if row.document == DOCUMENT]


def _held(asked: Question, row: Row) -> Row | None:
    return standards.resolve(asked.before, row.division, row.since).get(row.name)


def unchanging(asked: Question) -> list[str]:
    """A sentence for each new value that a wider place's prevails over, so that nothing changes."""
    names = divisions.lookup({row.division for row in asked.after if row.division != NATION})
    return [told for row in _new(asked) if (told := doubts.without_effect(row, asked.after, names))]


def question(sets: list[str], *, division: str, since: date, as_of: date | None = None) -> Question:
    """The standards as they hold, and the same with the values of `sets` at a division from a day. Raises Refused."""
    new = tuple(row(one, division, since) for one in sets)
    if len({row.name for row in new}) != len(new):
        raise Refused("同一个标准写了两次 --set，请只留一个。")
    try:
        after = proposed.beside(queries.written(), [*queries.approved_rows(), *new])
    except StandardFault as fault:
        raise Refused(fault.message) from fault
    return Question(
        name="、".join(row.name for row in new), division=division, since=since, before=queries.rows(),
        after=after, as_of=as_of or max(clock.today(), since),
    )  # fmt: skip


def row(told: str, division: str, since: date) -> Row:
    """A standard to be tried at a division from a day: 'dibao_urban=800元', by its name or its label. Raises Refused."""
    name, equals, value = told.partition("=")
    name = _named(name.strip())
    if not equals or not value.strip():
        raise Refused(f"“{told}”要写成 名字=值，例如 dibao_urban=800元。")
    unit = proposed.unit_of(name)
    entry = {
        "division": division,
        "since": since,
        "value": _bare(value, unit),
        "unit": unit,
        "document": DOCUMENT,
    }
    try:
        made = standards.row(name, entry, f"--set {name}", registered=False)
    except StandardFault as fault:
        raise Refused(fault.message) from fault
    doubts.possible(made, proposed.labels().get(name, name))
    return made


def _named(name: str) -> str:
    """A standard's name by its name or its label."""
    labels = proposed.labels()
    return next((one for one, label in labels.items() if name in (one, label)), name)


def _bare(value: str, unit: str) -> str:
    """'800元' → '800': the unit may be written, whole or its first part, and must be the standard's."""
    value = value.strip()
    for word in (unit, unit.partition("/")[0]):
        value = value.removesuffix(word)
    left = value.strip()
    if any(left.endswith(word) for word in UNITS if word not in ("人",)):
        raise Refused(f"“{value}”的单位不对，这个标准的单位是{unit}。")
    return left


def said(found: Comparison) -> dict[str, Any]:
    """For people and machines: money in yuan as text, counts as numbers."""
    work = found.casework
    return {
        "as_of": found.as_of.isoformat(),
        "note": found.note,
        "counties": [_county(vars(one)) for one in found.counties] + [_total(found)],
        "categories": [_money(vars(one)) for one in found.categories],
        "moves": [vars(one) for one in found.moves],
        "casework": vars(work) | {"more_reviews": work.more_reviews},
        "cliff": [_money(vars(one)) for one in found.cliff],
        "months": [_county(vars(one)) for one in found.months],
        "standards": [one.told() for one in found.doubtful],
    }


def _county(row: Mapping[str, Any]) -> dict[str, Any]:
    return _money(dict(row) | {"more": row["after"] - row["before"]})


def _total(found: Comparison) -> dict[str, Any]:
    numbers = ("households", "gaining", "losing", "unknown", "before", "after")
    return _county({"county": "合计"} | {name: found.effects().total(name) for name in numbers})


def _money(row: Mapping[str, Any]) -> dict[str, Any]:
    fen = ("before", "after", "more", "gained", "lost", "from_fen", "to_fen")
    told = {
        key.removesuffix("_fen"): format_yuan(value) if key in fen else value for key, value in row.items()
    }
    return told | ({"category": outcomes.label(row["category"])} if "category" in row else {})
