"""因病致贫重病患者 (§7): the payment's threshold is known, the limits of income and property are not."""

from oracle.case import Person, once
from oracle.composition import counts
from oracle.logic import Answer, at_least, both, either, total
from oracle.standards import ILLNESS_CHANGE

FEWER, MORE = 20_000_00, 30_000_00


@once
def is_ill_and_poor(person: Person) -> Answer:
    """§18: 其收入财产限额未知故最多为“不知道”. Before 2023-03-01: 3万元, 定点医院住院."""
    case = person.case
    if not case.is_in("64"):
        return both(counts(person), None)  # the threshold is 宁夏's
    if case.on < ILLNESS_CHANGE:
        reached = at_least(person["hospital_stays_self_paid_12m"], MORE)
    else:
        # 年度个人自付 (§17-11), or 12个月 of 住院总费用+门诊慢特病 (YL15)
        paid = total((person["inpatient_self_paid_12m"], person["outpatient_self_paid_12m"]))
        reached = either(at_least(paid, FEWER), at_least(person["out_of_pocket_this_year"], FEWER))
    return both(counts(person), reached, None)
