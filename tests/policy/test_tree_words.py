"""The trees of real households as a village clerk reads them: yuan, days and plain sentences, never a scaled number."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from wenhou.engine import units
from wenhou.policy import answers, queries
from wenhou.policy.applications import cases, reader
from wenhou.policy.applications.cases import LawCase
from wenhou.policy.applications.overlay import Given
from wenhou.policy.asking.determinations import Determination, judged
from wenhou.policy.asking.question import pose
from wenhou.policy.telling import branches, brief, household, trees

TESTS = Path(__file__).resolve().parents[1]
LAW = answers.declare()
KNOWN = tuple(queries.from_files())
CASES = [
    one for path in sorted((TESTS / "cases" / "rules").rglob("*.yaml")) for one in cases.load(path, book=LAW)
]
EVERY = 37
FORBIDDEN = re.compile(
    r"×[0-9]|× [0-9][0-9,]*00|÷ [0-9][0-9,]*00|分之一分|并非|[0-9][0-9,]{11,}"
    r"|(?<![A-Za-z])(?:None|True|False|fen|count|[a-z]+_[a-z_0-9]+)(?![A-Za-z])"
    r"|： ?(?:DB|TK|BY|GX|QT)(?![A-Za-z])"
)
"""Scales, raw numbers, double negatives, names of the code, and codes without words."""


def whole(document: Any, values: Any = None) -> Determination:
    """Every answer, whoever has authorised."""
    application = document if not isinstance(document, dict) else reader.read(document, book=LAW)
    given = Given(values=application.standards)
    bare = type(application)(**{**vars(application), "standards": {}})
    return judged(pose(bare, wanted=answers.wanted(LAW), book=LAW, known=KNOWN, given=given))


def story(name: str) -> Determination:
    from wenhou.policy.applications import strict

    return whole(dict(strict.from_file(TESTS / "stories" / f"{name}.yaml")))


def unwrapped(monkeypatch: pytest.MonkeyPatch, found: Determination, *, short: bool = False) -> list[str]:
    """The lines of the reasons, each whole."""

    def as_one(text: str, *, first: str = "", rest: str = "", limit: int = 0) -> Iterator[str]:
        yield text

    monkeypatch.setattr(branches, "wrapped", as_one)
    monkeypatch.setattr(brief, "wrapped", as_one)
    return list(brief.lines(found) if short else household._reasons(found))


@pytest.fixture(scope="module")
def wang() -> Determination:
    return story("王某")


def test_the_income_of_story_one_is_told_in_yuan(
    wang: Determination, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = [re.sub("〔.*?〕(?=$|，)", "", line) for line in unwrapped(monkeypatch, wang)]
    start = told.index("✓ 人均月收入 < 当地月低保标准（按居住地城乡）：0.00 < 620.00元/月")
    received = (
        "家庭近12个月收入（未扣刚性支出，不含赡养费） + 家庭一年应得的赡养费 − 家庭近12个月可扣的刚性支出"
    )
    kinds = "家庭近12个月经营净收入 + 家庭近12个月财产净收入 + 家庭近12个月转移净收入"
    assert told[start + 1 : start + 10] == [
        "＝ 人均月收入：0.00元/月",
        "＝ 家庭近12个月可核收入 ÷ （12个月 × 共同生活的家庭成员数）（舍至分）：0.00元/月",
        "＝ 家庭近12个月可核收入：0.00元",
        "＝ 家庭近12个月可核收入（未舍零头）（舍至分）：0.00元",
        "＝ 家庭近12个月可核收入（未舍零头）：0.00元",
        f"＝ （{received}）（不足零的按零计）：0.00元",
        f"＝ {received}：-792.00元",
        "＝ 家庭近12个月收入（未扣刚性支出，不含赡养费）：3,888.00元",
        f"＝ （100% − 必要就业成本占工资的百分数） × 家庭近12个月工资性收入 + {kinds}：3,888.00元",
    ]
    for line in (
        "＝ 家庭一年应得的赡养费：120.00元",
        "＝ 本人一年应得的赡养费（王某）：60.00元",
        "＝ 每名受养人名下的能力余额（王小）：120.00元",
        "✗ 义务人家庭一年的能力余额 ＝ 0.00元：240.00 ＝ 0.00元",
        "✗ 不共同生活的义务人有履行义务能力（王某）：是",
        "✓ 义务人（不共同生活的在世义务人）中有人“义务人有履行义务能力”",
        "✓ 是义务人（王某）：否",
        "＝ 按出生日期算到2023-06-30的周岁：45岁",
        "＝ 本户类别：最低生活保障家庭（DB）",
    ):
        assert any(one.startswith(line) for one in told), line


@pytest.mark.parametrize("case", CASES[::EVERY], ids=str)
@pytest.mark.parametrize("short", [True, False], ids=["short", "whole"])
def test_no_line_is_scaled_raw_or_denied_twice(
    case: LawCase, short: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = unwrapped(monkeypatch, whole(case.application), short=short)
    assert told
    assert [line for line in told if FORBIDDEN.search(re.sub("〔.*?〕", "", line))] == []


@pytest.mark.parametrize("case", CASES[::EVERY], ids=str)
def test_no_answer_to_machines_is_counted_in_parts(case: LawCase) -> None:
    """What the API gives, the desk shows and a judgement freezes."""
    found = whole(case.application)
    told = trees.told(found.question, found.reasons.values())
    assert [name for name, one in told.items() if re.search("[×÷]", one["unit"])] == []
    assert [one.name for one in found.answers.values() if re.search("[×÷]", one.unit)] == []
    assert [line for line in _words(told) if FORBIDDEN.search(line)] == []


def _words(part: Any) -> list[str]:
    if isinstance(part, dict):
        own = [part[name] for name in ("label", "shown") if name in part]
        return own + [word for one in part.values() for word in _words(one)]
    return [word for one in part for word in _words(one)] if isinstance(part, list) else []


def test_what_is_counted_in_parts_has_a_name_of_its_own() -> None:
    """Read in yuan, it must not be taken for the amount that was rounded from it."""
    labels = [rule.label for rule in LAW.rules]
    parts = [rule for rule in LAW.rules if units.scale(rule.unit) != 1]
    assert len(parts) == 15
    assert [rule.name for rule in parts if labels.count(rule.label) > 1] == []
