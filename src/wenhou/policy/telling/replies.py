"""The same answer for machines: what the command gives with --json, and what the API returns."""

from collections.abc import Iterable
from typing import Any

from wenhou.policy import answers
from wenhou.policy.asking import changes
from wenhou.policy.asking.changes import Change, Turning
from wenhou.policy.asking.determinations import Answer, Determination, Missing, Screen
from wenhou.policy.asking.question import InForce, Question
from wenhou.policy.items import ITEMS, KINDS
from wenhou.policy.telling import gaps, trees
from wenhou.policy.telling.gaps import Ask
from wenhou.policy.telling.trees import Why

Reply = dict[str, Any]


def reply(found: Determination | Screen, *, why: Why = "", seconds: float = changes.SECONDS) -> Reply:
    """kind: determination or screen. why: with the reasons, each name told once: brief what decided, all everything read.

    Money is in fen. An unknown answer names its `missing_set`: of `missing_sets`, which number the facts of `missing`.
    """
    if isinstance(found, Screen):
        return _screen(found, why)
    return determination(found, changes.turnings(found, seconds=seconds), why=why)


def determination(found: Determination, turnings: Iterable[Turning], *, why: Why = "") -> Reply:
    """Category, amounts, package, every answer, what would turn each refusal, and the standards that decided."""
    lacking = _Lacking()
    told = _head("determination", found.question) | {
        "remarks": list(found.remarks),
        "category": lacking.answer(found.category),
        "amounts": [lacking.answer(one) for one in found.amounts],
        "package": [lacking.answer(one) for one in found.package],
        "answers": [lacking.answer(one) for one in found.answers.values()],
        "refusals": [turning(one) for one in turnings],
        "ask": [_ask(one) for one in gaps.asks(found.missing)],
        "standards": [standard(one) for one in found.standards],
    }
    return told | lacking.told() | ({"reasons": _reasons(found, why)} if why else {})


def _screen(found: Screen, why: Why) -> Reply:
    lacking = _Lacking()
    told = _head("screen", found.question) | {
        "unauthorised": list(found.unauthorised),
        "visible": [lacking.answer(one) for one in found.visible],
        "note": "有成员没有有效授权：不核对财产，不作认定。",
    }
    told |= lacking.told()
    if not why:
        return told
    visible = [found.reasons[one.name, one.key] for one in found.visible]
    return told | {"reasons": trees.told(found.question, visible, decisive=why == "brief")}


def _reasons(found: Determination, why: Why) -> Reply:
    if why == "all":
        return trees.told(found.question, found.reasons.values())
    heads = (one for name in answers.HEADS for one in found.of_people(name))
    verdicts = (one for name in answers.VERDICTS for one in found.of_people(name))
    asked = [found.category, *verdicts, *heads, *found.amounts, *found.refusals]
    wanted = dict.fromkeys((one.name, one.key) for one in asked)
    return trees.told(found.question, [found.reasons[at] for at in wanted], decisive=True)


def _head(kind: str, question: Question) -> Reply:
    asked = question.application
    return {
        "kind": kind,
        "note": asked.note,
        "as_of": asked.as_of.isoformat(),
        "division": asked.place,
        "region": question.plan.region,
        "remarks": list(asked.remarks),
    }


class _Lacking:
    """What is missing, told once, and the sets of it that answers share."""

    def __init__(self) -> None:
        self._places: dict[Missing, int] = {}
        self._sets: dict[tuple[Missing, ...], int] = {}

    def answer(self, one: Answer) -> Reply:
        """One answer; missing_set only where it is unknown."""
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
            told["missing_set"] = self._sets.setdefault(one.missing, len(self._sets))
        return told

    def told(self) -> Reply:
        """The facts and the sets."""
        for several in self._sets:
            for gap in several:
                self._places.setdefault(gap, len(self._places))
        return {
            "missing": [vars(gap) | {"sources": list(gap.sources)} for gap in self._places],
            "missing_sets": [[self._places[gap] for gap in several] for several in self._sets],
        }


def _ask(one: Ask) -> Reply:
    """Whom to ask for what is missing, and of whom."""
    return {
        "whose": list(one.whose),
        "whom": one.whom,
        "sources": list(one.sources),
        "facts": [{"name": name, "label": label} for name, label in one.several],
    }


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
        "lacks": list(one.lacks),
        "told_by": one.told_by,
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
        "becomes": one.becomes,
        "is_better": one.is_better,
        "also": [trees.plain(value) for value in one.also],
        "approved": [trees.plain(value) for value in one.approved],
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
