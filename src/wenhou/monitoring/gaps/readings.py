"""How each of the 43 items is compared: what says that it is due, what says that it is had, and which alerts say the same.

Where no file tells who receives an item there is nothing to compare: `has` is empty, everybody is unknown, and the page
says so.
"""

from dataclasses import dataclass
from functools import cache

from wenhou.engine.words import DEFAULT
from wenhou.monitoring.gaps import rules
from wenhou.monitoring.gaps.enums import GapKind, Period
from wenhou.policy import items

__all__ = ["rules"]


@dataclass(frozen=True)
class Reading:
    """One item. Names are of rules and facts; '' where there is none.

    owed: due by this determination. screen: the same, estimated where the determination is unknown. has: receives it, or
    what stands in its place. holds: receives just this; its not being allowed any more (may_keep, by default owed) is
    享而不符, looked for only where `holds` is given. due, received: amounts. period: what they are of. evidence: further
    names whose step brings a closed 享而不符 up again. files: who tells what is received. alerts: kind → indicators. why: the
    rule whose lacking conditions are told of 享而不符, by default what must not be. wall: the matter whose posts alone see it.
    """

    code: str
    owed: str
    has: str = ""
    holds: str = ""
    may_keep: str = ""
    due: str = ""
    received: str = ""
    screen: str = ""
    period: Period = Period.SERVICE
    evidence: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    alerts: tuple[tuple[GapKind, tuple[str, ...]], ...] = ()
    note: str = ""
    why: str = ""
    wall: str = ""

    @property
    def entity(self) -> str:
        """'person' or 'household'."""
        return str(getattr(DEFAULT[self.owed], "entity", ""))

    @property
    def keeps(self) -> str:
        """What must be no for 享而不符."""
        return self.may_keep or self.owed

    @property
    def told_why(self) -> str:
        """The rule whose lacking conditions say why something is not due any more."""
        return self.why or self.keeps

    @property
    def names(self) -> tuple[str, ...]:
        """Every name the comparison looks at, once."""
        told = (self.owed, self.has, self.holds, self.may_keep, self.due, self.received, self.screen)
        return tuple(dict.fromkeys(name for name in (*told, *self.evidence) if name))

    def basis(self, kind: GapKind) -> tuple[str, ...]:
        """What a gap of a kind rests on: a step of one of these brings a closed matter up again."""
        told = {
            GapKind.UNMET: (self.owed, self.screen, self.has, self.due),
            GapKind.UNFOUNDED: (self.keeps, self.holds, self.received, *self.evidence),
            GapKind.SHORT: (self.owed, self.has, self.due, self.received),
        }[kind]
        return tuple(dict.fromkeys(name for name in told if name))

    @property
    def name(self) -> str:
        """The item's name."""
        return items.BY_CODE[self.code].name

    def told_by(self, kind: GapKind) -> tuple[str, ...]:
        """The indicators whose alert says the same."""
        return dict(self.alerts).get(kind, ())


UNTOLD = "没有文件说明谁已享受，不知道"
_EXITS = "A01 A02 A04 A10 A17 B01 B13 B16 C01 C02 C03 C04 C05 C06 C09 C10 C11 C13 C14 C15 F10 F11"
_INCLUDES = "A08 B06 B07 B10 B11 B15 C17 D06 D07 D08 D09 F13 F14 F15"


def _alerts(
    unmet: str = "", unfounded: str = "", short: str = ""
) -> tuple[tuple[GapKind, tuple[str, ...]], ...]:
    told = (
        (GapKind.UNMET, tuple(unmet.split())),
        (GapKind.UNFOUNDED, tuple(unfounded.split())),
        (GapKind.SHORT, tuple(short.split())),
    )
    return tuple(one for one in told if one[1])


_REGISTER = (
    Reading(
        "YL01", "is_owed_dibao", "has_dibao_or_better", "holds_dibao", "may_keep_dibao", "dibao_owed",
        "dibao_received", "screens_for_dibao", Period.MONTH, ("income_per_head",), ("SA-ARCH", "SA-PAY"),
        _alerts(_INCLUDES, _EXITS, "F07 F12"),
        "实发按收款人所在户、上一完整月成功发放合计；上一完整月或以后才确认的，金额不比", "qualifies_for_dibao",
    ),
    Reading(
        "YL02", "is_owed_tekun", "has_tekun_or_applies", "holds_tekun", "is_owed_tekun", "tekun_owed",
        "tekun_received", "", Period.MONTH, ("own_tekun_income",), ("SA-ARCH", "SA-PAY"),
        _alerts("A08", "A01 A02 A04 A09 A10 F10 F11", "F07 F12"),
        "集中供养的拨给机构，金额不比",
    ),
    Reading(
        "YL03", "is_owed_near_dibao", "has_near_dibao_or_better", "holds_near_dibao", "may_keep_near_dibao", "",
        "", "screens_for_near_dibao", Period.STATUS, ("income_per_head",), ("SA-ARCH",),
        _alerts("F13 F14 F15", _EXITS),
        "只是身份，没有金额；应转入低保、特困的不算不符", "qualifies_for_near_dibao",
    ),
    Reading(
        "YL04", "is_owed_unavoidable_spending", "has_unavoidable_spending_or_better", "holds_unavoidable_spending",
        "may_keep_unavoidable_spending", "", "", "", Period.STATUS, ("unavoidable_spending_12m",), ("SA-ARCH",),
        _alerts("D01 D02 D05", _EXITS),
        "2025年1月1日以前没有认定办法，是否不符不知道", "qualifies_for_unavoidable_spending",
    ),
)  # fmt: skip
_CIVIL = (
    Reading(
        "YL05", "qualifies_for_emergency_relief", "has_emergency_relief_lately", due="emergency_relief_floor",
        period=Period.ONCE, files=("SA-PAY",), alerts=_alerts("E11 E12 E13"), note="已享看上一完整月起的成功发放",
    ),
    Reading(
        "YL06", "qualifies_for_expenditure_relief", "has_expenditure_relief_lately",
        due="expenditure_relief_floor", period=Period.ONCE, files=("SA-PAY",), alerts=_alerts("D13 E12"),
        note="已享看上一完整月起的成功发放",
    ),
    Reading(
        "YL07", "is_owed_child_protection", "has_child_protection_or_tekun", "holds_child_protection", "",
        "child_protection_owed", "child_protection_received", period=Period.MONTH, files=("DI46",),
        alerts=_alerts("A06 A07", "A01 A09 F10"), note="选择特困的不算缺", wall="minor",
    ),
    Reading(
        "YL08", "is_owed_disability_living", "gets_disability_living_allowance", "holds_disability_living", "",
        "disability_living_allowance", "disability_living_paid_last_month", period=Period.MONTH,
        files=("DI46",), alerts=_alerts("D10", "A01 F10"),
    ),
    Reading(
        "YL09", "is_owed_disability_care", "gets_disability_care_allowance", "holds_disability_care", "",
        "disability_care_allowance", "disability_care_paid_last_month", period=Period.MONTH, files=("DI46",),
        alerts=_alerts("D10", "A01 F10"), note="长期照护需求看SA-SVC与申报",
    ),
    Reading(
        "YL10", "is_owed_elder_subsidy", "has_elder_subsidy_of_any_kind", "holds_elder_subsidy",
        period=Period.SERVICE, files=("DI46",), alerts=_alerts("", "A01"), note="金额各地自定，没有查到，不算数",
    ),
    Reading(
        "YL11", "is_owed_heating_aid", "has_heating_paid", due="heating_aid_low", received="heating_paid",
        period=Period.YEAR, files=("SA-PAY",), alerts=_alerts("E17"),
        note="看最近一个已到11月30日的11月；应发取区间的下端",
    ),
    Reading(
        "YL12", "item_yl12", "has_funeral_waiver_at_home", period=Period.ONCE, files=("DI45",),
        note="没有火化记录的不知道",
    ),
)  # fmt: skip
_HEALTH_AND_SCHOOL = (
    Reading(
        "YL13", "is_owed_insurance_aid", "has_insurance_aid_or_employer", period=Period.YEAR, files=("DI28",),
        alerts=_alerts("D14"), note="按年；没有查到各类资助数额，不算数",
    ),
    Reading(
        "YL14", "is_owed_medical_aid", "has_no_unaided_bill", due="unaided_remainder", period=Period.ONCE,
        files=("DI31",), alerts=_alerts("D15"), note="数额是未获救助的政策内负担，不是应救助额",
    ),
    Reading("YL15", "item_yl15", note="收入财产限额没有查到，也没有文件说明谁已认定"),
    Reading("YL16", "is_owed_preschool_aid", "has_preschool_aid", files=("DI35",), alerts=_alerts("E01")),
    Reading("YL17", "is_owed_compulsory_aid", "has_compulsory_aid", files=("DI35",), alerts=_alerts("E01")),
    Reading("YL18", "is_owed_upper_school_aid", "has_upper_school_aid", files=("DI35",), alerts=_alerts("E01")),
    Reading("YL19", "is_owed_college_aid", "has_college_aid", files=("DI35",), alerts=_alerts("E01 E02")),
    Reading("YL20", "needs_home_teaching", "is_home_taught", files=("DI36",), alerts=_alerts("E03 E06")),
)  # fmt: skip
_WORK_AND_HOMES = (
    Reading(
        "YL21", "is_owed_work", "has_public_post", files=("DI14",), alerts=_alerts("B06 B15"),
        note="只看登记失业的困难家庭成员有没有公益性岗位；其他安置没有文件",
    ),
    Reading("YL22", "item_yl22"),
    Reading("YL23", "item_yl23"),
    Reading("YL24", "item_yl24", note="缴费记录不说明是不是代缴"),
    Reading("YL25", "item_yl25", "has_housing_support", files=("DI20",), alerts=_alerts("E09")),
    Reading("YL26", "item_yl26", "has_housing_support", files=("DI20",), alerts=_alerts("E09")),
    Reading("YL27", "item_yl27", "is_in_danger_renovation", files=("DI21",), alerts=_alerts("E08 E10")),
    Reading("YL28", "item_yl28"),
)  # fmt: skip
_SERVICES = (
    Reading(
        "YL29", "is_owed_certificate", "is_disabled", files=("DI41",),
        note="疑似残疾看申报与走访",
    ),
    Reading(
        "YL30", "is_child_to_rehabilitate", "has_child_rehabilitation_12m", files=("DI42",), alerts=_alerts("E07"),
    ),
    Reading("YL31", "is_disabled_without_device", "has_assistive_device_12m", files=("DI42",)),
    Reading("YL32", "item_yl32", "has_home_adapted", files=("DI42",)),
    Reading("YL33", "item_yl33"),
    Reading("YL34", "item_yl34", wall="mental"),
    Reading("YL35", "item_yl35", "has_disaster_aid", period=Period.ONCE, files=("DI43",), alerts=_alerts("E12")),
    Reading("YL36", "item_yl36", "has_rebuilding_aid", period=Period.ONCE, files=("DI43",), alerts=_alerts("E11")),
    Reading("YL37", "is_owed_relapse_watch", "is_watched_at_home", files=("DI37", "SA-ARCH")),
    Reading("YL38", "item_yl38"),
    *(Reading(f"YL{number}", f"item_yl{number}") for number in range(39, 44)),
)  # fmt: skip

READINGS = (*_REGISTER, *_CIVIL, *_HEALTH_AND_SCHOOL, *_WORK_AND_HOMES, *_SERVICES)
BY_CODE = {reading.code: reading for reading in READINGS}

AUTHORISED, REVIEW_MONTHS, REVIEWED_ON = (
    "is_authorised_household",
    "registered_review_months",
    "reviewed_at_home_on",
)
LEAST = "gap_least"
"""What every part of the comparison needs beside the items' own."""


@cache
def wanted() -> tuple[str, ...]:
    """Every name to ask the law about."""
    own = (name for reading in READINGS for name in reading.names)
    return tuple(dict.fromkeys((*own, AUTHORISED, REVIEW_MONTHS, REVIEWED_ON)))
