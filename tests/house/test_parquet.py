"""Parquet has one door (`lake.parquet`): what goes by it is sealed or not in one place."""

import re
from pathlib import Path

SOURCE = Path(__file__).parents[2] / "src" / "wenhou"
OUTSIDE = {
    "lake/parquet.py",  # the door
    "lake/actions/sealing.py",  # whether files are whole
    "monitoring/score.py",  # a file of truths that somebody else made
    "exchange/reading/parquet_rows.py",  # what a department sent
}


def test_nobody_but_the_door_reads_or_writes_parquet() -> None:
    found = {
        str(path.relative_to(SOURCE))
        for path in SOURCE.rglob("*.py")
        if re.search(
            r"read_parquet\(|write_parquet\(|format parquet|pyarrow\.parquet", path.read_text("utf-8")
        )
    }
    assert {name for name in found if not name.startswith("sandbox/")} == OUTSIDE
