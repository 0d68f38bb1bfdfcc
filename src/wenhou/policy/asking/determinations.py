"""What the law answers for one household: a determination, or, where authorisation lacks, only a screen.

The two share no type. A determination has a category, amounts, a package and reasons; a screen has what is visible,
to order and to flag. What needs a determination asks for one and cannot be given a screen.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from wenhou.base.errors import Refused
from wenhou.base.month import full_years
from wenhou.engine import explain, phrases, run
from wenhou.engine.declared import Fact, Link, Rule
from wenhou.engine.nodes import Value
from wenhou.engine.reasons import UNKNOWN, YES, Gap, Reason
from wenhou.engine.words import Book
from wenhou.policy import answers, queries
from wenhou.policy.applications import reader
from wenhou.policy.applications.faults import said
from wenhou.policy.applications.model import Application
from wenhou.policy.applications.overlay import Given
from wenhou.policy.asking import places, weighing
from wenhou.policy.asking.question import InForce, Question, pose
from wenhou.policy.asking.weighing import Gaps
from wenhou.policy.standards import Row

HOME_KEY = 1
OWING = ("子女", "父母")
AWAY = (
    "has_police_death", "has_hospital_death", "is_cremated", "is_in_prison", "is_in_detox", "is_declared_missing",
    "is_missing_on_evidence", "is_conscript", "is_clergy",
)  # fmt: skip
"""Why somebody of the family does not count and has nothing to give either."""
ADULT = 18  # 民法典 17; only to say whose signature lacks
Place = tuple[str, int]
"""A declared name and the key of the person or household it is answered for."""


@dataclass(frozen=True)
class Missing:
    """What leaves an answer open, and whose it is.

    kind: fact, standard, link, or rule, of which nothing is laid down for the place. sources: of a fact, any of which may
    tell it.
    """

    name: str
    label: str
    whose: str
    kind: str = "fact"
    sources: tuple[str, ...] = ()


@dataclass(frozen=True)
class Answer:
    """One answer. answer: yes, no, unknown, or known for what is no verdict. value: fen as int; shown: for reading."""

    name: str
    label: str
    whose: str
    key: int
    value: Value
    unit: str
    answer: str
    shown: str
    missing: tuple[Missing, ...]


@dataclass(frozen=True, eq=False)
class Determination:
    """Everything the law answers of an authorised household. answers and reasons: by name and key, in the tables' order."""

    question: Question = field(repr=False)
    answers: Mapping[Place, Answer] = field(repr=False)
    reasons: Mapping[Place, Reason] = field(repr=False)

    @property
    def application(self) -> Application:
        return self.question.application

    @property
    def category(self) -> Answer:
        """TK DB BY GX or QT, or unknown with what is missing."""
        return self.home(answers.CATEGORY)

    def home(self, name: str) -> Answer:
        """An answer of the household."""
        return self.answers[name, HOME_KEY]

    def of_people(self, name: str) -> tuple[Answer, ...]:
        """An answer of everybody, supporters too, in the order of the document; nothing where no rule declares it."""
        return tuple(self.answers[at] for at in self.answers if at[0] == name)

    @cached_property
    def amounts(self) -> tuple[Answer, ...]:
        """Every amount that is not nothing, or not known; the household's first."""
        wanted = (*answers.AMOUNTS, *answers.PERSON_AMOUNTS)
        found = (one for name in wanted for one in self.of_people(name))
        return tuple(one for one in found if one.value != 0 and not self._supports(one))

    def _supports(self, one: Answer) -> bool:
        """Whether it is an answer of a supporter, who asks for nothing here."""
        told = self.application.people.get(one.whose)
        return told is not None and told.values.get("is_supporter") is True

    @cached_property
    def remarks(self) -> tuple[str, ...]:
        """What deserves a second look: of the document, and who might owe support and is not told to."""
        return (*self.application.remarks, *_forgotten(self))

    @cached_property
    def package(self) -> tuple[Answer, ...]:
        """The 43 items, each yes, no, or unknown with what is missing."""
        return tuple(one for name in answers.ITEMS for one in self.of_people(name))

    @cached_property
    def refusals(self) -> tuple[Answer, ...]:
        """The verdicts that are no and that a better one has not made needless."""
        return tuple(_refusals(self))

    @cached_property
    def missing(self) -> tuple[Missing, ...]:
        """Everything that leaves something open which is told of the household, once: first what the category lacks."""
        heads = (one for name in answers.HEADS for one in self.of_people(name))
        told = (self.category, *heads, *self.amounts, *self.package)
        return tuple(dict.fromkeys(gap for one in told for gap in one.missing))

    @cached_property
    def standards(self) -> tuple[InForce, ...]:
        """The standards that decided, by name."""
        return decisive(self.question, self.reasons.values())


@dataclass(frozen=True, eq=False)
class Screen:
    """What may be seen of a household whose members have not all authorised: visible income; property is 待核.

    unauthorised: whose authorisation lacks or is not known. visible: answers of screening rules.
    """

    question: Question = field(repr=False)
    unauthorised: tuple[str, ...]
    visible: tuple[Answer, ...]
    reasons: Mapping[Place, Reason] = field(repr=False)

    @property
    def application(self) -> Application:
        return self.question.application


def determine(
    document: Application | Mapping[str, Any],
    as_of: date | None = None,
    *,
    known: Iterable[Row] | None = None,
    given: Given | None = None,
    book: Book | None = None,
) -> Determination | Screen:
    """The law asked about one household.

    document: as read, or as YAML or JSON gave it. as_of: another day than the document's. known: standards that hold,
    those of `queries.rows` by default; given: what prevails over them. Raises Refused and its kinds.
    """
    law = book or answers.declare()
    application = (
        document if isinstance(document, Application) else reader.read(document, as_of=as_of, book=law)
    )
    if as_of is not None and application.as_of != as_of:
        raise Refused("文件是按另一天读的；请按所问的日期重新读。")
    if known is None:
        places.check(application.place, application.as_of)
    rows = tuple(queries.rows() if known is None else known)
    asked = pose(application, wanted=answers.wanted(law), book=law, known=rows, given=given)
    found = judged(asked)
    if not {(answers.AUTHORISED, HOME_KEY), (answers.CATEGORY, HOME_KEY)} <= found.answers.keys():
        raise Refused(f"{application.as_of}没有施行中的认定规则：答不出类别；请改问施行之后的一天。")
    if found.home(answers.AUTHORISED).answer == YES:
        return found
    return _screen(application, law, rows, given)


def judged(question: Question) -> Determination:
    """Every answer of a plan with its reasons, whoever has authorised: for `determine`, case files and replays."""
    read = run.one(question.plan, question.rows)
    places = [(name, key) for name, keys in _asked(question) for key in keys]
    reasons = explain.trees(question.plan, read, places)
    lacking = _Lacking(question)
    told = {at: _answer(question, at, reason, lacking) for at, reason in reasons.items()}
    return Determination(question, told, reasons)


def _asked(question: Question) -> Iterable[tuple[str, tuple[int, ...]]]:
    people = tuple(question.application.keys.values())
    own = question.plan.book
    for name in dict.fromkeys((*question.plan.households, *question.plan.persons)):
        known = own[name]
        assert isinstance(known, Rule)
        yield name, ((HOME_KEY,) if known.entity == "household" else people)


def _answer(question: Question, at: Place, reason: Reason, lacking: "_Lacking") -> Answer:
    application, known = question.application, question.plan.book[at[0]]
    assert not isinstance(known, Link)
    return Answer(
        name=at[0],
        label=question.plan.versions[at[0]].label,
        whose=application.name_of(known.entity, at[1]),
        key=at[1],
        value=reason.value,
        unit=known.unit,
        answer=reason.answer,
        shown=phrases.shown(reason.value, known.unit),
        missing=lacking.of(reason),
    )


class _Lacking:
    """What is missing behind an unknown, with whose it is; the same for all that lack the same."""

    def __init__(self, question: Question) -> None:
        self._question, self._gaps = question, Gaps()
        self._told: dict[int, tuple[Missing, ...]] = {}
        self._missing: dict[int, Missing] = {}

    def of(self, reason: Reason) -> tuple[Missing, ...]:
        """In the order met."""
        gaps = self._gaps.of(reason)  # kept there, hence known by identity
        if id(gaps) not in self._told:
            self._told[id(gaps)] = tuple([self._missing.get(id(gap)) or self._name(gap) for gap in gaps])
        return self._told[id(gaps)]

    def _name(self, gap: Gap) -> Missing:
        known = self._question.plan.book[gap.name]
        sources = known.sources if isinstance(known, Fact) else ()
        whose = self._question.application.name_of(*gap.subject)
        found = Missing(gap.name, gap.label, whose, type(known).__name__.lower(), sources)
        self._missing[id(gap)] = found
        return found


def _screen(application: Application, book: Book, rows: Iterable[Row], given: Given | None) -> Screen:
    wanted = (*answers.SCREEN, answers.AUTHORISED, "counts")
    declared = tuple(name for name in wanted if isinstance(book.declared.get(name), Rule))
    seen = judged(pose(application, wanted=declared, book=book, known=rows, given=given))
    at = (answers.AUTHORISED, HOME_KEY)
    visible = {one: answer for one, answer in seen.answers.items() if one[0] in answers.SCREEN}
    return Screen(
        question=seen.question,
        unauthorised=unauthorised(application, seen),
        visible=tuple(visible.values()),
        reasons={one: seen.reasons[one] for one in (at, *visible)},
    )


def unauthorised(application: Application, found: Determination) -> tuple[str, ...]:
    """Who counts, or may count, is no known minor, and has not authorised."""
    counted = {one.key: one.answer for one in found.of_people("counts")}
    return tuple(
        name
        for name, key in application.keys.items()
        if counted.get(key, UNKNOWN) != "no"
        and application.people[name].values.get("is_supporter") is not True
        and application.people[name].values.get("is_authorised") is not True
        and not _is_minor(application, name)
    )


def _is_minor(application: Application, name: str) -> bool:
    born = application.people[name].values.get("birth_date")
    return isinstance(born, date) and full_years(born, application.as_of) < ADULT


def _refusals(found: Determination) -> Iterable[Answer]:
    for name in answers.VERDICTS:
        if (name, HOME_KEY) not in found.answers:
            continue
        verdict = found.home(name)
        if verdict.answer == YES:
            break
        if verdict.answer == "no":
            yield verdict
    granted = {name for name in answers.VERDICTS for one in found.of_people(name) if one.answer == YES}
    for name in (*answers.OTHER_VERDICTS, *answers.PERSON_VERDICTS):
        if not granted.isdisjoint(answers.BETTER.get(name, ())):
            continue
        yield from (one for one in found.of_people(name) if one.answer == "no" and _may_ask(found, one))


def _may_ask(found: Determination, verdict: Answer) -> bool:
    """Whether a refusal says something: not of people who do not count, nor of a child's allowance for adults."""
    if verdict.name not in answers.PERSON_VERDICTS:
        return True
    if any(one.key == verdict.key and one.answer == "no" for one in found.of_people("counts")):
        return False
    return verdict.name not in answers.CHILDREN_ONLY or _is_minor(found.application, verdict.whose)


def _forgotten(found: Determination) -> Iterable[str]:
    """Grown children and parents who do not count and are no supporters: whatever they have is not reckoned with."""
    for one in found.of_people("counts"):
        told = found.application.people[one.whose].values
        owes = told.get("kinship") in OWING and told.get("is_supporter") is not True
        away = any(told.get(name) is True for name in AWAY)
        if one.answer == "no" and owes and not away and not _is_minor(found.application, one.whose):
            yield (
                f"{said(one.whose)}不计入共同生活的成员，又没有写成义务人，他的收入和给付都没有算；"
                "不共同生活而有赡养、抚养义务的，请移到“义务人”下。"
            )


def decisive(question: Question, reasons: Iterable[Reason]) -> tuple[InForce, ...]:
    """Standards that decided, by name."""
    names = {one.part.name for one in weighing.reached(reasons) if one.part.kind == "standard"}
    return tuple(one for name, one in sorted(question.standards.items()) if name in names)
