from pathlib import Path

from wenhou.monitoring import reference
from wenhou.monitoring.gaps import reference as gaps

ROOT = Path(__file__).resolve().parents[2]


def test_the_page_of_indicators_is_current() -> None:
    assert (ROOT / "docs/reference/indicators.md").read_text() == reference.page(), (
        "python -m wenhou.monitoring.reference > docs/reference/indicators.md"
    )


def test_the_page_of_gaps_says_what_the_readings_say() -> None:
    written = (ROOT / "docs" / "reference" / "gaps.md").read_text()
    assert written == gaps.page(), "make docs"
