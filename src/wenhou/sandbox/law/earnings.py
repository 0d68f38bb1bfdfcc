"""Twelve months' income, split over the people and their kinds of income, about the household's level."""

from typing import TYPE_CHECKING

import numpy as np

from wenhou.sandbox.law.columns import Columns, Numbers, picked, spread

if TYPE_CHECKING:
    from wenhou.sandbox.law.families import People


def fill(table: Columns, people: "People") -> None:
    due = _due(people)
    elder, child = people.age >= 60, people.age < 16
    kind = picked(people.rng, people.size, (0.6, 0.2, 0.08, 0.12))
    busy = ~elder & ~child
    _wages(table, people, np.where(busy & (kind == 0), due, 0))
    _business(table, people, np.where(busy & (kind == 1), due, 0))
    _property(table, people, np.where((busy & (kind == 2)) | child, due, 0))
    _pensions(table, people, np.where(elder, due, 0))
    _transfers(table, people, np.where(busy & (kind == 3), due, 0))
    _uncounted(table, people)
    _money(table, people)


def _due(people: "People") -> Numbers:
    """What falls to each person of the household's income; nothing in households put on a boundary."""
    weight = np.where(people.age >= 60, 0.5, np.where(people.age < 16, 0.01, 1.0)) * people.member
    weight = weight * people.rng.integers(0, 4, people.size)
    total = np.bincount(people.home, weights=weight, minlength=people.homes.size)
    heads = people.sums(people.member)
    yearly = people.homes.level * people.homes.line * 12 * heads
    yearly[people.homes.edge] = 0
    share = yearly / np.where(total > 0, total, 1)
    return (share[people.home] * weight).astype(np.int64)


def _on_edge(people: "People") -> Numbers:
    """For the applicant of a household on a boundary: one or one and a half lines a head, or the disposable income."""
    heads = people.sums(people.member)
    size = people.homes.size
    twice = people.rng.integers(2, 4, size)
    exact = people.homes.line * heads * 12 * twice // 2
    exact = np.where(people.homes.chance(0.25), people.homes.disposable * heads, exact)
    yearly = exact + people.rng.integers(-1, 2, size) * np.where(people.rng.random(size) < 0.5, 1, 12 * heads)
    yearly[~people.homes.edge] = 0
    first = np.arange(people.size) == people.first
    return np.where(first, np.maximum(yearly, 0)[people.home], 0)


def _wages(table: Columns, people: "People", wages: Numbers) -> None:
    table.put("wages_12m", wages)
    table.put("earnings_after_tax_12m", wages)
    table.put("wages_6m", wages // 2)
    taxed = wages > 6_000_000
    table.put("income_tax_12m", np.where(taxed, (wages - 6_000_000) * 3 // 100, 0))
    table.put("social_insurance_paid_12m", np.where(people.chance(0.5), wages // 10, 0))
    table.put(
        "support_paid_12m", np.where(people.chance(0.04), people.rng.integers(0, 600_000, people.size), 0)
    )


def _business(table: Columns, people: "People", net: Numbers) -> None:
    costs = (net * people.rng.random(people.size)).astype(np.int64)
    loss = (net > 0) & people.chance(0.1)
    table.put("business_revenue_12m", np.where(loss, costs // 2, net + costs))
    table.put("business_costs_12m", costs)
    table.put("depreciation_12m", np.where(people.chance(0.5), net // 50, 0))
    table.put("production_tax_12m", np.where(people.chance(0.3), net // 100, 0))


def _property(table: Columns, people: "People", net: Numbers) -> None:
    table.put("rental_income_12m", net)
    interest = np.where(people.chance(0.15), people.rng.integers(0, 20_000, people.size), 0)
    table.put("interest_and_dividends_12m", np.where(people.homes.edge[people.home], 0, interest))
    table.put("property_costs_12m", np.where(people.chance(0.1), net // 10, 0))
    table.put("land_rent_12m", np.where(people.chance(0.05) & (net > 0), net // 2, 0))


def _pensions(table: Columns, people: "People", due: Numbers) -> None:
    rng, size = people.rng, people.size
    elder = (people.age >= 60) & ~people.homes.edge[people.home]
    worker = elder & people.chance(0.35)
    central = np.where(elder & ~worker & people.chance(0.9), 12 * 14_300, 0)
    table.put("employee_pension_12m", np.where(worker, due, 0))
    table.put("central_basic_pension_12m", central)
    table.put("resident_pension_12m", np.where(worker, 0, np.maximum(due, central)))
    old = (people.age >= 80) & people.chance(0.4) & ~people.homes.edge[people.home]
    table.put("old_age_allowance_12m", np.where(old, 12 * rng.integers(100, 500, size) * 100, 0))


def _transfers(table: Columns, people: "People", due: Numbers) -> None:
    rng, size, edge = people.rng, people.size, people.homes.edge[people.home]
    table.put("other_transfers_12m", due + _on_edge(people))
    for name, share, middle in (
        ("periodic_benefits_12m", 0.02, 600_000),
        ("unemployment_benefits_12m", 0.03, 700_000),
        ("farm_subsidies_12m", 0.15, 60_000),
    ):
        table.put(name, np.where(people.chance(share) & ~edge, spread(rng, size, middle, 0.5), 0))
    table.put("survivor_benefits_12m", np.zeros(size, dtype=np.int64))


def _uncounted(table: Columns, people: "People") -> None:
    for name, share, middle in (
        ("veteran_benefits_12m", 0.03, 800_000),
        ("family_planning_awards_12m", 0.04, 100_000),
        ("scholarships_12m", 0.04, 200_000),
        ("bravery_awards_12m", 0.005, 500_000),
        ("assistance_received_12m", 0.2, 400_000),
    ):
        amount = spread(people.rng, people.size, middle, 0.6)
        table.put(name, np.where(people.chance(share), amount, 0))


def _money(table: Columns, people: "People") -> None:
    """Money of the household about 36 months of the line a head; one in twenty exactly there, or a fen beside it."""
    home, rng = people.homes, people.rng
    heads = people.sums(people.member)
    limit = home.line * 36 * heads
    amount = (limit * np.exp(rng.normal(-2.2, 1.2, home.size))).astype(np.int64)
    sharp = home.chance(0.05)
    amount = np.where(sharp, limit + rng.integers(-1, 2, home.size), amount)
    first = np.arange(people.size) == people.first
    mine = np.where(first, np.maximum(amount, 0)[people.home], 0)
    apart = np.where(people.chance(0.2), mine // 3, 0)
    table.put("deposits", mine - apart - apart // 2)
    table.put("investments", apart)
    table.put("insurance_value", apart // 2)
