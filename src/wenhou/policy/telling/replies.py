"""The same answer for machines: what the command gives with --json, and what the API returns."""

from collections.abc import Iterable
from typing import Any

from wenhou.policy.asking import changes
from wenhou.policy.asking.changes import Change, Turning
from wenhou.policy.asking.determinations import Answer, Determination, Screen
from wenhou.policy.asking.question import InForce, Question
from wenhou.policy.items import ITEMS, KINDS
from wenhou.policy.telling import trees

Reply = dict[str, Any]


def reply(found: Determination | Screen, *, why: bool = False, seconds: float = changes.SECONDS) -> Reply:
    """kind: determination or screen. why: with the reasons, each name told once. Money is in fen."""
    if isinstance(found, Screen):
        return _screen(found, why)
    return determination(found, changes.turnings(found, seconds=seconds), why=why)


def determination(found: Determination, turnings: Iterable[Turning], *, why: bool = False) -> Reply:
    """Category, amounts, package, every answer, what would turn each refusal, and the standards that decided."""
    told = _head("determination", found.question) | {
        "category": answer(found.category),
        "amounts": [answer(one) for one in found.amounts],
        "package": [answer(one) for one in found.package],
        "answers": [answer(one) for one in found.answers.values()],
        "refusals": [turning(one) for one in turnings],
        "standards": [standard(one) for one in found.standards],
    }
    return told | ({"reasons": trees.told(found.question, found.reasons.values())} if why else {})


def _screen(found: Screen, why: bool) -> Reply:
    told = _head("screen", found.question) | {
        "unauthorised": list(found.unauthorised),
        "visible": [answer(one) for one in found.visible],
        "note": "有成员没有有效授权：不核对财产，不作认定。",
    }
    if not why:
        return told
    visible = [found.reasons[one.name, one.key] for one in found.visible]
    return told | {"reasons": trees.told(found.question, visible)}


def _head(kind: str, question: Question) -> Reply:
    asked = question.application
    return {
        "kind": kind,
        "note": asked.note,
        "as_of": asked.as_of.isoformat(),
        "division": asked.place,
        "region": question.plan.region,
    }


def answer(one: Answer) -> Reply:
    """One answer; missing only where it is unknown."""
    told = {
        "name": one.name,
        "label": one.label,
        "whose": one.whose,
        "answer": one.answer,
        "value": trees.plain(one.value),
        "unit": one.unit,
        "shown": one.shown,
    }
    if one.value is None:
        told["missing"] = [vars(gap) for gap in one.missing]
    return told


def turning(one: Turning) -> Reply:
    """A refusal, the nearest single change that turns it, and others."""
    return {
        "name": one.verdict.name,
        "label": one.verdict.label,
        "whose": one.verdict.whose,
        "said": changes.sentence(one),
        "nearest": None if one.nearest is None else _change(one.nearest),
        "others": [_change(other) for other in one.others],
        "complete": one.complete,
    }


def _change(one: Change) -> Reply:
    return {
        "fact": one.lever.name,
        "label": one.label,
        "whose": one.whose,
        "unit": one.unit,
        "now": trees.plain(one.now),
        "turns": trees.plain(one.turns),
        "border": trees.plain(one.border),
    }


def standard(one: InForce) -> Reply:
    """A standard that decided, with its document."""
    return vars(one) | {"value": trees.plain(one.value)}


def menu() -> list[Reply]:
    """The 43 items: what they are, whose, for whom, and the rule that answers."""
    return [
        {
            "code": one.code,
            "name": one.name,
            "department": one.department,
            "kind": one.kind,
            "kind_label": KINDS[one.kind],
            "groups": one.groups,
            "rule": one.rule,
            "basis": str(one.basis),
        }
        for one in ITEMS
    ]
