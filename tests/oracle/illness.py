"""因病致贫重病患者 (§7): the payment's threshold is known, the limits of income and property are not."""

from oracle.case import Person, once
from oracle.composition import counts
from oracle.logic import Answer, all_of, at_least, both, either, is_one, no, total
from oracle.standards import ILLNESS_CHANGE

PAID = (
    "out_of_pocket_this_year",
    "inpatient_self_paid_12m",
    "outpatient_self_paid_12m",
    "hospital_stays_self_paid_12m",
)
FEWER, MORE = 20_000_00, 30_000_00


@once
def is_ill_and_poor(person: Person) -> Answer:
    """§18: 其收入财产限额未知故最多为“不知道”. Before 2023-03-01: 3万元, 定点医院住院."""
    case = person.case
    if not case.is_in("64"):
        # the threshold is 宁夏's; elsewhere it is unknown, but who paid nothing is below any
        paid = [person[name] for name in PAID]
        return both(counts(person), no(all_of(is_one(amount, 0) for amount in paid)), None)
    if case.on < ILLNESS_CHANGE:
        reached = at_least(person["hospital_stays_self_paid_12m"], MORE)
    else:
        # 年度个人自付 (§17-11), or 12个月 of 住院总费用+门诊慢特病 (YL15)
        paid = total((person["inpatient_self_paid_12m"], person["outpatient_self_paid_12m"]))
        reached = either(at_least(paid, FEWER), at_least(person["out_of_pocket_this_year"], FEWER))
    return both(counts(person), reached, None)
