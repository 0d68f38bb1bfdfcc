"""特困 allowances, the two for the disabled, the children's (§3, §7, YL08, YL09)."""

from fractions import Fraction

from oracle.ability import is_disabled, is_mental_third_or_fourth, is_severe, self_care_level
from oracle.case import Person
from oracle.children import is_child_without_care, is_orphan
from oracle.composition import counts, is_dead
from oracle.dibao import dibao_amount, is_dibao, is_single, single_amount
from oracle.logic import (
    Amount,
    Answer,
    both,
    choose,
    either,
    granted,
    is_one,
    minus,
    no,
    per,
    total,
    up_to_yuan,
)
from oracle.standards import line
from oracle.standing import as_dibao, as_near, as_tekun
from oracle.tekun import is_tekun


def tekun_living(person: Person) -> int | None:
    """1.3L 向上到元, not lessened by own income (§18); 集中供养另设, and nobody told how much."""
    dispersed = up_to_yuan(person.case.times_percent(line(person.case), "tekun_living_percent"))
    gathered = person.number("tekun_institution_living")
    amount = choose(is_one(person["care_place"], "集中"), gathered, dispersed)
    return granted(as_tekun(person), amount)


def tekun_care(person: Person) -> int | None:
    """三档 by 自理能力; the amounts for 宁夏 were not found (§3)."""
    tiers = {"自理": "independent", "部分丧失": "partial", "完全丧失": "full"}
    level = self_care_level(person)
    amount = None if level is None else person.number(f"tekun_care_{tiers[level]}")
    return granted(as_tekun(person), amount)


def _has_living(person: Person) -> Answer:
    """Of 两项补贴 neither goes with 特困 (indicators F10)."""
    near = both(person.number("disability_living_covers_near_dibao"), as_near(person))
    return both(
        is_disabled(person), no(is_dead(person)), either(as_dibao(person), near), no(as_tekun(person))
    )


def disability_living(person: Person) -> int | None:
    """DB家庭中的持证残疾人; 延伸至BY is encouraged: a parameter."""
    return granted(_has_living(person), person.number("disability_living_standard"))


def _has_care(person: Person) -> Answer:
    """§18 YL09：一二级且有长期照护记录；特困人员不重复享受; 三四级智力精神 where a place says so."""
    mental = both(person.number("disability_care_covers_mental"), is_mental_third_or_fourth(person))
    severe = either(is_severe(person), mental)
    return both(severe, no(is_dead(person)), person["needs_long_term_care"], no(as_tekun(person)))


def disability_care(person: Person) -> int | None:
    return granted(_has_care(person), person.number("disability_care_standard"))


def _child_standard(person: Person) -> int | None:
    """机构1600、散居1200; who is in no institution lives dispersed."""
    gathered = is_one(person["care_place"], "集中")
    return choose(gathered, person.number("orphan_institution"), person.number("orphan_dispersed"))


def orphan(person: Person) -> int | None:
    return granted(is_orphan(person), _child_standard(person))


def child_without_care(person: Person) -> int | None:
    """The rate is that of 散居, for someone keeps the child; 与低保、特困、困难残疾人生活补贴并存且低于事无标准的补差."""
    beside = total((_dibao_share(person), tekun_living(person), disability_living(person)))
    lacking = None if beside is None else minus(person.number("child_without_care_standard"), beside)
    owed: Amount = None if lacking is None else max(Fraction(0), Fraction(lacking))
    return granted(is_child_without_care(person), owed)


def _dibao_share(person: Person) -> Amount:
    """What 低保 gives the child: a share of the family's, or its own; of what the register pays nothing is told."""
    case = person.case
    if is_dibao(case) and counts(person) and is_tekun(person) is False:
        insured = [both(counts(one), no(is_tekun(one))) for one in case.people.values()]
        return per(dibao_amount(case), None if None in insured else insured.count(True))
    if is_single(person):
        return single_amount(person)
    return choose(as_dibao(person), None, Fraction(0))
