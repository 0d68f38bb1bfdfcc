"""A tree of reasons as lines: what decided stays, what did not is left out, and nothing is told twice."""

from collections.abc import Iterable, Iterator, Sequence

from wenhou.engine.reasons import KNOWN, NO, UNKNOWN, YES, Reason
from wenhou.policy import trees, weighing
from wenhou.policy.asking import Question
from wenhou.policy.lines import wrapped

MARKS = {YES: "✓", NO: "✗", UNKNOWN: "？", KNOWN: "＝"}
DEEPEST = 14
_PASSED = frozenset({"get", "fill", "is_known", "link_test"})
_STEP = "  "
_ARITHMETIC = frozenset({"+", "-", "*", "/", "neg", "floor_div", "ceil_div", "round_half_up"})
_SHORT = {"and": "同时满足", "or": "满足其一", "when": "分情形"}
_COMPARISONS = frozenset({"==", "!=", "<", "<=", ">", ">="})


def lines(question: Question, reasons: Iterable[Reason]) -> Iterator[str]:
    """Every reason with what it came of, in lines no wider than a terminal."""
    teller = _Teller(question)
    for reason in reasons:
        if not teller.knows(reason):
            yield from teller.tell(reason, 1)


class _Teller:
    """Tells each rule of each subject once."""

    def __init__(self, question: Question) -> None:
        self._question = question
        self._told: set[tuple[str, tuple[str, int]]] = set()

    def knows(self, reason: Reason) -> bool:
        """Whether a rule of a subject was told already."""
        return (reason.name, reason.subject) in self._told

    def tell(self, reason: Reason, depth: int) -> Iterator[str]:
        """The line of a reason, then of what decided it."""
        if reason.kind == "value":
            return
        at = (reason.name, reason.subject)
        again = reason.kind == "rule" and at in self._told
        yield from _line(self._headline(reason) + ("（见上）" if again else ""), depth)
        if again or depth > DEEPEST:
            return
        if reason.kind == "rule":
            self._told.add(at)
        for child in self._decisive(reason):
            yield from self.tell(child, depth + 1)

    def _headline(self, reason: Reason) -> str:
        mark = MARKS[reason.answer]
        whose = self._whose(reason)
        if reason.kind == "fact":
            return f"{mark} {reason.label}{whose}：{reason.shown}{self._source(reason)}"
        if reason.kind == "standard":
            return f"{mark} {reason.label}：{reason.shown}（{self._basis(reason)}）"
        if reason.kind == "person":
            return f"{mark} {self._question.application.name_of(*reason.subject)}：{reason.shown}"
        if reason.kind in _SHORT:
            return f"{mark} {_SHORT[reason.kind]}{'' if reason.unit == 'bool' else f'：{reason.shown}'}"
        law = f"〔{reason.law}〕" if reason.law else ""
        shown = "" if reason.answer in (YES, NO) and reason.kind not in _COMPARISONS else f"：{reason.shown}"
        return f"{mark} {reason.label}{whose if reason.kind == 'rule' else ''}{shown}{law}"

    def _whose(self, reason: Reason) -> str:
        entity, key = reason.subject
        return "" if entity == "household" else f"（{self._question.application.name_of(entity, key)}）"

    def _source(self, reason: Reason) -> str:
        told = trees.source(self._question, reason)
        return f"〔{told['told']}；来源{'、'.join(told['sources'])}；截至{told['on']}〕"

    def _basis(self, reason: Reason) -> str:
        held = self._question.standards.get(reason.name)
        return "标准缺失" if held is None else held.basis

    def _decisive(self, reason: Reason) -> Sequence[Reason]:
        """Of a yes by alternatives the ones that hold, of a no by conditions those that fail; of a case the one met."""
        if reason.kind == "aggregate":
            return self._people(reason)
        calculation = reason.kind in _COMPARISONS | _ARITHMETIC
        return self._within(weighing.decisive(reason), calculation)

    def _within(self, children: Sequence[Reason], reckoned: bool) -> list[Reason]:
        """Steps that add nothing are passed over, and those of one calculation: its line has the whole formula."""
        found: list[Reason] = []
        for child in children:
            passed = child.kind in _PASSED or (reckoned and child.kind in _ARITHMETIC)
            found += self._within(child.children, reckoned) if passed and child.children else [child]
        return list({(one.kind, one.name, one.subject, id(one.children)): one for one in found}.values())

    def _people(self, reason: Reason) -> list[Reason]:
        """People who make the difference: with an amount, or with the deciding answer; nobody where all are nothing."""
        people = [one for one in reason.children if one.shown != "不计入"]
        wanted = {("any", YES): YES, ("all", NO): NO}.get((reason.name, reason.answer))
        if wanted is not None:
            return [one for one in people if one.answer == wanted]
        return [one for one in people if one.value not in (0, False)]


def _line(text: str, depth: int) -> Iterator[str]:
    return wrapped(text, first=_STEP * depth, rest=_STEP * depth + "    ")
