"""Link, doubt or apart: what is decided stands, a number that fits is taken, and of what was weighed only the clear."""

import duckdb

from wenhou.linkage.identities.weights import (
    CANDIDATES,
    COMPARISONS,
    CONTRADICTED,
    LEAD,
    LINK_AT,
    NEVER_LINKED,
    NEVER_PROPOSED,
    NOT_FAR_ENOUGH_AHEAD,
    NOT_SURE_ENOUGH,
)

_LEVELS = ", ".join(f'"{one.name}"' for one in COMPARISONS)
_NO_LEVELS = ", ".join("null" for _ in COMPARISONS)


def begin(connection: duckdb.DuckDBPyConnection) -> None:
    """Table `identity_links`, with what humans have decided."""
    levels = ", ".join(f'"{one.name}" int' for one in COMPARISONS)
    connection.execute(
        f"create or replace temp table identity_links"
        f" (record bigint, person bigint, method varchar, bits double, {levels})"
    )
    connection.execute(
        f"insert into identity_links select record, person, 'decided', null, {_NO_LEVELS} from identity_decided"
        " semi join shaped_records on unique_id = record where same"
    )


def link_by_number(connection: duckdb.DuckDBPyConnection) -> None:
    """The number is a person's, and the name is not quite another one, nor another with another birth date: fathers'
    numbers are given for sons. Those found not to be the same are left.
    """
    connection.execute(
        "insert into identity_links select r.unique_id, p.unique_id,"
        f" case when r.short then 'short' else 'number' end, null, {_NO_LEVELS}"
        " from shaped_records r join shaped_people p using (number)"
        " where (r.whole or r.short) and p.whole and not names_contradict(r.name, p.name)"
        " and not coalesce(r.birth_told and p.birth_told and r.name <> p.name and r.birth <> p.birth, false)"
        " and r.unique_id not in (select record from identity_links)"
        " and not exists (from identity_decided d where d.record = r.unique_id and d.person = p.unique_id)"
    )


def see_borrowed_numbers(connection: duckdb.DuckDBPyConnection) -> None:
    """In the residue, a number that is somebody's of another name and another birth date is not the record's own, whoever
    it is about: it is `hollow`, and weighs nothing beside anybody else.
    """
    connection.execute(
        "update residue set hollow = true where whole and birth_told and exists (from shaped_people p"
        " where p.number = residue.number and p.whole and p.birth_told and p.name <> residue.name"
        " and hamming(p.birth, residue.birth) > 1 and p.birth_key <> residue.birth_key)"
    )


def decide(connection: duckdb.DuckDBPyConnection) -> None:
    """Tables `identity_links` completed and `identity_doubts` made from `identity_pairs`."""
    never = " or ".join(f"({rule})" for _, rule in NEVER_PROPOSED)
    connection.execute(
        "create or replace temp table candidates as select *,"
        f" bits - lead(case when not ({CONTRADICTED}) then bits end) over likeliest as lead,"
        " row_number() over likeliest as place,"
        f" {_why()} as barred from (from identity_pairs"  # somebody merged stands among the people twice
        "  qualify row_number() over (partition by record, person order by bits desc) = 1) pair"
        f" where not ({never})"
        " and not exists (from identity_decided d where d.record = pair.record and d.person = pair.person)"
        f" window likeliest as (partition by record order by {CONTRADICTED}, bits desc, person)"
    )
    connection.execute(
        f"insert into identity_links select record, person, 'model', bits, {_LEVELS} from candidates"
        f" where place = 1 and barred is null and bits >= {LINK_AT} and coalesce(lead >= {LEAD}, true)"
    )
    connection.execute(
        "create or replace temp table identity_doubts as select record, person, place, bits,"
        f" coalesce(barred, case when bits < {LINK_AT} then '{NOT_SURE_ENOUGH}' else '{NOT_FAR_ENOUGH_AHEAD}' end) as why,"
        f" {_LEVELS} from candidates where place <= {CANDIDATES}"
        " and record not in (select record from identity_links)"
    )


def _why() -> str:
    return "case " + " ".join(f"when {rule} then '{said}'" for said, rule in NEVER_LINKED) + " end"
