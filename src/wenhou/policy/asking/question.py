"""What the law is asked: one household, the standards of its place and day, and the plan that answers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from wenhou.base.errors import Refused
from wenhou.engine import phrases, plan
from wenhou.engine.declared import Standard
from wenhou.engine.faults import PlanFault
from wenhou.engine.nodes import Value
from wenhou.engine.plan import Plan
from wenhou.engine.run import Rows
from wenhou.engine.words import Book
from wenhou.policy import standards
from wenhou.policy.applications.model import Application
from wenhou.policy.applications.overlay import Given
from wenhou.policy.standards import Row

WITH_CASE = "随案提供"


@dataclass(frozen=True)
class InForce:
    """One standard as it decides here. basis: its document for people, with 暂定, 已过复核日 or 随案提供 where it is."""

    name: str
    value: Value
    basis: str
    provisional: bool = False
    overdue: bool = False
    given: bool = False


@dataclass(frozen=True)
class Question:
    """Everything an answer follows from."""

    application: Application
    plan: Plan
    standards: Mapping[str, InForce]

    @property
    def rows(self) -> Rows:
        """The engine's input."""
        return self.application.rows({name: one.value for name, one in self.standards.items()})


def pose(
    application: Application,
    *,
    wanted: tuple[str, ...],
    book: Book,
    known: Iterable[Row],
    given: Given | None = None,
) -> Question:
    """The question put together. known: the standards that hold; given: what prevails over them.

    Raises Refused where the document itself gives a standard that is already in force there.
    """
    place, day = application.place, application.as_of
    found = {
        name: _of_row(row, day, given=False) for name, row in standards.resolve(known, place, day).items()
    }
    if given is not None:
        found |= {name: _of_row(row, day, given=True) for name, row in given.on(place, day).items()}
        found |= _plain(given.values)
    for name in application.standards.keys() & found.keys():
        _refuse_known(book[name], found[name], application)
    found |= _plain(application.standards)
    declared = {
        name: one for name, one in sorted(found.items()) if isinstance(book.declared.get(name), Standard)
    }
    return Question(application, planned(book, day, region(book, place), wanted), declared)


def planned(book: Book, day: date, where: str | None, wanted: tuple[str, ...]) -> Plan:
    """The plan for a day and region; names without a formula in force then are left out."""
    try:
        return plan.make(as_of=day, region=where, wanted=wanted, book=book)
    except PlanFault:
        names = _in_force(book, book.revision, day, where, wanted)
        return plan.make(as_of=day, region=where, wanted=names, book=book)


@lru_cache(maxsize=32)
def _in_force(
    book: Book, _revision: int, day: date, where: str | None, wanted: tuple[str, ...]
) -> tuple[str, ...]:
    return tuple(name for name in wanted if _may_plan(book, day, where, name))


def _may_plan(book: Book, day: date, where: str | None, name: str) -> bool:
    try:
        plan.make(as_of=day, region=where, wanted=(name,), book=book)
    except PlanFault:
        return False
    return True


def region(book: Book, place: str) -> str | None:
    """The longest region with formulas of its own around a place; places without one share a plan."""
    regions = {
        version.region for rule in book.rules for version in rule.versions if version.region is not None
    }
    return max((one for one in regions if place.startswith(one)), key=len, default=None)


def _of_row(row: Row, day: date, *, given: bool) -> InForce:
    basis = row.basis_on(day)
    return InForce(
        row.name,
        row.value,
        f"{basis}（{WITH_CASE}）" if given else basis,
        row.provisional,
        row.is_overdue(day),
        given,
    )


def _plain(values: Mapping[str, Value]) -> dict[str, InForce]:
    return {name: InForce(name, value, WITH_CASE, given=True) for name, value in values.items()}


def _refuse_known(standard: object, held: InForce, application: Application) -> None:
    assert isinstance(standard, Standard)
    shown = phrases.shown(held.value, standard.unit)
    raise Refused(
        f"文件的标准里写了“{standard.label}”：{application.place}在{application.as_of}已有{shown}（{held.basis}），"
        "随案只能补缺的；请删去，要试别的数请用 --standards。"
    )
