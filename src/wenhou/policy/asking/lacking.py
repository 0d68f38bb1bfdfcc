"""Which conditions a refusal lacks, in words: the deciding ones that are not met, no deeper than a reader needs.

What must all hold is looked into; of alternatives the rule's own words are told, or the alternatives side by side.
"""

from collections.abc import Iterator
from typing import Protocol

from wenhou.engine import phrases
from wenhou.engine.reasons import NO, YES, Reason, Subject

SHOWN = 3
_OPPOSITE = {YES: NO, NO: YES}
_COMPARISONS = frozenset({"==", "!=", "<", "<=", ">", ">="})


class Named(Protocol):
    """Who calls people and households by name; an application does."""

    def name_of(self, entity: str, key: int) -> str: ...


def conditions(application: Named, verdict: Reason) -> tuple[str, ...]:
    """Every condition of a verdict that is known not to hold, each once, in the order of the law."""
    return tuple(dict.fromkeys(_Words(application, verdict.subject).below(verdict, YES, top=True)))


def sentence(told: tuple[str, ...]) -> str:
    """Conditions as one clause; at most three are told."""
    more = f"等{len(told)}项" if len(told) > SHOWN else ""
    return f"缺条件：{'；'.join(told[:SHOWN])}{more}" if told else ""


class _Words:
    """Words for one verdict; whose a condition is is said where it is another's."""

    def __init__(self, application: Named, subject: Subject) -> None:
        self._application, self._subject = application, subject

    def below(self, reason: Reason, wanted: str, *, top: bool = False) -> Iterator[str]:
        """The conditions beneath one that is not as wanted."""
        if reason.kind == "rule":
            yield from self._rule(reason, wanted, top=top)
        elif reason.kind == "not":
            yield from self.below(reason.children[0], _OPPOSITE[wanted])
        elif _is_all(reason, wanted) and reason.kind == "aggregate":
            yield from self._people(reason, wanted)
        elif _is_all(reason, wanted):
            for child in _failing(reason, wanted):
                yield from self.below(child, wanted)
        elif reason.kind in ("and", "or"):
            yield self._alternatives(_failing(reason, wanted), wanted)
        else:
            yield self._named(reason, wanted)

    def _rule(self, reason: Reason, wanted: str, *, top: bool) -> Iterator[str]:
        """A rule whose parts must all hold is told by those that do not; any other by its own words."""
        (body, *_) = reason.children
        if top and body.kind == "value":
            yield "所问之日的规则里没有这一类"
            return
        inner = body.children[0] if body.kind == "not" else body
        deep = _is_all(inner, _OPPOSITE[wanted] if body.kind == "not" else wanted)
        if top or deep or inner.kind == "rule":
            yield from self.below(body, wanted)
        else:
            yield self._named(reason, wanted)

    def _people(self, reason: Reason, wanted: str) -> Iterator[str]:
        """Of people who must all be something, who is not; of people who must all not be, what each lacks for it."""
        failing = _failing(reason, wanted)
        if wanted == YES:
            names = "、".join(self._application.name_of(*one.subject) for one in failing)
            yield f"（{names}）{_label(failing[0].children[-1])}"
            return
        for person in failing:
            yield from self.below(person.children[-1], wanted)

    def _alternatives(self, several: list[Reason], wanted: str) -> str:
        """甲，或乙; whose they are once, where they are one person's."""
        whose = {self._whose(one) for one in several}
        common = whose.pop() if len(whose) == 1 else ""
        return common + "，或".join(self._named(one, wanted).removeprefix(common) for one in several)

    def _named(self, reason: Reason, wanted: str) -> str:
        """One condition in its own words."""
        if reason.kind == "not":
            return self._named(reason.children[0], _OPPOSITE[wanted])
        whose, label = self._whose(reason), _label(reason)
        if reason.kind in _COMPARISONS and reason.children[0].kind in ("rule", "fact"):
            label = f"{label}（现为{reason.children[0].shown}）"
        return f"{whose}{label}" if wanted == YES else f"{whose}{phrases.opposite(label)}"

    def _whose(self, reason: Reason) -> str:
        entity, key = reason.subject
        if entity == "household" or reason.subject == self._subject:
            return ""
        return f"（{self._application.name_of(entity, key)}）"


def _label(reason: Reason) -> str:
    return reason.label.partition("：")[0]


def _is_all(reason: Reason, wanted: str) -> bool:
    """Whether every part must be as wanted: all parts of an and to be yes, of an or to be no; people alike."""
    kind = reason.name if reason.kind == "aggregate" else reason.kind
    return (kind, wanted) in (("and", YES), ("all", YES), ("or", NO), ("any", NO))


def _failing(reason: Reason, wanted: str) -> list[Reason]:
    return [child for child in reason.children if child.answer == _OPPOSITE[wanted]]
