"""The page of the schema is written from the facts and kept in step."""

from pathlib import Path

from wenhou.policy import answers
from wenhou.policy.applications import reader, reference, strict

ROOT = Path(__file__).resolve().parents[2]


def test_the_page_of_the_household_is_current() -> None:
    assert (ROOT / "docs/reference/household.md").read_text() == reference.page(answers.declare()), (
        "python -m wenhou.policy.applications.reference > docs/reference/household.md"
    )


def test_the_household_of_the_guide_can_be_read() -> None:
    guide = (ROOT / "docs/guides/determine.md").read_text()
    text = guide.partition("```yaml\n")[2].partition("```")[0]
    assert list(reader.read(strict.from_yaml(text)).people) == ["马某", "李某", "马小"]
