"""Where a value came from, as the pages write it: department and file, the delivery's number, the line."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from wenhou.desk import reasons
from wenhou.exchange.models import Delivery
from wenhou.staff.queries import Scope


@dataclass(frozen=True)
class Source:
    """`delivery` is 0 where this place no longer has the file; `is_near` where the reader may open its page."""

    text: str
    delivery: int
    number: str
    line: int
    as_of: date
    is_near: bool


@dataclass(frozen=True)
class Files:
    """The deliveries some lines came in, and whose reader asks."""

    known: Mapping[int, Delivery]
    scope: Scope

    @classmethod
    def of(cls, deliveries: Iterable[int], scope: Scope) -> "Files":
        """One query, however many."""
        return cls(Delivery.objects.in_bulk(set(deliveries)), scope)

    def source(self, contract: str, delivery: int, line: int, as_of: date) -> Source:
        """One line of one delivery."""
        file = self.known.get(delivery)
        return Source(
            text=reasons.contract_name(contract),
            delivery=file.pk if file else 0,
            number=file.number if file else "",
            line=line,
            as_of=as_of,
            is_near=file is not None and self.scope.covers(file.division),
        )
