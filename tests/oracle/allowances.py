"""特困 allowances, the two for the disabled, the children's (§3, §7, YL08, YL09)."""

from fractions import Fraction

from oracle.ability import is_disabled, is_severe, self_care_level
from oracle.case import Person
from oracle.children import is_child_without_care, is_orphan
from oracle.composition import counts, is_dead
from oracle.dibao import dibao_amount, is_dibao, is_single, single_amount
from oracle.logic import Amount, Answer, both, choose, is_one, minus, no, per, times, total, up_to_yuan
from oracle.standards import CHILDREN_SINCE, TEKUN_RATIO, line
from oracle.standing import as_dibao, as_tekun
from oracle.tekun import is_tekun

LIVING, CARE = 115_00, 130_00
INSTITUTION, DISPERSED = 1600_00, 1200_00


def tekun_living(person: Person) -> int | None:
    """1.3L 向上到元, not lessened by own income (§18); 集中供养另设, and nobody told how much."""
    dispersed = up_to_yuan(times(line(person.case), TEKUN_RATIO))
    gathered = person.case.given.get("tekun_institution_living")
    amount = choose(is_one(person["care_place"], "集中"), gathered, dispersed)
    return choose(as_tekun(person), amount, 0)


def tekun_care(person: Person) -> int | None:
    """三档 by 自理能力; the amounts for 宁夏 were not found (§3)."""
    tiers = {"自理": "independent", "部分丧失": "partial", "完全丧失": "full"}
    tier = tiers.get(self_care_level(person) or "", "")
    return choose(as_tekun(person), person.case.given.get(f"tekun_care_{tier}"), 0)


def _ningxia_2024(person: Person, amount: int) -> int | None:
    case = person.case
    return amount if case.is_in("64") and case.on >= CHILDREN_SINCE else None


def _has_living(person: Person) -> Answer:
    """Of 两项补贴 neither goes with 特困 (indicators F10)."""
    return both(is_disabled(person), no(is_dead(person)), as_dibao(person), no(as_tekun(person)))


def disability_living(person: Person) -> int | None:
    """DB家庭中的持证残疾人; 延伸至BY is encouraged, not law."""
    return choose(_has_living(person), _ningxia_2024(person, LIVING), 0)


def _has_care(person: Person) -> Answer:
    """§18 YL09：一二级且有长期照护记录；特困人员不重复享受."""
    return both(is_severe(person), no(is_dead(person)), person["needs_long_term_care"], no(as_tekun(person)))


def disability_care(person: Person) -> int | None:
    return choose(_has_care(person), _ningxia_2024(person, CARE), 0)


def _child_standard(person: Person) -> int | None:
    """机构1600、散居1200; who is in no institution lives dispersed."""
    gathered = is_one(person["care_place"], "集中")
    return choose(gathered, _ningxia_2024(person, INSTITUTION), _ningxia_2024(person, DISPERSED))


def orphan(person: Person) -> int | None:
    return choose(is_orphan(person), _child_standard(person), 0)


def child_without_care(person: Person) -> int | None:
    """At the rate of 散居, for someone keeps the child; 与低保、特困、困难残疾人生活补贴并存且低于事无标准的补差."""
    beside = total((_dibao_share(person), tekun_living(person), disability_living(person)))
    lacking = None if beside is None else minus(_ningxia_2024(person, DISPERSED), beside)
    owed: Amount = None if lacking is None else max(Fraction(0), Fraction(lacking))
    return choose(is_child_without_care(person), owed, 0)


def _dibao_share(person: Person) -> Amount:
    """What 低保 gives the child: a share of the family's, or its own; of what the register pays nothing is told."""
    case = person.case
    if is_dibao(case) and counts(person):
        insured = [both(counts(one), no(is_tekun(one))) for one in case.people.values()]
        return per(dibao_amount(case), None if None in insured else insured.count(True))
    if is_single(person):
        return single_amount(person)
    return choose(as_dibao(person), None, Fraction(0))
