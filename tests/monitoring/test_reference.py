from pathlib import Path

from wenhou.monitoring import reference

ROOT = Path(__file__).resolve().parents[2]


def test_the_page_of_indicators_is_current() -> None:
    assert (ROOT / "docs/reference/indicators.md").read_text() == reference.page(), (
        "python -m wenhou.monitoring.reference > docs/reference/indicators.md"
    )
