"""What is missing, told once: by whose it is and whom to ask, however many answers it leaves open."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from wenhou.policy.applications.model import HOME
from wenhou.policy.asking.determinations import Answer, Missing
from wenhou.policy.facts import sources
from wenhou.policy.telling.lines import wrapped

TITLE = "缺的事实"
INLINE = 3
"""An answer names as many beside itself; of more it says how many, and where they are told."""
_NOBODY = "没有人计入共同生活的家庭成员，无从计算"
_ELSEWHERE = {
    "standard": "标准（standards/）",
    "link": "与谁的关系（申报）",
    "rule": "当地的规定（没有查到）",
}


@dataclass(frozen=True)
class Ask:
    """What one source, or any of several, may tell of some people. whom: sources in words; several: names and labels."""

    whose: tuple[str, ...]
    whom: str
    sources: tuple[str, ...]
    several: tuple[tuple[str, str], ...]


def asks(missing: Iterable[Missing]) -> tuple[Ask, ...]:
    """What is missing by whom to ask; people of whom a source lacks the same are told together."""
    of_one: dict[tuple[str, str, tuple[str, ...]], dict[tuple[str, str], None]] = {}
    for one in missing:
        whom = _ELSEWHERE.get(one.kind) or sources.called(one.sources)
        whose = HOME if one.kind == "standard" else one.whose
        of_one.setdefault((whose, whom, one.sources), {})[one.name, one.label] = None
    together: dict[tuple[str, tuple[str, ...], tuple[tuple[str, str], ...]], list[str]] = {}
    for (whose, whom, codes), several in of_one.items():
        together.setdefault((whom, codes, tuple(several)), []).append(whose)
    return tuple(
        Ask(tuple(whose), whom, codes, several) for (whom, codes, several), whose in together.items()
    )


def lines(missing: Iterable[Missing], *, first: Iterable[Missing] = ()) -> Iterator[str]:
    """The list for a terminal, person by person; first: what the category lacks, in a list of its own."""
    category = tuple(first)
    rest = tuple(one for one in missing if one not in category)
    yield from _list(category, "认定用的")
    yield from _list(rest, "其余事项用的" if category else "")


def _list(several: tuple[Missing, ...], what: str) -> Iterator[str]:
    if not several:
        return
    yield ""
    yield f"{TITLE}{'：' * bool(what)}{what}（{len(several)}项），向谁核对"
    by_whose: dict[tuple[str, ...], list[Ask]] = {}
    for one in asks(several):
        by_whose.setdefault(one.whose, []).append(one)
    for whose, told in by_whose.items():
        yield from wrapped("、".join(whose), first="  ", rest="  ")
        for one in told:
            labels = "、".join(label for _, label in one.several)
            yield from wrapped(f"{one.whom}：{labels}", first="    ", rest="      ")


def beside(one: Answer) -> str:
    """What an unknown answer lacks, in a few words."""
    if not one.missing:
        return _NOBODY
    if len(one.missing) > INLINE:
        return f"缺{len(one.missing)}项（见“{TITLE}”）"
    told = (gap.label if gap.whose == HOME else f"{gap.whose}的{gap.label}" for gap in one.missing)
    return f"缺{'、'.join(told)}"
