"""Ages, deaths and disability certificates."""

from datetime import date

from wenhou.engine import full_years, least, person, rule, unknown, when
from wenhou.engine.expr import Expr
from wenhou.policy import law

_MENTAL = ("智力", "精神")
_NEVER = date(9999, 12, 31)  # later than any record, so that the earliest of several dates is one that exists


def _known(happened: Expr, on: Expr) -> Expr:
    return when(happened.fill(False), on, _NEVER)


def _may_be_mental(category: Expr) -> Expr:
    """Unknown of several disabilities in one certificate: it does not say which."""
    return when(category == "多重", unknown, False)


@rule(person, unit="years", law=law.OWN["口径"])
def age(birth_date, as_of):
    """周岁.

    生日当日达到；2月29日生者在3月1日（facts §18）。
    """
    return full_years(birth_date, as_of)


@rule(person)
def is_minor(age, adult_age):
    """未满18周岁."""
    return age < adult_age


@rule(person)
def is_elder(age, elder_age):
    """年满60周岁."""
    return age >= elder_age


@rule(person)
def is_dead(has_police_death, has_hospital_death, is_cremated):
    """有死亡记录（公安、死亡医学证明、火化任一）."""
    return has_police_death | has_hospital_death | is_cremated


@rule(person)
def is_living(is_dead):
    """没有死亡记录（死亡数据未覆盖的，按在世计入人口）."""
    return ~is_dead.fill(False)


@rule(person, unit="date")
def died_on(
    is_dead,
    has_police_death,
    police_death_on,
    has_hospital_death,
    hospital_death_on,
    is_cremated,
    cremated_on,
):
    """死亡日期（三个来源中最早的）."""
    police, hospital = (
        _known(has_police_death, police_death_on),
        _known(has_hospital_death, hospital_death_on),
    )
    return when(is_dead, least(police, hospital, _known(is_cremated, cremated_on)), unknown)


@rule(person)
def has_recorded_death(has_police_death, is_cremated):
    """公安登记死亡或已火化."""
    return has_police_death | is_cremated


@rule(person, unit="date")
def recorded_death_on(has_recorded_death, has_police_death, police_death_on, is_cremated, cremated_on):
    """公安登记或火化的死亡日期（取早）."""
    earliest = least(_known(has_police_death, police_death_on), _known(is_cremated, cremated_on))
    return when(has_recorded_death, earliest, unknown)


@rule(person)
def is_gone(has_police_death, is_declared_missing):
    """公安登记死亡或宣告失踪."""
    return has_police_death | is_declared_missing


@rule(person)
def is_disabled(disability_level):
    """持有效残疾人证."""
    return disability_level > 0


@rule(person)
def is_severely_disabled(is_disabled, disability_level):
    """残疾一二级（多重残疾按证载等级）."""
    return is_disabled & (disability_level <= 2)


@rule(person)
def is_mentally_disabled_level_3(disability_category, disability_level):
    """智力或精神残疾三级.

    多重残疾三级的，不知道含哪一类。
    """
    mental = disability_category.isin(_MENTAL) | _may_be_mental(disability_category)
    return mental & (disability_level == 3)


@rule(person)
def is_mentally_disabled_level_3_4(disability_category, disability_level):
    """智力或精神残疾三四级.

    多重残疾三四级的，不知道含哪一类。
    """
    mental = disability_category.isin(_MENTAL) | _may_be_mental(disability_category)
    return mental & disability_level.isin((3, 4))
