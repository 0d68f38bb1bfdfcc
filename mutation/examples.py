"""What kills a fault: applications and cases whose right answers come from elsewhere than the rules."""

from collections.abc import Iterator

from mutation import corpus, indicators
from policy import examples
from policy.examples import Example


def every() -> Iterator[Example]:
    """Applications judged by the oracle, then the case files."""
    yield from corpus.examples()
    yield from examples.of_rules()
    yield from indicators.examples()


def said(examples: list[Example]) -> str:
    """How many examples of what, in words."""
    cases = sum("：" in example.where for example in examples)
    applications = sum(example.where[:6].isdigit() for example in examples)
    rest = len(examples) - cases - applications
    return (
        f"{applications} applications drawn at random and judged by the oracle of `tests/oracle`, {cases} households of "
        f"`tests/cases/rules`, {rest} cases of `tests/cases/indicators`"
    )
