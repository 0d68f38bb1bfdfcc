"""The facts of which a single change may turn a verdict: those beneath every condition that is not met.

One change cannot mend two failing conditions that rest on different facts, so most facts need not be tried at all.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from wenhou.engine.reasons import NO, YES, Reason

_OPPOSITE = {YES: NO, NO: YES}


@dataclass(frozen=True, order=True)
class Lever:
    """A fact of one subject. key: of the person or household."""

    name: str
    entity: str
    key: int


Levers = frozenset[Lever]


class Search:
    """Looks through reasons; what several share is looked through once."""

    def __init__(self) -> None:
        self._to: dict[tuple[int, str], Levers] = {}
        self._below: dict[int, Levers] = {}

    def to(self, reason: Reason, wanted: str) -> Levers:
        """Facts of which a change alone might make the reason what is wanted (yes or no)."""
        at = (id(reason), wanted)
        if at not in self._to:
            self._to[at] = self._look(reason, wanted)
        return self._to[at]

    def _look(self, reason: Reason, wanted: str) -> Levers:
        children = reason.children
        if reason.part.unit != "bool" or reason.part.kind not in ("rule", "and", "or", "not"):
            return self.below(reason)
        if reason.part.kind == "rule":
            return self.to(children[0], wanted)
        if reason.part.kind == "not":
            return self.to(children[0], _OPPOSITE[wanted])
        every = (reason.part.kind == "and") == (wanted == YES)
        if not every:
            return _any(self.to(child, wanted) for child in children)
        open_ = [self.to(child, wanted) for child in children if child.answer != wanted]
        return frozenset.intersection(*open_) if open_ else frozenset()

    def below(self, reason: Reason) -> Levers:
        """Every known fact beneath."""
        found = self._below.get(id(reason))
        if found is None:
            if reason.part.kind == "fact":
                found = (
                    frozenset() if reason.value is None else frozenset([Lever(reason.name, *reason.subject)])
                )
            else:
                found = _any(self.below(child) for child in reason.children)
            self._below[id(reason)] = found
        return found


def _any(several: Iterable[Levers]) -> Levers:
    return frozenset().union(*several)
