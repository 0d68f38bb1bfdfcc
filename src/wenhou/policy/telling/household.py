"""A determination or a screen in plain Chinese, for the terminal: short, or with its reasons as a tree."""

from collections.abc import Iterable, Iterator

from wenhou.policy import answers
from wenhou.policy.answers import CATEGORIES
from wenhou.policy.asking import changes
from wenhou.policy.asking.changes import Turning
from wenhou.policy.asking.determinations import HOME_KEY, Answer, Determination, Screen, decisive
from wenhou.policy.telling import branches, brief, gaps, states
from wenhou.policy.telling.lines import padded, wrapped
from wenhou.policy.telling.trees import Why

_LABEL = 22


def text(found: Determination, turnings: Iterable[Turning], *, why: Why = "") -> str:
    """The whole answer. why: with the reasons a family asks for (brief), or with every verdict's whole tree (all)."""
    lines = [
        *_head(found),
        "",
        *_amounts(found),
        *_package(found),
        *_refusals(turnings),
        *gaps.lines(found.missing, first=found.category.missing),
        *_standards(found),
    ]
    if why:
        lines += ["", "理由", *(brief.lines(found) if why == "brief" else _reasons(found))]
    return "\n".join(lines)


def screen_text(found: Screen, *, why: Why = "") -> str:
    """What may be seen, and whose authorisation lacks; any why brings the whole tree, which is small."""
    asked = found.application
    lines = list(wrapped(f"{asked.as_of}　{asked.place}　筛查（不是认定）", rest="  "))
    who = "、".join(found.unauthorised) or "有成员"
    lines += wrapped(
        f"{who}还没有有效授权：不能核对财产，不作认定，没有类别和金额；请取得授权后再问。",
        first="  ",
        rest="  ",
    )
    lines += _remarks(asked.remarks)
    lines += [line for one in found.visible for line in _pair(_label(one.label), _shown(one))]
    lines += gaps.lines(dict.fromkeys(gap for one in found.visible for gap in one.missing))
    if why:
        lines += ["", "理由", *branches.lines(found.question, found.reasons.values())]
    return "\n".join(lines)


def _head(found: Determination) -> Iterator[str]:
    asked = found.application
    note = f"　{asked.note}" if asked.note else ""
    yield from wrapped(f"{asked.as_of}　{asked.place}{note}", rest="  ")
    category = found.category
    if category.value is None:
        yield from wrapped(f"认定：不知道，{gaps.beside(category)}", rest="  ")
    else:
        yield from wrapped(
            f"认定：{CATEGORIES.get(str(category.value), str(category.value))}（{category.value}）", rest="  "
        )
    yield from _remarks(found.remarks)
    for name in answers.HEADS:
        for one in found.of_people(name):
            yield from _pair(_label(one.label), _shown(one))
    for label, said in states.lines(found):
        yield from _pair(label, said)


def _remarks(told: Iterable[str]) -> Iterator[str]:
    for one in told:
        yield from wrapped(f"请留意：{one}", first="  ", rest="    ")


def _amounts(found: Determination) -> Iterator[str]:
    if not found.amounts:
        yield "金额：没有可发的金额"
        return
    yield "金额"
    for one in found.amounts:
        whose = "" if one.whose == "本户" else f"（{one.whose}）"
        yield from _pair(f"{_label(one.label)}{whose}", _shown(one))


def _package(found: Determination) -> Iterator[str]:
    may = [one for one in found.package if one.answer == "yes"]
    open_ = [one for one in found.package if one.answer == "unknown"]
    if not found.package:
        return
    yield ""
    yield from wrapped(
        f"可享事项（{len(may)}）：{'、'.join(_label(one.label) for one in may) or '无'}", rest="  "
    )
    if open_:
        yield from wrapped(f"待补事实才知道的事项（{len(open_)}）：", rest="  ")
        for one in open_:
            if len(one.missing) <= gaps.INLINE:
                yield from wrapped(f"{_label(one.label)}：{gaps.beside(one)}", first="  ", rest="    ")
        several = [_label(one.label) for one in open_ if len(one.missing) > gaps.INLINE]
        if several:
            told = f"{'、'.join(several)}：各缺多项（见“{gaps.TITLE}”）"
            yield from wrapped(told, first="  ", rest="    ")


def _refusals(turnings: Iterable[Turning]) -> Iterator[str]:
    several = [one for one in turnings if one.told_by is None]
    if several:
        yield ""
        yield "不符合的，差在哪里"
    for one in several:
        whose = "" if one.verdict.whose == "本户" else f"（{one.verdict.whose}）"
        yield from wrapped(
            f"{_label(one.verdict.label)}{whose}：{changes.sentence(one)}", first="  ", rest="    "
        )


def _standards(found: Determination) -> Iterator[str]:
    said = [found.reasons[one.name, one.key] for one in (found.category, *found.amounts)]
    doubtful = [one for one in decisive(found.question, said) if one.provisional or one.overdue or one.given]
    if doubtful:
        yield ""
        told = (f"{_label(found.question.plan.book[one.name].label)}：{one.basis}" for one in doubtful)
        yield from wrapped("所用标准中需留意的：" + "；".join(told), rest="  ")


def _reasons(found: Determination) -> Iterator[str]:
    names = (answers.CATEGORY, *answers.VERDICTS, *answers.OTHER_VERDICTS)
    asked = [(name, HOME_KEY) for name in names if (name, HOME_KEY) in found.reasons]
    asked += [
        (one.name, one.key)
        for name in answers.PERSON_VERDICTS
        for one in found.of_people(name)
        if one.answer != "no"
    ]
    asked += [(one.name, one.key) for one in (*found.amounts, *found.of_people("counts"))]
    return branches.lines(found.question, [found.reasons[at] for at in dict.fromkeys(asked)])


def _label(text: str) -> str:
    """The label without what it explains after a colon."""
    return text.partition("：")[0]


def _pair(label: str, shown: str) -> Iterator[str]:
    return wrapped(shown, first=f"  {padded(label, _LABEL)}　", rest=" " * (_LABEL + 4))


def _shown(one: Answer) -> str:
    return f"不知道，{gaps.beside(one)}" if one.answer == "unknown" else one.shown
