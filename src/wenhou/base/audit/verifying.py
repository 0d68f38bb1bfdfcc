"""Reading all of the audit anew: the first thing that is not as it was sealed, named in one sentence."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from wenhou.base.audit import checking, digests, leaves, numbers, signing, statements, triggers
from wenhou.base.audit.models import AuditEntry, AuditSeal
from wenhou.base.errors import WenhouError

_TRIED = 200
"""How many other numbers an entry that differs is tried under, to tell what was moved from what was edited."""


@dataclass(frozen=True)
class Checked:
    """What was read. wrong: the first thing found, empty where all is as sealed. waiting: entries not sealed yet, since when."""

    wrong: str
    seals: int = 0
    entries: int = 0
    waiting: int = 0
    since: datetime | None = None


@dataclass(frozen=True)
class Checkpoint:
    """A seal by its number and digest, as it was written down elsewhere."""

    number: int
    digest: str

    def __str__(self) -> str:
        return f"{self.number}-{self.digest}"


class _Wrong(Exception):
    """The sentence."""


def checkpoint() -> Checkpoint | None:
    """The last seal, to be kept where nobody who can reach this database can change it; None before the first seal."""
    last = AuditSeal.objects.order_by("number").last()
    return Checkpoint(last.number, statements.digest(last)) if last else None


def read_checkpoint(line: str) -> Checkpoint:
    """From its line. Raises WenhouError for anything else."""
    number, _, digest = line.strip().partition("-")
    if not number.isdecimal() or len(digest) != 2 * digests.LENGTH:
        raise WenhouError("检查点要写成“封印号-64位摘要”，由 wenhou audit checkpoint 给出。")
    return Checkpoint(int(number), digest)


def verify(*, checkpoints: Iterable[Checkpoint] = (), keys: Iterable[str] = ()) -> Checked:
    """Check every seal and every entry in the order of their numbers. keys: more public keys that may have signed, hex."""
    wanted, known = {one.number: one.digest for one in checkpoints}, signing.public_keys(keys)
    before, entries = None, 0
    try:
        _all_written()
        for seal in AuditSeal.objects.order_by("number").iterator(chunk_size=50):
            _check_seal(seal, before, known)
            _check_point(seal, wanted)
            _check_entries(seal)
            before, entries = seal, entries + seal.count
        _check_ends(before, wanted)
    except _Wrong as wrong:
        return Checked(str(wrong), before.number if before else 0, entries)
    waiting = AuditEntry.objects.filter(number__gt=before.last if before else 0).order_by("number")
    first = waiting.first()
    return Checked("", before.number if before else 0, entries, waiting.count(), first.at if first else None)


def _all_written() -> None:
    lacking = triggers.missing()
    if lacking:
        raise _Wrong(f"表{lacking[0]}的审计触发器不在或被关掉了，它的改动没有记下来。")


def _check_seal(seal: AuditSeal, before: AuditSeal | None, known: Mapping[str, bytes]) -> None:
    number = before.number + 1 if before else 1
    if seal.number != number:
        raise _Wrong(f"第{number}号封印不见了。")
    if seal.key not in known:
        raise _Wrong(f"第{number}号封印是用不认识的钥匙{seal.key}签的。")
    if not checking.is_signed(known[seal.key], statements.of(seal).text(), seal.signature):
        raise _Wrong(f"第{number}号封印被改过：签名对不上。")
    if seal.previous != (statements.digest(before) if before else statements.NONE):
        raise _Wrong(f"第{number}号封印接不上前一号：前面的封印被换过。")
    if digests.root(seal.algorithm, digests.parted(bytes(seal.leaves))).hex() != seal.root:
        raise _Wrong(f"第{number}号封印被改过：所附的摘要对不上。")


def _check_point(seal: AuditSeal, wanted: dict[int, str]) -> None:
    if wanted.pop(seal.number, statements.digest(seal)) != statements.digest(seal):
        raise _Wrong(f"第{seal.number}号封印不是检查点里记下的那一份。")


def _check_entries(seal: AuditSeal) -> None:
    sealed = dict(
        zip(
            numbers.expected(seal.first, seal.last, seal.gaps),
            digests.parted(bytes(seal.leaves)),
            strict=False,
        )
    )
    there = {line.number: line for line in leaves.read(seal.first, seal.last)}
    differing = [
        number
        for number in sorted(sealed.keys() | there.keys())
        if number not in sealed
        or number not in there
        or digests.leaf(seal.algorithm, there[number].text()) != sealed[number]
    ]
    if differing:
        raise _Wrong(_sentence(seal, differing, sealed, there))


def _sentence(
    seal: AuditSeal, differing: list[int], sealed: Mapping[int, bytes], there: Mapping[int, leaves.Line]
) -> str:
    number, where = differing[0], f"（第{seal.number}号封印）"
    if number not in sealed:
        now = _home(seal, there[number], differing, sealed)
        if now:
            return f"第{now}号记录被挪到了第{number}号{where}。"
        return f"第{number}号记录是封存之后多出来的{where}。"
    moved = [
        other
        for other in differing[:_TRIED]
        if other in there and digests.leaf(seal.algorithm, there[other].text(number)) == sealed[number]
    ]
    if moved:
        return f"第{number}号记录被挪到了第{moved[0]}号，次序被换过{where}。"
    return f"第{number}号记录{'被改过' if number in there else '不见了'}{where}。"


def _home(
    seal: AuditSeal, line: leaves.Line, differing: Collection[int], sealed: Mapping[int, bytes]
) -> int | None:
    """The number under which an entry was sealed, if it was one of these."""
    for other in list(differing)[:_TRIED]:
        if other in sealed and digests.leaf(seal.algorithm, line.text(other)) == sealed[other]:
            return other
    return None


def _check_ends(last: AuditSeal | None, wanted: Mapping[int, str]) -> None:
    if wanted:
        raise _Wrong(f"检查点里记着第{min(wanted)}号封印，现在没有了：末尾的记录和封印被删掉了。")
    below = AuditEntry.objects.filter(number__lt=1).order_by("number").first()
    if below:
        raise _Wrong(f"第{below.number}号记录是多出来的：编号从1开始。")
