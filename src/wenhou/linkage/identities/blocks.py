"""Blocks: what a record and a person must have in common to be compared at all, and none of them too large."""

from collections.abc import Sequence

import duckdb

from wenhou.linkage.identities.weights import BLOCK_PAIRS, BLOCKS, BLOCKS_PAIRS

KEYS: Sequence[str] = tuple(f"block_{place}" for place in range(len(BLOCKS)))


def columns() -> str:
    """SQL: the keys of all blocks over a table of forms with sounds."""
    return ", ".join(f"{one.key} as {key}" for key, one in zip(KEYS, BLOCKS, strict=True))


def rules() -> list[str]:
    """SQL over l and r: every block as Splink is told of it."""
    return [f"l.{key} = r.{key} and {one.also}" for key, one in zip(KEYS, BLOCKS, strict=True)]


def thin(connection: duckdb.DuckDBPyConnection, *, records: str, people: str) -> None:
    """Take the keys of crowded blocks from `records`, and add to `identity_crowded` (record) whose they were."""
    for key in KEYS:
        connection.execute(_crowded(key, records, people))
        connection.execute(
            f"insert into identity_crowded select unique_id from {records} semi join crowded using ({key})"
        )
        connection.execute(f"update {records} set {key} = null where {key} in (from crowded)")


def meet(connection: duckdb.DuckDBPyConnection, *, records: str, people: str, into: str) -> None:
    """Temporary table `into`: those of `people` who share a block with any of `records`, so that nobody else is carried."""
    shared = " or ".join(f"{key} in (select {key} from {records} where {key} is not null)" for key in KEYS)
    connection.execute(f"create or replace temp table {into} as select * from {people} where {shared}")


def _crowded(key: str, records: str, people: str) -> str:
    sizes = (
        f"select {key}, many * count(*) as pairs from {people} join"
        f" (select {key}, count(*) as many from {records} where {key} is not null group by {key}) using ({key})"
        f" group by {key}, many"
    )
    return (
        f"create or replace temp table crowded as select {key} from ({sizes})"
        f" qualify pairs > {BLOCK_PAIRS} or sum(pairs) over (order by pairs, {key}) > {BLOCKS_PAIRS}"
    )
