"""How right links are, and how right anybody could be: recall, precision and the ceiling over planted noise.

Tables by name in a connection: `people`, `records`, `truth` of `noise.records`; links (record, person), doubts (record, person).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from wenhou.sandbox.noise.grades import BAD

_BAD = "number in (" + ", ".join(f"'{kind}'" for kind in BAD) + ")"


@dataclass(frozen=True)
class Score:
    """Shares in 0..1. `bad` is of records whose number is not the person's own; of strangers every link is wrong.

    recall: linked to the right person, of those about registered people. precision: right, of those linked. found: linked
    rightly or the right person among the doubts. ceiling: of bad ones, those that do not fit another person as well.
    """

    by_kind: dict[str, dict[str, float]]
    records: int
    bad: int
    recall_bad: float
    precision_bad: float
    found_bad: float
    ceiling_bad: float
    recall: float
    precision: float
    strangers_linked: int
    doubts_per_thousand: float


def scored(connection: Any, *, links: str, doubts: str | None = None) -> Score:
    """What links (record, person) and doubts are worth against the truth; the ceiling is reckoned once a connection."""
    queued = doubts or "(select null::bigint as record, null::bigint as person limit 0)"
    connection.execute(
        f"create or replace temp table judged as select truth.*, {_BAD} as bad, links.person as linked,"
        " coalesce(links.person = truth.person, false) as is_right,"
        " exists (from doubted where doubted.record = truth.record) as doubtful,"
        " exists (from doubted where doubted.record = truth.record and doubted.person = truth.person) as seen"
        f" from truth left join (select record, person from {links}) links using (record)".replace(
            "from doubted", f"from {queued} as doubted"
        )
    )
    known = connection.execute(
        "select count(*) from duckdb_tables() where table_name = 'impossible'"
    ).fetchone()[0]
    if not known:
        impossible(connection)
    total = connection.execute(f"select {_FIGURES} from judged").fetchone()
    kinds = connection.execute(
        "select number, count(*) filter (registered), count(*) filter (is_right) / count(*) filter (registered),"
        " count(*) filter (is_right or seen) / count(*) filter (registered),"
        " coalesce(count(*) filter (is_right) / nullif(count(linked), 0), 1),"
        " count(*) filter (registered and record in (select record from impossible))"
        " from judged group by 1 having count(*) filter (registered) > 0 order by 2 desc"
    ).fetchall()
    names = ("records", "recall", "found", "precision", "impossible")
    by_kind = {
        kind or "right": dict(zip(names, (round(one, 4) for one in row), strict=True)) for kind, *row in kinds
    }
    return Score(by_kind, *total[:2], *(round(one, 5) for one in total[2:]))


_FIGURES = """
    count(*), count(*) filter (bad and registered),
    count(*) filter (bad and is_right) / count(*) filter (bad and registered),
    count(*) filter (bad and is_right) / count(*) filter (bad and linked is not null),
    count(*) filter (bad and (is_right or seen)) / count(*) filter (bad and registered),
    1 - (select count(*) from impossible) / count(*) filter (bad and registered),
    count(*) filter (is_right) / count(*) filter (registered),
    count(*) filter (is_right) / count(linked),
    count(*) filter (not registered and linked is not null),
    1000 * count(*) filter (doubtful) / count(*)
"""


def curve(connection: Any, *, best: str, lines: Sequence[float]) -> list[tuple[float, float, float]]:
    """Recall and precision over bad numbers for each line, were every record's best (record, person, bits) above it linked."""
    connection.execute(
        f"create or replace temp table placed as select registered, best.bits, coalesce(best.person = truth.person, false)"
        f" as is_right from truth left join (select record, person, bits from {best}) best using (record) where {_BAD}"
    )
    counted = connection.execute(
        "select line, count(*) filter (is_right and bits >= line) / count(*) filter (registered),"
        " count(*) filter (is_right and bits >= line) / count(*) filter (bits >= line)"
        " from placed, (select unnest(?::double[]) as line) group by 1 order by 1",
        [list(lines)],
    )
    return [(line, round(recall, 5), round(precision, 5)) for line, recall, precision in counted.fetchall()]


_TIDY = "regexp_replace({}, '[\\s　（(].*[)）]|[\\s　]', '', 'g')"


def impossible(connection: Any) -> int:
    """Fill `impossible` (record, why): bad records whose telling fits another registered person no worse in any part, or
    that bring a relative's number, birth date and sex beside the own name: nobody could tell them apart.
    """
    connection.execute(_SQL)
    return int(connection.execute("select count(*) from impossible").fetchone()[0])


_SQL = f"""
create or replace temp table hard as
    select record, truth.person as own, by_formula, number as kind, regexp_replace(upper(records.id_no), '[^0-9X*]', '', 'g')
        as id_no, {_TIDY.format("records.name")} as name, birth_date::date as birth_date, records.sex, division,
        records.phone
    from truth join records using (record) where {_BAD} and registered;
create or replace temp table known as
    select person, id_no, replace(name, '·', '') as name,
        birth_date::date as birth_date, sex, division, phone from people;
create or replace temp table pairs as
    select record, person from hard join known using (name)
    union select record, person from hard join known using (birth_date)
    union select record, person from hard join known using (phone)
    union select record, person from hard join known using (id_no)
    union select record, own from hard
    union select hard.record, other.person from hard join known mine on mine.person = hard.own
        join known other on other.division = hard.division
        where mine.name <> hard.name and mine.birth_date is distinct from hard.birth_date;
create or replace temp table fits as
    select record, known.person,
        case when hard.id_no is null or length(hard.id_no) < 15 then 9
            when contains(hard.id_no, '*') then
                if(left(hard.id_no, 3) || right(hard.id_no, 4) = left(known.id_no, 3) || right(known.id_no, 4)
                   and regexp_full_match(known.id_no, replace(hard.id_no, '*', '.')), 0, 9)
            else least(damerau_levenshtein(hard.id_no, known.id_no),
                if(length(hard.id_no) = 15 and hard.id_no = left(known.id_no, 6) || substr(known.id_no, 9, 9), 0, 9)) end
            as by_number,
        coalesce(damerau_levenshtein(hard.name, known.name), 9) as by_name,
        case when hard.birth_date is null then 3 when hard.birth_date = known.birth_date then 0
            when (year(hard.birth_date) = year(known.birth_date))::int
                + (month(hard.birth_date) = month(known.birth_date))::int
                + (day(hard.birth_date) = day(known.birth_date))::int = 2 then 1
            when known.birth_date - hard.birth_date between 15 and 55 then 1 else 3 end as by_birth,
        if(hard.sex is null or hard.sex = known.sex, 0, 1) as by_sex,
        case when hard.division is null then 3 when hard.division = known.division then 0
            when left(hard.division, 9) = left(known.division, 9) then 1
            when left(hard.division, 6) = left(known.division, 6) then 2 else 3 end as by_place,
        if(hard.phone = known.phone, 0, 1) as by_phone
    from pairs join hard using (record) join known using (person);
create or replace temp table impossible as
    select distinct hard.record, 'fits another' as why from hard
        join fits mine on mine.record = hard.record and mine.person = own
        join fits other on other.record = hard.record and other.person <> own
        where least(other.by_number, 5) <= least(mine.by_number, 5) and other.by_name <= mine.by_name
            and other.by_birth <= mine.by_birth and other.by_sex <= mine.by_sex and other.by_place <= mine.by_place
            and coalesce(other.by_phone, 1) <= coalesce(mine.by_phone, 1)
    union select record, 'two people' from hard where kind = 'family' and by_formula
"""
