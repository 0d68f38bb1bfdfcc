"""What can be wrong with a declaration, a plan or a case: one Chinese sentence, with the nearest known name."""

from collections.abc import Iterable
from difflib import get_close_matches

from wenhou.base.errors import WenhouError


class DeclarationFault(WenhouError):
    """A fact, rule or indicator is declared wrongly; raised when its module is imported."""


class PlanFault(WenhouError):
    """What is asked for cannot be planned for this date and region."""


class CaseFault(WenhouError):
    """A case file does not say what it must; names the file, the place and the nearest known name."""


def nearest(name: str, known: Iterable[str]) -> str:
    """“您是否想写「x」？” where a known name is close, else nothing."""
    close = get_close_matches(name, list(known), n=1, cutoff=0.5)
    return f"您是否想写“{close[0]}”？" if close else ""
