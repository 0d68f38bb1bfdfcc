"""Which parts of a reason decided it: what was met of a case, what failed of conditions, what held of alternatives."""

from collections.abc import Iterable, Iterator, Sequence

from wenhou.engine.reasons import NO, UNKNOWN, YES, Reason


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
