"""docs/reference/facts.md, written from the declarations: `python -m wenhou.linkage.reference`."""

from wenhou.engine.declared import Fact
from wenhou.engine.words import DEFAULT
from wenhou.linkage.fills import FILLS
from wenhou.linkage.fills.declare import Fill

HEAD = """\
# Facts

Written from `policy.facts` and `linkage.fills` by `python -m wenhou.linkage.reference`; do not edit.

A fact is a *selection* of one contract's rows and one aggregate (`sum max min count exists latest`), or `told` by the
registry. What is found is the fact; where nothing is found, it is *none* (0, no, the text given) only if current
deliveries of the contract cover the days it looks at, for the place where the person is registered or lives; else it
is unknown. A date has no *none*: ask its companion (`has_…`, `is_…`) first. A **state** must be covered on the day
asked about, less the contract's lateness; a **span** from its first day to its last, where a span that ends on the
day asked about may be late by the same. Facts marked *whole* are unknown also where rows are found but days are
missing: income that is not wholly known would make somebody look poorer than they are.

Facts that no delivery tells are `untold`, with who tells them (申报 the family declares, 评定 an officer or assessor finds
or approves): from the lake they are unknown, unless the register keeps what was declared (`linkage.applications`). Where
one of the two stands beside a contract, people must be asked too: without them what was found is known, but neither a
sum nor that nothing was found.

`…_12m` and `…_6m`: so many complete months before the month asked about; for the watch, up to the last month told at the
place while a file is late (the-watch.md). Events after the day asked about are not
seen. Money is fen. Evidence (`linkage.facts.evidence`) is exactly the selection.
"""
TITLES = {"person": "Of a person", "household": "Of a household"}


def page() -> str:
    """The whole page."""
    parts = [HEAD]
    for entity, title in TITLES.items():
        parts.append(f"## {title}\n\n| Fact | | Unit | Filled | None |\n|---|---|---|---|---|")
        parts.extend(_line(fact) for fact in DEFAULT.facts if fact.entity == entity)
        parts.append("")
    links = "\n".join(f"| `{link.name}` | {link.label} |" for link in DEFAULT.links)
    parts.append(f"## Links\n\n| Link | |\n|---|---|\n{links}\n")
    return "\n".join(parts)


def _line(fact: Fact) -> str:
    label = f"{fact.label}（{fact.note}）" if fact.note else fact.label
    fill = FILLS.get(fact.name)
    told = f"untold ({'+'.join(fact.sources)}) | –" if fill is None else f"{_filled(fill)} | {_none(fill)}"
    return f"| `{fact.name}` | {label} | {fact.unit} | {told} |"


def _filled(fill: Fill) -> str:
    contracts = "+".join((*fill.reading.contracts, *fill.asks_people))
    return f"{fill.how} {contracts}" + (" *whole*" if fill.whole else "")


def _none(fill: Fill) -> str:
    match fill.none:
        case None:
            return "–"
        case bool():
            return "no"
        case _:
            return str(fill.none)


if __name__ == "__main__":
    print(page(), end="")
