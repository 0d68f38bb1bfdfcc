"""What an officer does next, beside category and money: class and review, grounds, what may not wait, and the 五层八类."""

from collections.abc import Iterator

from wenhou.engine.reasons import NO, YES
from wenhou.policy import answers
from wenhou.policy.asking.determinations import Answer, Determination

CLASSES = {"A": "A（无劳动能力）", "B": "B（有劳动能力、收入稳定）", "C": "C（有劳动能力、收入不固定）"}
NO_GROUND = NO_LAYER = "无"
_URGENT = ("is_helped_first", "is_within_grace", "must_be_visited_by_county")


def lines(found: Determination) -> Iterator[tuple[str, str]]:
    """Labels and what is said of each; nothing of what the book at hand does not declare."""
    if any(one.answer == YES for one in found.of_people("qualifies_for_dibao")):
        for one in found.of_people("dibao_class_due"):
            yield _label(one), CLASSES.get(str(one.value), "") or one.shown
        for one in found.of_people("review_months"):
            yield _label(one), one.shown
    for one in found.of_people("single_person_ground"):
        if one.value not in (None, NO_GROUND):
            yield f"{_label(one)}（{one.whose}）", one.shown
    for name in _URGENT:
        yield from ((_label(one), "是") for one in found.of_people(name) if one.answer == YES)
    for one in found.of_people("may_be_confirmed"):
        if one.answer == NO:
            yield _label(one), "否，县级须先入户"
    yield from _matrix(found)


def _matrix(found: Determination) -> Iterator[tuple[str, str]]:
    """The layer of the five, and the kinds of help of the eight that are open to the household."""
    kinds = "、".join(
        one.label.partition("类")[0]
        for name in answers.HELP
        for one in found.of_people(name)
        if one.answer == YES
    )
    for one in found.of_people("layer"):
        if one.value not in (None, NO_LAYER) or kinds:
            layer = "不在五层" if one.value == NO_LAYER else one.shown
            yield "五层八类", f"{layer}；{kinds or '没有可享的帮扶'}"


def _label(one: Answer) -> str:
    return one.label.partition("：")[0]
