"""A rule's formulas beside each other: since when, where, which one decides at the reader's place, in words, by what law."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from wenhou.desk.policy import office
from wenhou.desk.policy.formula import Formula
from wenhou.desk.policy.sayings import Speaker
from wenhou.engine.declared import Rule, Version
from wenhou.engine.words import DEFAULT, SAMPLE_DAY
from wenhou.policy import graph
from wenhou.policy.law import Article
from wenhou.policy.telling.wording import Words
from wenhou.web import words


def told(rule: Rule, *, place: str, on: date, held: Mapping[str, str]) -> list[dict[str, Any]]:
    """Each formula. held: standard's name → its value in words at the place, shown beside its name."""
    names = office.place_names({one.region for one in rule.versions if one.region})
    deciding = rule.version(as_of=on, region=place)
    apart = len({one.region for one in rule.versions}) > 1
    first = sorted(rule.versions, key=lambda one: one is not deciding)
    return [
        {
            "version": one,
            "where": names[one.region] if one.region else "其他地方" if apart else "",
            "when": _when(one, rule.versions),
            "decides": one is deciding and len(rule.versions) > 1,
            "articles": articles(one),
            "words": outline(rule, one, held),
        }
        for one in first
    ]


def _when(one: Version, versions: Iterable[Version]) -> str:
    """'2022年10月20日起', '2022年10月19日以前', both, or nothing where it always held."""
    later = [
        v.since for v in versions if v.region == one.region and v.since and v.since > (one.since or date.min)
    ]
    start = f"{words.long_day(one.since)}起" if one.since else ""
    end = words.long_day(min(later) - timedelta(days=1)) if later else ""
    if start and end:
        return f"{start}，至{end}"
    return start or (f"{end}以前" if end else "")


def articles(version: Version) -> list[Article]:
    """The articles a formula stands on."""
    law = version.law
    if isinstance(law, Article):
        return [law]
    known = law if isinstance(law, Iterable) and not isinstance(law, str) else ()
    return [one for one in known if isinstance(one, Article)]


def outline(rule: Rule, version: Version, held: Mapping[str, str]) -> SafeString:
    """The formula as a list within lists."""
    day = max(version.since or SAMPLE_DAY, SAMPLE_DAY)
    lines = Formula(Speaker(DEFAULT, day, held)).whole(graph.formula(DEFAULT, rule, version))
    return mark_safe(f'<ul class="formula">{"".join(_item(one) for one in lines)}</ul>')


def _item(said: Words) -> str:
    lead = f'<span class="lead-in">{escape(said.lead)}</span>' if said.lead else ""
    under = f"<ul>{''.join(_item(one) for one in said.under)}</ul>" if said.under else ""
    css = ' class="how"' if said.under else ""
    return f"<li{css}>{lead}<span>{escape(said.text)}{'：' if said.under else ''}</span>{under}</li>"
