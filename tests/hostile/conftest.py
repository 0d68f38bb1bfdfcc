"""The county of the desk's tests, whose news nobody follows."""

from pathlib import Path
from typing import Any

import pytest

from desk.conftest import World, that_day, world
from exchange.conftest import no_reactions
from hostile.doors import Doors

__all__ = ["World", "no_reactions", "that_day", "world"]


@pytest.fixture
def doors(world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str], settings: Any) -> Doors:
    """Every door there is, with a folder for what commands are to read."""
    return Doors(world, tmp_path / "in", capsys)
