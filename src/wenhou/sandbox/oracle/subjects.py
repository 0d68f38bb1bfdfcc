"""The kind of need (or of change) behind each indicator, for scores by need, and what its answer rests on."""

import csv
from pathlib import Path

NEEDS = {
    **dict.fromkeys(("A01", "A02", "A03"), "death"),
    **dict.fromkeys(("A04", "A05"), "custody"),
    **dict.fromkeys(("A06", "A07"), "orphan"),
    **dict.fromkeys(("A08", "A09", "A10"), "support"),
    **dict.fromkeys(("A11", "A12", "A13", "A14"), "composition"),
    **dict.fromkeys(("A15", "A16", "A17"), "residence"),
    **dict.fromkeys(("D01", "D02", "D03", "D04", "D05", "D06", "D13"), "illness"),
    **dict.fromkeys(("D07", "D08", "D09", "D10", "D11", "D12"), "disability"),
    **dict.fromkeys(("D14", "D15", "D16"), "medical_security"),
    "D17": "care",
    **dict.fromkeys(("B01", "B07", "B09", "B10", "B11", "B12", "B13", "B17"), "income"),
    **dict.fromkeys(("B02", "B03", "B04", "B05", "B06", "B08", "B14", "B15", "B16"), "work"),
    **dict.fromkeys(("C01", "C02", "C03", "C04", "C05", "C06", "C09", "C10", "C11", "C17"), "property"),
    **dict.fromkeys(("C07", "C08", "C12", "C13", "C14", "C15", "C16"), "money"),
    **dict.fromkeys(("E01", "E02", "E03", "E04", "E05"), "education"),
    **dict.fromkeys(("E06", "E07"), "disability"),
    **dict.fromkeys(("E08", "E09", "E10"), "housing"),
    **dict.fromkeys(("E11", "E12", "E13"), "disaster"),
    **dict.fromkeys(("E14", "E15", "E16"), "care"),
    "E17": "payment",
    **dict.fromkeys(("F01", "F02", "F03", "F04", "F05", "F06", "F08", "F09", "F17"), "procedure"),
    **dict.fromkeys(("F07", "F12", "F16"), "payment"),
    **dict.fromkeys(("F10", "F11"), "overlap"),
    **dict.fromkeys(("F13", "F14", "F15"), "return"),
}


def _sources() -> dict[str, tuple[str, ...]]:
    with Path(__file__).with_name("sources.csv").open(encoding="utf-8", newline="") as told:
        return {row["indicator"]: tuple(row["contracts"].split()) for row in csv.DictReader(told)}


SOURCES = _sources()
"""Contracts from outside that an indicator's answer rests on (indicators.csv), of the subject and of their family: those
the table names, those of income wherever it says EPCI or PCI, and of deaths wherever somebody has to be alive."""
