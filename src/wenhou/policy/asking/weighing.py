"""Which parts of a reason decided it: what was met of a case, what failed of conditions, what held of alternatives."""

from collections.abc import Iterable, Iterator, Sequence

from wenhou.engine.reasons import LEAVES, NO, UNKNOWN, YES, Gap, Reason, Subject


def decisive(reason: Reason) -> Sequence[Reason]:
    """The children without which the value would not follow."""
    children = reason.children
    if reason.kind == "when":
        condition, then, otherwise = children
        chosen = {YES: (then,), NO: (otherwise,)}.get(condition.answer, ())
        return (condition, *chosen)
    if (reason.kind, reason.answer) in (("and", NO), ("or", YES)):
        return [child for child in children if child.answer == reason.answer]
    if (reason.kind, reason.answer) in (("and", UNKNOWN), ("or", UNKNOWN)):
        return [child for child in children if child.answer == UNKNOWN]
    return children


class Gaps:
    """Leaves behind unknowns. What several reasons share is looked through once, each leaf being one bit."""

    def __init__(self) -> None:
        self._bits: dict[int, int] = {}
        self._leaves: dict[tuple[str, Subject], int] = {}
        self._gaps: list[Gap] = []
        self._told: dict[int, tuple[Gap, ...]] = {}

    def of(self, reason: Reason) -> tuple[Gap, ...]:
        """What would have to be known, each once, in the order met; nothing for a known answer."""
        bits = self._of(reason) if reason.value is None else 0
        if bits not in self._told:
            self._told[bits] = tuple([gap for at, gap in enumerate(self._gaps) if bits >> at & 1])
        return self._told[bits]

    def _of(self, reason: Reason) -> int:
        known = self._bits.get(id(reason))
        if known is not None:
            return known
        found = 0
        if reason.answer == UNKNOWN:
            if reason.part.kind in LEAVES:
                found = self._leaf(reason)
            for child in open_parts(reason):
                found |= self._left_open(reason) if _is_open(child) else self._of(child)
        self._bits[id(reason)] = found
        return found

    def _left_open(self, reason: Reason) -> int:
        """Where the law itself answers "unknown": what its condition turned on, else the rule that has no answer."""
        leaves = [one for one in _beneath(reason.children[0]) if one.part.kind in LEAVES]
        untold = [one for one in leaves if one.answer == UNKNOWN] or leaves
        if not untold and reason.part.kind == "rule":
            untold = [reason]
        found = 0
        for one in untold:
            found |= self._leaf(one)
        return found

    def _leaf(self, reason: Reason) -> int:
        at = self._leaves.setdefault((reason.part.name, reason.subject), len(self._gaps))
        if at == len(self._gaps):
            self._gaps.append(Gap(reason.name, reason.label, reason.subject))
        return 1 << at


def _is_open(reason: Reason) -> bool:
    return reason.part.kind == "value" and reason.value is None


def _beneath(reason: Reason) -> Iterator[Reason]:
    """The reason and everything it came of, each once."""
    seen: set[int] = set()
    waiting = [reason]
    while waiting:
        one = waiting.pop()
        if id(one) not in seen:
            seen.add(id(one))
            yield one
            waiting.extend(reversed(one.children))


def open_parts(reason: Reason) -> Sequence[Reason]:
    """Of an unknown case the condition, or the branch it chose; of others, all parts (as `explain.gaps` does)."""
    if reason.part.kind != "when":
        return reason.children
    condition, then, otherwise = reason.children
    return {YES: (then,), NO: (otherwise,)}.get(condition.answer, (condition,))


def reached(reasons: Iterable[Reason]) -> Iterator[Reason]:
    """Every reason that decided, from these downwards, each once."""
    seen: set[int] = set()
    waiting = list(reasons)
    while waiting:
        one = waiting.pop()
        if id(one) not in seen:
            seen.add(id(one))
            yield one
            waiting.extend(decisive(one))


def people(reason: Reason) -> list[Reason]:
    """Of a group, who makes the difference: with an amount, or with the deciding answer; nobody where all are nothing."""
    counted = [one for one in reason.children if one.shown != "不计入"]
    wanted = {("any", YES): YES, ("all", NO): NO}.get((reason.name, reason.answer))
    if wanted is not None:
        return [one for one in counted if one.answer == wanted]
    return [one for one in counted if one.value not in (0, False)]
