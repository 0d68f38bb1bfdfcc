"""Codes that stand for words: a reader sees 最低生活保障家庭（DB） and 女, never DB or 2 alone."""

from collections.abc import Mapping

from wenhou.engine.nodes import Value
from wenhou.engine.reasons import Reason
from wenhou.policy import answers

SEX = {"1": "男", "2": "女"}
_COMPARED = frozenset({"==", "!=", "isin"})


def shown(reason: Reason) -> str:
    """The value in words; of a comparison, both its sides."""
    words = _words(reason)
    if not words or not isinstance(reason.value, str | bool):
        return reason.shown
    if reason.kind in ("==", "!="):
        return " ".join(_said(words, part) for part in reason.shown.split(" "))
    return _said(words, reason.value)


def label(reason: Reason) -> str:
    """What a comparison with codes is called: 户的救助类别 ＝ 最低生活保障边缘家庭（BY）."""
    words = _words(reason)
    if not words or reason.kind not in _COMPARED:
        return reason.label
    said = reason.label
    for child in reason.children[1:]:
        said = said.replace(str(child.value), _said(words, child.value))
    return said


def _words(reason: Reason) -> Mapping[str, str]:
    """The words for the codes of a value, or of the fact that is compared."""
    about = reason.children[0] if reason.kind in _COMPARED and reason.children else reason
    if about.name == "sex":
        return SEX
    if about.name == "household_category":
        return answers.CATEGORIES | answers.REGISTERED
    return answers.CATEGORIES if about.unit == "text" else {}


def _said(words: Mapping[str, str], value: Value) -> str:
    word = words.get(str(value))
    if value is True or value is False:
        return "是" if value else "否"
    if word is None:
        return str(value)
    return word if words is SEX else f"{word}（{value}）"
