"""How likely it is that a file's record is of somebody the registry knows, before anything else is looked at."""

from dataclasses import dataclass
from math import log2

import duckdb

from wenhou.linkage.identities.weights import ABSENT_AT_LEAST, ASKED_BEFORE, PEOPLE


@dataclass(frozen=True)
class Odds:
    """`one`: the odds that a record is a given registered person's and not somebody's who is not registered; `unknown`: the
    share of the file's people who are not."""

    one: float
    unknown: float


def odds(connection: duckdb.DuckDBPyConnection) -> Odds:
    """Of the records' valid numbers, how many are a registered person's, who is one of so many. The scale moves from
    one in PEOPLE to that as the numbers outweigh ASKED_BEFORE, so that a few lines prove nothing.
    """
    people, asked, found = connection.execute(
        "select (select greatest(1, count(*)) from shaped_people), count(*),"
        " count(*) filter (number in (select number from shaped_people))"
        " from shaped_records where whole and not short"
    ).fetchall()[0]
    before = min(1.0, people / PEOPLE)
    absent = max(ABSENT_AT_LEAST, 1 - (found + ASKED_BEFORE * before) / (asked + ASKED_BEFORE))
    trust = asked / (asked + ASKED_BEFORE)
    told = log2(people * absent / (1 - absent))
    return Odds(one=2 ** -(trust * told + (1 - trust) * log2(PEOPLE)), unknown=absent)
