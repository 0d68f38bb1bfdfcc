"""Every fact of policy that a delivery tells has exactly one fill, from the contracts it names."""

from datetime import date

import pytest

from wenhou.engine import plan
from wenhou.engine.words import DEFAULT
from wenhou.exchange import contracts
from wenhou.linkage.fills import FILLS
from wenhou.linkage.fills.declare import fill
from wenhou.linkage.fills.untold import UNTOLD
from wenhou.linkage.reference import page
from wenhou.monitoring import indicators
from wenhou.policy.facts.application import ASSESSED, DECLARED

__all__ = ["indicators"]

FILLED = [fact for fact in DEFAULT.facts if fact.name in FILLS]


def test_only_what_no_delivery_tells_is_left_unfilled() -> None:
    """What is declared or assessed, and the few of UNTOLD, each with its reason."""
    unfilled = {fact.name for fact in DEFAULT.facts if fact.name not in FILLS}
    by_people = {fact.name for fact in DEFAULT.facts if {DECLARED, ASSESSED} & set(fact.sources)}
    assert unfilled - by_people == set(UNTOLD)
    assert set(FILLS) <= {fact.name for fact in DEFAULT.facts}


@pytest.mark.parametrize("fact", FILLED, ids=lambda fact: fact.name)
def test_a_fill_draws_on_the_sources_its_fact_names(fact) -> None:
    reading = FILLS[fact.name].reading
    assert set(reading.contracts) <= set(fact.sources)
    assert reading.entity == fact.entity


def test_every_source_is_a_contract_or_people() -> None:
    known = {contract.code for contract in contracts.all_contracts()} | {DECLARED, ASSESSED}
    assert {source for fact in DEFAULT.facts for source in fact.sources} <= known


def test_a_fact_is_not_filled_twice() -> None:
    with pytest.raises(ValueError, match="out_of_pocket_this_year"):
        fill("out_of_pocket_this_year", "DI31", how="max")


def test_the_reference_page_is_in_step(settings) -> None:
    kept = settings.WENHOU_ROOT / "docs" / "reference" / "facts.md"
    assert kept.read_text(encoding="utf-8") == page(), (
        "python -m wenhou.linkage.reference > docs/reference/facts.md"
    )


def test_no_indicator_rests_on_what_only_people_can_tell() -> None:
    """So that a department's silence, which is no answer where people must be asked, leaves the watch as it was."""
    needs = plan.make(as_of=date(2025, 11, 15), wanted=sorted(DEFAULT.indicators)).needs
    needed = {name for entity in ("persons", "households") for name in needs[entity]} & set(DEFAULT.declared)
    assert len(DEFAULT.indicators) >= 34
    assert {"earnings_after_tax_12m", "disability_level", "on_register"} <= needed
    facts = [DEFAULT[name] for name in needed]
    assert not [fact.name for fact in facts if {DECLARED, ASSESSED} & set(getattr(fact, "sources", ()))]
