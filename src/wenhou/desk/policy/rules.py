"""Rules for reading: the list by chapter, one rule's formulas in words, its cases, and its neighbourhood."""

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import yaml
from django.conf import settings
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from wenhou.desk.policy import pictures
from wenhou.desk.policy.pictures import Box
from wenhou.engine.declared import Fact, Rule, Standard, Version
from wenhou.engine.words import DEFAULT
from wenhou.monitoring import indicators
from wenhou.policy import answers, graph
from wenhou.policy.law import Article
from wenhou.policy.telling import wording
from wenhou.policy.telling.wording import Words

assert indicators.__all__  # importing the package declares them
answers.declare()

CHAPTERS = {
    "lines": "当地标准线",
    "register": "在册与资格",
    "family": "家庭",
    "kin": "义务人（筛查）",
    "people": "人员",
    "ability": "劳动与自理能力",
    "composition": "共同生活成员",
    "groups": "人群",
    "income": "可见收入与自付（筛查）",
    "means": "收入",
    "spending": "刚性支出",
    "support": "赡养抚养扶养",
    "property": "财产",
    "tekun": "特困",
    "dibao": "低保",
    "single_person": "单人保",
    "near_dibao": "低保边缘",
    "categories": "类别与判定流水",
    "illness": "因病致贫",
    "relief": "临时救助",
    "allowances": "津贴与补贴",
    "heating": "取暖",
    "price_subsidy": "价格联动",
    "procedure": "程序",
    "layers": "五层八类",
    "civil": "事项：民政",
    "countryside": "事项：农业农村",
    "health": "事项：医疗",
    "homes": "事项：住房",
    "schooling": "事项：教育",
    "special": "事项：其他",
    "work": "事项：就业",
    "a_population": "指标：人口身份",
    "b_income": "指标：收入就业",
    "c_property": "指标：财产消费",
    "d_health": "指标：健康残疾",
    "e_needs": "指标：教育住房急难",
    "f_practice": "指标：经办监督",
}
ENTITIES = {"person": "人", "household": "户"}
HEADS = {-2: "再往下", -1: "用到", 0: "这一条", 1: "谁用它", 2: "再往上"}


def chapter(module: str) -> str:
    """The Chinese name of a module; the module's own where it has none yet."""
    return CHAPTERS.get(module, module)


def search(text: str) -> list[tuple[str, list[Rule]]]:
    """(chapter, rules) whose label, name or indicator's number contains the text; all of them for nothing."""
    wanted = text.strip().casefold()
    found: dict[str, list[Rule]] = {}
    for module, known in graph.modules().items():
        kept = [rule for rule in known if wanted in _words(rule)]
        if kept:
            found.setdefault(chapter(module), []).extend(kept)
    return list(found.items())


def _words(rule: Rule) -> str:
    code = rule.watch.code if rule.watch else ""
    return f"{rule.label} {rule.name} {code}".casefold()


def versions(rule: Rule) -> list[dict[str, Any]]:
    """Each formula: since when, where, under which articles, in words."""
    return [
        {
            "version": version,
            "articles": articles(version),
            "words": outline(graph.formula(DEFAULT, rule, version)),
        }
        for version in rule.versions
    ]


def articles(version: Version) -> list[Article]:
    """The articles a formula stands on."""
    law = version.law
    if isinstance(law, Article):
        return [law]
    return (
        [one for one in law if isinstance(one, Article)]
        if isinstance(law, Iterable) and not isinstance(law, str)
        else []
    )


def outline(node: Any) -> SafeString:
    """The formula as a list within lists."""
    return mark_safe(f'<ul class="formula">{_item(wording.told(DEFAULT, node))}</ul>')


def _item(words: Words) -> str:
    lead = f'<span class="lead-in">{escape(words.lead)}</span>' if words.lead else ""
    under = f"<ul>{''.join(_item(one) for one in words.under)}</ul>" if words.under else ""
    css = ' class="how"' if words.under else ""
    return f"<li{css}>{lead}<span>{escape(words.text)}{'：' if words.under else ''}</span>{under}</li>"


def behind(rule: Rule) -> dict[str, list[Any]]:
    """What its formulas name, by kind, and who names it."""
    net = graph.of()
    known = [DEFAULT[name] for name in sorted(net.uses[rule.name])]
    users = [DEFAULT[name] for name in sorted(net.used_by.get(rule.name, ()))]
    return {
        "rules": [one for one in known if isinstance(one, Rule)],
        "facts": [one for one in known if isinstance(one, Fact)],
        "standards": [one for one in known if isinstance(one, Standard)],
        "users": [one for one in users if isinstance(one, Rule)],
    }


def standing_on(name: str) -> list[Rule]:
    """The rules that name a standard."""
    users = (DEFAULT[one] for one in sorted(graph.of().used_by.get(name, ())))
    return [one for one in users if isinstance(one, Rule)]


def neighbourhood(name: str) -> SafeString:
    """Two steps either way of one rule or standard."""
    net = graph.of()
    found = net.around(name)
    boxes = [
        (HEADS[level], [_box(one, is_here=one == name) for one in found[level]]) for level in sorted(found)
    ]
    names = [one for level in found.values() for one in level]
    return pictures.columns(boxes, net.edges(names), f"“{DEFAULT[name].label}”前后两层的依赖")


def _box(name: str, *, is_here: bool = False) -> Box:
    known = DEFAULT[name]
    kind, href = "link", ""
    if isinstance(known, Rule):
        kind, href = "rule", reverse("desk:policy_rule", args=[name])
        if known.watch:
            kind = "watch"
    elif isinstance(known, Standard):
        kind, href = "standard", reverse("desk:policy_standard", args=[name])
    elif isinstance(known, Fact):
        kind = "fact"
    return Box(name, known.label, "" if is_here else href, f"{kind}{' here' * is_here}")


def overview() -> SafeString:
    """The chapters and how many rules of one name rules of another."""
    counted = {chapter(module): 0 for module in graph.modules()}
    for module, known in graph.modules().items():
        counted[chapter(module)] += len(known)
    edges = sorted(
        {
            (chapter(one), chapter(other))
            for one, other in graph.module_edges()
            if chapter(one) != chapter(other)
        }
    )
    depth = pictures.depths(counted, edges)
    by_depth: dict[int, list[Box]] = {}
    for name, number in counted.items():
        href = f"{reverse('desk:policy_rules')}?{urlencode({'chapter': name})}"
        by_depth.setdefault(depth[name], []).append(Box(name, f"{name} {number}条", href, "rule"))
    found = [by_depth[level] for level in sorted(by_depth)]
    return pictures.layers(found, pictures.direct(edges), "各章规则之间的依赖，从上到下")


def cases(rule: Rule, *, limit: int = 40) -> list[dict[str, Any]]:
    """The worked examples that expect an answer of this rule, where the checkout has them."""
    root = Path(settings.WENHOU_ROOT) / "tests" / "cases" / "rules"
    return [one for one in _cases(root, _changed(root)) if {rule.name, rule.label} & one["asked"]][:limit]


def _changed(root: Path) -> int:
    return max((path.stat().st_mtime_ns for path in root.rglob("*.yaml")), default=0)


@lru_cache(maxsize=2)
def _cases(root: Path, _changed: int) -> list[dict[str, Any]]:
    return [made for path in sorted(root.rglob("*.yaml")) for made in _in_file(path)]


def _in_file(path: Path) -> list[dict[str, Any]]:
    told = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader) or {}
    listed = told.get("案例", ()) if isinstance(told, dict) else told
    return [
        {
            "about": str(one.get("说明", "")),
            "file": path.stem,
            "law": str(one.get("依据", "")),
            "asked": set(one["期望"]),
            "expected": {str(name): _answers(value) for name, value in one["期望"].items()},
        }
        for one in listed
        if isinstance(one, dict) and isinstance(one.get("期望"), dict)
    ]


def _answers(value: Any) -> list[tuple[str, str]]:
    """(who, answer) of one expectation; nobody's name for the household's."""
    pairs = value.items() if isinstance(value, dict) else [("", value)]
    return [(str(who), _said(answer)) for who, answer in pairs]


def _said(answer: Any) -> str:
    if answer is None:
        return "不知道"
    return ("是" if answer else "否") if isinstance(answer, bool) else str(answer)
