"""The oracle's door: an application to every answer of the-law.md."""

from typing import Any

from oracle import (
    allowances,
    dibao,
    heating,
    income,
    items,
    layers,
    price,
    procedure,
    relief,
    spending,
    standing,
    support,
)
from oracle import property as means
from oracle.ability import is_unable_to_work, lacks_work_ability, self_care_level
from oracle.case import Answers, Application, Case, Person
from oracle.children import is_child_without_care, is_orphan
from oracle.composition import counts, size
from oracle.illness import is_ill_and_poor
from oracle.logic import Amount, cut, up_to_fen
from oracle.tekun import is_tekun, is_tekun_household


def judge(application: Application) -> Answers:
    """Every answer. Amounts are whole fen; unknown is None."""
    case = Case(application)
    return Answers(_household(case), {key: _person(person) for key, person in case.people.items()})


def _person(person: Person) -> dict[str, Any]:
    return {
        "counts": counts(person),
        "lacks_work_ability": lacks_work_ability(person),
        "is_unable_to_work": is_unable_to_work(person),
        "self_care_level": self_care_level(person),
        "support_due_to_me": cut(support.support_due_to(person)),
        "qualifies_for_tekun": is_tekun(person),
        "single_person_ground": dibao.single_ground(person),
        "qualifies_for_single_dibao": dibao.is_single(person),
        "single_dibao_amount": dibao.single_amount(person),
        "tekun_living_allowance": allowances.tekun_living(person),
        "tekun_care_allowance": allowances.tekun_care(person),
        "disability_living_allowance": allowances.disability_living(person),
        "disability_care_allowance": allowances.disability_care(person),
        "qualifies_as_orphan": is_orphan(person),
        "qualifies_as_child_without_care": is_child_without_care(person),
        "orphan_allowance": allowances.orphan(person),
        "child_without_care_allowance": up_to_fen(allowances.child_without_care(person)),
        "qualifies_for_illness_poverty": is_ill_and_poor(person),
        "price_subsidy": price.subsidy(person),
        "stands_as_dibao": standing.as_dibao(person),
        "stands_as_tekun": standing.as_tekun(person),
        "stands_as_near_dibao": standing.as_near(person),
        "stands_as_unavoidable_spending": standing.as_spending(person),
    }


def _household(case: Case) -> dict[str, Any]:
    return {
        **_incomes(case),
        **_means(case),
        **_verdicts(case),
        **_reliefs(case),
        **{f"item_yl{number:02}": items.item(case, number) for number in range(1, 44)},
        **{kind: layers.help_of(case, kind) for kind in layers.HELPS},
        "layer": layers.layer(case),
    }


def _incomes(case: Case) -> dict[str, Any]:
    def summed(amount) -> Amount:
        return cut(income.over_members(case, amount))

    return {
        "family_size": size(case),
        **{
            f"{kind}_income_12m": summed(lambda one, kind=kind: income.net(one, kind))
            for kind in income.KINDS
        },
        "uncounted_income_12m": summed(income.uncounted),
        "employment_cost_12m": cut(income.family_employment_cost(case)),
        "rigid_deduction_12m": summed(income.rigid_deduction),
        "support_due": cut(support.support_due(case)),
        "income_per_head": cut(income.income_per_head(case)),
        "annual_income_per_head": cut(income.annual_income_per_head(case)),
        "unavoidable_spending_12m": cut(spending.unavoidable_spending(case)),
    }


def _means(case: Case) -> dict[str, Any]:
    return {
        **{f"{kind}_is_barred": means.is_barred(case, kind) for kind in means.ASSETS},
        "has_property_within_limits": means.is_within_limits(case),
        "has_property_within_near_limits": means.is_within_limits(case, "near_asset_months"),
        "has_property_within_spending_limits": means.is_within_spending_limits(case),
        "is_authorised_household": procedure.is_authorised(case),
    }


def _verdicts(case: Case) -> dict[str, Any]:
    return {
        "qualifies_for_tekun_household": is_tekun_household(case),
        "qualifies_for_dibao": dibao.is_dibao(case),
        "qualifies_for_near_dibao": dibao.is_near(case),
        "qualifies_for_unavoidable_spending": spending.is_spending(case),
        "category": spending.category(case),
        "dibao_amount": dibao.dibao_amount(case),
        "dibao_class_due": dibao.dibao_class(case),
        "review_months": dibao.review_months(case),
        "is_within_grace": relief.is_within_grace(case),
        "must_be_visited_by_county": procedure.must_be_visited(case),
        "may_be_confirmed": procedure.may_be_confirmed(case),
        "must_republish_tekun": procedure.must_republish_tekun(case),
        "must_republish_dibao": procedure.must_republish_dibao(case),
    }


def _reliefs(case: Case) -> dict[str, Any]:
    low, high = heating.amounts(case)
    urgent, spent = relief.is_emergency(case), relief.is_expenditure(case)
    return {
        "qualifies_for_emergency_relief": urgent,
        "qualifies_for_expenditure_relief": spent,
        "emergency_relief_floor": up_to_fen(relief.floor_of(case, urgent, relief.EMERGENCY)),
        "expenditure_relief_floor": up_to_fen(relief.floor_of(case, spent, relief.EXPENDITURE)),
        "is_helped_first": relief.is_helped_first(case),
        "qualifies_for_heating_aid": heating.is_helped(case),
        "heating_aid_low": cut(low),
        "heating_aid_high": cut(high),
        "is_price_subsidy_started": price.is_started(case),
    }
