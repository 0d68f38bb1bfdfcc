"""Ability to work and to care for oneself: 特困's sense, the sense of classes, and the six acts of daily life."""

from collections.abc import Iterable

from wenhou.engine import person, rule, unknown, when
from wenhou.engine.expr import Expr
from wenhou.policy import law
from wenhou.policy.rules import people, register

__all__ = ["people", "register"]

MOST = 3
LOST = 4  # acts of six that make the loss complete


def _sum(parts: Iterable[Expr]) -> Expr:
    first, *rest = parts
    for part in rest:
        first = first + part
    return first


@rule(person, law=law.TEKUN["5"])
def is_disabled_beyond_work(disability_category, disability_level):
    """特困所列的残疾.

    智力、精神残疾一至三级，肢体残疾一至二级，视力残疾一级。
    多重残疾只看类别不知道含哪一类：一至三级的不知道，四级不是。
    """
    certified = disability_level >= 1
    mental = disability_category.isin(["智力", "精神"]) & (disability_level <= MOST)
    limb = (disability_category == "肢体") & (disability_level <= 2)
    sight = (disability_category == "视力") & (disability_level == 1)
    several = when((disability_category == "多重") & (disability_level <= MOST), unknown, False)
    return certified & (mental | limb | sight | several)


@rule(person, law=law.TEKUN["5"])
def lacks_work_ability(age, elder_age, tekun_child_age, is_disabled_beyond_work):
    """无劳动能力.

    年满60周岁、未满16周岁，或特困所列的残疾。
    """
    return (age >= elder_age) | (age < tekun_child_age) | is_disabled_beyond_work


@rule(person, law=law.OWN["口径"])
def is_unable_to_work(lacks_work_ability, has_serious_illness, is_full_time_student):
    """分类意义的无劳动能力.

    年满60周岁、未满16周岁、特困所列的残疾、重病或全日制学生（facts §18）。
    """
    return lacks_work_ability | has_serious_illness | is_full_time_student


@rule(person, law=law.SAFETY_NET["一(一)"])
def is_idle_severely_disabled_adult(age, adult_age, is_employed, is_self_employed, is_severely_disabled):
    """成年无业重度残疾人.

    年满18周岁、未就业（含灵活就业）、残疾一二级，不含三级智力、精神残疾（facts §18）。
    """
    return (age >= adult_age) & ~is_employed & ~is_self_employed & is_severely_disabled


@rule(person, unit="count", law=law.TEKUN["21-23"])
def daily_acts_surely_lost(can_eat, can_dress, can_get_up, can_use_toilet, can_walk_indoors, can_bathe):
    """六项中确知不达的项数."""
    return _sum(
        when(act.fill(True), 0, 1)
        for act in (can_eat, can_dress, can_get_up, can_use_toilet, can_walk_indoors, can_bathe)
    )


@rule(person, unit="count", law=law.TEKUN["21-23"])
def daily_acts_possibly_lost(can_eat, can_dress, can_get_up, can_use_toilet, can_walk_indoors, can_bathe):
    """六项中不达或不知道的项数."""
    return _sum(
        when(act.fill(False), 0, 1)
        for act in (can_eat, can_dress, can_get_up, can_use_toilet, can_walk_indoors, can_bathe)
    )


@rule(person, unit="text", law=law.TEKUN["21-23"])
def self_care_level(daily_acts_surely_lost, daily_acts_possibly_lost):
    """生活自理能力.

    六项全达为自理，1至3项不达为部分丧失，4项以上为完全丧失。
    有未评的项而评了也不改变结论的，照已知的项得结论。
    """
    partial = when(daily_acts_possibly_lost < LOST, "部分丧失", unknown)
    kept = when(daily_acts_possibly_lost == 0, "自理", unknown)
    lost = when(daily_acts_surely_lost >= 1, partial, kept)
    return when(daily_acts_surely_lost >= LOST, "完全丧失", lost)
