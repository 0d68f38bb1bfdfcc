"""`rules list`, `rules show NAME`, `rules menu`: the rules and the 43 items, to be read."""

import argparse
from datetime import date
from typing import Any

from wenhou.base.errors import Refused
from wenhou.base.spoken import Spoken
from wenhou.engine import tracing
from wenhou.engine.declared import Fact, Link, Rule, Standard, Version
from wenhou.engine.faults import nearest
from wenhou.engine.words import SAMPLE_DAY, Book
from wenhou.policy import answers
from wenhou.policy.items import ITEMS, KINDS
from wenhou.policy.telling import replies, wording
from wenhou.policy.telling.lines import padded, wrapped
from wenhou.policy.telling.wording import Words


def add_commands(commands: Any) -> None:
    """`list`, `show` and `menu`."""
    listing = commands.add_parser("list", help="列出规则")
    listing.add_argument("--find", metavar="TEXT", help="名称或说明里有这些字的")
    listing.set_defaults(handler=run_list)
    showing = commands.add_parser("show", help="一条规则：条文、写法、用到什么、谁用它")
    showing.add_argument("name", help="规则的名称或说明")
    showing.set_defaults(handler=run_show)
    items = commands.add_parser("menu", help="一类事一次办的43个事项")
    items.set_defaults(handler=run_menu)


def run_list(arguments: argparse.Namespace) -> Spoken:
    """Every rule, with what it is of and its unit."""
    wanted = arguments.find or ""
    found = [one for one in answers.declare().rules if wanted in one.name or wanted in one.label]
    rows = [
        {
            "name": one.name,
            "label": one.label,
            "of": one.entity,
            "unit": one.unit,
            "versions": len(one.versions),
        }
        for one in found
    ]
    text = "\n".join(f"{padded(one.name, 44)} {one.label}" for one in found)
    return Spoken({"rules": rows}, text=text or f"没有名称或说明里有“{wanted}”的规则。")


def run_menu(_: argparse.Namespace) -> Spoken:
    """The items with who handles them."""
    text = "\n".join(
        f"{one.code}  {padded(one.name, 36)}  {padded(KINDS[one.kind], 16)}  {one.department}"
        for one in ITEMS
    )
    return Spoken({"items": replies.menu()}, text=text)


def run_show(arguments: argparse.Namespace) -> Spoken:
    """One rule in words. Raises Refused where there is none."""
    book = answers.declare()
    rule = _find(book, arguments.name)
    versions = [_version(book, rule, version) for version in rule.versions]
    told = {
        "name": rule.name,
        "label": rule.label,
        "of": rule.entity,
        "unit": rule.unit,
        "versions": versions,
        "used_by": sorted(book.dependants(rule.name)),
    }
    return Spoken(told, text="\n".join(_text(book, rule, told)))


def _find(book: Book, said: str) -> Rule:
    for rule in book.rules:
        if said in (rule.name, rule.label, rule.watch.code if rule.watch else None):
            return rule
    hint = nearest(said, [name for rule in book.rules for name in (rule.name, rule.label)])
    raise Refused(f"没有叫“{said[:40]}”的规则：list 里没有它；{hint}请用 wenhou rules list --find 找。")


def _version(book: Book, rule: Rule, version: Version) -> dict[str, Any]:
    day = max(SAMPLE_DAY, version.since or date.min)
    tree = tracing.trace(book, rule.name, rule.entity, version, as_of=day)
    return {
        "since": version.since and version.since.isoformat(),
        "region": version.region,
        "law": "" if version.law is None else str(version.law),
        "uses": sorted(name for name in version.parameters if name in book),
        "words": list(_lines(wording.told(book, tree), 1)),
    }


def _lines(words: Words, depth: int) -> list[str]:
    step = "  " * depth
    own = list(
        wrapped(f"{words.lead}{'：' if words.lead else ''}{words.text}", first=step, rest=step + "    ")
    )
    return own + [line for under in words.under for line in _lines(under, depth + 1)]


def _text(book: Book, rule: Rule, told: dict[str, Any]) -> list[str]:
    lines = [f"{rule.label}　{rule.name}　{'个人' if rule.entity == 'person' else '户'}　{rule.unit}"]
    for one in told["versions"]:
        since = f"自{one['since']}" if one["since"] else "一直"
        lines += wrapped(f"{since}　{one['region'] or '全国'}　{one['law']}", rest="  ")
        lines += one["words"]
        lines += wrapped(
            "用到：" + "、".join(_named(book, name) for name in one["uses"]), first="  ", rest="    "
        )
    users = "、".join(_named(book, name) for name in told["used_by"]) or "没有别的规则用它"
    return lines + list(wrapped(f"谁用它：{users}", rest="  "))


def _named(book: Book, name: str) -> str:
    known = book[name]
    kind = {Fact: "事实", Standard: "标准", Link: "关系", Rule: "规则"}[type(known)]
    return f"{known.label}（{kind}）"
