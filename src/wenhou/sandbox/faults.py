"""Errors on request: mistyped identity numbers, rows sent twice, a file that comes late, a file that never comes.

They change the deliveries only. The truth stays what it is, and its `error` says why the watch may not see it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from wenhou.sandbox.formats import Delivery

MISTYPED = ("DI10", "DI26", "DI29", "DI30", "DI31", "DI46")
TWICE = ("DI29", "DI46")
LATE = {"DI45": "cremation_date", "SA-VISIT": "visited_on"}
NEVER_SENT = ("DI39",)
_DAYS_LATE = 75
_SCHEMA = pa.schema([("contract", pa.string()), ("error", pa.string()), ("id_no", pa.string())])
_NEXT = dict(zip("0123456789X", "12345678901", strict=True))


@dataclass
class Faults:
    """What was spoiled: contract, error and the true identity number, per row.

    `lost_rows`: contract → error → places in the ledger of the rows that nobody gets to read for it.
    """

    share: float
    rng: np.random.Generator
    spoiled: list[tuple[str, str, pa.Array]] = field(default_factory=list)
    lost_rows: dict[str, dict[str, np.ndarray]] = field(default_factory=dict)

    @property
    def count(self) -> int:
        return sum(len(numbers) for _, _, numbers in self.spoiled)

    def spoil(self, deliveries: Iterable[Delivery]) -> Iterator[Delivery]:
        """The deliveries as they arrive."""
        for delivery in deliveries:
            if not self.share or delivery.table.num_rows == 0:
                yield delivery
                continue
            if delivery.contract in NEVER_SENT:
                self._note(delivery, "missing_file", delivery.table["id_no"])
                self._lose(delivery, "missing_file", np.ones(delivery.table.num_rows, dtype=bool))
                continue
            yield self._spoil(delivery)

    def _spoil(self, delivery: Delivery) -> Delivery:
        if delivery.contract in LATE:
            delivery = self._late(delivery, LATE[delivery.contract])
        if delivery.contract in TWICE:
            delivery = self._twice(delivery)
        if delivery.contract in MISTYPED:
            delivery = self._mistyped(delivery)
        return delivery

    def _late(self, delivery: Delivery, day: str) -> Delivery:
        until = delivery.until - timedelta(days=_DAYS_LATE)
        in_time = pc.less_equal(delivery.table[day], pa.scalar(until))
        self._note(delivery, "late_file", delivery.table.filter(pc.invert(in_time))["id_no"])
        kept = np.asarray(in_time)
        self._lose(delivery, "late_file", ~kept)
        return replace(
            delivery,
            table=delivery.table.filter(in_time),
            until=until,
            number=until.isoformat(),
            rows=_rows(delivery)[kept],
        )

    def _twice(self, delivery: Delivery) -> Delivery:
        chosen = self._some(delivery)
        again = delivery.table.filter(chosen)
        self._note(delivery, "duplicate_row", again["id_no"])
        rows = _rows(delivery)
        table = pa.concat_tables([delivery.table, again])
        return replace(delivery, table=table, rows=np.r_[rows, rows[np.asarray(chosen)]])

    def _mistyped(self, delivery: Delivery) -> Delivery:
        chosen = self._some(delivery)
        true = delivery.table["id_no"].combine_chunks()
        self._note(delivery, "mistyped_id", true.filter(chosen))
        self._lose(delivery, "mistyped_id", np.asarray(chosen))
        wrong = pc.binary_join_element_wise(
            pc.utf8_slice_codeunits(true, 0, 17), _shifted(pc.utf8_slice_codeunits(true, 17)), ""
        )
        place = delivery.table.column_names.index("id_no")
        table = delivery.table.set_column(place, "id_no", pc.if_else(chosen, wrong, true))
        return replace(delivery, table=table)

    def _some(self, delivery: Delivery) -> pa.Array:
        return pa.array(self.rng.random(delivery.table.num_rows) < self.share)

    def _note(self, delivery: Delivery, error: str, numbers: pa.Array | pa.ChunkedArray) -> None:
        if isinstance(numbers, pa.ChunkedArray):
            numbers = numbers.combine_chunks()
        self.spoiled.append((delivery.contract, error, numbers))

    def _lose(self, delivery: Delivery, error: str, gone: np.ndarray) -> None:
        """A row sent twice is lost when both are."""
        rows = _rows(delivery)
        self.lost_rows.setdefault(delivery.contract, {})[error] = np.setdiff1d(rows[gone], rows[~gone])

    def write(self, folder: Path) -> None:
        """errors.parquet beside the truth: every spoiled row."""
        parts = [
            pa.table(
                [pa.array([contract] * len(numbers)), pa.array([error] * len(numbers)), numbers],
                schema=_SCHEMA,
            )
            for contract, error, numbers in self.spoiled
        ]
        pq.write_table(pa.concat_tables([_SCHEMA.empty_table(), *parts]), folder / "errors.parquet")


def _rows(delivery: Delivery) -> np.ndarray:
    if delivery.rows is None:
        raise ValueError(f"{delivery.contract} goes into several files and cannot be spoiled")
    return delivery.rows


def _shifted(digits: pa.Array) -> pa.Array:
    """Another check character for each, so that none is right."""
    encoded = digits.dictionary_encode()
    other = pa.array([_NEXT[d] for d in encoded.dictionary.to_pylist()], pa.string())
    return pa.DictionaryArray.from_arrays(encoded.indices, other).cast(pa.string())
