"""A tree of reasons as lines: what decided stays, what did not is left out, and nothing is told twice."""

import re
from collections.abc import Iterable, Iterator, Sequence

from wenhou.engine.reasons import KNOWN, NO, UNKNOWN, YES, Reason
from wenhou.policy.asking import weighing
from wenhou.policy.asking.question import Question
from wenhou.policy.facts import sources
from wenhou.policy.telling import codes, trees
from wenhou.policy.telling.lines import wrapped

MARKS = {YES: "✓", NO: "✗", UNKNOWN: "？", KNOWN: "＝"}
DEEPEST = 24
_STEP = "  "
_PASSED = frozenset({"get", "fill", "is_known", "link_test"})
_ARITHMETIC = frozenset({"+", "-", "*", "/", "neg", "floor_div", "ceil_div", "round_half_up"})
_JOINED = {"and": "同时满足", "or": "满足其一", "when": "分情形"}
_SAID = _JOINED | {"not": "下面这一条不成立"}
"""What stands for a step whose parts are told beneath."""
COMPARISONS = frozenset({"==", "!=", "<", "<=", ">", ">="})
_GIST = re.compile(r"：.*?(?=；《|$)")


def lines(question: Question, reasons: Iterable[Reason]) -> Iterator[str]:
    """Every reason with what it came of, in lines no wider than a terminal."""
    teller = _Teller(question)
    for reason in reasons:
        if not teller.knows(reason):
            yield from teller.tell(reason, 1)


class Words:
    """Names in words; what an article says is told the first time it is named."""

    def __init__(self, question: Question) -> None:
        self._question = question
        self._laws: set[str] = set()

    def named(
        self, reason: Reason, mark: str, *, law: bool = True, turned: bool = False, bare: bool = False
    ) -> str:
        """A rule: whose, its value unless it is a verdict that its mark tells, its article.

        turned: what must not be, whose mark says whether that is so; the verdict itself is said. bare: without a value.
        """
        told = not bare and (turned or reason.answer not in (YES, NO))
        shown = f"：{codes.shown(reason)}" if told else ""
        return f"{mark}{reason.label}{self.whose(reason)}{shown}{self._law(reason) if law else ''}"

    def fact(self, reason: Reason, mark: str) -> str:
        """A fact with how, from where and up to which day it was told."""
        told = trees.source(self._question, reason)
        source = f"〔{told['told']}；来源：{sources.called(reason.sources)}；截至{told['on']}〕"
        return f"{mark}{reason.label}{self.whose(reason)}：{codes.shown(reason)}{source}"

    def plain(self, reason: Reason, mark: str) -> str:
        """A standard, a person of a group, or a step of a formula."""
        if reason.kind == "standard":
            held = self._question.standards.get(reason.name)
            return f"{mark}{reason.label}：{reason.shown}〔{'标准缺失' if held is None else held.basis}〕"
        if reason.kind == "person":
            return f"{mark}{self._question.application.name_of(*reason.subject)}：{reason.shown}"
        plain = reason.answer in (YES, NO) and reason.kind not in COMPARISONS
        shown = "" if plain else f"：{codes.shown(reason)}"
        return f"{mark}{_SAID.get(reason.kind) or codes.label(reason)}{shown}"

    def whose(self, reason: Reason) -> str:
        """（王某）; nothing for the household."""
        entity, key = reason.subject
        return "" if entity == "household" else f"（{self._question.application.name_of(entity, key)}）"

    def _law(self, reason: Reason) -> str:
        """What the article says, the first time; its place only, later."""
        if not reason.law:
            return ""
        law = _GIST.sub("", reason.law) if reason.law in self._laws else reason.law
        self._laws.add(reason.law)
        return f"〔{law}〕"


class _Teller:
    """Tells each rule of each subject once."""

    def __init__(self, question: Question) -> None:
        self._words = Words(question)
        self._told: set[tuple[str, tuple[str, int]]] = set()

    def knows(self, reason: Reason) -> bool:
        """Whether a rule of a subject was told already."""
        return (reason.name, reason.subject) in self._told

    def tell(self, reason: Reason, depth: int, turned: str = "") -> Iterator[str]:
        """The line of a reason, then of what decided it. turned: the mark of what asks that it be not so."""
        if reason.kind == "value":
            return
        if reason.kind == "not" and reason.children[0].kind in trees.NAMED:
            yield from self.tell(reason.children[0], depth, MARKS[reason.answer])
            return
        again = reason.kind == "rule" and self.knows(reason)
        text = self._headline(reason, turned, again)
        yield from wrapped(text, first=_STEP * depth, rest=_STEP * (depth + 2))
        if again or depth > DEEPEST:
            return
        if reason.kind == "rule":
            self._told.add((reason.name, reason.subject))
        for child in self._decisive(reason):
            yield from self.tell(child, depth + 1)

    def _headline(self, reason: Reason, turned: str, again: bool) -> str:
        mark = f"{turned or MARKS[reason.answer]} "
        if reason.kind == "fact":
            return self._words.fact(reason, mark)
        if reason.kind != "rule":
            return self._words.plain(reason, mark)
        if again:
            return f"{self._words.named(reason, mark, law=False, turned=bool(turned))}（见上）"
        return f"{self._words.named(reason, mark, turned=bool(turned))}{self._joined(reason)}"

    def _joined(self, reason: Reason) -> str:
        """How the parts of a rule's formula belong together, said on the rule's own line."""
        joined = _JOINED.get(reason.children[0].kind) if reason.children else None
        return f"，{joined}：" if joined else ""

    def _decisive(self, reason: Reason) -> Sequence[Reason]:
        """What decided, without steps that add nothing."""
        if reason.kind == "rule" and reason.children[0].kind in _JOINED:
            return self._decisive(reason.children[0])
        if reason.kind == "aggregate":
            return [self._of_person(person) for person in weighing.people(reason)]
        if reason.kind == "person":
            return _valued(reason)
        calculation = reason.kind in COMPARISONS | _ARITHMETIC or _is_cut_off(reason)
        return self._within(weighing.decisive(reason), calculation)

    def _of_person(self, person: Reason) -> Reason:
        """Whom the line of a rule or a fact names needs none of his own."""
        told = _valued(person)
        own = len(told) == 1 and told[0].kind in trees.NAMED and told[0].subject == person.subject
        return told[0] if own else person

    def _within(self, children: Sequence[Reason], reckoned: bool) -> list[Reason]:
        """Steps that add nothing are passed over, and those of one calculation: its line has the whole formula."""
        found: list[Reason] = []
        for child in children:
            step = child.kind in _ARITHMETIC and (reckoned or _repeats(child))
            passed = child.kind in _PASSED or step or (reckoned and _is_cut_off(child))
            found += self._within(child.children, reckoned) if passed and child.children else [child]
        return list({(one.kind, one.name, one.subject, id(one.children)): one for one in found}.values())


def _valued(person: Reason) -> Sequence[Reason]:
    """What is read of one of a group, without the condition that he is one."""
    return person.children[1:] if len(person.children) > 1 else person.children


def _is_cut_off(reason: Reason) -> bool:
    """A number that would be cut off below nothing, and is not."""
    return reason.kind == "greatest" and reason.value is not None and reason.value == reason.children[0].value


def _repeats(reason: Reason) -> bool:
    """A step that only tells in other parts what the line beneath tells."""
    return any(child.label == reason.label for child in reason.children)
