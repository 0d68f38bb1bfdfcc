"""Link, doubt or apart: what is decided stands, a number that fits is taken, and of what was weighed only the clear."""

import duckdb

from wenhou.linkage.identities.weights import (
    CANDIDATES,
    COMPARISONS,
    CONTRADICTED,
    DOUBT_AT,
    NAME,
    NEVER_LINKED,
    NEVER_PROPOSED,
    NOT_FAR_ENOUGH_AHEAD,
    NOT_SURE_ENOUGH,
    SURE,
    TWIN,
    TWIN_LIKE,
    TWINS,
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
        " and r.unique_id not in (select record from namesakes where namesake = 'just so')"
        " and not exists (from identity_decided d where d.record = r.unique_id and d.person = p.unique_id)"
    )


def decide(connection: duckdb.DuckDBPyConnection, *, unknown: float) -> None:
    """Tables `identity_links` completed and `identity_doubts` made from `identity_pairs`.

    unknown: the share of the file's people who are not registered.
    """
    _rank(connection, unknown)
    connection.execute(
        f"insert into identity_links select record, person, 'model', bits, {_LEVELS} from candidates"
        f" where place = 1 and barred is null and share >= {SURE}"
    )
    of_two = f"twin > 0.1 and pow(2.0, bits) / (pow(2.0, bits) + 1) >= {SURE}"
    alone = f"pow(2.0, bits) / (pow(2.0, bits) * (1 + twin) + 1) >= {SURE}"
    connection.execute(
        "create or replace temp table identity_doubts as select record, person, place, bits,"
        f" coalesce(barred, case when {alone} then '{NOT_FAR_ENOUGH_AHEAD}'"
        f" when {of_two} then '{TWIN}' else '{NOT_SURE_ENOUGH}' end) as why,"
        f" {_LEVELS} from candidates where place <= {CANDIDATES} and bits >= {DOUBT_AT}"
        " and record not in (select record from identity_links)"
    )


def _rank(connection: duckdb.DuckDBPyConnection, unknown: float) -> None:
    """Table `candidates`: pairs by likelihood, each with its share of all the probability there is: the record's other
    people, somebody the registry does not know, and where only the name is off the twin it does not know.
    """
    never = " or ".join(f"({rule})" for _, rule in NEVER_PROPOSED)
    connection.execute(
        "create or replace temp table candidates as with pair as ("
        f" select *, case when {TWIN_LIKE} then {TWINS * unknown} / {_m_of_name()} else 0 end as twin, {_why()} as barred"
        " from identity_pairs left join namesakes using (record)"
        "  qualify row_number() over (partition by record, person order by bits desc) = 1)"  # the merged stand twice
        f" select *, pow(2.0, bits) / (sum(case when {CONTRADICTED} then 0 else pow(2.0, bits) * (1 + twin) end)"
        "  over (partition by record) + 1) as share,"
        f"  row_number() over (partition by record order by {CONTRADICTED}, bits desc, person) as place"
        f" from pair where not ({never})"
        " and not exists (from identity_decided d where d.record = pair.record and d.person = pair.person)"
    )


def _m_of_name() -> str:
    levels = " ".join(f"when {NAME.code(one.name)} then {one.m}" for one in NAME.levels)
    return f"case {NAME.name} {levels} end"


def _why() -> str:
    return "case " + " ".join(f"when {rule} then '{said}'" for said, rule in NEVER_LINKED) + " end"
