"""A record beside the people it may mean: what agrees, what differs, in words. Minors stay masked."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from wenhou.base.identity import mask_id_number, mask_name
from wenhou.base.month import full_years
from wenhou.desk import family
from wenhou.divisions import queries as divisions
from wenhou.exchange import contracts
from wenhou.lake import vault
from wenhou.linkage import queries
from wenhou.linkage.identities import weights
from wenhou.linkage.models import IdentityDecision, IdentityDoubt, Mention
from wenhou.registry.models import PersonRecord
from wenhou.registry.queries import Relative
from wenhou.staff import permits
from wenhou.staff.queries import Scope
from wenhou.web.words import SEXES

ADULT = 18
SAME, NEAR, DIFFERS, UNTOLD = "same", "near", "differs", "untold"
UNTOLD_WORD = "没有说"
SHORT = {"close": "差一字"}
_AGREE = {
    "same": SAME,
    "lent": SAME,
    "village": SAME,
    "town": SAME,
    "city": DIFFERS,
    "surname": DIFFERS,
    "hidden": DIFFERS,
    "kin": DIFFERS,
    "held": DIFFERS,
    "borrowed": DIFFERS,
    "read": DIFFERS,
    "far": DIFFERS,
    "other": DIFFERS,
    "unknown": UNTOLD,
}
"""How a level stands; those that are not here are near."""
HIDDEN = "未成年，不显"


@dataclass(frozen=True)
class Row:
    """One thing compared: what the record says, what is known, how they stand to each other and in which words."""

    label: str
    told: str
    known: str
    mark: str
    word: str


@dataclass(frozen=True)
class Known:
    """What the registry knows of somebody, unmasked."""

    name: str
    sex: str
    birth_date: date
    number: str


@dataclass(frozen=True)
class Kin:
    """Somebody of the same household."""

    name_masked: str
    relation: str
    age: int | None


@dataclass(frozen=True)
class Candidate:
    """Somebody whom the record may mean. `verdict` is what stands decided, '' where nothing does; `may_decide` is whether
    the reader may decide this one.
    """

    person: int
    name: str
    head: str
    likely: str
    why: str
    rows: tuple[Row, ...]
    kin: tuple[Kin, ...]
    verdict: str
    is_open: bool
    closed: str
    may_decide: bool


@dataclass(frozen=True)
class Line:
    """Where the record stands."""

    contract: str
    department: str
    delivery: int
    number: str
    line: int
    is_near: bool


def likely(bits: float) -> str:
    """The weight in words."""
    return "很像" if bits >= weights.LINK_AT else "拿不准"


def title(mention: Mention) -> str:
    """How a list names a record: the name masked, as it is not known whose it is."""
    return mask_name(mention.name) if mention.name else "没有姓名"


def candidates(
    doubts: list[IdentityDoubt], decisions: Iterable[IdentityDecision], scope: Scope, *, on: date
) -> list[Candidate]:
    """The people in sight, the likeliest first; names in full of those whom the reader may decide, never of minors.

    doubts: those of one record. Two queries; two more where somebody is in no household.
    """
    homes = family.of_persons([one.person for one in doubts], on=on)
    known = _known([one.person for one in doubts], homes)
    verdicts = queries.verdicts(decisions)
    return [
        _candidate(
            doubt, known.get(doubt.person), homes.get(doubt.person, ()), scope, on,
            str(verdicts[doubt.person].label) if doubt.person in verdicts else "",
        )
        for doubt in doubts
    ]  # fmt: skip


def _known(persons: list[int], homes: family.Homes) -> dict[int, Known]:
    found = {
        one.person: Known(one.name, one.sex or "", one.birth_date, one.id_no or "")
        for home in homes.values()
        for one in home
        if one.name and one.birth_date
    }
    if missing := [key for key in persons if key not in found]:
        numbers = vault.identity_of(missing)
        for one in PersonRecord.objects.filter(person__in=missing, superseded_at=None):
            key = one.person_id
            found[key] = Known(one.name, one.sex, one.birth_date, numbers.get(key, ""))
    return found


def lines(mention: Mention, scope: Scope) -> list[Line]:
    """The lines of files that spoke in these words."""
    return [line(one, scope) for one in queries.sightings(mention=mention)]


def line(one: queries.Seen, scope: Scope) -> Line:
    """A line of a file by the contract it came under; `is_near` is whether the reader may open the delivery."""
    promised = contracts.contract(one.contract)
    near = scope.covers(one.division)
    return Line(promised.title, promised.department, one.delivery, one.number, one.line, near)


def _candidate(
    doubt: IdentityDoubt,
    record: Known | None,
    home: Sequence[Relative],
    scope: Scope,
    on: date,
    verdict: str,
) -> Candidate:
    age = full_years(record.birth_date, on) if record else None
    minor = age is None or age < ADULT or _tells_of_a_minor(doubt.mention, on)
    whole = permits.allows(scope, permits.Act.IDENTIFY, doubt.division)
    name = record.name if record else ""
    return Candidate(
        person=doubt.person,
        name=mask_name(name) if minor or not whole else name,
        head=f"{SEXES.get(record.sex, '')}，{age}岁" if record else "",
        likely=likely(doubt.bits),
        why=doubt.why,
        rows=tuple(_rows(doubt, record, minor=minor, whole=whole)),
        kin=tuple(_kin(one, on) for one in home if one.person != doubt.person),
        verdict=verdict,
        is_open=doubt.closed_on is None,
        closed=doubt.closed_because,
        may_decide=whole,
    )


def _kin(one: Relative, on: date) -> Kin:
    age = full_years(one.birth_date, on) if one.birth_date else None
    return Kin(mask_name(one.name) if one.name else "不知道", family.relation(one.relation), age)


def _tells_of_a_minor(mention: Mention, on: date) -> bool:
    try:
        return full_years(date.fromisoformat(mention.birth), on) < ADULT
    except ValueError:  # not told, or no day at all
        return False


def _rows(doubt: IdentityDoubt, record: Known | None, *, minor: bool, whole: bool) -> Iterable[Row]:
    mention, number = doubt.mention, record.number if record else ""
    known_name = record.name if record else ""
    known_birth = f"{record.birth_date:%Y%m%d}" if record else ""
    places = divisions.lookup({code for code in (doubt.division, _whole_code(mention.division)) if code})
    said = {
        "name": _names(mention.name, known_name, minor=minor, whole=whole),
        "number": (HIDDEN, HIDDEN) if minor else (mention.number, mask_id_number(number) if number else ""),
        "birth": (_birth(mention.birth, minor), _birth(known_birth, minor)),
        "sex": (SEXES.get(mention.sex, ""), SEXES.get(record.sex, "") if record else ""),
        "division": (places.get(_whole_code(mention.division), ""), places.get(doubt.division, "")),
        "phone": (mention.phone, ""),
    }
    for one in sorted(weights.COMPARISONS, key=lambda one: list(said).index(one.name)):
        level = doubt.levels.get(one.name, "unknown")
        told, known = said[one.name]
        yield Row(one.label, told, known, mark(level), word(one, level))


def mark(level: str) -> str:
    """How a level of a comparison stands: same, near, differs or untold."""
    return _AGREE.get(level, NEAR)


def word(comparison: weights.Comparison, level: str) -> str:
    """The same in a few words."""
    found = next((one.label for one in comparison.levels if one.name == level), UNTOLD_WORD)
    return SHORT.get(level) or found.partition("（")[0]


def _names(told: str, known: str, *, minor: bool, whole: bool) -> tuple[str, str]:
    """In full for adults before who decides; of a minor only the characters in which the two differ."""
    if not whole:
        return mask_name(told), mask_name(known)
    if not minor:
        return told, known
    if len(told) != len(known):
        return mask_name(told), mask_name(known)
    return _differing(told, known), _differing(known, told)


def _differing(name: str, other: str) -> str:
    return "".join("＊" if one == two else one for one, two in zip(name, other, strict=True))


def _birth(day: str, minor: bool) -> str:
    if len(day) != len("YYYYMMDD"):
        return ""
    year, month, date_of = day[:4], int(day[4:6]), int(day[6:])
    return f"{year}年{month}月" if minor else f"{year}年{month}月{date_of}日"


def _whole_code(code: str) -> str:
    return code.ljust(12, "0") if code else ""
