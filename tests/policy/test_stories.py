"""Stories told through the command line: the inputs a household's own, the figures following from the rules."""

import json
from pathlib import Path
from typing import Any

import pytest

from wenhou.policy.telling.lines import WIDTH, width
from wenhou.site import cli

pytestmark = pytest.mark.django_db
STORIES = Path(__file__).resolve().parents[1] / "stories"


def words(story: str, *more: str) -> list[str]:
    household, standards = STORIES / f"{story}.yaml", STORIES / f"{story}.standards.yaml"
    return ["rules", "determine", str(household), "--standards", str(standards), *more]


def asked(capsys: pytest.CaptureFixture[str], story: str, *more: str) -> dict[str, Any]:
    assert cli.main([*words(story, *more), "--json"]) == 0
    return json.loads(capsys.readouterr().out)  # type: ignore[no-any-return]


def said(capsys: pytest.CaptureFixture[str], story: str, *more: str) -> str:
    assert cli.main(words(story, *more)) == 0
    return capsys.readouterr().out


def answers(told: dict[str, Any]) -> dict[str, Any]:
    return {f"{one['name']}@{one['whose']}": one["value"] for one in told["answers"]}


def test_story_1_a_couple_in_xixia_is_given_1320_yuan_and_told_which_pension_counts(
    capsys: pytest.CaptureFixture[str],
) -> None:
    told = asked(capsys, "王某", "--why")
    found = answers(told)
    assert (told["category"]["value"], found["dibao_amount@本户"]) == ("DB", 132000)
    assert found["income_per_head@本户"] == 0
    assert found["transfer_income_12m@本户"] == 388800
    assert (found["rigid_deduction_12m@本户"], found["support_due@本户"]) == (480000, 0)
    reasons = told["reasons"]
    assert reasons["resident_pension_12m@王某"]["value"] == 318000
    assert reasons["central_basic_pension_12m@王某"]["value"] == 117600
    assert (reasons["dibao_urban@本户"]["basis"], reasons["dibao_urban@本户"]["given"]) == (
        "故事设定（随案提供）",
        True,
    )
    tree = said(capsys, "王某", "--why")
    assert "整户低保月保障金      　1,320.00元/月" in tree
    joined = "".join(line.strip() for line in tree.splitlines())
    assert (
        "近12个月中央基础养老金（王某）：1,176.00元〔写明；来源：城乡居民养老待遇；截至2023-06-30〕" in joined
    )
    assert (
        "近12个月城乡居民养老金（王某）：3,180.00元〔写明；来源：城乡居民养老待遇；截至2023-06-30〕" in joined
    )
    assert max(width(line) for line in tree.splitlines()) <= WIDTH


def test_story_14_the_same_household_is_refused_under_the_old_date_and_granted_under_the_new(
    capsys: pytest.CaptureFixture[str],
) -> None:
    old, new = (asked(capsys, "杨某", "--as-of", day, "--why") for day in ("2023-12-20", "2024-05-20"))
    before, after = answers(old), answers(new)
    assert (old["category"]["value"], before["qualifies_for_dibao@本户"]) == ("QT", False)
    assert (before["dibao_amount@本户"], before["single_dibao_amount@杨某"]) == (0, 0)
    assert before["support_due_to_me@杨某"] == 107100
    assert (new["category"]["value"], after["support_due_to_me@杨某"]) == ("DB", 0)
    amounts = {one["name"]: one["value"] for one in new["amounts"]}
    assert sorted(amounts) == ["dibao_amount", "disability_care_allowance", "disability_living_allowance"]
    assert sum(amounts.values()) == 60900


def test_story_14_explains_both_and_says_what_is_provisional(capsys: pytest.CaptureFixture[str]) -> None:
    old = said(capsys, "杨某", "--as-of", "2023-12-20", "--why")
    new = said(capsys, "杨某", "--as-of", "2024-05-20", "--why")
    assert "整户低保：杨父的义务人家庭近12个月收入再少15,408.01元（为20,591.99元）即符合" in old
    assert "宝鸡赡养费豁免口径" in new
    assert "满七十周岁（暂定）" in new
    assert "宝鸡赡养费豁免口径 满七十周岁" not in old
    assert max(width(line) for line in (old + new).splitlines()) <= WIDTH


def test_a_story_is_frozen_and_replayed(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "judgement.json"
    told = asked(capsys, "杨某", "--as-of", "2024-05-20", "--save", str(path))
    assert told["saved"] == str(path)
    assert cli.main(["rules", "replay", str(path), "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"replayed": 1, "same": 1}
