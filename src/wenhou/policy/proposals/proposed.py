"""From a proposal to the row it would be, and the rows it would stand beside. Pure of the database."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Protocol

from wenhou.base.errors import Refused
from wenhou.engine.words import DEFAULT
from wenhou.policy import parameters, standards
from wenhou.policy.law import LAW
from wenhou.policy.proposals import doubts
from wenhou.policy.standards import NATION, UNITS, Row, StandardFault

__all__ = ["parameters"]


class Worded(Protocol):
    """What a proposal says, in the words of a YAML file."""

    @property
    def name(self) -> str: ...
    @property
    def division(self) -> str: ...
    @property
    def since(self) -> date: ...
    @property
    def until(self) -> date | None: ...
    @property
    def value(self) -> str: ...
    @property
    def unit(self) -> str: ...
    @property
    def document(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def article(self) -> str: ...
    @property
    def provisional(self) -> bool: ...
    @property
    def review_by(self) -> date | None: ...
    @property
    def note(self) -> str: ...


UNWRITTEN = "文件未写"
FIELDS = (
    "name", "division", "since", "until", "value", "unit", "document", "title", "article", "provisional",
    "review_by", "note",
)  # fmt: skip


def labels() -> dict[str, str]:
    """Standard's name → Chinese label, of those the formulas name."""
    return {one.name: one.label for one in DEFAULT.standards}


def units() -> dict[str, str]:
    """Standard's name → its unit as a YAML file says it, of those a file could give."""
    words = {inner: outer for outer, inner in UNITS.items()}
    return {one.name: words[one.unit] for one in DEFAULT.standards if one.unit in words}


def unit_of(name: str) -> str:
    """A declared standard's unit as a YAML file says it. Raises Refused."""
    found = units().get(name)
    if found is None:
        raise Refused(f"没有叫“{name}”的标准，请从清单中选。")
    return found


def row(worded: Worded) -> Row:
    """The row, checked as a file's is; a document that policy/law does not hold needs its title. Raises Refused."""
    registered = worded.document in LAW
    if not worded.document.strip() or not (registered or worded.title.strip()):
        raise Refused("请写明依据文件的文号和名称。")
    if worded.document == "自拟" and not worded.provisional:
        raise Refused("没有文件依据的数只能是暂定，并写明复核日。")
    return _row(worded, entry(worded), registered=registered)


def sketch(worded: Worded) -> Row:
    """The row as far as it is written: standard, place, value and day, without asking for its document. Raises Refused."""
    bare = entry(worded) | {"document": worded.document.strip() or UNWRITTEN, "provisional": False}
    return _row(worded, {key: value for key, value in bare.items() if key != "article"}, registered=False)


def _row(worded: Worded, told: dict[str, Any], *, registered: bool) -> Row:
    label = labels().get(worded.name) or worded.name
    if unit_of(worded.name) != worded.unit:
        raise Refused(f"“{label}”的单位是{unit_of(worded.name)}，不是{worded.unit}。")
    if worded.division == NATION:
        raise Refused("全国的标准随版本发布，不在这里提。")
    try:
        made = standards.row(worded.name, told, f"“{label}”", registered=registered)
    except StandardFault as fault:
        raise Refused(fault.message) from fault
    doubts.possible(made, label)
    return made


def entry(worded: Worded) -> dict[str, Any]:
    """As it would stand in a file."""
    optional = {"until": worded.until, "article": worded.article, "review_by": worded.review_by}
    return {
        "division": worded.division,
        "since": worded.since,
        "value": worded.value,
        "unit": worded.unit,
        "document": worded.document,
        "provisional": worded.provisional,
        "note": worded.note,
        **{key: value for key, value in optional.items() if value},
    }


def beside(written: Iterable[Row], approved: Iterable[Row]) -> tuple[Row, ...]:
    """Files' rows and approved rows as one set, settled.

    An approved row stands in the place of a file's row of the same day; otherwise the law of files holds for all: a
    new row ends the former, and what overlaps is a fault. Raises StandardFault.
    """
    local = {(one.name, one.division, one.since): one for one in approved}
    kept = [one for one in written if (one.name, one.division, one.since) not in local]
    return standards.settled([*kept, *local.values()])


def citation(document: str, titles: dict[str, str]) -> str:
    """A document with its title, from policy/law or from what proposals said of it."""
    known = LAW.get(document)
    if known is not None:
        return known.citation
    title = titles.get(document)
    return f"《{title}》（{document}）" if title else document
