from pathlib import Path

from wenhou.policy import queries, reference

ROOT = Path(__file__).resolve().parents[2]


def test_the_page_of_standards_is_current() -> None:
    assert (ROOT / "docs/reference/standards.md").read_text() == reference.page(queries.from_files()), (
        "python -m wenhou.policy.reference > docs/reference/standards.md"
    )
