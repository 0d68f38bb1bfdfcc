"""What is wrong with a household document: for each fault one sentence with what, why and what to do."""

import re

from wenhou.base.errors import Refused

_LONG_NUMBER = re.compile(r"\d{11,}[\dXx]?")
_SHOWN = 40


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
        self._told: list[str] = []

    def add(self, what: str, why: str, mend: str) -> None:
        """One fault: what happened, why it matters, what to do; together one sentence."""
        self._told.append(f"{what}：{why}；{mend}。")

    def __bool__(self) -> bool:
        return bool(self._told)

    def check(self) -> None:
        """Raise ApplicationFault where there is any."""
        if self._told:
            raise ApplicationFault(tuple(dict.fromkeys(self._told)))


def said(value: object) -> str:
    """A value as it may be repeated in a sentence: long numbers (identity, account, telephone) hidden, one line, short."""
    text = _LONG_NUMBER.sub("****", " ".join(str(value).split()))
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def is_identity_like(text: str) -> bool:
    """Whether a text holds what may be an identity, account or telephone number."""
    return _LONG_NUMBER.search(text) is not None
