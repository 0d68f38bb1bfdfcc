"""The door: records and people in, links and doubts out. Exact first, the model only for the residue."""

from dataclasses import dataclass

import duckdb

from wenhou.linkage.identities import blocks, forms, holders, known, model, verdicts
from wenhou.linkage.identities.weights import COMPARISONS

SLICE = 250_000
"""Records weighed together; more go in turn, so that memory follows the slice and not the file."""
_APART = "record not in (select record from identity_links union all select record from identity_doubts)"
_NOBODY = "select null::bigint as record, null::bigint as person, null::boolean as same where false"


_VOICED_RECORDS = """
create or replace temp table voiced_records as select *, {blocks} from (
    select r.*, coalesce(village, town) as home, sound, loose, also, holder, holder_home, holder_phone,
           coalesce(namesake = 'just so', false) as namesake, row_number() over (order by r.unique_id) as turn
    from residue r left join name_sounds using (name) left join holders on holders.record = r.unique_id
    left join namesakes on namesakes.record = r.unique_id)
"""
_VOICED_PEOPLE = """
create or replace temp table voiced_people as select *, {blocks} from (
    select p.* replace (coalesce(read, number) as read), coalesce(village, town) as home, sound, loose, also,
           null::bigint as holder, null::varchar as holder_home, null::varchar as holder_phone, false as namesake
    from shaped_people p left join name_sounds using (name))
"""


@dataclass(frozen=True)
class Matched:
    """What became of the records. Tables stand in the connection until the next call.

    `identity_links` (record, person, method, bits, name … phone): one row per linked record; method is `decided`,
    `number`, `short` (15 digits) or `model`. `identity_doubts` (record, person, place, bits, why, name … phone): at most
    three people beside a record, the likeliest first. Records in neither are apart: nobody here is likely.
    """

    connection: duckdb.DuckDBPyConnection
    records: int
    links: int
    doubtful: int
    weighed: int
    crowded: int
    """Records apart that were not compared with everybody, because too many share what they told."""

    @property
    def apart(self) -> int:
        return self.records - self.links - self.doubtful


def match(
    connection: duckdb.DuckDBPyConnection,
    *,
    records: str,
    people: str,
    decided: str | None = None,
    by_number: bool = True,
) -> Matched:
    """Whose record is each? Tables by name: `records` (record, then forms.TOLD), `people` (person, then forms.TOLD) and
    `decided` (record, person, same: whether a human found them to be one person or not).

    by_number=False weighs every record, as a measure of what exact first saves.
    """
    forms.prepare(connection)
    forms.shape(connection, records, key="record", into="shaped_records")
    forms.shape(connection, people, key="person", into="shaped_people")
    forms.quieten_phones(connection, "shaped_people")
    holders.forget_shared(connection, "shaped_records")
    connection.execute(
        f"create or replace temp table identity_decided as {f'from {decided}' if decided else _NOBODY}"
    )
    holders.find(connection, records="shaped_records", people="shaped_people")
    holders.find_namesakes(connection, records="shaped_records", people="shaped_people")
    verdicts.begin(connection)
    if by_number:
        verdicts.link_by_number(connection)
    odds = known.odds(connection)
    weighed = _weigh(connection, odds.one)
    verdicts.decide(connection, unknown=odds.unknown)
    return Matched(
        connection=connection,
        records=_count(connection, "shaped_records"),
        links=_count(connection, "identity_links"),
        doubtful=_count(connection, "(select distinct record from identity_doubts)"),
        weighed=weighed,
        crowded=_count(connection, f"(select distinct record from identity_crowded where {_APART})"),
    )


def _weigh(connection: duckdb.DuckDBPyConnection, prior: float) -> int:
    """Table `identity_pairs`: the likely pairs of every record that is not linked yet."""
    connection.execute(
        "create or replace temp table residue as select * from shaped_records"
        " where unique_id not in (select record from identity_links)"
    )
    levels = ", ".join(f'"{one.name}" int' for one in COMPARISONS)
    connection.execute(
        f"create or replace temp table identity_pairs (record bigint, person bigint, bits double, {levels})"
    )
    connection.execute("create or replace temp table identity_crowded (record bigint)")
    left = _count(connection, "residue")
    if left:
        _voice(connection)
        for start in range(0, left, SLICE):
            connection.execute(
                "create or replace temp table slice_of_records as select * exclude (turn) from voiced_records"
                f" where turn between {start + 1} and {start + SLICE}"
            )
            blocks.thin(connection, records="slice_of_records", people="voiced_people")
            blocks.meet(connection, records="slice_of_records", people="voiced_people", into="people_met")
            model.score(
                connection,
                records="slice_of_records",
                people="people_met",
                into="identity_pairs",
                prior=prior,
            )
    return left


def _voice(connection: duckdb.DuckDBPyConnection) -> None:
    """Names of the residue and of the people with their sounds; done only where there is a residue."""
    forms.read_aloud(connection, ("residue", "shaped_people"))
    for voiced in (_VOICED_RECORDS, _VOICED_PEOPLE):
        connection.execute(voiced.format(blocks=blocks.columns()))
    model.frequencies(connection, "voiced_people", "voiced_records")


def _count(connection: duckdb.DuckDBPyConnection, table: str) -> int:
    found = connection.execute(f"select count(*) from {table}").fetchone()
    return int(found[0]) if found else 0
