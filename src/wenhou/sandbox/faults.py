"""Errors on request: identity numbers wrong in departments' files, rows sent twice, files that come late.

They change the deliveries only. The truth stays what it is, and its `error` says why the watch may not see it. A number
is wrong where a department once wrote it down wrongly: in all rows of that person in that file, and in no other. Beside
it stands what the department knows besides (name, birth date, sex, place), so that somebody can find out whose it is.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import cached_property
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from wenhou.sandbox.catalogue import contracts
from wenhou.sandbox.formats import Delivery
from wenhou.sandbox.noise import digits
from wenhou.sandbox.tables import EARLIER_DI41
from wenhou.sandbox.world import World

POLICE = ("DI01", "DI02", "DI04")
"""The residence records, where the numbers come from."""
ANSWERS = ("DI05", "DI47", "DI48")
"""Asked for person by person with the number itself, and answered with it."""
TWICE = ("DI29", "DI46")
DAYS_LATE = 45
"""How old the newest file is of a contract whose file is late: a refresh was missed."""
TOLD = {
    **dict.fromkeys(("DI10", "DI11", "DI12", "DI13", "DI16", "DI22", "DI30", "DI40", "DI46"), "month"),
    **dict.fromkeys(("DI26", "DI27"), "period"),
    **dict.fromkeys(("DI07", "DI18", "DI23", "DI33", "DI44"), "event_date"),
    **dict.fromkeys(("DI09", "DI14", "DI20", "DI25"), "start"),
    **dict.fromkeys(("DI06", "DI15", "DI17"), "reg_date"),
    "DI03": "death_date",
    "DI08": "term_start",
    "DI19": "sign_date",
    "DI21": "identify_date",
    "DI24": "est_date",
    "DI29": "discharge",
    "DI32": "diag_date",
    "DI34": "enter_date",
    "DI36": "report_date",
    "DI37": "enroll_date",
    "DI39": "buy_date",
    "DI41": "issue_date",
    "DI42": "service_date",
    "DI43": "occur_date",
    "DI45": "cremation_date",
}
"""By which column a row is too new for an older file; the others tell whole years and stay."""
KINDS = {"mistyped": 0.5, "swapped": 0.12, "dropped_or_doubled": 0.08, "missing": 0.15, "old_form": 0.15}
ERRORS = {"missing": "missing_id", "old_form": "short_id"}
SPOILABLE = tuple(c for c in contracts() if c.startswith("DI") and c not in POLICE + ANSWERS)
_SCHEMA = pa.schema([("contract", pa.string()), ("error", pa.string()), ("id_no", pa.string())])


@dataclass
class Faults:
    """What was spoiled: contract, error and the true identity number, per row.

    `errors`: share of the people of each file whose number is wrong in it, and of rows sent twice. `late`: share of the
    files of `SPOILABLE` whose newest has not come, or which ones. `lost_rows`: ledger → error → places in it of the
    rows that nobody can read as they stand. `coming`: the late files, whole.
    """

    world: World
    errors: float
    late: float | Collection[str] = 0.0
    spoiled: list[tuple[str, str, pa.Array]] = field(default_factory=list)
    lost_rows: dict[str, dict[str, np.ndarray]] = field(default_factory=dict)
    coming: list[Delivery] = field(default_factory=list)

    @property
    def count(self) -> int:
        return sum(len(numbers) for _, _, numbers in self.spoiled)

    @cached_property
    def late_contracts(self) -> frozenset[str]:
        if not isinstance(self.late, float):
            return frozenset(self.late)
        count = round(len(SPOILABLE) * self.late)
        count = max(count, 1) if self.late else 0
        return frozenset(self.world.rng.choice(np.array(SPOILABLE), count, replace=False).tolist())

    def spoil(self, deliveries: Iterable[Delivery]) -> Iterator[Delivery]:
        """The deliveries as they arrive."""
        for delivery in deliveries:
            if delivery.contract not in SPOILABLE or delivery.table.num_rows == 0:
                yield delivery
                continue
            if self.errors:
                delivery = self._wrong_numbers(self._twice(delivery))
            late = delivery.contract in self.late_contracts and delivery.until == self.world.clock.as_of
            yield self._older(delivery) if late else delivery

    def _older(self, delivery: Delivery) -> Delivery:
        """The file of the refresh before; the newest is yet to come."""
        self.coming.append(delivery)
        until = delivery.until - timedelta(days=DAYS_LATE)
        there = np.ones(delivery.table.num_rows, dtype=bool)
        if column := TOLD.get(delivery.contract):
            value = delivery.table[column]
            edge = until.isoformat()[:7] if pa.types.is_string(value.type) else until
            there = np.asarray(pc.fill_null(pc.less(value, pa.scalar(edge)), True))
        self._note(delivery, "late_file", ~there)
        self._lose(delivery, "late_file", ~there)
        return replace(
            delivery,
            table=delivery.table.filter(pa.array(there)),
            until=until,
            number=until.isoformat(),
            rows=_rows(delivery)[there],
        )

    def _twice(self, delivery: Delivery) -> Delivery:
        if delivery.contract not in TWICE:
            return delivery
        chosen = self.world.rng.random(delivery.table.num_rows) < self.errors
        self._note(delivery, "duplicate_row", chosen)
        table = pa.concat_tables([delivery.table, delivery.table.filter(pa.array(chosen))])
        return replace(delivery, table=table, rows=np.r_[_rows(delivery), _rows(delivery)[chosen]])

    def _wrong_numbers(self, delivery: Delivery) -> Delivery:
        column = "deceased_id" if delivery.contract == "DI33" else "id_no"
        person = self.world.ledgers.column(_ledger(delivery), column)[_rows(delivery)]
        known = np.unique(person[person >= 0])
        chosen = known[self.world.rng.random(len(known)) < self.errors]
        written, kinds = self._written(chosen)
        at = np.searchsorted(chosen, person)
        at[at == len(chosen)] = 0
        wrong = (chosen[at] == person) if len(chosen) else np.zeros(len(person), dtype=bool)
        for kind in KINDS:
            rows = wrong & (kinds[at] == kind) if len(chosen) else wrong
            self._note(delivery, ERRORS.get(kind, "mistyped_id"), rows)
            if kind != "old_form":
                self._lose(delivery, ERRORS.get(kind, "mistyped_id"), rows)
        table = delivery.table
        told = pa.array(np.where(wrong, at, -1), mask=~wrong)
        number = pc.if_else(pa.array(wrong), written.take(told), table[column].combine_chunks())
        table = table.set_column(table.column_names.index(column), column, number)
        for name, values in self._companions(chosen).items():
            table = table.append_column(name, values.take(told))
        return replace(delivery, table=table)

    def _written(self, people: np.ndarray) -> tuple[pa.Array, np.ndarray]:
        """The numbers as they are written, and which mistake each is."""
        rng = self.world.rng
        kinds = rng.choice(np.array(tuple(KINDS)), len(people), p=tuple(KINDS.values()))
        written: list[str | None] = []
        for row, number in enumerate(self.world.crowd.numbers[people].tolist()):
            made = digits.wrong(kinds[row], number.decode(), rng)
            if made is None:
                kinds[row], made = "mistyped", digits.wrong("mistyped", number.decode(), rng)
            written.append(made or None)
        return pa.array(written, pa.string()), kinds

    def _companions(self, people: np.ndarray) -> dict[str, pa.Array]:
        """Given only where the number is wrong: elsewhere nobody reads them, and the files are large."""
        crowd = self.world.crowd
        places = pa.array(self.world.places.codes).take(pa.array(crowd.lives[crowd.house[people]]))
        return {
            "person_name": self._names.take(pa.array(people)),
            "person_birth_date": pa.array(crowd.birth[people])
            .cast(pa.int32())
            .cast(pa.date32())
            .cast(pa.string()),
            "person_sex": pa.array(["男", "女"]).take(pa.array(crowd.sex[people] - 1)),
            "person_division": places,
        }

    @cached_property
    def _names(self) -> pa.Array:
        """Everybody's name by the residence records, null of those not in them."""
        at = np.full(self.world.people, -1)
        person = self.world.ledgers.column("DI01", "id_no")
        at[person] = np.arange(len(person))
        return self.world.ledgers.texts("DI01", "name").take(pa.array(at, mask=at < 0))

    def _note(self, delivery: Delivery, error: str, rows: np.ndarray) -> None:
        column = "deceased_id" if delivery.contract == "DI33" else "id_no"
        person = self.world.ledgers.column(_ledger(delivery), column)[_rows(delivery)[rows]]
        numbers = pa.array(self.world.crowd.numbers[person[person >= 0]]).cast(pa.string())
        if len(numbers):
            self.spoiled.append((delivery.contract, error, numbers))

    def _lose(self, delivery: Delivery, error: str, gone: np.ndarray) -> None:
        """A row sent twice is lost when both are."""
        rows = _rows(delivery)
        by_error = self.lost_rows.setdefault(_ledger(delivery), {})
        lost = np.setdiff1d(rows[gone], rows[~gone])
        if len(lost):
            by_error[error] = np.union1d(by_error.get(error, lost), lost)

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


def _ledger(delivery: Delivery) -> str:
    return EARLIER_DI41 if delivery.name == "DI41-1" else delivery.contract


def _rows(delivery: Delivery) -> np.ndarray:
    if delivery.rows is None:
        raise ValueError(f"{delivery.contract} goes into several files and cannot be spoiled")
    return delivery.rows
