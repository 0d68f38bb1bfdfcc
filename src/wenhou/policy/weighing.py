"""Which parts of a reason decided it: what was met of a case, what failed of conditions, what held of alternatives."""

from collections.abc import Iterable, Iterator, Sequence

from wenhou.engine.reasons import LEAVES, NO, UNKNOWN, YES, Gap, Reason


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
    """Leaves behind unknowns, by reason; what several reasons share is looked through once."""

    def __init__(self) -> None:
        self._known: dict[int, dict[Gap, None]] = {}
        self._kept: list[Reason] = []

    def of(self, reason: Reason) -> tuple[Gap, ...]:
        """What would have to be known, each once; nothing for a known answer."""
        return tuple(self._of(reason)) if reason.value is None else ()

    def _of(self, reason: Reason) -> dict[Gap, None]:
        found = self._known.get(id(reason))
        if found is not None:
            return found
        found = self._known[id(reason)] = {}
        self._kept.append(reason)
        if reason.answer != UNKNOWN:
            return found
        if reason.part.kind in LEAVES:
            found[Gap(reason.name, reason.label, reason.subject)] = None
        for child in open_parts(reason):
            found.update(self._of(child))
        return found


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
