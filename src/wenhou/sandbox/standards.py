"""The numbers the sandbox builds by: the published low-income lines, and SA-STD as a delivery.

Sources: facts.md §7 (lines), §18 (disposable income, deductibles, ICD prefixes). Disposable income of years that
§18 does not give, price indices and what 特困 care costs are made up here and say so in their document.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from wenhou.base.month import Month
from wenhou.sandbox.days import Clock

_NINGXIA = (
    (date(2020, 1, 1), 60000, 38000),
    (date(2024, 1, 1), 69000, 51000),
    (date(2026, 1, 1), 74000, 56000),
)
_YINCHUAN = (
    (date(2020, 1, 1), 62000, 38000),
    (date(2024, 1, 1), 69000, 51000),
    (date(2025, 10, 1), 76500, 60500),
)
_DISPOSABLE = {2022: (40194_00, 16430_00), 2023: (42395_00, 17772_00)}
_MADE_UP = {2024: (44520_00, 18810_00), 2025: (46580_00, 19850_00)}

# facts.md §18, D16: ICD-10 prefixes of outpatient chronic and special diseases.
CHRONIC_PREFIXES = "A15-A19;B18;C00-C97;D61;D66-D68;E10-E14;F20-F31;G20;G40;I10-I15;I25;I50;I69;J44;K74;M05-M06;M32;N18;Z49;Z94"
_GROWTH = {"cpi_growth": 6, "scpi_growth": 7, "food_price_growth": 24}
"""Permille over the year before, of the last complete month and until the next is told: calm, no subsidy starts."""
_DEAR_FOOD = 62
_TEKUN = {
    "tekun_institution_living": 1400_00,
    "tekun_care_independent": 200_00,
    "tekun_care_partial": 340_00,
    "tekun_care_full": 680_00,
}
_DEDUCTIBLES = (("poorest", 0), ("near", 3000), ("other", 5000))


@dataclass(frozen=True)
class Standards:
    """Amounts in fen on the day of the scan, in one county of Ningxia."""

    clock: Clock
    division: str

    @property
    def is_yinchuan(self) -> bool:
        return self.division.startswith("6401")

    def lines(self) -> tuple[int, int]:
        """Monthly Dibao standard, urban and rural: the higher of the region's and the city's."""
        found = [_in_force(_NINGXIA, self.clock.as_of)]
        if self.is_yinchuan:
            found.append(_in_force(_YINCHUAN, self.clock.as_of))
        return max(f[0] for f in found), max(f[1] for f in found)

    def line(self, rural: bool) -> int:
        return self.lines()[bool(rural)]

    def disposable(self, rural: bool) -> int:
        """Yearly disposable income a head of the year before the scan, urban or rural."""
        return disposable_of(self.clock.year - 1)[bool(rural)]

    @property
    def protects_minors_and_frail(self) -> bool:
        """§8(四): minors and frail elders of near-Dibao families alone; Yinchuan from 2025-01-01, provisional."""
        return self.is_yinchuan and self.clock.as_of >= date(2025, 1, 1)


def disposable_of(year: int) -> tuple[int, int]:
    """Urban and rural; beyond the known years 5 % more each year, to ten yuan."""
    known = _DISPOSABLE | _MADE_UP
    if year in known:
        return known[year]
    last = max(known)
    growth = 1.05 ** max(year - last, 0)
    urban, rural = known[last] if year > last else known[min(known)]
    return round(urban * growth / 1000) * 1000, round(rural * growth / 1000) * 1000


def _in_force(series: tuple[tuple[date, int, int], ...], on: date) -> tuple[int, int]:
    urban, rural = series[0][1:]
    for since, *amounts in series:
        if since <= on:
            urban, rural = amounts
    return urban, rural


def rows(standards: Standards, county_row: int, region_row: int) -> list[dict[str, Any]]:
    """SA-STD: lines, disposable income, deductibles, ICD prefixes, term starts, local provisions."""
    since = date(standards.clock.year, 1, 1)
    made = "沙箱虚构，非公布数"
    found = [
        _row("dibao_urban", county_row, since, standards.line(False), "元/月", "facts §7"),
        _row("dibao_rural", county_row, since, standards.line(True), "元/月", "facts §7"),
        *_incomes(region_row, standards.clock.year, made),
        *_linkage(region_row, standards.clock, made),
        *(
            _row(name, region_row, (Month.of(standards.clock.as_of) - 1).first, number * 100, "‰", made)
            for name, number in _GROWTH.items()
        ),
        *(_row(name, county_row, since, amount, "元/月", made) for name, amount in _TEKUN.items()),
        *(
            _row(f"medical_aid_line_{who}", region_row, since, amount * 100, "元", "facts §18 D15")
            for who, amount in _DEDUCTIBLES
        ),
        *(
            _row("term_start", region_row, day, None, "日期", made, text=day.isoformat())
            for day in _terms(standards.clock.year)
        ),
        _row(
            "chronic_icd_prefixes", region_row, since, None, "ICD-10", "facts §18 D16", text=CHRONIC_PREFIXES
        ),
        _row("heating_pay_by", region_row, since, None, "月日", "indicators E17", text="11-30"),
    ]
    if standards.protects_minors_and_frail:
        day = date(2025, 1, 1)
        found.append(
            _row(
                "single_person_minors_and_frail_elders",
                county_row,
                day,
                100,
                "是否",
                "facts §18",
                text="未成年人;失能失智老年人",
            )
        )
    return found


def _linkage(region_row: int, clock: Clock, made: str) -> list[dict[str, Any]]:
    """Food was dear in the month before the last complete one: its index, told in the last, started the linkage."""
    month = Month.of(clock.as_of) - 2
    until = {"until": (month + 1).first - timedelta(days=1)}
    told = (("food_price_growth", _DEAR_FOOD * 100, "‰"), ("price_linkage_started", 100, "是否"))
    return [_row(name, region_row, month.first, fen, unit, made) | until for name, fen, unit in told]


def _incomes(region_row: int, year: int, made: str) -> list[dict[str, Any]]:
    """Each year's income is the standard of the year after it."""
    found = []
    for of in range(year - 3, year):
        document = "facts §18" if of in _DISPOSABLE else made
        for name, amount in zip(("urban", "rural"), disposable_of(of), strict=True):
            row = _row(f"disposable_income_{name}", region_row, date(of + 1, 1, 1), amount, "元/年", document)
            found.append(row | {"until": date(of + 1, 12, 31)})
    return found


def _terms(year: int) -> list[date]:
    return [date(y, m, 1) for y in (year - 1, year) for m in (3, 9)]


def _row(
    name: str, place: int, since: date, fen: int | None, unit: str, document: str, text: str | None = None
) -> dict[str, Any]:
    value = None if fen is None else fen * 100  # num(4): fen → yuan × 10,000
    return {
        "name": name,
        "division_code": place,
        "since": since,
        "value": value,
        "text": text,
        "unit": unit,
        "document": document,
        "provisional": True,
    }
