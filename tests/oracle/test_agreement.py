"""The rules and the oracle say the same of every name, over applications by chance."""

import pytest

from oracle.compare import Difference, every_name, hunt, not_yet_declared
from oracle.worlds import worlds

SHOWN = 12


def told(found: list[Difference]) -> str:
    """The first differences, a name each."""
    first = {difference.name: difference for difference in reversed(found)}
    return f"{len(found)} disagreements\n" + "\n".join(map(str, list(first.values())[:SHOWN]))


def test_every_name_of_the_agreement_has_a_rule():
    assert len(every_name()) == 121
    assert not_yet_declared() == []


# strict: it fails as soon as the readings are settled, and then this mark goes
UNSETTLED = pytest.mark.xfail(
    strict=True, reason="readings that are still being settled with the rules' authors"
)


@UNSETTLED
def test_the_rules_and_the_oracle_agree():
    _, found = hunt(worlds(400))
    assert not found, told(found)


@UNSETTLED
@pytest.mark.slow
@pytest.mark.parametrize("part", range(10))
def test_the_rules_and_the_oracle_agree_on_twenty_thousand(part):
    _, found = hunt(worlds(2000, 100_000 + 2000 * part))
    assert not found, told(found)
