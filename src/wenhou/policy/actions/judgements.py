"""Judgements are kept in the lake, and with them, once, the rules that made them."""

import gzip
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from wenhou.base.errors import Refused
from wenhou.engine import frozen
from wenhou.engine.plan import Plan
from wenhou.lake import files, sealed
from wenhou.policy.asking.determinations import Determination, Screen
from wenhou.policy.judging import judgements
from wenhou.policy.judging.judgements import Judgement


def freeze(found: Determination | Screen, *, names: bool = True) -> Judgement:
    """The judgement of an answer, with people's names or by number. Nothing is written."""
    kept = _frozen(found.question.plan)
    return judgements.freeze(found, kept.digest, kept.plan, names=names)


def keep(found: Determination | Screen, *, to: Path | None = None) -> Path:
    """Write an answer's judgement to a file, or to the lake (judgements/law/<day>/<sha256>.json), and its rule set.

    In the lake people are numbers and there is no note; a file of one's own keeps both. The same again is the same file.
    """
    made = freeze(found, names=to is not None)
    rules = _frozen(found.question.plan)
    _write_once(rule_set_path(rules.digest), gzip.compress(rules.written, mtime=0))
    if to is not None:
        _write_new(to, made.content)
        return to
    day = found.application.as_of
    path = files.root() / "judgements" / "law" / f"{day:%Y-%m-%d}" / f"{made.sha256}.json"
    with files.whole(path) as temporary:
        sealed.write_bytes(temporary, made.content)
    return path


def rule_set_path(digest: str) -> Path:
    """Where a rule set of that digest lies, or would lie."""
    return files.root() / "published" / "rule_sets" / f"{digest}.json.gz"


def _write_new(path: Path, content: bytes) -> None:
    """The whole file or none, and never in place of another."""
    try:
        file = path.open("xb")
    except FileExistsError:
        if path.is_file() and path.read_bytes() == content:
            return
        raise Refused(
            f"{path.name}已经有了，里面是别的内容：判定不覆盖已有的文件；请换一个文件名。"
        ) from None
    try:
        with file:
            file.write(content)
    except OSError:
        path.unlink(missing_ok=True)
        raise


def _write_once(path: Path, content: bytes) -> None:
    if path.exists():
        return
    with files.whole(path) as temporary:
        temporary.write_bytes(content)


@dataclass(frozen=True)
class _Frozen:
    """A plan written down, and as it comes back: judgements are made by that one, in the words a replay will use."""

    digest: str
    written: bytes
    plan: Plan


@lru_cache(maxsize=8)
def _frozen(plan: Plan) -> _Frozen:
    """A plan of everything takes a moment to write."""
    written = frozen.dump(plan)
    return _Frozen(frozen.digest(plan), written, frozen.load(written))
