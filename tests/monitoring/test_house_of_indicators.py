"""Every declared indicator has examples that hit, miss and meet an unknown, a headline, a law and a permitted type."""

from collections import Counter

import pytest

from monitoring import cases
from wenhou.engine.declared import Fact, Watch
from wenhou.engine.words import DEFAULT
from wenhou.monitoring import headlines, indicators
from wenhou.monitoring.enums import AlertType
from wenhou.monitoring.indicators.watch import HEADLINES
from wenhou.policy.law import Article

assert indicators.__all__
CODES = sorted(DEFAULT.indicators)
EXAMPLES = list(cases.read_all())
CLASSES = {"A": 17, "B": 17, "C": 17, "D": 17, "E": 17, "F": 17}


def test_classes_are_whole() -> None:
    whole = [f"{letter}{n:02d}" for letter, count in CLASSES.items() for n in range(1, count + 1)]
    assert [code for code in whole if code not in CODES] == []
    assert [code for code in CODES if code[0] in CLASSES and code not in whole] == []


@pytest.mark.parametrize("code", CODES)
def test_examples_hit_miss_and_do_not_know(code: str) -> None:
    said = {answer for case in EXAMPLES if case.code == code for answer in case.expected.values()}
    assert said == {"是", "否", "不知道"}
    assert all(case.article for case in EXAMPLES if case.code == code)


@pytest.mark.parametrize("code", CODES)
def test_what_follows_is_declared(code: str) -> None:
    rule = DEFAULT.indicators[code]
    assert isinstance(rule.watch, Watch)
    assert rule.watch.type in AlertType.values
    assert rule.watch.weight > 0
    articles = rule.versions[-1].law
    assert articles
    assert all(isinstance(article, Article) for article in articles)
    assert set(headlines.names(code)) <= set(DEFAULT.declared)
    assert HEADLINES[code]


def test_no_example_is_of_an_indicator_that_does_not_exist() -> None:
    assert {case.code for case in EXAMPLES} == set(CODES)


def test_no_two_facts_of_people_or_of_households_have_one_label() -> None:
    """A household's file names facts by label: with two of one label one would be told and the other asked."""
    told = Counter((one.entity, one.label) for one in DEFAULT.declared.values() if isinstance(one, Fact))
    assert [name for name, times in told.items() if times > 1] == []
