"""§2 S1§7 共同生活的家庭成员, and whom the law does not count."""

from oracle.case import Case, Person, once
from oracle.logic import Answer, all_of, any_of, both, either, has_lasted, is_one, no


@once
def is_dead(person: Person) -> Answer:
    """Any of three sources says so. S1§7 names no dead: nobody lives together with them."""
    return either(person["has_police_death"], person["has_hospital_death"], person["is_cremated"])


@once
def belongs(person: Person) -> Answer:
    """配偶；未成年子女；不能独立生活的成年子女（含全日制本科及以下在读）；其他法定赡抚扶养且长期共同居住者."""
    kin = person["kinship"]
    # 全日制在读 says that they study; of the stages 研究生 alone is above 本科
    studies = both(person["is_full_time_student"], no(is_one(person["school_stage"], "研究生")))
    child = both(is_one(kin, "子女"), either(person.is_minor, person["is_dependent_adult"], studies))
    other = both(person["has_support_duty"], person["lives_with_family"])
    return either(is_one(kin, "申请人", "配偶"), child, other)


@once
def is_left_out(person: Person) -> Answer:
    """§2 不计入, and §7 共同成员在宁夏另不计."""
    on, case = person.case.on, person.case
    grounds = [
        both(
            person["is_clergy"], has_lasted(person["left_family_on"], case.number("clergy_away_months"), on)
        ),
        person["is_in_prison"],
        person["is_in_detox"],
        person["is_declared_missing"],
        is_dead(person),
    ]
    if case.is_in("64"):
        grounds += [
            person["is_conscript"],
            both(
                person["is_missing_on_evidence"],
                has_lasted(person["missing_since"], case.number("missing_months"), on),
            ),
        ]
    return any_of(grounds)


@once
def counts(person: Person) -> Answer:
    """计入共同生活成员. A supporter who lives elsewhere never is (the-law.md)."""
    return both(no(person["is_supporter"]), belongs(person), no(is_left_out(person)))


@once
def members(case: Case) -> list[Person]:
    """Whoever may count: those who surely do not are left out."""
    return [person for person in case.people.values() if counts(person) is not False]


@once
def size(case: Case) -> int | None:
    """n: unknown while somebody's place in the family is."""
    if any(counts(person) is None for person in members(case)):
        return None
    return len(members(case))


def is_somebody(case: Case) -> Answer:
    """§18 §13: 全户均不计入（皆在狱）＝不成立."""
    return any_of(counts(person) for person in case.people.values())


def any_member(case: Case, holds) -> Answer:
    """Whether it holds of somebody counted."""
    return any_of(both(counts(person), holds(person)) for person in case.people.values())


def all_members(case: Case, holds) -> Answer:
    """Whether it holds of everybody counted."""
    return all_of(either(no(counts(person)), holds(person)) for person in case.people.values())
