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
