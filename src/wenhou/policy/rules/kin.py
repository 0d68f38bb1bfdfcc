"""Kin who can or cannot support, as far as the watch sees: property is not asked. Determinations ask `tekun`."""

from wenhou.engine import person, rule
from wenhou.policy import law
from wenhou.policy.rules import lines, register

__all__ = ["lines", "register"]


@rule(person, unit="fen", law=law.TEKUN["8"])
def supporter_income_12m(earnings_after_tax_12m, employee_pension_12m):
    """义务人近12个月收入（申报收入与职工养老金）."""
    return earnings_after_tax_12m + employee_pension_12m


@rule(person, law=law.TEKUN["8"])
def cannot_support(
    is_tekun,
    is_dibao,
    is_elder,
    age,
    capable_supporter_age,
    is_gravely_disabled,
    supporter_income_12m,
    disposable_income,
    is_in_prison,
    is_declared_missing,
):
    """无履行义务能力的义务人（财产须另行核对）."""
    poor_elder_or_disabled = ((age >= capable_supporter_age) | is_gravely_disabled) & (
        supporter_income_12m < disposable_income
    )
    return is_tekun | (is_elder & is_dibao) | poor_elder_or_disabled | is_in_prison | is_declared_missing


@rule(person, law=law.TEKUN["4-8"])
def has_able_child(children, adult_age):
    """有在世、有履行能力的成年子女."""
    grown = children.where((children.age >= adult_age) & children.is_living)
    return (~grown.cannot_support).any()
