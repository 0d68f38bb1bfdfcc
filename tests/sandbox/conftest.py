"""One small place, built once."""

from pathlib import Path

import pytest

from sandbox.factories import small


@pytest.fixture(scope="session")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("place")
    small(directory)
    return directory
