"""Facts that name deliveries and yet cannot be filled from them, each with its reason."""

UNTOLD: dict[str, str] = {
    "supporter_household_income_12m": "核对记录（SA-CHK）只有结果，没有收入数",
    "above_standard_since": "核对记录（SA-CHK）只有结果，没有超标准的起始日期",
}
