"""What everybody lives on in the last twelve complete months, and what of it only they themselves can tell."""

from functools import cached_property
from typing import Any

import numpy as np

from wenhou.sandbox.catalogue import contracts
from wenhou.sandbox.world import World

PER_MU, COSTS_PER_MU = 76_000, 58_000
"""Fen a mu and year that a field brings and costs."""
TOO_OLD_TO_TILL = 75
"""Years; the subsidy still comes, the field is with relatives."""
TRADERS_COSTS = 78
"""Percent of a small trader's sales."""
ODD_JOBS, STEPS = 20_000, 5
"""Fen a month that work by the day brings who is not seen by the tax office: from there in steps of fifty yuan."""
RATES = {"职工养老": 80, "机关事业养老": 80, "失业": 5, "工伤": 0}
"""Permille of the base that people pay themselves; of 城乡居民养老 the base is what was paid."""
TAXED_WAGES = ("工资薪金", "劳务报酬", "稿酬特许权")
RECEIVED = (
    ("DI11", ()),
    ("DI12", ()),
    ("DI13", ("伤残津贴", "供养亲属抚恤金", "遗属补助")),
    ("DI16", ()),
    ("DI46", ("高龄津贴",)),
)


class Earned:
    """Fen of twelve months, per person."""

    def __init__(self, world: World) -> None:
        self._world = world

    def _year(self, contract: str, column: str = "month") -> np.ndarray:
        """Which rows lie in the twelve complete months."""
        month, last = self._world.ledgers.column(contract, column), self._world.clock.last_month
        return (month > last - 12) & (month <= last)

    def _sum(self, contract: str, amounts: np.ndarray, rows: np.ndarray) -> np.ndarray:
        found = np.zeros(self._world.people, dtype=np.int64)
        np.add.at(found, self._world.ledgers.column(contract, "id_no")[rows], amounts[rows])
        return found

    @cached_property
    def wages(self) -> np.ndarray:
        """As the tax office sees them."""
        ledgers = self._world.ledgers
        rows = self._year("DI26", "period") & ledgers.word("DI26", "income_item", *TAXED_WAGES)
        return self._sum("DI26", ledgers.column("DI26", "income"), rows)

    @cached_property
    def odd_jobs(self) -> np.ndarray:
        """Of those who say they take what work comes and of whom the tax office knows nothing."""
        ledgers = self._world.ledgers
        rows = ledgers.word("DI14", "job_kind", "灵活就业") & ledgers.word("DI14", "status", "在岗")
        person = np.unique(ledgers.column("DI14", "id_no")[rows])
        found = np.zeros(self._world.people, dtype=np.int64)
        found[person] = 12 * (ODD_JOBS + person % STEPS * 5_000)
        return np.where(self.wages > 0, 0, found)

    @cached_property
    def sales(self) -> np.ndarray:
        return self._sum("DI27", self._world.ledgers.column("DI27", "sales"), self._year("DI27", "period"))

    @cached_property
    def mu(self) -> np.ndarray:
        """Hundredths of a mu tilled."""
        ledgers = self._world.ledgers
        rows = ledgers.column("DI38", "year") == self._world.clock.year
        tilled = self._sum("DI38", np.maximum(ledgers.column("DI38", "land_mu"), 0), rows)
        return np.where(self._world.age < TOO_OLD_TO_TILL, tilled, 0)

    @cached_property
    def revenue(self) -> np.ndarray:
        return self.sales + self.mu * PER_MU // 100

    @cached_property
    def costs(self) -> np.ndarray:
        return self.sales * TRADERS_COSTS // 100 + self.mu * COSTS_PER_MU // 100

    @cached_property
    def insurance(self) -> np.ndarray:
        """What was paid for one's own insurance; -1 where the insurance office knows of no payment."""
        ledgers = self._world.ledgers
        kinds = contracts()["DI10"]["insure_kind"].words
        permille = np.array([RATES.get(kind, 1000) for kind in kinds])[ledgers.column("DI10", "insure_kind")]
        rows = self._year("DI10") & (ledgers.column("DI10", "paid") == 1)
        paid = self._sum("DI10", ledgers.column("DI10", "pay_base") * permille // 1000, rows)
        known = self._sum("DI10", np.ones(len(rows), dtype=np.int64), rows) > 0
        return np.where(known, paid, -1)

    @cached_property
    def pension(self) -> np.ndarray:
        ledgers = self._world.ledgers
        return self._sum("DI11", ledgers.column("DI11", "amount"), self._year("DI11"))

    @cached_property
    def received(self) -> np.ndarray:
        """Pensions and benefits."""
        ledgers, total = self._world.ledgers, np.zeros(self._world.people, dtype=np.int64)
        for contract, kinds in RECEIVED:
            rows = self._year(contract)
            rows = rows & ledgers.word(contract, "kind", *kinds) if kinds else rows
            total += self._sum(contract, ledgers.column(contract, "amount"), rows)
        return total

    @cached_property
    def by_item(self) -> dict[str, np.ndarray]:
        """What departments pay, by the archive's items."""
        ledgers, this = self._world.ledgers, self._world.clock.year
        basic = ledgers.column("DI12", "amount") - ledgers.column("DI12", "central_basic")
        farm = ledgers.column("DI38", "year") == this
        return {
            "养老金": self.pension + self._sum("DI12", basic, self._year("DI12")),
            "失业保险金": self._sum("DI16", ledgers.column("DI16", "amount"), self._year("DI16")),
            "惠农补贴": self._sum("DI38", ledgers.column("DI38", "amount"), farm),
            "土地流转租金": self._sum("DI38", np.maximum(ledgers.column("DI38", "transfer_rent"), 0), farm),
        }

    @cached_property
    def counted(self) -> np.ndarray:
        """What the bureau counts (facts §2.1), before what supporters owe and what illness takes."""
        ledgers = self._world.ledgers
        work = np.maximum(self.wages, self.odd_jobs) * 9 // 10 + self.revenue - self.costs
        tax = self._sum("DI26", ledgers.column("DI26", "tax"), self._year("DI26", "period"))
        tax += self._sum("DI27", ledgers.column("DI27", "tax_paid"), self._year("DI27", "period"))
        basic = self._sum("DI12", ledgers.column("DI12", "central_basic"), self._year("DI12"))
        this_year = ledgers.column("DI38", "year") == self._world.clock.year
        farm = self._sum("DI38", ledgers.column("DI38", "amount"), this_year)
        return work + farm + self.received - basic - tax - np.maximum(self.insurance, 0)

    @cached_property
    def whole(self) -> np.ndarray:
        """Everything, as a family would be asked about it that is not on the register."""
        ledgers = self._world.ledgers
        taxed = ledgers.column("DI26", "income") - ledgers.column("DI26", "tax")
        work = self._sum("DI26", taxed, self._year("DI26", "period")) + self.odd_jobs
        return np.maximum(work + self.revenue - self.costs + self.received, 0)

    def told(self, person: int) -> dict[str, Any]:
        """What a person must declare, by the facts' names; whatever is left out is none, or a department's to tell."""
        amounts = {
            "wages_12m": self.odd_jobs[person],
            "business_revenue_12m": self.revenue[person],
            "business_costs_12m": self.costs[person],
        }
        told: dict[str, Any] = {name: yuan(int(fen)) for name, fen in amounts.items() if fen > 0}
        if self.insurance[person] >= 0:
            told["social_insurance_paid_12m"] = yuan(int(self.insurance[person]))
        if self.pension[person] > 0:
            told["has_stable_income"] = True
        return told


def yuan(fen: int) -> str:
    """As the agreement writes money: 123456 → '1234.56元'."""
    return f"{fen // 100}.{fen % 100:02d}元"
