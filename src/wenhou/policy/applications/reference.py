"""docs/reference/household.md, written from the facts: `python -m wenhou.policy.applications.reference`. Pure."""

from collections.abc import Iterable, Iterator

from wenhou.engine.declared import Fact, Link
from wenhou.engine.words import Book
from wenhou.policy import answers
from wenhou.policy.applications.vocabulary import (
    COMPANIONS,
    KEYS,
    PARTS,
    RANGES,
    SHARES,
    TOGETHER,
    WORDS,
    asked_of_all,
    none_of,
)
from wenhou.policy.facts.choices import CHOICES

HEAD = """# HOUSEHOLD.yaml

Written from the facts by `python -m wenhou.policy.applications.reference > docs/reference/household.md`. How to use
it: [determine](../guides/determine.md); what was agreed: [the law](../discussions/the-law.md).

YAML, or the same as JSON. Keys are Chinese or English; a key that is not listed here is refused with the nearest one
named, a key written twice as well. All faults of a document are told at once, each with what, why and what to do.
Names, the note and texts hold no line breaks, controls or characters of no width; no two names look alike.

| 键 | key | |
|---|---|---|
"""
ABOUT = {
    "note": "一句话，印在结果上；不写证件号码",
    "as_of": "问的是哪一天，`2025-10-15`；`--as-of` 优先",
    "division": '申请地（急难为发生地）的区划代码，带引号，4、6、9或12位：`"640104"`；宁夏、宝鸡须是有的县区',
    "urban_rural": "城市、农村",
    "asked": "答复过的来源：`全部`（除评定外）、一列 `[DI26, 申报]`，或带答复日 `{DI26: 2025-09-30}`，不晚于所问之日；默认没有",
    "authorised": "是、否、不知道：人员中没有单写“有有效授权书”的人都照此",
    "household": "户的事实",
    "persons": "人员：名字 → 个人的事实；恰有一个申请人；不计入的人（服刑、失联的父母）也写上",
    "supporters": "义务人：不共同生活的，名字 → 个人的事实；至少写“赡养扶养对象”，次序即序号",
    "standards": "`standards/` 缺的标准，显示为“随案提供”；已有的不能改",
}
VALUES = """
Money `1200.00元`; dates `2025-10-15`; yes and no 是 否 (`true` `false`); unknown 不知道; numbers with at most four decimals.
Negative money and counts, dates after the day asked about, and anybody born more than 130 years before are refused.

What is left out is unknown; where **every** source of a fact was asked it is the *none* of the tables below. A dash means
that silence says nothing.
"""


def page(book: Book) -> str:
    """The whole page in Markdown."""
    keys = "\n".join(f"| `{key}` | `{name}` | {ABOUT[name]} |" for key, name in KEYS.items())
    parts = [HEAD + keys, VALUES, *_follows(book)]
    parts += ["## 本户\n", *_table(fact for fact in book.facts if fact.entity == "household")]
    parts += [
        "\n## 人员与义务人\n",
        *_links(book),
        *_table(fact for fact in book.facts if fact.entity == "person"),
    ]
    parts += ["\n## 来源\n", f"`全部` asks {_list(sorted(asked_of_all(book)))}."]
    return "\n".join(parts) + "\n"


def _follows(book: Book) -> Iterator[str]:
    yield "What follows from what is written, and is shown as 推得:\n"
    yield "- 申请人 and 配偶 name each other as 配偶, where there is one of each."
    yield "- 申请人 is the 父亲 or 母亲 (by 性别) of a 子女, and 父母 (one of a sex) the 父亲 or 母亲 of 申请人."
    for name, companion in COMPANIONS.items():
        if name in book and companion in book:
            yield f"- {book[name].label} → {book[companion].label}: 是"
    yield "\nOf one record, where one part is told the other is untold, not none: " + "; ".join(
        "、".join(book[name].label for name in record) for record in TOGETHER
    )
    yield "\nA part is not larger than the whole: " + "; ".join(
        f"{book[part].label} ≤ {book[whole].label}" for part, whole in PARTS
    )
    yield "\nTold alone, it leaves untold, not none, what must hold it: " + "; ".join(
        f"{book[part].label} → {'、'.join(book[whole].label for whole in wholes)}" for part, wholes in SHARES
    )
    yield ""


def _links(book: Book) -> Iterator[str]:
    links = [link for link in book.links if not link.inverse_of]
    yield "Relations name another person of the document; silence leaves them unknown:\n"
    yield "| 键 | key |"
    yield "|---|---|"
    yield from (f"| {link.label} | `{link.name}` |" for link in links if isinstance(link, Link))
    yield ""


def _table(facts: Iterable[Fact]) -> Iterator[str]:
    yield "| 键 | key | 单位 | 可写 | none | 来源 | 说明 |"
    yield "|---|---|---|---|---|---|---|"
    for fact in facts:
        yield (
            f"| {fact.label} | `{fact.name}` | {fact.unit} | {_choices(fact)} | {_none(fact)} "
            f"| {_list(fact.sources)} | {fact.note} |"
        )


def _choices(fact: Fact) -> str:
    if fact.name in RANGES:
        low, high = RANGES[fact.name]
        return f"{low}–{high}"
    return "、".join(dict.fromkeys([*map(str, WORDS.get(fact.name, {})), *CHOICES.get(fact.name, ())]))


def _none(fact: Fact) -> str:
    value = none_of(fact)
    if value is None:
        return "—"
    return "否" if value is False else str(value)


def _list(names: Iterable[str]) -> str:
    return "、".join(names)


if __name__ == "__main__":
    print(page(answers.declare()), end="")
