"""The tree of reasons as HTML: claim left, arithmetic right, law or source underneath with its date.

A node is what `engine.explain.to_json` wrote into a judgement. A formula and the rule that holds it are told as one
line; plain numbers stand in the comparison they belong to; what lies deeper than two steps is folded away.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from wenhou.engine import phrases
from wenhou.exchange import contracts
from wenhou.policy.standards import Row
from wenhou.web import words

OPEN_DEPTH = 2
_TOGETHER = {"and": "下面各条都成立", "or": "下面有一条成立"}

Node = Mapping[str, Any]


@dataclass(frozen=True)
class Known:
    """What the tree itself lacks: the standards in force at the place on the day judged, masked names by person key."""

    standards: Mapping[str, Row] = field(default_factory=dict)
    people: Mapping[int, str] = field(default_factory=dict)
    on: date = date.min


def render(tree: Node, known: Known | None = None) -> SafeString:
    """The whole tree as a list within lists."""
    if not tree:
        return mark_safe("")
    return mark_safe(f'<ul class="tree">{_node(tree, known or Known(), 0)}</ul>')


def _node(node: Node, known: Known, depth: int) -> str:
    children, how, shown = _folded(node)
    answer = node.get("answer", "")
    mark = words.answer(answer) if answer in words.ANSWERS else ""
    css = "root" if depth == 0 else "" if mark else "leaf"
    below = "".join(_node(child, known, depth + 1) for child in children)
    said = _TOGETHER.get(how, "") if len(children) > 1 and node.get("kind") not in _TOGETHER else ""
    return (
        f'<li class="{css}"><div class="q">{mark}<span>{escape(_label(node, known, is_folded=not _shows(depth, answer)))}</span>'
        f'<span class="val">{escape(shown)}</span>{_beneath(node, known)}</div>'
        f"{_nested(below, said, depth, is_open=answer == 'yes')}</li>"
    )


def _shows(depth: int, answer: str) -> bool:
    """Whether what lies beneath is shown at once: two steps of everything, a third of what was a yes."""
    return depth < OPEN_DEPTH or (depth == OPEN_DEPTH and answer == "yes")


def _nested(below: str, said: str, depth: int, *, is_open: bool) -> str:
    if not below:
        return ""
    lead = f'<li class="how">{said}</li>' if said else ""
    inner = f"<ul>{lead}{below}</ul>"
    if depth < OPEN_DEPTH:
        return inner
    shown = " open" if is_open else ""
    return f'<details class="deeper"{shown}><summary>怎么来的</summary>{inner}</details>'


def _folded(node: Node) -> tuple[list[Node], str, str]:
    """What stands beneath a node, how it is joined, and the arithmetic at its right."""
    children = list(node.get("children") or ())
    how, shown = str(node.get("kind", "")), _shown(node)
    while (
        how in ("rule", "not", "fill")
        and len(children) == 1
        and children[0].get("kind") not in ("fact", "rule")
    ):
        inner = children[0]
        if how == "not" and inner.get("kind") not in ("and", "or"):
            break
        children, how = list(inner.get("children") or ()), str(inner.get("kind", ""))
        shown = shown or _shown(inner)
    return [child for child in children if child.get("kind") != "value"], how, shown


def _shown(node: Node) -> str:
    """A comparison or a value; nothing for a bare yes or no, which its mark already says."""
    said = str(node.get("shown") or "")
    if node.get("unit") == "bool" and node.get("kind") not in phrases.COMPARE:
        return ""
    return said


def _label(node: Node, known: Known, *, is_folded: bool) -> str:
    if node.get("kind") in _TOGETHER and len(node.get("children") or ()) > 1 and not is_folded:
        return _TOGETHER[node["kind"]]
    label = str(node.get("label") or node.get("name") or "")
    if node.get("kind") == "person":
        key = (node.get("subject") or ["", 0])[1]
        return f"{label.rpartition(' ')[0] or label}　{known.people.get(key, '不在本户')}"
    return label


def _beneath(node: Node, known: Known) -> str:
    said = [f'<span class="law">{escape(one)}</span>' for one in _laws(node)]
    if node.get("kind") == "standard":
        said.append(
            f'<span class="from">{_document(known.standards.get(str(node.get("name"))), known.on)}</span>'
        )
    sources = (
        [contract_name(str(one)) for one in node.get("sources") or ()] if node.get("kind") == "fact" else []
    )
    if sources:
        said.append(f'<span class="from">{escape("；".join(sources))}{_until(node)}</span>')
    return "".join(said)


def _until(node: Node) -> str:
    """Up to which month it was counted, where a late file put that back."""
    told = node.get("until")
    return f"；来件迟到，只算到{date.fromisoformat(told):%Y年%-m月}" if told else ""


def _laws(node: Node) -> list[str]:
    """The articles as the judgement froze them; what was read at its source needs no mark."""
    law = str(node.get("law") or "") if node.get("kind") == "rule" else ""
    return [
        one.replace("【源】", "")
        for one in law.split("；《")[:1] + ["《" + one for one in law.split("；《")[1:]]
        if one
    ]


def _document(row: Row | None, on: date) -> str:
    if row is None:
        return "标准：见政策库"
    mark = f"　{words.state('unknown', '暂定')}" if row.provisional else ""
    if row.is_overdue(on):
        mark += f"　{words.state('late', f'已过复核日{row.review_by}')}"
    return f"标准：{escape(row.document)} {escape(row.article)}，{words.long_day(row.since)}起{mark}"


def amount(found: Any, unit: str) -> str:
    """A value in words: '43,186.40元', '605.00元/月', '2次'."""
    return phrases.shown(found, unit)


def contract_name(code: str) -> str:
    """'医疗保障局　住院费用结算' for DI29; the code itself where no such contract is declared."""
    try:
        known = contracts.contract(code)
    except contracts.Refused:
        return code
    return f"{known.department}　{known.title}"
