"""§2.1 收入: four kinds, what is not counted, what is deducted. Fen of twelve months, exact."""

from collections.abc import Iterable
from fractions import Fraction

from oracle.ability import is_disabled
from oracle.case import Case, Person, once
from oracle.composition import counts, members, size
from oracle.logic import Amount, choose, either, minus, never_below_zero, per, times, total
from oracle.support import support_due

# 见 §2.1: 经营净（扣费用、折旧、生产税）、财产净、转移净（转移收入−税、社保、赡养支出等）. 土地流转租金 is of property.
KINDS = {
    "wage": (("wages_12m",), ()),
    "business": (("business_revenue_12m",), ("business_costs_12m", "depreciation_12m", "production_tax_12m")),
    "property": (
        ("rental_income_12m", "interest_and_dividends_12m", "land_rent_12m"),
        ("property_costs_12m",),
    ),
    "transfer": (
        (
            "employee_pension_12m",
            "resident_pension_12m",
            "periodic_benefits_12m",
            "unemployment_benefits_12m",
            "farm_subsidies_12m",
            "old_age_allowance_12m",
            "other_transfers_12m",
        ),
        ("income_tax_12m", "social_insurance_paid_12m", "support_paid_12m"),
    ),
}
# 不计：优待抚恤金、计生奖扶、奖学金、见义勇为；各类社会救助款物；中央基础养老金
UNCOUNTED = (
    "veteran_benefits_12m",
    "family_planning_awards_12m",
    "scholarships_12m",
    "bravery_awards_12m",
    "assistance_received_12m",
)


@once
def net(person: Person, kind: str) -> Amount:
    """One person's net income of a kind; it may be negative (§18: 只在合计处归零)."""
    gained, lost = KINDS[kind]
    if kind == "transfer":
        # the central basic pension is within the resident pension
        return minus(_sum(person, gained), total((_sum(person, lost), uncounted_pension(person))))
    return minus(_sum(person, gained), _sum(person, lost))


def _sum(person: Person, names: Iterable[str]) -> Amount:
    return total(person[name] for name in names)


def uncounted_pension(person: Person) -> Amount:
    """中央基础养老金不计, as long as §0's parameter says so."""
    return choose(person.number("exempt_central_basic_pension"), person["central_basic_pension_12m"], 0)


@once
def uncounted(person: Person) -> Amount:
    """What is shown only."""
    return total((_sum(person, UNCOUNTED), uncounted_pension(person)))


@once
def earned(person: Person) -> Amount:
    """The four kinds together."""
    return total(net(person, kind) for kind in KINDS)


def employment_cost(person: Person) -> Amount:
    """§18: 工资的10%，不封顶，不及于经营收入."""
    return person.case.times_percent(person["wages_12m"], "employ_cost_percent")


def family_employment_cost(case: Case) -> Amount:
    """Of all wages together."""
    return case.times_percent(over_members(case, lambda one: one["wages_12m"]), "employ_cost_percent")


def rigid_deduction(person: Person) -> Amount:
    """§18: 残疾或重病成员的医疗个人负担与康复支出."""
    spent = total((person["medical_self_paid_12m"], person["rehabilitation_self_paid_12m"]))
    return choose(either(is_disabled(person), person["has_serious_illness"]), spent, Fraction(0))


@once
def own_after_deductions(person: Person) -> Amount:
    """本人收入与本人扣减, of twelve months."""
    return minus(earned(person), total((employment_cost(person), rigid_deduction(person))))


def over_members(case: Case, amount) -> Amount:
    """Summed over who counts: unknown while it is open whether somebody does."""
    return total(amount(person) if counts(person) else None for person in members(case))


@once
def assessed_income(case: Case) -> Amount:
    """§18 §4: 扣就业成本后、扣刚性支出前的十二个月可核收入. Support due from kin is income too (转移)."""
    kept = over_members(case, lambda person: minus(earned(person), employment_cost(person)))
    return never_below_zero(total((kept, times(support_due(case), 12))))


@once
def income_per_head(case: Case) -> Amount:
    """PCI, fen a month: four kinds − employment cost − rigid deduction + support due, over the whole family."""
    kept = over_members(case, own_after_deductions)
    whole = never_below_zero(total((kept, times(support_due(case), 12))))
    return per(per(whole, 12), size(case))


@once
def annual_income_per_head(case: Case) -> Amount:
    """What 刚性 compares with D."""
    return per(assessed_income(case), size(case))
