"""Rows as they arrive, typed and judged, in a DuckDB of the load's own."""

import duckdb
import pyarrow as pa

from wenhou.exchange import checks, companions
from wenhou.exchange.contracts import Contract
from wenhou.exchange.reading.batches import Batch

_TOGETHER = 250_000  # several batches at once, so that both threads have one
UPGRADED = "15位身份证号已升为18位"
TYPED = "person_typed"


class Staging:
    """Tables `staged` (line, typed columns, bad, upgraded, raw) and `misfits` (line).

    `raw` is what a bad row said, as JSON by field: one column, as even an empty one takes four bytes of every row.
    Beside the fields stand the companions, and as TYPED the first identity number as it was typed.
    """

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, contract: Contract, header: tuple[str, ...]
    ) -> None:
        self.connection = connection
        self.contract = contract
        self._insert = f"insert into staged {_judged(contract, header)}"
        checks.prepare(connection)
        columns = [
            "line bigint",
            *(
                f'"{field.name}" {"varchar" if field.kind == "id" else field.stored}'
                for field in contract.fields
            ),
            "bad boolean",
            "upgraded boolean",
            "raw varchar",
        ]
        connection.execute(f"create table staged ({', '.join(columns)})")
        connection.execute("create table misfits (line bigint)")

        self._waiting: list[pa.Table] = []

    def take(self, batch: Batch) -> None:
        """Judge a batch and keep it."""
        if batch.table.num_rows:
            self._waiting.append(batch.table)
        if sum(table.num_rows for table in self._waiting) >= _TOGETHER or batch.done == 1.0:
            self._judge()
        if batch.misfits:
            lines = pa.table([pa.array(batch.misfits, pa.int64())], names=["line"])
            self.connection.register("arrived", lines)
            self.connection.execute("insert into misfits select line from arrived")
            self.connection.unregister("arrived")

    def _judge(self) -> None:
        if self._waiting:
            self.connection.register("arrived", pa.concat_tables(self._waiting))
            self.connection.execute(self._insert)
            self.connection.unregister("arrived")
            self._waiting.clear()
            pa.default_memory_pool().release_unused()


def _judged(contract: Contract, header: tuple[str, ...]) -> str:
    """Nested selects: text as it counts, numbers within it, typed, judged; raw text is kept only where it is bad."""
    fields = contract.fields
    values = [
        f'{checks.value(field) if field.name in header else "null::varchar"} as "v_{field.name}"'
        for field in fields
    ]
    numbers = [f'first17({_v(field.name)}) as "n_{field.name}"' for field in fields if field.kind == "id"]
    types = [f'{checks.typed(field, _v(field.name), _n(field.name))} as "t_{field.name}"' for field in fields]
    faults = [checks.fault(field, _v(field.name), _t(field.name)) for field in fields]
    kept = [_t(field.name) for field in fields]
    beside = _beside(contract, header)
    raw = ", ".join(f'"{name}" := {_v(name)}' for name in [*(field.name for field in fields), *beside])
    told = (
        f"select * from (select line, {_is_upgraded(contract, header)} as upgraded,"
        f" {', '.join([*values, *(f'{said} as {_v(name)}' for name, said in beside.items())])}"
        f" from arrived) where {_any_told(contract)}"
    )
    numbered = f"select {', '.join(['*', *numbers])} from ({told})"
    judged = f"select *, {' or '.join(faults)} as bad from (select *, {', '.join(types)} from ({numbered}))"
    return (
        f"select line, {', '.join(kept)}, bad, upgraded,"
        f" case when bad then to_json(struct_pack({raw}))::varchar end from ({judged})"
    )


def _beside(contract: Contract, header: tuple[str, ...]) -> dict[str, str]:
    """Name → SQL of what is kept of a bad row beside the contract's fields."""
    told = {name: f'told("{name}")' for name in header if name in companions.allowed(contract)}
    first = contract.table.person_columns[:1]
    return told | ({TYPED: f'told("{first[0]}")'} if first and first[0] in header else {})


def _any_told(contract: Contract) -> str:
    """A line of nothing but commas is no row."""
    return " or ".join(f"{_v(field.name)} is not null" for field in contract.fields)


def _is_upgraded(contract: Contract, header: tuple[str, ...]) -> str:
    person = next((name for name in contract.table.person_columns if name in header), None)
    return f'length(trim("{person}")) = 15' if person else "false"


def _v(name: str) -> str:
    return f'"v_{name}"'


def _t(name: str) -> str:
    return f'"t_{name}"'


def _n(name: str) -> str:
    return f'"n_{name}"'
