"""Past judgements given again, from the rules and inputs they were made of, and compared byte for byte."""

import gzip
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from wenhou.base.errors import Refused
from wenhou.engine import frozen
from wenhou.engine.plan import Plan
from wenhou.lake import files
from wenhou.policy.actions.judgements import rule_set_path
from wenhou.policy.judging import judgements

SAME, DIFFERS, TAMPERED, NO_RULES = "一致", "不一致", "被改动", "缺规则"


@dataclass(frozen=True)
class Replay:
    """One judgement replayed. result: 一致, 不一致 (names: the answers that differ), 被改动, 缺规则."""

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
    """Each judgement again. Raises Refused where a file is no judgement at all."""
    for path in paths:
        yield _replay(path, path.read_bytes())


def _replay(path: Path, content: bytes) -> Replay:
    told = judgements.read(content)
    if not judgements.is_whole(content):
        return Replay(path, TAMPERED, _of_altered(content, told))
    plan = _plan(told["rule_set"])
    if plan is None:
        return Replay(path, NO_RULES)
    made = judgements.again(content, plan)
    return (
        Replay(path, SAME)
        if made == content
        else Replay(path, DIFFERS, _different(told, judgements.read(made)))
    )


def _of_altered(content: bytes, told: dict[str, Any]) -> tuple[str, ...]:
    """Answers of an altered judgement that its own question does not give; nothing where that cannot be told."""
    try:
        plan = _plan(told["rule_set"])
        return () if plan is None else _different(told, judgements.read(judgements.again(content, plan)))
    except (KeyError, TypeError, ValueError, AttributeError, Refused):
        return ()


def _different(before: dict[str, Any], after: dict[str, Any]) -> tuple[str, ...]:
    old, new = (
        {(one["name"], one["whose"]): (one["label"], one["value"], one["missing"]) for one in told["answers"]}
        for told in (before, after)
    )
    return tuple(
        f"{old.get(at, new.get(at, ('',)))[0]}（{at[1]}）"
        for at in {**old, **new}
        if old.get(at) != new.get(at)
    )


@lru_cache(maxsize=16)
def _loaded(path: Path, digest: str) -> Plan:
    written = gzip.decompress(path.read_bytes())
    if sha256(written).hexdigest() != digest:
        raise Refused(f"规则集 {digest[:12]} 的内容与它的摘要不符，已被改动；请从备份恢复 {path.name}。")
    return frozen.load(written)


def _plan(digest: str) -> Plan | None:
    path = rule_set_path(digest) if digest.isalnum() else None
    return _loaded(path, digest) if path is not None and path.exists() else None
