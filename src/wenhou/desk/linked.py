"""Lines linked to a person by likelihood, on their page: where each came from, how likely it is and what agreed."""

from dataclasses import dataclass
from datetime import date

from wenhou.desk import doubts
from wenhou.linkage import queries
from wenhou.linkage.identities import weights
from wenhou.staff.queries import Scope


@dataclass(frozen=True)
class Linked:
    """One line. `key` names it to `linkage.actions.refusals`; `agrees` and `differs` are the things told, by their names."""

    key: int
    line: doubts.Line
    likely: str
    agrees: str
    differs: str
    since: date


def lines(person: int, scope: Scope) -> list[Linked]:
    """The lines that stand linked to somebody by likelihood, the latest first."""
    return [
        Linked(
            key=one.pk,
            line=doubts.line(seen, scope),
            likely=doubts.likely(one.bits),
            agrees=_things(one.levels, doubts.SAME, doubts.NEAR),
            differs=_things(one.levels, doubts.DIFFERS),
            since=one.linked_on,
        )
        for one, seen in queries.linked_lines(person=person)
    ]


def _things(levels: dict[str, str], *marks: str) -> str:
    return "、".join(
        f"{one.label}{doubts.word(one, levels[one.name])}"
        for one in weights.COMPARISONS
        if one.name in levels and doubts.mark(levels[one.name]) in marks
    )
