"""Applications by chance, from a seed: realistic families pushed to the law's edges, with gaps in what is known."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from math import floor
from random import Random
from typing import Any

from oracle import ability, composition, income, standards
from oracle.case import Application, Case
from oracle.otherwise import OTHERWISE
from oracle.property import ASSETS, FOUND
from wenhou.engine.words import DEFAULT
from wenhou.policy.facts.choices import CHOICES

PLACES = ("640104",) * 5 + ("640221",) * 3 + ("610322",) * 2 + ("110101",)
DAYS = tuple(
    date.fromisoformat(day)
    for day in """
    2022-06-15 2022-09-15 2022-10-19 2022-10-20 2023-02-28 2023-03-01 2023-04-01 2023-12-24 2023-12-25
    2024-01-01 2024-02-29 2024-11-15 2024-12-31 2025-01-01 2025-09-30 2025-10-01 2025-11-15 2026-03-31
    """.split()  # noqa: SIM905
)
REGISTERED = ("OUT",) * 14 + CHOICES["household_category"]
# set by what they belong to, never by chance alone
TOLD_TOGETHER = {
    "is_supporter",
    "has_support_judgement",
    "has_approved_waiver",
    "is_clergy",
    "is_full_time_student",
} | {f"has_approved_{kind}_exemption" for kind in ASSETS}
KEPT = {"kinship", "is_supporter", "supporter_rank", "father", "mother", "spouse"} | {
    f"supports_{which}" for which in ("first", "second", "third")
}


# what belongs together, so that every item is met
NEEDS: tuple[dict[str, Any], ...] = (
    {"disability_category": "肢体", "disability_level": 1, "needs_long_term_care": True},
    {"disability_category": "精神", "disability_level": 2, "needs_long_term_care": True},
    {"disability_category": "智力", "disability_level": 3, "needs_long_term_care": True},
    {"disability_category": "肢体", "disability_level": 2, "needs_assistive_device": True},
    {"disability_category": "听力", "disability_level": 3, "cannot_attend_school": True},
    {"disability_category": "听力", "disability_level": 2, "needs_rehabilitation": True},
    {"is_suspected_disabled": True, "needs_rehabilitation": True},
    {"is_employed": True, "has_stable_income": True},
    {"is_self_employed": True, "has_stable_income": False},
    {"is_registered_unemployed": True, "months_without_income": 3, "is_unemployment_insured": False},
    {"is_registered_unemployed": True, "gets_unemployment_benefit": True},
    {"is_union_worker": True, "is_employed": True},
    {"is_veteran": True},
    {"gets_regular_veteran_benefit": True},
    {"needs_emergency_treatment": True, "is_identity_unknown": True},
    {"needs_emergency_treatment": True, "cannot_pay_for_emergency": True},
    {"has_eligible_cancer": True, "sex": "2"},
    {"has_incapacity_record": True, "has_chronic_illness": True},
    {"has_severe_mental_disorder": True},
    {"has_serious_illness": True},
    {"is_relapse_watch": True, "is_on_register": True},
    {"is_watched_by_agriculture": True},
    {"is_lifted_from_poverty": True, "school_stage": "中职", "is_full_time_student": True},
    {"is_resident_pension_insured": True},
    {"gets_orphan_allowance": True, "care_place": "分散"},
    {"gets_child_without_care_allowance": True, "child_allowance_received": 300_00},
)


@dataclass(frozen=True)
class World:
    """One application and what made it."""

    seed: int
    application: Application


def worlds(number: int, first: int = 0) -> Iterator[World]:
    """So many, in the order of day and place, so that plans are used while they are warm."""
    made = [world(seed) for seed in range(first, first + number)]
    yield from sorted(made, key=lambda one: (one.application.as_of, one.application.place, one.seed))


def world(seed: int) -> World:
    """The world of a seed."""
    chance = Random(seed)
    return World(seed, _Maker(chance).application())


def _facts(entity: str) -> dict[str, Any]:
    return {fact.name: fact for fact in DEFAULT.facts if fact.entity == entity}


def _none_of(name: str, unit: str) -> Any:
    if unit == "date":
        return None
    if unit == "bool":
        return False
    if unit == "text":
        choices = CHOICES.get(name, ())
        return "无" if "无" in choices else None
    return Decimal(0) if unit.startswith("sqm") else 0


def plain(entity: str) -> dict[str, Any]:
    """Every fact of one of whom everything was asked and nothing found."""
    return {name: _none_of(name, fact.unit) for name, fact in _facts(entity).items()}


class _Maker:
    def __init__(self, chance: Random) -> None:
        self.chance = chance
        self.on, self.place = chance.choice(DAYS), chance.choice(PLACES)
        self.persons: dict[int, dict[str, Any]] = {}
        self.household = plain("household")
        self.standards = self._overrides()

    def application(self) -> Application:
        self._home()
        self._family()
        for person in self.persons.values():
            self._troubles(person)
        if self.chance.random() < 0.45:
            self._supporters()
        self._property()
        self._needs()
        self._means()
        if self.chance.random() < 0.4:
            self._gaps()
        return self._made()

    def _made(self) -> Application:
        return Application(self.on, self.place, self.persons, self.household, self.standards)

    def _overrides(self) -> dict[str, Any]:
        chance, found = self.chance, {}
        if self.place.startswith("61") and chance.random() < 0.85:
            found |= {"dibao_urban": chance.choice((650_00, 731_00)), "dibao_rural": 500_00}
        if chance.random() < 0.1:
            found |= {"dibao_urban": chance.choice((765_00, 765_33)), "dibao_rural": 605_17}
        if chance.random() < 0.6:
            found |= {"disposable_income_urban": 43000_00, "disposable_income_rural": 18000_00}
        if chance.random() < 0.8:
            found |= {
                "cpi_growth": chance.choice((-5, 29, 30, 34, 35)),
                "food_price_growth": chance.choice((10, 59, 60)),
                "scpi_growth": chance.choice((-3, 0, 1, 33, 38)),
            }
        if chance.random() < 0.5:
            found |= {
                "tekun_care_independent": 195_00,
                "tekun_care_partial": 325_00,
                "tekun_care_full": 650_00,
            }
            found |= {"tekun_institution_living": 1200_00}
        if chance.random() < 0.3:
            found |= {"illness_income_limit": 1500_00, "illness_property_limit": 40_000_00}
        if chance.random() < 0.25:
            for name in chance.sample(sorted(OTHERWISE), chance.choice((1, 3, 9))):
                zero = 0 if DEFAULT[name].unit in ("fen", "fen/month") else OTHERWISE[name]
                found[name] = chance.choice((None, zero, *(OTHERWISE[name],) * 6))
        return found

    def _add(self, kinship: str | None, age: int, **told: Any) -> dict[str, Any]:
        key = len(self.persons) + 1
        person = plain("person") | dict.fromkeys(
            ("father", "mother", "spouse", "supports_first", "supports_second")
        )
        person |= {"kinship": kinship, "birth_date": self._born(age), "sex": self.chance.choice("12")}
        person |= {"lives_with_family": True, "has_support_duty": True, "is_authorised": True}
        person |= {"has_stable_income": self.chance.random() < 0.5, "self_care": "无"} | told
        if 6 <= age < 22 and self.chance.random() < 0.8:
            stage = "小学" if age < 12 else "初中" if age < 15 else "普高" if age < 18 else "本科"
            stage = self.chance.choice((stage, "中职", "研究生")) if age > 17 else stage
            person |= {"school_stage": stage, "is_full_time_student": True}
            person |= {"is_in_basic_schooling": stage in ("小学", "初中", "普高", "中职")}
        if age < 6 and self.chance.random() < 0.5:
            person["school_stage"] = "学前"
        self.persons[key] = person
        person |= dict.fromkeys(ability.SIX, True)
        return person

    def _born(self, age: int) -> date:
        """On the edge of an age, or somewhere within."""
        year = self.on.year - age
        day = self.on.replace(year=year, day=min(self.on.day, 28))
        return day + timedelta(days=self.chance.choice((0, 1, -1, -150, -200, -300)))

    def _home(self) -> None:
        chance = self.chance
        self.household |= {
            "urban_rural": chance.choice(("城市", "农村")),
            "homes": chance.choice((0, 1, 1, 2, 3)),
        }
        self.household |= {
            "is_local_hukou": chance.random() < 0.8,
            "household_category": chance.choice(REGISTERED),
        }

    def _family(self) -> None:
        template = self.chance.choice(
            ("elder", "couple", "elders", "parents", "mother", "grand", "adult", "clergy", "alone", "orphans")
        )
        getattr(self, f"_{template}")()

    def _elder(self) -> None:
        self._add("申请人", self.chance.choice((59, 60, 61, 70, 80)))

    def _alone(self) -> None:
        self._add("申请人", self.chance.choice((16, 17, 18, 25, 45)))

    def _elders(self) -> None:
        self._add("申请人", self.chance.choice((65, 70, 75, 82)))
        self._add("配偶", self.chance.choice((60, 68, 70, 79)))

    def _couple(self) -> None:
        self._add("申请人", self.chance.choice((30, 45, 59)))
        self._add("配偶", self.chance.choice((28, 44, 60)))

    def _parents(self) -> None:
        self._add("申请人", self.chance.choice((35, 45)))
        self._add("配偶", self.chance.choice((33, 44)))
        for _ in range(self.chance.choice((1, 2, 3))):
            self._child(self.chance.choice((0, 5, 8, 14, 15, 16, 17, 18, 20, 26)), 1, 2)

    def _mother(self) -> None:
        self._add("申请人", self.chance.choice((28, 40)), sex="2")
        self._child(self.chance.choice((3, 6, 12, 16)), None, 1)

    def _child(self, age: int, father: int | None, mother: int | None) -> None:
        child = self._add("子女", age, father=father, mother=mother)
        if age >= 18:
            child["is_dependent_adult"] = self.chance.random() < 0.3
            child["lives_with_family"] = self.chance.random() < 0.6

    def _grand(self) -> None:
        """Grandparent and grandchildren, the parents away or dead."""
        self._add("申请人", self.chance.choice((55, 63, 72)))
        away = [self._add(kin, 38, lives_with_family=False) for kin in ("子女", "其他")]
        for parent in away:
            self._lose(parent)
        for age in self.chance.choice(((7,), (9, 15), (17,))):
            self._add("孙子女", age, father=2, mother=3)

    def _orphans(self) -> None:
        """A child applies; the parents are named."""
        self._add("申请人", self.chance.choice((4, 10, 15, 17)), father=2, mother=3)
        for _ in range(2):
            self._lose(self._add("父母", 40, lives_with_family=self.chance.random() < 0.3))
        if self.chance.random() < 0.5:
            self.persons[1]["chooses_child_protection"] = True

    def _lose(self, parent: dict[str, Any]) -> None:
        months = self.chance.choice((5, 6, 7))
        since = self.on - timedelta(days=31 * months)
        parent |= self.chance.choice(
            (
                {"has_police_death": True, "police_death_on": since},
                {"is_cremated": True, "cremated_on": since},
                {"is_in_prison": True, "is_in_prison_six_months": True, "prison_since": since},
                {"is_in_prison": True, "prison_since": since},
                {"is_in_detox": True, "is_in_detox_six_months": True, "detox_since": since},
                {"is_out_of_contact": True, "out_of_contact_since": since},
                {"is_untraceable": True},
                {"has_serious_illness": True},
                {"disability_category": "精神", "disability_level": self.chance.choice((1, 2, 3))},
                {},
            )
        )
        parent["has_modest_property"] = self.chance.random() < 0.7

    def _adult(self) -> None:
        """A grown-up disabled child with parents."""
        self._add("申请人", self.chance.choice((18, 35, 45)), **self._disability())
        if self.chance.random() < 0.6:
            self._add("父母", self.chance.choice((58, 69, 70, 79)))

    def _clergy(self) -> None:
        since = date(self.on.year - 3, self.on.month, min(28, self.on.day)) + timedelta(
            days=self.chance.choice((-400, -1, 0, 1))
        )
        self._add("申请人", 40)
        told = {"is_clergy": True, self.chance.choice(("left_family_on", "religious_residence_since")): since}
        self._add("配偶", 42, **told)

    def _disability(self) -> dict[str, Any]:
        kinds = ("视力", "听力", "肢体", "智力", "精神", "多重")
        return {
            "disability_category": self.chance.choice(kinds),
            "disability_level": self.chance.choice((1, 2, 3, 4)),
        }

    def _troubles(self, person: dict[str, Any]) -> None:
        chance = self.chance
        if chance.random() < 0.25:
            person |= self._disability() | {"cannot_attend_school": chance.random() < 0.3}
        person["is_authorised"] = chance.random() < 0.95
        flags = [
            name
            for name, fact in _facts("person").items()
            if fact.unit == "bool" and name not in TOLD_TOGETHER and person[name] is False
        ]
        for name in chance.sample(flags, chance.choice((0, 0, 1, 2, 4))):
            person[name] = True
        for name in (
            "missing_since",
            "out_of_contact_since",
            "left_register_on",
            "religious_residence_since",
        ):
            if chance.random() < 0.3 and person[name] is None:
                person[name] = self._around(chance.choice((6, 24, 36)))
        if chance.random() < 0.15:
            person[chance.choice(("is_dibao", "is_tekun", "is_near_dibao", "is_unavoidable_spending"))] = True
        if chance.random() < 0.2:
            person["care_place"] = chance.choice(("集中", "分散"))
        if chance.random() < 0.3:
            person |= chance.choice(NEEDS)
        hand = chance.choice((0, 0, 0, 2, 3, 4, 6))
        for name in chance.sample(ability.SIX, hand):
            person[name] = False
        self._bills(person)

    def _around(self, months: int) -> date:
        whole = self.on.year * 12 + self.on.month - 1 - months
        day = date(whole // 12, whole % 12 + 1, min(self.on.day, 28))
        return day + timedelta(days=self.chance.choice((-40, -1, 0, 1, 40)))

    def _bills(self, person: dict[str, Any]) -> None:
        chance = self.chance
        for name in ("inpatient_self_paid_12m", "hospital_stays_self_paid_12m", "outpatient_self_paid_12m"):
            if chance.random() < 0.15:
                person[name] = chance.choice((1, 1500_00, 19999_99, 20000_00, 29999_99, 30000_00))
        for name in ("medical_self_paid_12m", "rehabilitation_self_paid_12m", "public_school_fees_12m"):
            if chance.random() < 0.3:
                person[name] = chance.choice((7, 800_01, 9000_00, 40000_00))
        if chance.random() < 0.2:
            person["heating_cost"] = chance.choice((900_00, 2100_50))

    def _supporters(self) -> None:
        chance = self.chance
        owed = [key for key, one in self.persons.items() if chance.random() < 0.8] or [1]
        for rank in range(1, chance.choice((1, 1, 2, 2, 3, 4)) + 1):
            lines = dict(zip(("supports_first", "supports_second", "supports_third"), owed, strict=False))
            size = chance.choice((1, 2, 3, 4))
            supporter = self._add(None, chance.choice((30, 59, 60, 69, 70, 75)), is_supporter=True, **lines)
            supporter |= {
                "supporter_rank": rank,
                "supporter_kinship": chance.choice(("子女", "父母", "兄弟姐妹")),
                "supporter_household": chance.choice(("甲", "乙", "丙")),
                "supporter_household_size": size,
                "supporter_household_income_12m": chance.choice((0, 20000_00, 72000_00, 36000_07)),
                "supported_people": chance.choice((1, 2, 3)),
                "has_modest_property": chance.random() < 0.6,
                "lives_with_family": False,
            }
            self._judgement(supporter)
            if chance.random() < 0.25:
                supporter[chance.choice(("is_dibao", "is_tekun", "is_near_dibao", "is_in_prison"))] = True
            if chance.random() < 0.15:
                supporter |= self._disability()
            if chance.random() < 0.2:
                supporter["lacks_civil_capacity"] = True
            if chance.random() < 0.2:
                supporter |= chance.choice(NEEDS)
        self._same_homes()

    def _same_homes(self) -> None:
        """People of one home tell the same of it."""
        first: dict[str, dict[str, Any]] = {}
        for person in self.persons.values():
            if person["is_supporter"]:
                told = first.setdefault(person["supporter_household"], person)
                for name in (
                    "supporter_household_size",
                    "supporter_household_income_12m",
                    "supported_people",
                ):
                    person[name] = told[name]

    def _judgement(self, supporter: dict[str, Any]) -> None:
        chance = self.chance
        if chance.random() < 0.3:
            supporter |= {
                "has_support_judgement": True,
                "judged_support": chance.choice((1, 300_00, 2000_00)),
            }
            supporter["paid_support"] = chance.choice((0, 0, 150_00, 500_00))
        supporter["has_approved_waiver"] = chance.random() < 0.25

    def _property(self) -> None:
        chance, home = self.chance, self.household
        for kind in ASSETS:
            if chance.random() < 0.04:
                if kind in FOUND:
                    home[FOUND[kind]] = True
                grounds = CHOICES[f"{kind}_exemption"]
                home[f"{kind}_exemption"] = chance.choice(grounds)
                home[f"has_approved_{kind}_exemption"] = (
                    home[f"{kind}_exemption"] == "其他" and chance.random() < 0.5
                )
        heads = composition.size(Case(self._made())) or 1
        if home["homes"]:
            edge = chance.choice(("29.99", "29.99", "30", "12", "15", "30.01"))
            home["home_area"] = (Decimal(edge) * heads).quantize(Decimal("0.01"))
        if chance.random() < 0.35:
            self._savings(heads)

    def _savings(self, heads: int) -> None:
        case = Case(self._made())
        line = standards.line(case)
        limit = floor(line * 36 * heads) if line else 27540_00 * heads
        parts = [limit + self.chance.choice((-1, 0, 1, -50000, 900000)), 0, 0]
        parts[1] = self.chance.choice((0, 1234_56))
        parts[0] = max(0, parts[0] - parts[1])
        owner = self.persons[1]
        owner |= {"deposits": parts[0], "investments": parts[1], "insurance_value": parts[2]}

    def _needs(self) -> None:
        chance, home = self.chance, self.household
        flags = [
            name
            for name, fact in _facts("household").items()
            if fact.unit == "bool" and name not in TOLD_TOGETHER and not home[name]
            if name not in ("has_unlisted_supporters",)
        ]
        barred = {"has_vehicle", "has_large_machinery", "hires_workers", "pays_for_choice_of_school"}
        flags = [
            name for name in flags if name not in barred | {"has_luxury_goods", "has_other_barred_property"}
        ]
        for name in chance.sample(flags, chance.choice((0, 1, 3, 6))):
            home[name] = True
        if any(one["disability_level"] in (1, 2) for one in self.persons.values()) and chance.random() < 0.3:
            home["needs_home_adaptation"] = True
        if chance.random() < 0.03:
            home["has_unlisted_supporters"] = True
        home["above_standard_since"] = self._around(6) if home["has_income_risen_by_work"] else None
        if chance.random() < 0.3:
            home |= {"house_damage": chance.choice(("一般损坏", "严重损坏", "倒塌"))}
            home |= {"house_danger_level": chance.choice("ABCD")}
        for name in ("essential_living_spending_12m", "other_unavoidable_spending_12m"):
            home[name] = chance.choice((0, 3000_00, 20000_00, 60000_00))

    def _means(self) -> None:
        """Incomes by chance, then one amount that brings the family, or its first, to an edge."""
        chance = self.chance
        names = [name for gained, lost in income.KINDS.values() for name in (*gained, *lost)]
        names += [*income.UNCOUNTED, "central_basic_pension_12m"]
        for person in self.persons.values():
            for name in chance.sample(names, chance.choice((0, 0, 1, 3, 6))):
                person[name] = chance.choice((1, 960_00, 2400_05, 6600_00, 18000_00))
            person["resident_pension_12m"] = max(
                person["resident_pension_12m"], person["central_basic_pension_12m"]
            )
        if chance.random() < 0.85:
            self._to_the_edge()

    def _to_the_edge(self) -> None:
        chance = self.chance
        case = Case(self._made())
        heads, line = composition.size(case), standards.line(case)
        whole, yearly = income.income_per_head(case), standards.disposable(case)
        if not heads or line is None or whole is None:
            return
        edge = chance.choice((line, line, line * 3 / 2, line / 2, 0, line * 3, (yearly or 0) / 12))
        lacking = floor(edge * 12 * heads - income.over_members(case, income.own_after_deductions))
        lacking -= 12 * floor(income.support_due(case) or 0)
        counted = [self.persons[one.key] for one in composition.members(case)]
        counted[0]["other_transfers_12m"] += max(
            0, lacking + chance.choice((-12 * heads, -1, 0, 1, 12, -30000))
        )

    def _gaps(self) -> None:
        """Some facts nobody told; or one source silent for all."""
        chance = self.chance
        rows = [*self.persons.values(), self.household]
        if chance.random() < 0.3:
            names = [name for name in _facts("person") if name not in KEPT]
            for name in chance.sample(names, 12):
                for person in self.persons.values():
                    person[name] = None
        for _ in range(chance.choice((1, 2, 4, 8))):
            row = chance.choice(rows)
            name = chance.choice([name for name in row if name not in KEPT])
            row[name] = None
        if chance.random() < 0.1:
            self.persons[1]["kinship"] = None
