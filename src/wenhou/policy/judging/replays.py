"""Past judgements given again, from the rules and inputs they were made of, and compared byte for byte."""

import gzip
import re
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from wenhou.base.errors import WenhouError
from wenhou.engine import frozen
from wenhou.engine.plan import Plan
from wenhou.lake import filekeys, files, sealed
from wenhou.policy.actions.judgements import rule_set_path
from wenhou.policy.judging import judgements

SAME, DIFFERS, TAMPERED, NO_RULES = "一致", "不一致", "被改动", "缺规则"
ABSENT, UNREADABLE = "没有这个文件", "文件读不出来"
BROKEN, BROKEN_RULES = "不是完整的冻结判定", "规则集损坏"
_PARTS = {
    "outcome": "认定还是筛查",
    "unauthorised": "没有授权的人",
    "question": "所问的内容",
    "standards": "标准",
    "reasons": "理由",
}
"""Parts of a judgement that are given again, by their words."""
_WRONG = (
    KeyError, TypeError, ValueError, AttributeError, IndexError, ArithmeticError, AssertionError, RecursionError,
    WenhouError,
)  # fmt: skip
"""What comes of a judgement that is not written as we write them; its bytes are anybody's."""


_DIGEST = re.compile("[0-9a-f]{64}")


class BrokenRules(WenhouError):
    """A rule set that cannot be read, or is not what its digest says."""


@dataclass(frozen=True)
class Replay:
    """One judgement replayed.

    result: 一致, 不一致 or 被改动 (names: what differs), 缺规则, 规则集损坏 (names: its file), 不是完整的冻结判定,
    没有这个文件, 文件读不出来, 已依法删除.
    """

    path: Path
    result: str
    names: tuple[str, ...] = ()

    @property
    def is_same(self) -> bool:
        return self.result == SAME


def kept() -> list[Path]:
    """Every judgement in the lake, by day and digest."""
    return sorted((files.root() / "judgements" / "law").rglob("*.json"))


def replay(paths: Iterable[Path]) -> Iterator[Replay]:
    """Each judgement again; what cannot be is a result too, so that one bad file hides no other."""
    for path in paths:
        try:
            content = sealed.read_bytes(path)
        except filekeys.Destroyed:
            yield Replay(path, filekeys.DESTROYED)
        except WenhouError as fault:
            yield Replay(path, UNREADABLE, (fault.message,))
        except OSError:
            yield Replay(path, UNREADABLE if path.exists() or path.is_symlink() else ABSENT)
        else:
            yield _replay(path, content)


def _replay(path: Path, content: bytes) -> Replay:
    try:
        told = judgements.read(content)
        whole = judgements.is_whole(content)
        plan = _plan(told["rule_set"])
    except BrokenRules as fault:
        return Replay(path, BROKEN_RULES, (fault.message,))
    except _WRONG:
        return Replay(path, BROKEN)
    if plan is None:
        return Replay(path, NO_RULES if whole else TAMPERED)
    try:
        made = judgements.again(content, plan)
        if made == content:
            return Replay(path, SAME)
        return Replay(path, DIFFERS if whole else TAMPERED, _different(told, judgements.read(made)))
    except _WRONG:
        return Replay(path, BROKEN if whole else TAMPERED)


def _different(before: dict[str, Any], after: dict[str, Any]) -> tuple[str, ...]:
    old, new = (
        {(one["name"], one["whose"]): (one["label"], one["value"], one["missing"]) for one in told["answers"]}
        for told in (before, after)
    )
    several = tuple(
        f"{old.get(at, new.get(at, ('',)))[0]}（{at[1]}）"
        for at in {**old, **new}
        if old.get(at) != new.get(at)
    )
    parts = tuple(label for name, label in _PARTS.items() if before.get(name) != after[name])
    return several or parts


@lru_cache(maxsize=16)
def _loaded(path: Path, digest: str) -> Plan:
    try:
        written = gzip.decompress(path.read_bytes())
        if sha256(written).hexdigest() == digest:
            return frozen.load(written)
    except (OSError, EOFError, zlib.error, *_WRONG):
        pass
    raise BrokenRules(path.name)


def _plan(digest: str) -> Plan | None:
    path = rule_set_path(digest) if _DIGEST.fullmatch(digest) else None
    return _loaded(path, digest) if path is not None and path.exists() else None
