"""Sources of facts bear the titles of their contracts."""

from wenhou.engine.words import DEFAULT
from wenhou.exchange import contracts
from wenhou.policy import rules
from wenhou.policy.facts import sources
from wenhou.policy.facts.application import ASSESSED, DECLARED

__all__ = ["rules"]


def test_every_contract_is_called_by_its_title() -> None:
    told = {code: title for code, title in sources.TITLES.items() if code not in (DECLARED, ASSESSED)}
    assert told == {contract.code: contract.title for contract in contracts.all_contracts()}


def test_every_source_of_a_fact_has_a_title() -> None:
    for fact in DEFAULT.facts:
        assert sources.called(fact.sources)
