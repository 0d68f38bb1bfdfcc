"""Work and self-care: §3 无劳动能力 and 自理六项, §18 分类意义的无劳动能力."""

from oracle.case import Person, once
from oracle.logic import Answer, at_least, both, either, is_one, less

SIX = ("can_eat", "can_dress", "can_get_up", "can_use_toilet", "can_walk_indoors", "can_bathe")


def is_disabled(person: Person) -> Answer:
    """持有效残疾人证; 无证 is level 0."""
    return at_least(person["disability_level"], 1)


def is_severe(person: Person) -> Answer:
    """一、二级."""
    return _graded(person, 2)


def _graded(person: Person, worst: int) -> Answer:
    level = person["disability_level"]
    return both(at_least(level, 1), less(level, worst + 1))


def _of_kind(person: Person, *kinds: str) -> Answer:
    """多重 does not tell of which kinds, so it is unknown for each (§3 names single kinds only)."""
    kind = person["disability_category"]
    return None if kind == "多重" else is_one(kind, *kinds)


def is_mental_third(person: Person) -> Answer:
    """三级智力、三级精神."""
    return both(_of_kind(person, "智力", "精神"), is_one(person["disability_level"], 3))


def is_mental_third_or_fourth(person: Person) -> Answer:
    """三四级智力、精神 (indicators A06)."""
    return both(_of_kind(person, "智力", "精神"), is_one(person["disability_level"], 3, 4))


@once
def is_on_disability_list(person: Person) -> Answer:
    """§3: 智力精神1–3级、肢体1–2级、视力1级."""
    return either(
        both(_of_kind(person, "智力", "精神"), _graded(person, 3)),
        both(_of_kind(person, "肢体"), _graded(person, 2)),
        both(_of_kind(person, "视力"), _graded(person, 1)),
    )


@once
def lacks_work_ability(person: Person) -> Answer:
    """§3 S2§5: ≥60岁；<16岁；残疾清单."""
    return either(
        person.is_elder, person.is_under(person.number("tekun_child_age")), is_on_disability_list(person)
    )


@once
def is_unable_to_work(person: Person) -> Answer:
    """§18 §2.4: ≥60、<16、§3残疾清单、重病、全日制学生."""
    return either(lacks_work_ability(person), person["has_serious_illness"], person["is_full_time_student"])


@once
def self_care_level(person: Person) -> str | None:
    """§3: 全达=自理，1–3项不达=部分丧失，≥4项=完全丧失. Told as soon as what is open can change nothing."""
    failed = sum(person[name] is False for name in SIX)
    open_ = sum(person[name] is None for name in SIX)
    levels = {_level(number) for number in range(failed, failed + open_ + 1)}
    return levels.pop() if len(levels) == 1 else None


def _level(failed: int) -> str:
    return "自理" if failed == 0 else "部分丧失" if failed <= 3 else "完全丧失"
