"""住房城乡建设局 YL25 to YL28 and 应急管理局 YL35, YL36."""

from wenhou.engine import household, rule
from wenhou.policy import law
from wenhou.policy.items import BY_CODE
from wenhou.policy.rules import composition, groups

__all__ = ["composition", "groups"]


@rule(household, law=law.INTERIM_MEASURES["37-40"])
def is_short_of_housing(is_without_shelter, homes, home_area, housing_shortage_area, family_size):
    """住房困难.

    没有住房，无房可住（名下有房也算），或人均建筑面积低于当地标准。
    当地标准未查到：有住房而没有标准的不知道。
    """
    return is_without_shelter | (homes == 0) | (home_area < housing_shortage_area * family_size)


@rule(household, law=law.INTERIM_MEASURES["37-40"])
def has_member_with_home_ground(members):
    """家中有住房救助对象.

    低保、分散特困、边缘或刚性支出困难人员。
    """
    return members.is_in_tiers_with_home.any()


@rule(household, law=BY_CODE["YL25"].basis, determines=True)
def item_yl25(urban_rural, has_member_with_home_ground, is_short_of_housing):
    """公租房配租."""
    return (urban_rural == "城市") & has_member_with_home_ground & is_short_of_housing


@rule(household, law=BY_CODE["YL26"].basis, determines=True)
def item_yl26(urban_rural, has_member_with_home_ground, is_short_of_housing, rents_home):
    """住房租赁补贴."""
    return (urban_rural == "城市") & has_member_with_home_ground & is_short_of_housing & rents_home


@rule(household, law=BY_CODE["YL27"].basis, determines=True)
def item_yl27(urban_rural, has_member_with_home_ground, members, house_danger_level):
    """农村危房改造."""
    ground = has_member_with_home_ground | members.is_watched_for_relapse.any()
    return (urban_rural == "农村") & ground & house_danger_level.isin(["C", "D"])


@rule(household, law=BY_CODE["YL28"].basis, determines=True)
def item_yl28(members):
    """水、气、热等生活费用减免."""
    return members.is_in_two_tiers.any()


@rule(household, law=BY_CODE["YL35"].basis, determines=True)
def item_yl35(is_struck_by_disaster):
    """受灾人员生活救助（应急、过渡期、旱灾、冬春）."""
    return is_struck_by_disaster


@rule(household, law=BY_CODE["YL36"].basis, determines=True)
def item_yl36(house_damage, is_without_shelter):
    """因灾倒损住房恢复重建补助."""
    return house_damage.isin(["严重损坏", "倒塌"]) & is_without_shelter
