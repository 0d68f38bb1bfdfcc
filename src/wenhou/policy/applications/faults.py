"""What is wrong with a household document: for each fault one sentence with what, why and what to do."""

import re
import unicodedata
from collections.abc import Iterable, Mapping

from wenhou.base.errors import Refused
from wenhou.divisions.listing import UNSEEN
from wenhou.engine.faults import nearest

_LONG_NUMBER = re.compile(r"\d{11,}[\dXx]?")
_IN_GROUPS = re.compile(
    r"(?<!\d)(?:\d{6}[ -]?\d{8}[ -]?\d{3}[\dXx]|1\d{2}[ -]\d{4}[ -]\d{4}|\d{4}(?:[ -]\d{4}){3,})(?!\d)"
)
"""Identity, telephone and account numbers in the groups people write them in."""
_WORDS = {None: "空", True: "是", False: "否"}
_SHOWN = 40
MOST = 100
"""Faults that are told one by one; who has more has the wrong file."""
_BLANK = re.compile("[\u034f\u115f\u1160\u180b-\u180f\u2800\ufe00-\ufe0f\U000e0100-\U000e01ef]")
"""Characters of no width that are letters or marks by their category."""


class ApplicationFault(Refused):
    """A document that cannot be taken. faults: a sentence for each thing to mend, in the order of the document."""

    def __init__(self, faults: tuple[str, ...]) -> None:
        self.faults = faults
        if len(faults) == 1:
            super().__init__(faults[0])
        else:
            told = "\n".join(f"{number}. {fault}" for number, fault in enumerate(faults, start=1))
            super().__init__(f"这份文件有{len(faults)}处要改：\n{told}")

    @property
    def done(self) -> dict[str, list[str]]:
        """The faults one by one, beside the message, for machines."""
        return {"faults": list(self.faults)}


class Faults:
    """Collects faults, so that the writer mends them in one go."""

    def __init__(self) -> None:
        self._told: dict[str, None] = {}

    def add(self, what: str, why: str, mend: str) -> None:
        """One fault: what happened, why it matters, what to do; together one sentence."""
        self._told.setdefault(f"{what}：{why}；{mend}。")

    def nearest(self, name: object, known: Iterable[str]) -> str:
        """“您是否想写「x」？” where a known name is close; no more of them than are told."""
        return nearest(str(name)[:_SHOWN], known) if len(self._told) < MOST else ""

    def __bool__(self) -> bool:
        return bool(self._told)

    def check(self) -> None:
        """Raise ApplicationFault where there is any."""
        if self._told:
            told = tuple(self._told)
            more = (
                (f"另有{len(told) - MOST}处要改：没有一一列出；请先改上面的。",) if len(told) > MOST else ()
            )
            raise ApplicationFault(told[:MOST] + more)


def said(value: object) -> str:
    """A value as it may be repeated in a sentence: long numbers (identity, account, telephone) hidden, one line, short.

    What cannot be seen, or cannot be written as UTF-8, is shown as �.
    """
    seen = "".join("�" if _is_unseen(one) else one for one in " ".join(_plainly(value).split()))
    text = _LONG_NUMBER.sub("****", seen)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def _plainly(value: object) -> str:
    """What is no text as the writer knows it, and not as the program holds it."""
    if isinstance(value, Mapping | list):
        return f"{'几项键和值' if isinstance(value, Mapping) else '一列'}（{len(value)}项）"
    return _WORDS.get(value, str(value)) if value is None or isinstance(value, bool) else str(value)


def is_identity_like(text: str) -> bool:
    """Whether a text holds what may be an identity, account or telephone number, written together or in groups."""
    return _LONG_NUMBER.search(text) is not None or _IN_GROUPS.search(text) is not None


def _is_unseen(character: str) -> bool:
    return unicodedata.category(character) in UNSEEN


def has_unseen(text: str) -> bool:
    """Whether a text holds line breaks, controls, direction marks, characters of no width or halves of surrogates."""
    return any(map(_is_unseen, text))


def as_seen(text: str) -> str:
    """What a reader sees of a name: two that give the same cannot be told apart."""
    return "".join(_BLANK.sub("", unicodedata.normalize("NFKC", text)).split())
