"""What others may read of deliveries and sources, limited to what the reader may see."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import duckdb
from django.db.models import Q, QuerySet, Sum

from wenhou.base.clock import BEIJING
from wenhou.base.errors import NotAllowed
from wenhou.exchange import contracts
from wenhou.exchange.contracts import Contract
from wenhou.exchange.enums import DeliveryState
from wenhou.exchange.loading import holding
from wenhou.exchange.models import Delivery
from wenhou.lake import files, store
from wenhou.lake.models import Part
from wenhou.staff.queries import Scope


@dataclass(frozen=True)
class Health:
    """How one source keeps its promise for one place. Never delivered: no division, no dates."""

    contract: str
    title: str
    department: str
    division: str | None
    last_received: date | None
    covers_to: date | None
    due: date | None
    days_late: int | None
    rows: int
    rejected_share: float | None
    state: str

    @property
    def is_late(self) -> bool:
        return bool(self.days_late)

    def as_row(self) -> dict[str, Any]:
        return asdict(self)


def source_health(on: date, scope: Scope | None = None) -> list[Health]:
    """A line per contract and division that ever delivered, and one per contract that never did.

    `due` is the last delivery's day plus the contract's `late_after_days`; items asked for one by one under an
    authorisation have none. `rejected_share` is the last delivery's, 0 to 1.
    """
    last = _last_loaded(on, scope)
    lines: list[Health] = []
    for contract in contracts.all_contracts():
        found = [delivery for delivery in last if delivery.contract == contract.code]
        lines += [_health(contract, delivery, on) for delivery in found] or [_never(contract)]
    return lines


def deliveries_visible(scope: Scope) -> QuerySet[Delivery]:
    """Deliveries for places within the scope, the newest first. A delivery wider than the scope is not shown."""
    own = Delivery.objects.filter(_within(scope), origin=None)
    return own.select_related("by").order_by("-received_at", "-pk")


def delivery(pk: int, scope: Scope) -> Delivery:
    """One delivery. Raises Delivery.DoesNotExist, or NotAllowed where it speaks for another place."""
    found = Delivery.objects.select_related("by").get(pk=pk)
    if not scope.covers(found.division):
        raise NotAllowed(f"这份来件属于别处，您看不到：{scope.reason(found.division)}。")
    return found


def rejects_path(delivery: Delivery) -> Path | None:
    """The rejects file (CSV, UTF-8 with BOM: 行号, 字段, 值, 原因), None where nothing was rejected."""
    path = files.rejects_path(delivery.pk)
    return path if delivery.rows_rejected and path.exists() else None


def hold_rows(delivery: Delivery) -> bool:
    """Whether rows were refused for nothing but an identity number, and are held to be recognised."""
    return holding.path(delivery.pk).exists()


def linked_rows(delivery: Delivery) -> int:
    """How many rows that were refused are in since, as their person was found."""
    parts = Part.objects.filter(origin=delivery.pk, taken_back=False)
    return int(parts.aggregate(rows=Sum("rows"))["rows"] or 0)


def held(connection: duckdb.DuckDBPyConnection, deliveries: Iterable[Delivery], *, into: str) -> None:
    """Temporary table `into` (delivery, line, field, id_no, name, birth_date, sex, division, phone), all told as text: who
    is meant by the held rows of these deliveries. Identity numbers as they were typed: for recognising only.
    """
    told = "delivery bigint, line bigint, field varchar, id_no varchar, name varchar, birth_date varchar"
    connection.execute(
        f"create or replace temp table {into} ({told}, sex varchar, division varchar, phone varchar)"
    )
    for one in deliveries:
        if hold_rows(one):
            words = holding.words(contracts.contract(one.contract), one.pk, one.division)
            connection.execute(f"insert into {into} {words}")


def open_lake(codes: Iterable[str] | None = None, *, memory: str | None = None) -> duckdb.DuckDBPyConnection:
    """A lake connection with the views of these contracts, of all where none are named. Close it."""
    connection = store.connect(memory=memory)
    wanted = [contracts.contract(code) for code in codes] if codes else contracts.all_contracts()
    store.views(connection, [contract.table for contract in wanted])
    return connection


def _within(scope: Scope) -> Q:
    condition = Q(pk__in=())
    for prefix in scope.divisions:
        condition |= Q(division__startswith=prefix)
    return condition


def _last_loaded(on: date, scope: Scope | None) -> list[Delivery]:
    loaded = Delivery.objects.filter(state=DeliveryState.LOADED, received_at__date__lte=on, origin=None)
    if scope is not None:
        loaded = loaded.filter(_within(scope))
    return list(loaded.order_by("contract", "division", "-received_at").distinct("contract", "division"))


def _health(contract: Contract, delivery: Delivery, on: date) -> Health:
    received = delivery.received_at.astimezone(BEIJING).date()
    tolerance = contract.late_after_days
    due = received + timedelta(days=tolerance) if tolerance else None
    late = max(0, (on - due).days) if due else None
    read = delivery.rows_read
    return Health(
        contract=contract.code,
        title=contract.title,
        department=contract.department,
        division=delivery.division,
        last_received=received,
        covers_to=delivery.period_to,
        due=due,
        days_late=late,
        rows=delivery.rows_loaded,
        rejected_share=round(delivery.rows_rejected / read, 4) if read else None,
        state="迟到" if late else "正常" if due else "按授权查询",
    )


def _never(contract: Contract) -> Health:
    state = "从未来件" if contract.late_after_days else "按授权查询"
    return Health(
        contract=contract.code,
        title=contract.title,
        department=contract.department,
        division=None,
        last_received=None,
        covers_to=None,
        due=None,
        days_late=None,
        rows=0,
        rejected_share=None,
        state=state,
    )
