"""The reasons a family asks for: how the category came about, what each amount is made of, why the rest is refused.

What rests on nothing but silence of the sources is not unfolded, nor the steps that only carry a number; every rule is
told with its article once. The complete tree is `branches`.
"""

from collections.abc import Iterator, Sequence

from wenhou.engine.reasons import NO, UNKNOWN, YES, Reason
from wenhou.engine.units import scale
from wenhou.policy import answers
from wenhou.policy.asking import lacking, weighing
from wenhou.policy.asking.determinations import Answer, Determination
from wenhou.policy.telling import gaps
from wenhou.policy.telling.branches import COMPARISONS, MARKS, Words
from wenhou.policy.telling.lines import wrapped

_STEP = "  "
_DEEPEST = 10
_FACTS = 4
"""Facts named beneath one refusal."""
_KIN = frozenset({"counts", "family_size"})
"""Who counts is said in the head of the answer."""
_PLAIN = frozenset({"kinship", "is_supporter", "urban_rural", "supporter_rank"})
"""Facts that the document is built of; nobody asks where they come from."""
_SUMS = frozenset({"support_due_12m_in_parts"})
"""Carried in finer parts, and told all the same: no neighbour has the sum."""
_BOOKKEEPING = frozenset({
    "supported_number", "first_supported_number", "second_supported_number", "third_supported_number",
    "bears_for_first", "bears_for_second", "bears_for_third",
})  # fmt: skip
"""How formulas tell people apart."""


def lines(found: Determination) -> Iterator[str]:
    """Category, amounts and refusals, each with what decided it."""
    teller = _Teller(found)
    yield from teller.chain()
    for one in found.amounts:
        yield from teller.known(one)
    for one in found.refusals:
        if one.name not in answers.VERDICTS:
            yield from teller.verdict(one)


class _Teller:
    """Tells each rule of each subject once."""

    def __init__(self, found: Determination) -> None:
        self._found, self._words = found, Words(found.question)
        self._told: set[tuple[str, tuple[str, int]]] = set()
        self._spoken: dict[int, bool] = {}

    def chain(self) -> Iterator[str]:
        """The category: every verdict before it with why not, and its own with why."""
        category = self._found.category
        reason = self._found.reasons[category.name, category.key]
        yield from self._line(
            f"{MARKS[reason.answer]} {category.label.partition('：')[0]}：{_shown(category)}", 1
        )
        for name in answers.VERDICTS:
            for one in self._found.of_people(name):
                yield from self.verdict(one, 2)
                if one.answer == YES:
                    return

    def verdict(self, one: Answer, depth: int = 1) -> Iterator[str]:
        """Why a verdict is yes, no or open."""
        reason = self._found.reasons[one.name, one.key]
        head = self._words.named(reason, f"{MARKS[reason.answer]} ", bare=True)
        if reason.answer == NO:
            yield from self._line(f"{head}：{lacking.sentence(self._lacks(reason)) or '不符合'}", depth)
            yield from self._facts(reason, depth + 1)
        elif reason.answer == UNKNOWN:
            yield from self._line(f"{head}：不知道，{gaps.beside(one)}", depth)
        else:
            yield from self._line(head, depth)
            self._told.add((reason.name, reason.subject))
            yield from self._parts(reason, depth + 1)

    def known(self, one: Answer) -> Iterator[str]:
        """What an amount is made of."""
        reason = self._found.reasons[one.name, one.key]
        if reason.answer == UNKNOWN:
            return
        yield from self._line(self._words.named(reason, f"{MARKS[reason.answer]} "), 1)
        yield from self._parts(reason, 2)

    def _lacks(self, reason: Reason) -> tuple[str, ...]:
        return lacking.conditions(self._found.application, reason)

    def _facts(self, reason: Reason, depth: int) -> Iterator[str]:
        """The told facts that decided a refusal."""
        found = [one for one in self._reached(reason) if one.kind == "fact" and one.name not in _PLAIN]
        found = [one for one in found if self._speaks(one)]
        for one in found[:_FACTS]:
            yield from self._line(self._words.fact(one, "＝ "), depth)
        if len(found) > _FACTS:
            yield from self._line(f"等{len(found)}项事实", depth)

    def _reached(self, reason: Reason) -> Iterator[Reason]:
        """What decided, in the order of the law, each once; who counts is left aside."""
        seen: set[int] = set()
        waiting = [reason]
        while waiting:
            one = waiting.pop()
            if id(one) not in seen and one.name not in _KIN:
                seen.add(id(one))
                yield one
                waiting.extend(reversed(weighing.decisive(one)))

    def _parts(self, reason: Reason, depth: int) -> Iterator[str]:
        """What a rule that holds, or a number, came of; what is silent is told in one line."""
        if depth > _DEEPEST:
            return
        silent: list[str] = []
        for child in self._named(weighing.decisive(reason)):
            if child.unit == "bool" and not self._speaks(child):
                silent += [child.label.partition("：")[0]] if child.answer == YES else []
            elif child.value not in (0, None) and child.name not in _KIN | _PLAIN:
                yield from self._part(child, depth)
        if silent:
            yield from self._line(f"✓ 没有相反的记录：{'、'.join(dict.fromkeys(silent))}", depth)

    def _part(self, reason: Reason, depth: int) -> Iterator[str]:
        again = (reason.name, reason.subject) in self._told
        self._told |= {(reason.name, reason.subject)} if reason.kind in ("rule", "standard") else set()
        mark = f"{MARKS[reason.answer]} "
        if reason.kind == "standard" and again:
            return
        if reason.kind == "fact":
            yield from self._line(self._words.fact(reason, mark), depth) if self._speaks(reason) else ()
        elif reason.kind == "rule" and again:
            told = self._words.named(reason, mark, law=False)
            yield from self._line(f"{told}（见上）", depth) if reason.unit != "bool" else ()
        elif reason.kind == "rule":
            yield from self._line(self._words.named(reason, mark), depth)
            yield from self._parts(reason, depth + 1)
        else:
            yield from self._line(self._words.plain(reason, mark), depth)
            if reason.kind in COMPARISONS:
                yield from self._parts(reason, depth + 1)

    def _named(self, children: Sequence[Reason]) -> list[Reason]:
        """Rules, facts, standards and comparisons; the steps between are passed over, each is told once.

        Rules that carry a number in finer parts are told by their neighbours.
        """
        found: list[Reason] = []
        for child in children:
            carried = child.kind == "rule" and scale(child.unit) != 1 and child.name not in _SUMS
            if child.name in _BOOKKEEPING or _is_only_form(child):
                continue
            if child.kind in ("rule", "fact", "standard", *COMPARISONS) and not carried:
                found.append(child)
            elif child.kind == "*" and child.value == 0:
                continue  # neither factor made anything of it
            elif child.kind != "not":
                found += self._named(weighing.decisive(child))
            else:
                found += self._negated(child)
        return list({id(one): one for one in found}.values())

    def _negated(self, reason: Reason) -> list[Reason]:
        """What is not so matters only where something was told of it."""
        return [one for one in self._named(reason.children) if self._speaks(one)] or [reason]

    def _speaks(self, reason: Reason) -> bool:
        """Whether anything beneath was told, and not only asked for without a record."""
        known = self._spoken.get(id(reason))
        if known is None:
            if reason.kind == "fact":
                known = self._found.application.told(*reason.subject).origin(reason.name) != "无记录"
            else:
                known = any(self._speaks(child) for child in reason.children if child.name not in _KIN)
            self._spoken[id(reason)] = known
        return known

    def _line(self, text: str, depth: int) -> Iterator[str]:
        return wrapped(text, first=_STEP * depth, rest=_STEP * (depth + 2))


def _is_only_form(reason: Reason) -> bool:
    """A comparison that guards a formula and says nothing of the family."""
    if reason.kind not in COMPARISONS:
        return False
    first, *rest = reason.children
    keeps = {one.name for one in reason.children} & _BOOKKEEPING
    share = first.name == "supported_people" and all(one.kind == "value" for one in rest)
    reckoned = first.kind not in ("rule", "fact", "standard")
    nothing = reason.kind == "!=" and reckoned and all(one.value == 0 for one in rest)
    return bool(keeps) or share or nothing


def _shown(category: Answer) -> str:
    if category.value is None:
        return f"不知道，{gaps.beside(category)}"
    return f"{answers.CATEGORIES.get(str(category.value), '')}（{category.value}）"
