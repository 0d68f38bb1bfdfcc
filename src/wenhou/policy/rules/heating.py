"""取暖: who on the register in November gets how much, as a range where the tiers are not published."""

from wenhou.engine import greatest, household, person, rule, unknown, when
from wenhou.policy.law import of_items as law
from wenhou.policy.rules import composition
from wenhou.policy.rules.amounts import paid

__all__ = ["composition"]


@rule(person, law=law.YINCHUAN_HEATING["农村散居特困"])
def is_dispersed_tekun(counts, is_tekun, care_place):
    """在册的散居特困人员.

    登记为集中供养的除外；没有登记供养方式的为散居。
    """
    return counts & is_tekun & (care_place != "集中")


@rule(person, law=law.YINCHUAN_HEATING["散居孤儿"])
def is_dispersed_orphan(counts, gets_orphan_allowance, care_place):
    """在册的散居孤儿."""
    return counts & gets_orphan_allowance & (care_place != "集中")


@rule(household, unit="count", law=law.NINGXIA_HEATING["底线"])
def heating_dibao_people(members):
    """在册低保人数."""
    return members.where(members.counts).is_dibao.count()


@rule(household, unit="fen", law=law.NINGXIA_HEATING["底线"])
def heating_floor(urban_rural, heating_floor_urban, heating_floor_rural, heating_dibao_people):
    """低保采暖补贴自治区底线.

    按人，只及低保。
    """
    return when(urban_rural == "城市", heating_floor_urban, heating_floor_rural) * heating_dibao_people


@rule(household, unit="fen", law=law.YINCHUAN_HEATING["城市低保"])
def heating_of_dibao_low(urban_rural, heating_urban_dibao_low, heating_rural_dibao, heating_floor):
    """低保采暖补贴的最低可能.

    当地没有分档标准的，自治区底线即是最低。
    """
    tier = when(urban_rural == "城市", heating_urban_dibao_low, heating_rural_dibao)
    return greatest(tier.fill(0), heating_floor)


@rule(household, unit="fen", law=law.YINCHUAN_HEATING["城市低保"])
def heating_of_dibao_high(urban_rural, heating_urban_dibao_high, heating_rural_dibao, heating_floor):
    """低保采暖补贴的最高可能.

    城市低保按待遇比例分档，分档未公布，给区间不给数。
    """
    tier = when(urban_rural == "城市", heating_urban_dibao_high, heating_rural_dibao)
    return greatest(tier, heating_floor)


@rule(household, unit="fen", law=law.YINCHUAN_HEATING["城市散居特困"])
def heating_of_tekun(members, urban_rural, heating_urban_tekun_at_cost, heating_rural_tekun):
    """散居特困采暖补贴.

    城市按当年实际采暖费，农村每户定额。
    """
    cost = when(members.is_dispersed_tekun, members.heating_cost, 0).sum()
    return when(urban_rural == "城市", when(heating_urban_tekun_at_cost, cost, unknown), heating_rural_tekun)


@rule(household)
def heats_as_dibao(
    members,
    urban_rural,
    heating_urban_dibao_high,
    heating_rural_dibao,
    heating_floor_urban,
    heating_floor_rural,
):
    """按低保享采暖补贴.

    家中有在册低保人员，且当地有分档标准或自治区底线；没有分档标准的只看底线。
    """
    urban = (heating_urban_dibao_high > 0).fill(False) | (heating_floor_urban > 0)
    rural = (heating_rural_dibao > 0).fill(False) | (heating_floor_rural > 0)
    return members.where(members.counts).is_dibao.any() & when(urban_rural == "城市", urban, rural)


@rule(household)
def heats_as_tekun(members, urban_rural, heating_urban_tekun_at_cost, heating_rural_tekun):
    """按散居特困享采暖补贴.

    家中有在册散居特困人员，且当地有标准。
    """
    ruled = when(urban_rural == "城市", heating_urban_tekun_at_cost, heating_rural_tekun > 0)
    return members.is_dispersed_tekun.any() & ruled


@rule(household)
def heats_as_orphan(members, heating_orphan):
    """按散居孤儿享采暖补贴.

    家中有在册散居孤儿，且当地有标准。
    """
    return members.is_dispersed_orphan.any() & (heating_orphan > 0)


@rule(household)
def heats_as_near_dibao(members, heating_near_dibao):
    """按低保边缘享采暖补贴.

    家中有在册低保边缘人员，且当地有标准。
    """
    return members.where(members.counts).is_near_dibao.any() & (heating_near_dibao > 0)


@rule(household, law=law.YINCHUAN_HEATING["农村低保"], determines=True)
def qualifies_for_heating_aid(heats_as_dibao, heats_as_tekun, heats_as_orphan, heats_as_near_dibao):
    """取暖救助.

    在册的低保、低保边缘、散居特困、散居孤儿。
    发放以11月在册为准；这里看所问之日的在册，不看本次认定。当地没有标准的不知道。
    """
    return heats_as_dibao | heats_as_tekun | heats_as_orphan | heats_as_near_dibao


@rule(household, unit="fen", law=law.YINCHUAN_HEATING["城市低保"], determines=True)
def heating_aid_low(
    qualifies_for_heating_aid,
    heats_as_dibao,
    heats_as_tekun,
    heats_as_orphan,
    heats_as_near_dibao,
    heating_of_dibao_low,
    heating_of_tekun,
    heating_orphan,
    heating_near_dibao,
):
    """取暖金额区间的下端.

    一户只发一份，兼有几种身份的取高。
    """
    registered = greatest(
        when(heats_as_dibao, heating_of_dibao_low, 0), when(heats_as_tekun, heating_of_tekun, 0)
    )
    others = greatest(
        when(heats_as_orphan, heating_orphan, 0), when(heats_as_near_dibao, heating_near_dibao, 0)
    )
    return paid(qualifies_for_heating_aid, greatest(registered, others))


@rule(household, unit="fen", law=law.YINCHUAN_HEATING["城市低保"], determines=True)
def heating_aid_high(
    qualifies_for_heating_aid,
    heats_as_dibao,
    heats_as_tekun,
    heats_as_orphan,
    heats_as_near_dibao,
    heating_of_dibao_high,
    heating_of_tekun,
    heating_orphan,
    heating_near_dibao,
):
    """取暖金额区间的上端.

    一户只发一份，兼有几种身份的取高；只有一个数的两端相等。
    """
    registered = greatest(
        when(heats_as_dibao, heating_of_dibao_high, 0), when(heats_as_tekun, heating_of_tekun, 0)
    )
    others = greatest(
        when(heats_as_orphan, heating_orphan, 0), when(heats_as_near_dibao, heating_near_dibao, 0)
    )
    return paid(qualifies_for_heating_aid, greatest(registered, others))
