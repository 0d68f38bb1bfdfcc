"""A rule's worked examples as the page shows them: the verdict first, what is the matter, and the household folded away."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from wenhou.desk import watched
from wenhou.desk.policy.sayings import CODES
from wenhou.engine.declared import Rule
from wenhou.policy.applications.cases import OWN, TITLES, merged
from wenhou.web import words

FIRST = 8  # shown before one asks for the rest
VERDICTS = {"是": "yes", "否": "no", "不知道": "unknown"}
SECTIONS = ("人员", "义务人")
Case = dict[str, Any]


def of(rule: Rule) -> tuple[list[Case], list[Case]]:
    """The first of them, every kind of verdict among them, and the rest; none where the checkout has none."""
    found = _mixed([*_of_law(rule), *_of_watch(rule)])
    return found[:FIRST], found[FIRST:]


def _of_law(rule: Rule) -> list[Case]:
    root = Path(settings.WENHOU_ROOT) / "tests" / "cases" / "rules"
    return [
        {
            "about": one["about"],
            "law": one["law"],
            "facts": one["facts"],
            "answers": [_answer(rule, who, said) for who, said in _expected(rule, one["expected"])],
        }
        for one in _all(root, _changed(root))
        if {rule.name, rule.label} & one["expected"].keys()
    ]


def _of_watch(rule: Rule) -> list[Case]:
    """An indicator's own examples, whose records are told on the indicator's page."""
    files = watched.case_files(rule.watch.code) if rule.watch else []
    kinds = {kind: word for word, kind in VERDICTS.items()}
    return [
        {
            "about": one.about,
            "law": "",
            "facts": [],
            "answers": [
                (who if len(one.expected) > 1 else "", mark(kinds[kind]), kind) for who, kind in one.expected
            ],
        }
        for one in files
    ]


def _expected(rule: Rule, told: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """(who, answer) of one expectation; nobody's name for the household's."""
    value = told[rule.name] if rule.name in told else told[rule.label]
    return [(str(who), one) for who, one in value.items()] if isinstance(value, dict) else [("", value)]


def _answer(rule: Rule, who: str, said: Any) -> tuple[str, SafeString, str]:
    """Who, the mark, and what kind of verdict it is."""
    word = "不知道" if said is None else said
    if isinstance(word, bool):
        word = "是" if word else "否"
    word = CODES["household_category"].get(str(word), str(word)) if rule.name == "category" else str(word)
    return who, mark(word), VERDICTS.get(word, word)


def mark(word: str) -> SafeString:
    """是, 否 and 不知道 in their shapes; anything else as it is."""
    kind = VERDICTS.get(word)
    return mark_safe(words.answer(kind)) if kind else SafeString(escape(word))


def _mixed(found: Iterable[Case]) -> list[Case]:
    """One of each kind of verdict in turn, so that the first few are not all alike."""
    by_kind: dict[str, list[Case]] = {}
    for one in found:
        by_kind.setdefault(one["answers"][0][2] if one["answers"] else "", []).append(one)
    turns = max(map(len, by_kind.values()), default=0)
    return [group[turn] for turn in range(turns) for group in by_kind.values() if turn < len(group)]


def _changed(root: Path) -> int:
    return max((path.stat().st_mtime_ns for path in root.rglob("*.yaml")), default=0)


@lru_cache(maxsize=2)
def _all(root: Path, _changed: int) -> list[Case]:
    return [made for path in sorted(root.rglob("*.yaml")) for made in _in_file(path)]


def _in_file(path: Path) -> list[Case]:
    told = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader) or {}
    listed = told.get("案例", ()) if isinstance(told, dict) else told
    shared = told.get("共用") or {} if isinstance(told, dict) else {}
    return [
        {
            "about": next((str(one[key]) for key in TITLES if one.get(key)), ""),
            "law": str(one.get("依据", "")),
            "expected": {str(name): value for name, value in one["期望"].items()},
            "facts": facts(merged(shared, one)),
        }
        for one in listed
        if isinstance(one, dict) and isinstance(one.get("期望"), dict)
    ]


def facts(case: Mapping[str, Any]) -> list[tuple[str, str]]:
    """(who or what, facts in a line): the household's own, then each person."""
    lines = []
    for key, value in case.items():
        if key in OWN or key in TITLES:
            continue
        if key in SECTIONS and isinstance(value, dict):
            mark = "（义务人）" if key == "义务人" else ""
            lines += [(f"{who}{mark}", _line(told)) for who, told in value.items()]
        else:
            lines.append((str(key), _line(value)))
    return lines


def _line(value: Any) -> str:
    if isinstance(value, Mapping):
        return "，".join(f"{key} {_line(one)}" for key, one in value.items()) or "没有别的"
    if isinstance(value, list):
        return "、".join(map(_line, value))
    if value is None:
        return "不知道"
    return ("是" if value else "否") if isinstance(value, bool) else str(value)
