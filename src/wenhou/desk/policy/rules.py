"""Rules for reading: the list by chapter, one rule's formulas in words, its cases, and its neighbourhood."""

from collections import Counter
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.safestring import SafeString

from wenhou.desk.policy import pictures
from wenhou.desk.policy.pictures import Box
from wenhou.engine.declared import Fact, Rule, Standard
from wenhou.engine.words import DEFAULT
from wenhou.monitoring import indicators
from wenhou.policy import answers, graph

assert indicators.__all__  # importing the package declares them
answers.declare()

CHAPTERS = {
    "lines": "当地标准线",
    "register": "在册与资格",
    "family": "家庭",
    "kin": "义务人（筛查）",
    "bearers": "义务人（认定）",
    "people": "人员",
    "ability": "劳动与自理能力",
    "composition": "共同生活成员",
    "groups": "人群",
    "income": "可见收入（筛查）",
    "seen": "申请家庭的可见收入（筛查）",
    "means": "收入",
    "verified": "部门记录的收入（筛查）",
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
    "b_income": "指标：收入",
    "b_jobs": "指标：就业",
    "known_property": "指标：可见财产",
    "c_assets": "指标：财产",
    "c_outlays": "指标：支出与缴费",
    "d_health": "指标：健康残疾",
    "e_living": "指标：教育住房",
    "e_urgent": "指标：灾害急难与服务",
    "f_handling": "指标：经办",
    "f_entitlement": "指标：政策落实",
    "f_again": "指标：退出与再困难",
    "standing": "应享：四类",
    "screening": "应享：筛查",
    "departments": "应享：各部门",
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
    """The chapters, and which of them rest on which."""
    found = [
        [Box(one["name"], one["name"], one["href"], "rule", f"{one['count']}条") for one in level]
        for level in by_level()
    ]
    return pictures.layers(found, _between_chapters(), "各章规则之间的依赖，从上到下")


def by_level() -> list[list[dict[str, Any]]]:
    """The same in words: chapters from what rests on nothing to what nothing rests on, each with those it gives to."""
    counted: Counter[str] = Counter()
    for module, known in graph.modules().items():
        counted[chapter(module)] += len(known)
    edges = _between_chapters()
    depth = pictures.depths(counted, edges)
    found: dict[int, list[dict[str, Any]]] = {}
    for name, number in counted.items():
        href = f"{reverse('desk:policy_rules')}?{urlencode({'chapter': name})}#opened"
        gives = [other for one, other in edges if one == name]
        found.setdefault(depth[name], []).append(
            {"name": name, "count": number, "href": href, "gives": gives}
        )
    return [found[level] for level in sorted(found)]


def _between_chapters() -> list[tuple[str, str]]:
    """(chapter used, chapter using), without what a longer way already tells."""
    named = ((chapter(one), chapter(other)) for one, other in graph.module_edges())
    return pictures.direct({(one, other) for one, other in named if one != other})
