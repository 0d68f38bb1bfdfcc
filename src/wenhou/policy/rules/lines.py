"""The lines of a place by town or country: what determinations and screening both compare with."""

from wenhou.engine import household, rule, when, years
from wenhou.policy import law


@rule(household, unit="fen/month", law=law.DIBAO["9"])
def dibao_standard(urban_rural, dibao_urban, dibao_rural):
    """当地月低保标准（按居住地城乡）."""
    return when(urban_rural == "城市", dibao_urban, dibao_rural)


@rule(household, unit="fen", law=law.STATISTICS["人均可支配收入"])
def disposable_income(urban_rural, disposable_income_urban, disposable_income_rural):
    """上年度当地居民人均可支配收入（按居住地城乡）."""
    return years(1) * when(urban_rural == "城市", disposable_income_urban, disposable_income_rural)


@rule(household, unit="fen", law=law.STATISTICS["人均可支配收入"])
def rural_disposable_income(disposable_income_rural):
    """上年度当地农村居民人均可支配收入."""
    return years(1) * disposable_income_rural
