"""§2 低保, §1 边缘, §8 单人保, and the classes of §2.4."""

from fractions import Fraction

from oracle.ability import is_mental_third, is_severe, is_unable_to_work
from oracle.case import Case, Person, once
from oracle.composition import any_member, counts, is_dead, is_somebody, members
from oracle.income import income_per_head, own_after_deductions
from oracle.logic import (
    Amount,
    Answer,
    both,
    choose,
    either,
    granted,
    has_lasted,
    less,
    minus,
    never_below_zero,
    no,
    per,
    total,
    up_to_yuan,
)
from oracle.numbers import SAFETY_NET_SINCE
from oracle.property import is_within_limits
from oracle.standards import line
from oracle.support import is_adult_disabled_idle, support_due_to
from oracle.tekun import is_tekun, is_tekun_household


@once
def is_dibao(case: Case) -> Answer:
    """人均月收入 < L 且财产符合; after 特困 (§5)."""
    return both(
        is_somebody(case),
        less(income_per_head(case), line(case)),
        is_within_limits(case),
        no(is_tekun_household(case)),
    )


@once
def is_near(case: Case) -> Answer:
    """不符合低保；人均收入 < 1.5L；财产符合."""
    return both(
        is_somebody(case),
        less(income_per_head(case), case.times_percent(line(case), "near_line_percent")),
        is_within_limits(case, "near_asset_months"),
        no(is_tekun_household(case)),
        no(is_dibao(case)),
    )


@once
def dibao_amount(case: Case) -> int | None:
    """Σ保障人口(L−PCI)，PCI按全家, up to the yuan once. Who is supported as 特困 is not supported here again."""
    gap = minus(line(case), income_per_head(case))
    insured = [both(counts(person), no(is_tekun(person))) for person in members(case)]
    owed = total(choose(one, gap, Fraction(0)) for one in insured)
    return granted(is_dibao(case), up_to_yuan(owed))


def _is_near_family(person: Person) -> Answer:
    """§2 易错点4: 先（或同时）认定为边缘家庭. What this day's determination says: the register may be out of date."""
    return is_near(person.case)


def _is_free(person: Person) -> Answer:
    """宗教场所居住≥3年困难教职人员 need no family (who left it for three years does not count in it)."""
    gone = either(
        is_dead(person), person["is_in_prison"], person["is_in_detox"], person["is_declared_missing"]
    )
    return no(either(person["is_supporter"], gone))


def _grounds(person: Person) -> dict[str, Answer]:
    """§18: 家庭财产 is asked of (三) and of the idle disabled; (一)(二)(四) have it from 边缘 itself."""
    case = person.case
    near, here = _is_near_family(person), counts(person)
    frail = both(person.is_elder, person["has_incapacity_record"])
    local = case.number("single_person_minors_and_frail_elders")
    resident = has_lasted(
        person["religious_residence_since"], case.number("religious_residence_months"), case.on
    )
    return {
        "8(一)": both(here, near, either(is_severe(person), is_mental_third(person))),
        "8(二)": both(here, near, person["has_serious_illness"]),
        "8(三)": both(_is_free(person), person["is_clergy"], resident, is_within_limits(case)),
        "8(四)": both(here, near, local, either(person.is_minor, frail)),
        "成年无业重残": both(
            here, case.on >= SAFETY_NET_SINCE, is_adult_disabled_idle(person), is_within_limits(case)
        ),
    }


@once
def single_ground(person: Person) -> str | None:
    """理由 of who qualifies: the first that holds, in this order; unknown where an earlier one is open."""
    for name, ground in _grounds(person).items():
        holds = both(ground, _is_poor_alone(person))
        if holds is None:
            return None
        if holds:
            return name
    return "无"


def has_ground(person: Person) -> Answer:
    """Whether any holds, whichever is the first."""
    return either(*_grounds(person).values())


@once
def single_income(person: Person) -> Amount:
    """§18: 本人收入与本人扣减，含应得赡养费; fen a month."""
    own = per(own_after_deductions(person), 12)
    return never_below_zero(total((own, support_due_to(person))))


@once
def is_single(person: Person) -> Answer:
    """After 低保整户 (§5); 整户符合时不得只保个别人 (§28)."""
    return both(has_ground(person), _is_poor_alone(person))


@once
def _is_poor_alone(person: Person) -> Answer:
    return both(
        less(single_income(person), line(person.case)),
        no(both(counts(person), is_dibao(person.case))),
        no(is_tekun(person)),
    )


def single_amount(person: Person) -> int | None:
    """Up to the yuan for each person."""
    owed = up_to_yuan(minus(line(person.case), single_income(person)))
    return granted(is_single(person), owed)


@once
def works_unsteadily(case: Case) -> Answer:
    """有劳动能力且收入不固定."""
    return any_member(case, lambda one: both(no(is_unable_to_work(one)), no(one["has_stable_income"])))


def dibao_class(case: Case) -> str | None:
    """§18: A＝无劳动能力；B＝有劳动能力且收入稳定；C＝有劳动能力且收入不固定."""
    able = any_member(case, lambda one: no(is_unable_to_work(one)))
    if able is False:
        return "A"
    unsteady = works_unsteadily(case)
    if unsteady:
        return "C"
    return "B" if able and unsteady is False else None


def review_months(case: Case) -> int | None:
    """S1§31: 收入不固定且有劳动力每半年1次, else each year."""
    return choose(
        works_unsteadily(case), case.number("unsteady_review_months"), case.number("steady_review_months")
    )
