"""The kind of need (or of change) behind each indicator, for scores by need."""

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
}

# Sources that an indicator's answer rests on, as far as the sandbox spoils them (indicators.csv): of the subject and of
# their family. DI45 wherever somebody has to be alive, DI26 wherever a household's income counts.
SOURCES = {
    **dict.fromkeys(("A01", "A02", "A03", "A09", "D06", "D07", "D11", "D14"), ("DI45",)),
    **dict.fromkeys(("A05", "A08", "A10", "A13", "D12"), ("DI26", "DI45")),
    "A06": ("DI45", "DI46", "SA-VISIT"),
    "A07": ("DI45", "DI46"),
    "A16": ("SA-VISIT",),
    "D01": ("DI29", "DI30", "DI31", "DI45"),
    **dict.fromkeys(("D02", "D03", "D13"), ("DI31", "DI45")),
    "D04": ("DI29", "DI45"),
    "D05": ("DI26", "DI31", "DI45"),
    **dict.fromkeys(("D08", "D09"), ("DI10", "DI26", "DI45")),
    "D10": ("DI45", "DI46"),
    **dict.fromkeys(("D15", "D17"), ("DI29", "DI45")),
    "D16": ("DI29", "DI30", "DI45"),
}
