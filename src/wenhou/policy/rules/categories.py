"""The order of determination, the category of a family, and who stands as what for the benefits that follow."""

from wenhou.engine import household, person, rule, when
from wenhou.policy import law
from wenhou.policy.rules import single_person, spending

__all__ = ["single_person", "spending"]


@rule(household, unit="text", law=law.TIERED_AID["二"], determines=True)
def category(
    qualifies_for_tekun_household,
    qualifies_for_dibao,
    qualifies_for_near_dibao,
    qualifies_for_unavoidable_spending,
):
    """本户类别.

    依次为TK特困户、DB低保、BY边缘、GX刚性支出困难，都不是的为QT；单人保不改变全户类别。
    """
    rest = when(qualifies_for_near_dibao, "BY", when(qualifies_for_unavoidable_spending, "GX", "QT"))
    return when(qualifies_for_tekun_household, "TK", when(qualifies_for_dibao, "DB", rest))


@rule(person, law=law.TEKUN["4"], determines=True)
def stands_as_tekun(is_tekun, qualifies_for_tekun):
    """特困人员（在册或本次认定）."""
    return is_tekun | qualifies_for_tekun


@rule(person, law=law.DIBAO["9"], determines=True)
def stands_as_dibao(is_dibao, counts, qualifies_for_tekun, qualifies_for_dibao, qualifies_for_single_dibao):
    """低保对象（在册或本次认定）.

    本次认定为整户低保的保障人口，或单人保。
    """
    return is_dibao | (counts & ~qualifies_for_tekun & qualifies_for_dibao) | qualifies_for_single_dibao


@rule(person, law=law.DIBAO["8"], determines=True)
def stands_as_near_dibao(is_near_dibao, counts, qualifies_for_near_dibao):
    """低保边缘家庭成员（在册或本次认定）.

    含其中的单人保。
    """
    return is_near_dibao | (counts & qualifies_for_near_dibao)


@rule(person, law=law.SPENDING["4"], determines=True)
def stands_as_unavoidable_spending(is_unavoidable_spending, counts, qualifies_for_unavoidable_spending):
    """刚性支出困难家庭成员（在册或本次认定）."""
    return is_unavoidable_spending | (counts & qualifies_for_unavoidable_spending)
