"""§3 特困, person by person (§18: 逐人判断)."""

from oracle.ability import is_mental_third, is_severe, lacks_work_ability
from oracle.case import Case, Person, once
from oracle.composition import all_members, counts, is_dead, is_somebody
from oracle.income import earned, employment_cost, own_after_deductions, uncounted_pension
from oracle.logic import Answer, all_of, both, choose, either, is_one, less, minus, no, per, total
from oracle.property import is_within_limits
from oracle.standards import disposable, line
from oracle.support import supporters


@once
def has_no_livelihood(person: Person) -> Answer:
    """无生活来源：收入<L且财产符合; 高龄津贴不计 (S2§6), nor the basic pension, which S2 ends at no
    day; 义务人给付不推定 (§18)."""
    besides = total(
        (
            person["old_age_allowance_12m"],
            minus(person["central_basic_pension_12m"], uncounted_pension(person)),
        )
    )
    own = per(minus(own_after_deductions(person), besides), 12)
    return both(less(own, line(person.case)), is_within_limits(person.case))


def _is_unable(one: Person, income, has_modest_property: Answer) -> Answer:
    """S2§8 义务人无履行能力; 特困、低保 by the register alone (§18: 避免循环)."""
    poor = both(less(income, disposable(one.case)), has_modest_property)
    disabled = either(is_severe(one), is_mental_third(one))
    gone = either(one["lacks_civil_capacity"], one["is_declared_missing"], one["is_in_prison"])
    return either(
        one["is_tekun"],
        both(one.is_elder, one["is_dibao"]),
        both(either(one.is_aged(one.number("capable_supporter_age")), disabled), poor),
        both(gone, has_modest_property),
    )


def _has_duty(one: Person) -> Answer:
    """Who counts does so for a duty (S1§7); the applicant, spouse, children and parents have it
    wherever they are."""
    return either(
        counts(one), one["has_support_duty"], is_one(one["kinship"], "申请人", "配偶", "子女", "父母")
    )


def _kin_at_home(person: Person) -> list[Answer]:
    """Others named of the family are 义务人 too. No minor owes support, and none of the dead."""
    case = person.case
    told = []
    for one in case.people.values():
        if one.key != person.key and not one["is_supporter"]:
            own = minus(earned(one), employment_cost(one))
            # who counts owns what the family does; of the others it was assessed
            modest = choose(counts(one), is_within_limits(case), one["has_modest_property"])
            able = no(_is_unable(one, own, modest))
            told.append(no(both(_has_duty(one), no(one.is_minor), no(is_dead(one)), able)))
    return told


def _parents_away(person: Person) -> list[Answer]:
    """A minor's father and mother owe support even where the family does not count them."""
    case = person.case
    told = []
    for parent in (case.of(person["father"]), case.of(person["mother"])):
        if parent is not None and not parent["is_supporter"]:
            away = both(person.is_minor, no(counts(parent)), no(is_dead(parent)), no(parent.is_minor))
            own = minus(earned(parent), employment_cost(parent))
            told.append(no(both(away, no(_is_unable(parent, own, parent["has_modest_property"])))))
    return told


@once
def has_nobody_able(person: Person) -> Answer:
    """无义务人或义务人无履行能力."""
    outside = [
        either(
            is_dead(one),
            _is_unable(
                one,
                per(one["supporter_household_income_12m"], one["supporter_household_size"]),
                one["has_modest_property"],
            ),
        )
        for one in supporters(person)
    ]
    listed = True if person.case["has_unlisted_supporters"] is False else None
    return all_of([*outside, *_kin_at_home(person), *_parents_away(person), listed])


@once
def keeps_on(person: Person) -> Answer:
    """S2§24末款: 未成年至18岁，仍读义务教育/普高/中职可续."""
    return both(person["is_tekun"], either(person.is_minor, person["is_in_basic_schooling"]))


@once
def is_tekun(person: Person) -> Answer:
    """三无同时具备; 未成年人选孤儿/事无保障则不认定 (§9)."""
    chosen = both(person.is_minor, person["chooses_child_protection"])
    return both(
        counts(person),
        either(lacks_work_ability(person), keeps_on(person)),
        has_no_livelihood(person),
        has_nobody_able(person),
        no(chosen),
    )


@once
def is_tekun_household(case: Case) -> Answer:
    """§18: 全户计入成员都是特困才为特困户."""
    return both(is_somebody(case), all_members(case, is_tekun))
