"""What keeps a large load within its memory."""

import pyarrow as pa
import pytest

from wenhou.exchange.contracts import contract
from wenhou.exchange.loading import job
from wenhou.exchange.loading.staging import Staging
from wenhou.exchange.reading.batches import Batch
from wenhou.lake import store

pytestmark = pytest.mark.django_db


def test_a_quarter_of_the_memory_is_left_to_what_the_database_does_not_count() -> None:
    with store.connect(memory="400MiB") as connection:
        job.leave_room(connection)
        assert connection.execute("select current_setting('memory_limit')").fetchall() == [("300.0 MiB",)]


def test_what_bad_rows_said_takes_one_column_not_one_per_field() -> None:
    promised = contract("DI31")
    header = tuple(field.name for field in promised.fields)
    rows = {"line": pa.array([2, 3], pa.int64()), **{name: pa.array(["x", "\n\"'"]) for name in header}}
    with store.connect(memory="64MB") as connection:
        Staging(connection, promised, header).take(Batch(pa.table(rows), done=1.0))
        names = [row[0] for row in connection.execute("describe staged").fetchall()]
        assert names == ["line", *header, "bad", "upgraded", "raw"]
        said = connection.execute("select raw ->> '$.oop_total' from staged order by line").fetchall()
    assert said == [("x",), ("\n\"'",)]
