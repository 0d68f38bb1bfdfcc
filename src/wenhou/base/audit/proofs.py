"""That an entry stands under a seal, shown to whoever has nothing but the proof and the public key (`checking`)."""

from wenhou.base.audit import digests, leaves, numbers, statements
from wenhou.base.audit.checking import Proof
from wenhou.base.audit.models import AuditSeal
from wenhou.base.errors import WenhouError


def of(number: int) -> Proof | None:
    """The proof of an entry by its number; None while no seal has taken it up. Raises WenhouError where there is none such."""
    line = next(leaves.read(number, number), None)
    if line is None:
        raise WenhouError(f"没有第{number}号审计记录。")
    seal = AuditSeal.objects.filter(first__lte=number, last__gte=number).first()
    if seal is None:
        return None
    hashed = digests.parted(bytes(seal.leaves))
    index = list(numbers.expected(seal.first, seal.last, seal.gaps)).index(number)
    return Proof(
        entry=line.text().decode(),
        index=index,
        path=tuple(one.hex() for one in digests.path(seal.algorithm, hashed, index)),
        statement=statements.of(seal).text().decode(),
        signature=seal.signature,
    )
