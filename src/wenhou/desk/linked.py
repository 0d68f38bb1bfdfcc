"""Lines linked to a person by likelihood, on their page: where they came from, how likely it is and what agreed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from wenhou.desk import doubts
from wenhou.linkage import queries
from wenhou.linkage.identities import weights
from wenhou.linkage.models import LinkedLine
from wenhou.staff.queries import Scope


@dataclass(frozen=True)
class Linked:
    """Lines of one file for which the same things agree.

    key: the first of them, for `linkage.actions.refusals`, which takes all in the same words. where: '第17行',
    '第814至829行，共16行'. agrees, differs: the things told, by their names.
    """

    key: int
    line: doubts.Line
    where: str
    likely: str
    agrees: str
    differs: str
    since: date


def lines(person: int, scope: Scope) -> list[Linked]:
    """The lines that stand linked to somebody by likelihood, the latest file first."""
    alike: dict[tuple[object, ...], list[tuple[LinkedLine, queries.Seen]]] = {}
    for one, seen in queries.linked_lines(person=person):
        said = (one.delivery, one.bits, one.linked_on, *sorted(one.levels.items()))
        alike.setdefault(said, []).append((one, seen))
    return [_linked(several, scope) for several in alike.values()]


def _linked(several: list[tuple[LinkedLine, queries.Seen]], scope: Scope) -> Linked:
    one, seen = several[0]
    return Linked(
        key=one.pk,
        line=doubts.line(seen, scope),
        where=_where(other.line for other, _ in several),
        likely=doubts.likely(one.bits),
        agrees=_things(one.levels, doubts.SAME, doubts.NEAR),
        differs=_things(one.levels, doubts.DIFFERS),
        since=one.linked_on,
    )


def _where(numbers: Iterable[int]) -> str:
    """Line numbers in words, runs drawn together."""
    runs: list[list[int]] = []
    for number in (told := sorted(numbers)):
        if runs and number == runs[-1][-1] + 1:
            runs[-1][1:] = [number]
        else:
            runs.append([number])
    said = "、".join("至".join(map(str, run)) for run in runs)
    return f"第{said}行" + (f"，共{len(told)}行" if len(told) > 1 else "")


def _things(levels: dict[str, str], *marks: str) -> str:
    return "、".join(
        f"{one.label}{doubts.word(one, levels[one.name])}"
        for one in weights.COMPARISONS
        if one.name in levels and doubts.mark(levels[one.name]) in marks
    )
