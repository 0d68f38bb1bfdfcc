"""ICD-10 categories by which discharges are selected (facts §18, 暂定)."""

import re

import ibis
import ibis.expr.types as ir


def _categories(text: str) -> tuple[str, ...]:
    """'C00–C97、D61' → every three-character category."""
    found: list[str] = []
    for part in text.split("、"):
        first, _, last = part.partition("–")
        match = re.fullmatch(r"([A-Z])(\d\d)", first)
        assert match, part
        end = int(last[1:]) if last else int(match[2])
        found.extend(f"{match[1]}{number:02d}" for number in range(int(match[2]), end + 1))
    return tuple(found)


CHRONIC = _categories(
    "A15–A19、B18、C00–C97、D61、D66–D68、E10–E14、F20–F31、G20、G40、I10–I15、I25、I50、I69、J44、K74"
    "、M05–M06、M32、N18、Z49、Z94"
)
"""D16: 门诊慢特病 ICD-10 前缀目录."""

CARE_NEED = _categories("I60–I69、S72、F00–F03")
"""D17: 脑卒中、股骨骨折、失智."""

DEMENTIA = _categories("F00–F03")

INJURIES = _categories("S00–S99、T00–T98")
"""E13: 损伤、中毒和外因的某些其他后果."""


def has_prefix(code: ir.StringValue, categories: tuple[str, ...]) -> ir.BooleanValue:
    """Whether an ICD-10 code falls in one of the categories; letters count alike in either case."""
    return code.upper().substr(0, 3).isin(categories) & (code != ibis.literal(""))
