"""A home of its own in a folder that the database's user can reach, and everything that runs on it ended afterwards."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from crash.house import House


@pytest.fixture
def house(request: pytest.FixtureRequest) -> Iterator[House]:
    """Nothing is in it yet."""
    with tempfile.TemporaryDirectory(prefix="wh-crash-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)
        made = House(Path(folder) / "home", kept=os.environ)
        try:
            yield made
        finally:
            made.end()
