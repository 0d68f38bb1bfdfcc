"""Class C: 财产与消费变化 — vehicles, homes, money, enterprises, and the refused whose property is gone."""

from wenhou.engine import household, months, months_after, rule, unknown, when
from wenhou.engine import on_day as day
from wenhou.engine.expr import Expr
from wenhou.monitoring.indicators.watch import watch
from wenhou.policy import law
from wenhou.policy.rules import family
from wenhou.policy.rules.property import HOMES

__all__ = ["family"]


@rule(household)
def is_dibao_or_near_household(household_category):
    """在册低保或低保边缘家庭."""
    return household_category.isin(["DB", "BY"])


@rule(household, law=law.NINGXIA_ANSWERS["财产"])
def has_barred_vehicle(licensed_vehicles, kept_vehicles, business_vehicles, has_archived_vehicle_exemption):
    """有登记正常、没有豁免的车辆.

    唯一一辆，且为小型、微型客车或货车，用于营运、货运的，视为唯一谋生的小型经营性车辆。
    """
    only_earns = (kept_vehicles == 1) & (business_vehicles == 1)
    exempt = only_earns | has_archived_vehicle_exemption.fill(False)
    return (licensed_vehicles > 0) & (kept_vehicles > 0) & ~exempt


@watch(
    "C01",
    household,
    type="应退尽退",
    weight=25,
    headline="名下登记正常的车辆{kept_vehicles}辆",
    basis=("has_barred_vehicle", "kept_vehicles"),
    law=(law.NINGXIA_ANSWERS["财产"],),
    sources="DI06 DI07 SA-ARCH",
    note=(
        "条件没有要求新增，有即报；档案载明汽车豁免已批准的不报；残疾人专用、摩托车、三轮按车辆类型豁免，拖拉机视为生产用车（大型的见C02）；"
        "户内唯一一辆营运、货运的客车或货车视为唯一谋生的小型经营性车辆；登记后有转移、注销、报废记录的不算；"
        "其余生产用车、已灭失未销户的，批准豁免以前没有数据，核查时剔除"
    ),
)
def family_has_vehicle(is_dibao_or_near_household, has_barred_vehicle):
    """新增机动车辆."""
    return is_dibao_or_near_household & has_barred_vehicle


@watch(
    "C02",
    household,
    type="应退尽退",
    weight=25,
    headline="名下有在册的大型拖拉机或联合收割机",
    basis=("has_large_machinery",),
    law=(law.NINGXIA_ANSWERS["财产"],),
    sources="DI39 SA-ARCH",
    note="农村按本户城乡标识",
)
def family_has_large_machinery(on_register, urban_rural, has_large_machinery):
    """拥有大型农机具."""
    return on_register & (urban_rural == "农村") & has_large_machinery


def _two_large_homes(homes: Expr, area: Expr, per_head: Expr, people: Expr) -> Expr:
    return (homes >= HOMES) & (area >= per_head * people)


@rule(household, unit="count")
def homes_with_contracts(homes_of_members, unregistered_homes):
    """住宅套数（含网签未登记）."""
    return homes_of_members + unregistered_homes


@rule(household, unit="sqm")
def home_area_with_contracts(home_area_of_members, unregistered_home_area):
    """住宅建筑面积（含网签未登记，登记的按份额）."""
    return home_area_of_members + unregistered_home_area


@rule(household, unit="count", law=law.DIBAO["7"])
def home_sharers(members):
    """分摊住宅面积的成员数（不含已死亡的；宣告失踪的依法不计入）."""
    return members.where(members.is_living & ~members.is_declared_missing.fill(False)).count()


@rule(household)
def has_two_large_homes(
    homes_of_members,
    home_area_of_members,
    homes_with_contracts,
    home_area_with_contracts,
    home_area_per_head,
    home_sharers,
):
    """住宅两套以上，人均建筑面积达到规定."""
    alone = _two_large_homes(homes_of_members, home_area_of_members, home_area_per_head, home_sharers)
    together = _two_large_homes(
        homes_with_contracts, home_area_with_contracts, home_area_per_head, home_sharers
    )
    return (home_sharers > 0) & (alone | together)


@watch(
    "C03",
    household,
    type="应退尽退",
    weight=25,
    headline="住宅{homes_with_contracts}套，共{home_area_with_contracts}，达到{home_area_per_head}",
    basis=("homes_with_contracts", "home_area_with_contracts"),
    law=(law.NINGXIA_ANSWERS["财产"],),
    sources="DI17 DI19 DI01 SA-ARCH",
    note=(
        "网签备案没有不动产单元号，不能按单元号去重：本户在同一坐落有过不动产登记（现势或历史）的网签视为已登记，不再计；"
        "登记的按份额计面积、同一单元只算一套，网签按合同全面积、同一合同只算一套；30平方米未在当地载入的为不知道；"
        "宣告失踪的依法不计入成员，其名下的住宅也不计；服刑、强制隔离戒毒的DI01仍列在户，照计，由核查扣除"
    ),
)
def family_has_two_homes(on_register, has_two_large_homes):
    """两套以上住房且人均面积超限."""
    return on_register & has_two_large_homes


@watch(
    "C04",
    household,
    type="应退尽退",
    weight=25,
    headline="{home_bought_on}网签购房，{application_on}申请",
    basis=("has_bought_home", "home_bought_on"),
    law=(law.ELSEWHERE_PROPERTY["购房"], law.NINGXIA_ANSWERS["财产"]),
    sources="DI19 DI23 SA-ARCH SA-CASE",
    note=(
        "省外口径，宁夏待核；网签用途不限住宅；申请日期取在册记录中最早的，档案没有的取申请办件受理日期，"
        "再没有取认定日期；公积金购房提取、贷款另见C13"
    ),
)
def family_bought_home(on_register, has_bought_home, home_bought_on, application_on, home_purchase_months):
    """在册期间新购商品房."""
    since = months_after(application_on, -home_purchase_months)
    return on_register & has_bought_home & (home_bought_on >= since)


@watch(
    "C05",
    household,
    type="应退尽退",
    weight=25,
    headline="名下商业、办公或工业仓储房产{nonresidential_units}处",
    basis=("nonresidential_units",),
    law=(law.ELSEWHERE_PROPERTY["非居住房产"],),
    sources="DI17 SA-ARCH",
    note="省外口径，宁夏待核；本户没有登记的住宅、只有这一处的，视为唯一居住，不报；车位不算",
)
def family_has_business_premises(on_register, nonresidential_units, homes):
    """名下非居住类房产."""
    lives_there = (homes == 0) & (nonresidential_units == 1)
    return on_register & (nonresidential_units > 0) & ~lives_there


# money, within an authorisation


@rule(household, law=law.INTERIM_MEASURES["58"])
def has_authorised_member(members):
    """有在世成员持有效授权."""
    return members.where(members.is_living).is_authorised.any()


@rule(household, law=law.INTERIM_MEASURES["58"])
def adults_are_authorised(members, adult_age):
    """在世的成年成员都有有效授权."""
    return members.where(members.is_living & (members.age >= adult_age)).is_authorised.all()


def within_authorisation(some: Expr, everybody: Expr, hit: Expr) -> Expr:
    """What was seen of those who authorised suffices for a yes; for a no every adult must have."""
    return some & (hit | when(everybody, False, unknown))


@rule(household, unit="fen", law=law.NINGXIA_ANSWERS["财产"])
def money_seen(members):
    """已授权成员的货币财产."""
    asked = members.where(members.is_living & members.is_authorised)
    return (asked.deposits + asked.investments + asked.insurance_value).sum()


AUTHORISED = "已授权户＝有在世成员持有效授权书；没有的不属于本指标。成年成员未全部授权的，已见部分超线即报，未超为不知道"


@watch(
    "C06",
    household,
    type="应退尽退",
    weight=25,
    headline="货币财产{money_seen}，超过人均{asset_months}低保标准",
    basis=("money_seen",),
    law=(law.NINGXIA_ANSWERS["财产"],),
    sources="DI47 DI48 SA-ARCH SA-AUTH",
    note=(
        f"{AUTHORISED}；存款按银行、账户种类取最新时点，其余以记录号为账户，同一记录取最新来件；"
        "政策豁免的款项没有数据，核查时扣除；36个月未在当地载入的为不知道"
    ),
)
def family_has_money(
    is_dibao_household,
    has_authorised_member,
    adults_are_authorised,
    money_seen,
    asset_months,
    dibao_standard,
    household_size,
):
    """人均货币财产超36个月低保标准."""
    hit = money_seen > asset_months * dibao_standard * household_size
    return is_dibao_household & within_authorisation(has_authorised_member, adults_are_authorised, hit)


@rule(household, unit="fen", law=law.OWN["阈值"])
def large_transfer_line(transfer_months, dibao_standard, household_size):
    """大额转移累计线（12个月低保标准×人数）."""
    return transfer_months * dibao_standard * household_size


@rule(household, unit="fen")
def money_moved_out(members):
    """已授权成员受理前6个月大额转出."""
    asked = members.where(members.is_living & members.is_authorised)
    return asked.transfers_out_before_application.sum()


@watch(
    "C07",
    household,
    type="应调尽调",
    weight=15,
    headline="受理前6个月大额转出{money_moved_out}，达到{large_transfer_line}",
    basis=("money_moved_out",),
    law=(law.INTERIM_MEASURES["58"], law.INTERIM_MEASURES["68"], law.OWN["阈值"]),
    sources="DI48 SA-CASE SA-ARCH SA-AUTH",
    note=(
        f"{AUTHORISED}；受理日＝最近一次低保、特困、边缘、刚性申请的受理日，没有办件的取档案申请日期，当日转出的也算；"
        "没有发生日期的转出为不知道；核查时须给予说明机会"
    ),
)
def money_left_before_application(
    on_register, members, has_authorised_member, adults_are_authorised, money_moved_out, large_transfer_line
):
    """申请前6个月大额转出."""
    subject = on_register | members.is_applying.any()
    hit = money_moved_out >= large_transfer_line
    return subject & within_authorisation(has_authorised_member, adults_are_authorised, hit)


@rule(household, unit="fen")
def largest_money_in(members):
    """已授权成员近90日最大一笔转入."""
    asked = members.where(members.is_living & members.is_authorised)
    return asked.largest_transfer_in_90d.max(empty=0)


@rule(household, unit="fen")
def money_moved_in(members):
    """已授权成员近90日大额转入合计."""
    return members.where(members.is_living & members.is_authorised).transfers_in_90d.sum()


@watch(
    "C08",
    household,
    type="应调尽调",
    weight=15,
    headline="近90日大额转入合计{money_moved_in}，最大一笔{largest_money_in}",
    basis=("largest_money_in", "money_moved_in"),
    law=(law.DIBAO["30"], law.OWN["阈值"]),
    sources="DI48 SA-ARCH SA-AUTH",
    note=f"{AUTHORISED}；累计同样看近90日，90日前的同日在内；没有发生日期的转入为不知道",
)
def money_came_in(
    on_register,
    has_authorised_member,
    adults_are_authorised,
    largest_money_in,
    single_transfer_line,
    money_moved_in,
    large_transfer_line,
):
    """大额资金转入."""
    hit = (largest_money_in >= single_transfer_line) | (money_moved_in >= large_transfer_line)
    return on_register & within_authorisation(has_authorised_member, adults_are_authorised, hit)


# enterprises


@watch(
    "C09",
    household,
    type="应退尽退",
    weight=25,
    headline="{enterprise_on}设立市场主体，晚于最近核查日{household_reviewed_on}",
    basis=("has_enterprise", "enterprise_on"),
    law=(law.DIBAO["17"], law.ELSEWHERE_PROPERTY["小作坊"]),
    sources="DI24 DI27 SA-ARCH",
    note=(
        "零申报＝近6个月有申报且每次都是零申报；近6个月没有申报记录而数据已覆盖的，按非零申报；"
        "申报按本户成员报送的同一信用代码认；夫妻店、小作坊经复核可除外"
    ),
)
def family_runs_new_enterprise(
    on_register,
    household_reviewed_on,
    has_enterprise,
    enterprise_on,
    has_declaring_enterprise,
    declaring_enterprise_on,
    has_undeclared_enterprise,
    undeclared_enterprise_on,
):
    """新登记在营市场主体."""
    is_new = has_enterprise & (enterprise_on > household_reviewed_on)
    declares = has_declaring_enterprise & (declaring_enterprise_on > household_reviewed_on)
    silent = has_undeclared_enterprise & (undeclared_enterprise_on > household_reviewed_on)
    return on_register & is_new & (declares | silent)


@watch(
    "C10",
    household,
    type="应退尽退",
    weight=25,
    headline="认缴出资合计{subscribed_capital}，达到{subscribed_capital_line}",
    basis=("subscribed_capital",),
    law=(law.ELSEWHERE_PROPERTY["认缴出资"],),
    sources="DI25 SA-ARCH",
    note="省外口径，宁夏待核；合计全户未终止的股东、合伙人出资；另有未载明认缴额的，合计不足时为不知道",
)
def family_has_subscribed_capital(
    on_register, subscribed_capital, has_unstated_subscription, subscribed_capital_line
):
    """企业认缴出资超限."""
    reached = subscribed_capital >= subscribed_capital_line
    return on_register & (reached | when(has_unstated_subscription, unknown, False))


@rule(household, unit="fen", law=law.DIBAO["13"])
def family_turnover_12m(members):
    """家庭近12个月经营销售额."""
    return members.where(members.is_living).turnover_12m.sum()


@watch(
    "C11",
    household,
    type="应退尽退",
    weight=25,
    headline="近12个月销售额{family_turnover_12m}，按净利率{net_profit_percent}折算人均达到低保标准",
    basis=("family_turnover_12m",),
    law=(law.DIBAO["13"], law.OWN["阈值"]),
    sources="DI27 DI24 SA-ARCH",
    note="逐月取申报销售额与开票金额的高者，按报送人归户；近12个月为完整月；只触发核查，不作认定收入",
)
def family_sells_much(on_register, family_turnover_12m, net_profit_percent, dibao_standard, household_size):
    """经营销售额超限."""
    line = dibao_standard * months(12) * household_size
    reached = net_profit_percent * family_turnover_12m >= line * 100
    return on_register & (family_turnover_12m > 0) & reached


# the refused whose property is gone


@rule(household)
def refused_vehicle_is_gone(
    has_disposed_vehicle, vehicle_disposed_on, property_refused_on, has_barred_vehicle
):
    """不予确认以后车辆已转移、注销或报废，且没有其他车辆."""
    return has_disposed_vehicle & (vehicle_disposed_on >= property_refused_on) & ~has_barred_vehicle


@rule(household)
def refused_home_is_gone(has_disposed_home, home_disposed_on, property_refused_on, homes_left):
    """不予确认以后住房已买卖、赠与或征收，余下不足两套."""
    return has_disposed_home & (home_disposed_on >= property_refused_on) & (homes_left < HOMES)


@rule(household)
def refused_enterprise_is_gone(
    has_closed_enterprise, closed_enterprise_since, property_refused_on, has_enterprise
):
    """不予确认时已有的市场主体已注销、吊销，且没有存续的."""
    return has_closed_enterprise & (closed_enterprise_since <= property_refused_on) & ~has_enterprise


@rule(household)
def refused_property_is_gone(
    was_refused_for_vehicle,
    was_refused_for_home,
    was_refused_for_enterprise,
    refused_vehicle_is_gone,
    refused_home_is_gone,
    refused_enterprise_is_gone,
):
    """不予确认所指的财产有一项已处置."""
    vehicle = was_refused_for_vehicle & refused_vehicle_is_gone
    home = was_refused_for_home & refused_home_is_gone
    return vehicle | home | (was_refused_for_enterprise & refused_enterprise_is_gone)


@watch(
    "C17",
    household,
    type="应纳尽纳",
    weight=35,
    headline="{property_refused_on}因财产不予确认，财产已处置，核定人均月收入{refused_income_per_head}",
    basis=("property_refused_on", "refused_property_is_gone", "refused_income_per_head"),
    law=(law.of_items.IDENTIFICATION["监测范围"], law.DIBAO["9"]),
    sources="DI07 DI18 DI24 SA-CASE SA-ARCH DI06 DI17",
    note=(
        "因财产＝不予确认原因写明车、房、市场主体或财产，货币财产不查；任一项处置且同类不再超标即报；"
        "市场主体没有注销日期，看不予确认时已设立、现为注销或吊销；变更他人的看不到；现已在册的不报"
    ),
)
def refused_family_has_disposed(
    is_household_out,
    was_refused_for_property,
    property_refused_on,
    refused_watch_months,
    refused_property_is_gone,
    refused_income_per_head,
    dibao_standard,
    as_of,
):
    """财产已处置的被拒家庭."""
    recent = property_refused_on >= months_after(day(as_of), -refused_watch_months)
    poor = refused_income_per_head < dibao_standard
    return is_household_out & was_refused_for_property & recent & refused_property_is_gone & poor
