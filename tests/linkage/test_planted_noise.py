"""The bar of linkage (P5) at a bounded size: noise by `sandbox.noise`, which was written without sight of the matcher."""

import duckdb
import pytest

from wenhou.linkage.identities import matching
from wenhou.sandbox.noise.records import made
from wenhou.sandbox.noise.score import Score, scored

COUNT = 10_000


@pytest.fixture(scope="module")
def usual() -> Score:
    tables = made(people=COUNT, records=COUNT, grade="usual")
    connection = duckdb.connect()
    for name in ("people", "records", "truth"):
        connection.register(name, getattr(tables, name))
    matching.match(connection, records="records", people="people")
    return scored(connection, links="identity_links", doubts="identity_doubts")


def test_of_records_with_bad_numbers_99_in_100_are_linked(usual: Score) -> None:
    assert usual.recall_bad >= 0.99


def test_998_in_1000_links_are_right_of_bad_numbers_and_of_all(usual: Score) -> None:
    assert usual.precision_bad >= 0.998
    assert usual.precision >= 0.998
