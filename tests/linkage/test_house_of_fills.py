"""Every fact of policy has exactly one fill, from the contracts it names."""

import pytest

from wenhou.engine.words import DEFAULT
from wenhou.exchange import contracts
from wenhou.linkage.fills import FILLS
from wenhou.linkage.fills.declare import fill
from wenhou.linkage.reference import page


def test_every_fact_is_filled_once_and_nothing_else_is() -> None:
    assert {fact.name for fact in DEFAULT.facts} == set(FILLS)


@pytest.mark.parametrize("fact", DEFAULT.facts, ids=lambda fact: fact.name)
def test_a_fill_draws_on_the_sources_its_fact_names(fact) -> None:
    reading = FILLS[fact.name].reading
    assert set(reading.contracts) <= set(fact.sources)
    assert reading.entity == fact.entity


def test_every_source_is_a_contract() -> None:
    known = {contract.code for contract in contracts.all_contracts()}
    assert {source for fact in DEFAULT.facts for source in fact.sources} <= known


def test_a_fact_is_not_filled_twice() -> None:
    with pytest.raises(ValueError, match="out_of_pocket_this_year"):
        fill("out_of_pocket_this_year", "DI31", how="max")


def test_the_reference_page_is_in_step(settings) -> None:
    kept = settings.WENHOU_ROOT / "docs" / "reference" / "facts.md"
    assert kept.read_text(encoding="utf-8") == page(), (
        "python -m wenhou.linkage.reference > docs/reference/facts.md"
    )
